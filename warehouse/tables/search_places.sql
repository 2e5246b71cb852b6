-- search_places: where each word stands, for phrases in search(); and where each pair of two very common words does, which
-- spares a phrase of these the joining of some fifteen places a text.
-- Grain: one row per (word_no, article_no, place), in the order of blocks, words, articles, places, as in search_hits.
create table if not exists search_places (
    word_no integer not null,
    article_no integer not null,
    place integer not null
);

comment on table search_places is 'Index of search(): every place of every word.';
comment on column search_places.word_no is 'The word or pair (search_words.word_no).';
comment on column search_places.article_no is 'The article (search_articles.article_no).';
comment on column search_places.place is 'Its place, of a pair that of the first word: titles from 0, standfirsts from 500, bodies from 1,000.';
