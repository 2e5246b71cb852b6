-- Notes that a batch was loaded, after all that were loaded before, and which sources came with it. What was known by
-- then: its newest source, or the round over the feeds that brought it.
insert into batches
select
    $batch,
    (select coalesce(max(loaded_no), 0) + 1 from batches),
    greatest(
        coalesce((select max(first_seen_at) from read_parquet($paths)), timestamptz '1970-01-01'),
        coalesce((select ran_at from feed_runs where batch = $batch), timestamptz '1970-01-01')
    )
on conflict (batch) do update set loaded_no = excluded.loaded_no, known_at = excluded.known_at;

delete from batch_documents where batch = $batch;

insert into batch_documents
select $batch, document_id
from read_parquet($paths);
