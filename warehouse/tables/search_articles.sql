-- search_articles: the texts that search() knows, numbered.
-- Grain: one row per article_no: a version of an article.
create table if not exists search_articles (
    article_no bigint not null,
    article_id varchar not null,
    row_hash varchar not null,
    word_count bigint not null
);

comment on table search_articles is 'Index of search(): the versions of articles that it covers, numbered in the order in which they came.';
comment on column search_articles.article_no is 'Its number in search_terms.positions.';
comment on column search_articles.article_id is 'The article.';
comment on column search_articles.row_hash is 'The version of it (article_versions.row_hash).';
comment on column search_articles.word_count is 'Words of title, standfirst and body together.';
