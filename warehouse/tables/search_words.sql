-- search_words: the words that search() knows, numbered: what is compared while reading half a thousand million rows is
-- a number. Grain: one row per word_no. Two words of which each is very common stand here as a pair too, "of the".
create table if not exists search_words (
    word_no integer not null,
    word varchar not null,
    is_pair boolean not null
);

comment on table search_words is 'Index of search(): the words of all texts, numbered in the order in which they came.';
comment on column search_words.word_no is 'Its number in search_frequencies, search_hits and search_places.';
comment on column search_words.word is 'The word in lower case without accents; of a pair both, with a space between.';
comment on column search_words.is_pair is 'Whether it is two neighbouring words, kept for phrases.';
