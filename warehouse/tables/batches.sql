-- batches: what was loaded, in the order in which it was loaded last.
-- Grain: one row per batch.
create table if not exists batches (
    batch varchar primary key,
    loaded_no bigint not null,
    known_at timestamptz not null
);

comment on table batches is 'Batches that were loaded: the same sources are the same batch.';
comment on column batches.batch is 'Key of the partitions.';
comment on column batches.loaded_no is 'Rises with each load; the batch that was loaded last has the highest.';
comment on column batches.known_at is 'What was known by then: the newest first_seen_at of its sources.';
