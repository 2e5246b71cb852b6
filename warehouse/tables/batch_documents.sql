-- batch_documents: which sources came with which batch.
-- Grain: one row per (batch, document_id).
create table if not exists batch_documents (
    batch varchar not null,
    document_id varchar not null
);

comment on table batch_documents is 'Which sources came with which batch: what is missing from a batch is missing from its digests.';
comment on column batch_documents.batch is 'The batch.';
comment on column batch_documents.document_id is 'The source.';
