-- search_terms: where each word stands, for search().
-- Grain: one row per (block, term). A block is 10,000 articles: a new batch rewrites the last block and no other, and
-- a million articles are a hundred blocks.
create table if not exists search_terms (
    block bigint not null,
    term varchar not null,
    positions bigint[] not null
);

comment on table search_terms is 'Index of search(): every place of every word, in blocks of 10,000 articles.';
comment on column search_terms.block is 'article_no // 10,000.';
comment on column search_terms.term is 'The word in lower case without accents.';
comment on column search_terms.positions is 'Its places: article_no × 1,048,576 + place; titles from 0, standfirsts from 500, bodies from 1,000.';
