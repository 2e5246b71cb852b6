-- search_counts: how often each word stands in which articles, for search(): what a search for words needs, without the
-- places that only one for phrases needs. A word that stands in every text has one number here for fifteen there.
-- Grain: one row per (block, term), as in search_terms.
create table if not exists search_counts (
    block bigint not null,
    term varchar not null,
    article_nos bigint[] not null,
    hit_counts integer[] not null,
    title_hit_counts integer[] not null
);

comment on table search_counts is 'Index of search(): how often each word stands in which articles, in blocks of 10,000 articles.';
comment on column search_counts.block is 'article_no // 10,000.';
comment on column search_counts.term is 'The word in lower case without accents.';
comment on column search_counts.article_nos is 'Articles that hold it (search_articles.article_no), in order.';
comment on column search_counts.hit_counts is 'How often it stands in each of them.';
comment on column search_counts.title_hit_counts is 'How often in the title of each of them.';
