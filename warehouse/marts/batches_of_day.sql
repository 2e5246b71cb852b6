-- batches_of_day: for each source of a day's articles the newest batch that brought it, as far as known at an instant.
-- Grain: one row per batch. Reads: known_at.
create or replace macro batches_of_day(day, instant) as table
with

sources as (
    select distinct articles.document_id
    from placements_at(instant) as placements
    join articles_at(instant) as articles on articles.article_id = placements.article_id
    where placements.covered_on = day
),

newest as (
    select arg_max(batches.batch, batches.loaded_no) as batch
    from sources
    join batch_documents on batch_documents.document_id = sources.document_id
    join batches on batches.batch = batch_documents.batch
    where batches.known_at <= instant
    group by sources.document_id
)

select distinct batch from newest;

comment on macro table batches_of_day is 'The newest batches that brought the sources of a day''s articles, as far as known at an instant: batches_of_day(day, ''infinity'').';
