-- search_hits: how often each word stands in which articles, for search(): what a search for words needs, without the
-- places that only one for phrases needs. A word that stands in every text has one row here for fifteen there.
-- Grain: one row per (word_no, article_no), in the order of blocks of 10,000 articles, words and articles: the rows of a
-- word lie together, and those between are passed over unread.
create table if not exists search_hits (
    word_no integer not null,
    article_no integer not null,
    hit_count integer not null,
    title_hit_count integer not null,
    word_count integer not null
);

comment on table search_hits is 'Index of search(): how often each word stands in which articles.';
comment on column search_hits.word_no is 'The word (search_words.word_no).';
comment on column search_hits.article_no is 'The article that holds it (search_articles.article_no).';
comment on column search_hits.hit_count is 'How often it stands in it.';
comment on column search_hits.title_hit_count is 'How often in its title.';
comment on column search_hits.word_count is 'Words of the article, as in search_articles: looking them up for three million hits costs a third of a second.';
