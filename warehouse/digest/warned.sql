-- What the gate warned of when the day's sources came: feeds, outlets and sites that are silent or broken.
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

select distinct quality_results.rule, quality_results.observed
from quality_results
where quality_results.batch in (select batch from newest)
    and quality_results.outcome = 'missed'
    and quality_results.severity = 'warning'
    and quality_results.level = 'group'
    and quality_results.dataset in ('feeds', 'outlets', 'pages')
order by quality_results.rule, quality_results.observed
