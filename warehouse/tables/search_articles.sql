-- search_articles: the texts that search() knows, numbered, with what it shows of them.
-- Grain: one row per article_no: a version of an article. Numbers are never used again: search_places keeps the places of
-- versions that are current no more.
create table if not exists search_articles (
    article_no bigint not null,
    article_id varchar not null,
    row_hash varchar not null,
    is_current boolean not null,
    word_count bigint not null,
    published_on date,
    outlet varchar,
    kind varchar not null,
    title varchar not null
);

comment on table search_articles is 'Index of search(): the versions of articles that it covers, numbered in the order in which they came.';
comment on column search_articles.article_no is 'Its number in search_hits and search_places.';
comment on column search_articles.article_id is 'The article.';
comment on column search_articles.row_hash is 'The version of it (article_versions.row_hash).';
comment on column search_articles.is_current is 'Whether it is the version known now; no other is found.';
comment on column search_articles.word_count is 'Words of title, standfirst and body together.';
comment on column search_articles.published_on is 'Day of publication; null when nobody says.';
comment on column search_articles.outlet is 'Who published it; null when not known.';
comment on column search_articles.kind is 'What it is (article_versions.kind).';
comment on column search_articles.title is 'Headline.';
