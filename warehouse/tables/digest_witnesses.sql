-- digest_witnesses: the evidence of each sentence: where the words stand that bear it out.
-- Grain: one row per (digest_on, sentence_id, number).
create table if not exists digest_witnesses (
    sentence_id varchar not null,
    digest_on date not null,
    number bigint not null,
    article_id varchar not null,
    document_id varchar not null,
    medium varchar not null,
    byte_start bigint not null,
    byte_end bigint not null,
    words varchar not null
);

comment on table digest_witnesses is 'The evidence of each digest sentence: the bytes that bear it out.';
comment on column digest_witnesses.sentence_id is 'The sentence.';
comment on column digest_witnesses.digest_on is 'The day of its digest.';
comment on column digest_witnesses.number is 'Its place among the evidence of the sentence, from 0.';
comment on column digest_witnesses.article_id is 'The article.';
comment on column digest_witnesses.document_id is 'SHA-256 of the raw source.';
comment on column digest_witnesses.medium is 'document: bytes of the raw file; page: bytes of the stored text; configured: a seed row.';
comment on column digest_witnesses.byte_start is 'First byte.';
comment on column digest_witnesses.byte_end is 'Byte behind the last.';
comment on column digest_witnesses.words is 'What stands there.';
