-- digest_sentences: every sentence of the newest digest of each day.
-- Grain: one row per (digest_on, sentence_id).
create table if not exists digest_sentences (
    sentence_id varchar not null,
    digest_on date not null,
    place bigint not null,
    section varchar not null,
    story_id varchar,
    text varchar not null
);

comment on table digest_sentences is 'Every sentence of the newest digest of each day.';
comment on column digest_sentences.sentence_id is 'Derived from day, section and words; pipeline trace takes it.';
comment on column digest_sentences.digest_on is 'The day.';
comment on column digest_sentences.place is 'Its place in the digest, from 0.';
comment on column digest_sentences.section is 'The section it stands in.';
comment on column digest_sentences.story_id is 'The story it is about; null when it is about none.';
comment on column digest_sentences.text is 'The sentence.';
