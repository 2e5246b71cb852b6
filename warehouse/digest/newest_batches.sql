-- newest_batches (temporary): for each source of the day's articles the newest batch that brought it.
create or replace temporary table newest_batches as
with

sources as (
    select distinct document_id from around where covered_on = $day
),

newest as (
    select arg_max(batches.batch, batches.loaded_no) as batch
    from sources
    join batch_documents on batch_documents.document_id = sources.document_id
    join batches on batches.batch = batch_documents.batch
    where batches.known_at <= $as_of
    group by sources.document_id
)

select distinct batch from newest
