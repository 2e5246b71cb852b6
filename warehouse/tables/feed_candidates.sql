-- feed_candidates: feeds that nobody followed when they were found, with their scores.
-- Grain: one row per (batch, url).
create table if not exists feed_candidates (
    batch varchar not null,
    url varchar not null,
    title varchar,
    found_in varchar not null,
    how varchar not null,
    score double not null,
    admitted boolean not null,
    because varchar[] not null
);

comment on table feed_candidates is 'Feeds that were found and that nobody followed yet, with how much they look like the corpus.';
comment on column feed_candidates.batch is 'The search that found it.';
comment on column feed_candidates.url is 'Its address.';
comment on column feed_candidates.title is 'Its title; null when not known.';
comment on column feed_candidates.found_in is 'The page or list that names it.';
comment on column feed_candidates.how is 'declared by the page, linked in the page, or listed.';
comment on column feed_candidates.score is 'How much it looks like the corpus, from 0 to 1.';
comment on column feed_candidates.admitted is 'Whether it is followed since; those under the threshold are listed here and not ingested.';
comment on column feed_candidates.because is 'What each part of the score rests on, in words.';
