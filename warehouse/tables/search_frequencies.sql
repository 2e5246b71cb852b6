-- search_frequencies: how common each word is, for search(): which word of a search is the rarest is known without
-- reading where it stands. Grain: one row per (block, word_no). A block is 10,000 articles: a new batch rewrites the last
-- block and no other, and a million articles are a hundred blocks.
create table if not exists search_frequencies (
    block integer not null,
    word_no integer not null,
    article_count integer not null,
    is_common boolean not null
);

comment on table search_frequencies is 'Index of search(): how many articles hold each word, in blocks of 10,000 articles.';
comment on column search_frequencies.block is 'article_no // 10,000.';
comment on column search_frequencies.word_no is 'The word (search_words.word_no).';
comment on column search_frequencies.article_count is 'Articles of the block that hold it.';
comment on column search_frequencies.is_common is 'Whether it is at least one in 150 of the words of the block: two such side by side are kept as a pair.';
