-- What was turned away from the newest batch of the day's sources, by stage and reason.
with

sources as (
    select distinct articles.document_id
    from placements_at($as_of) as placements
    join articles_at($as_of) as articles on articles.article_id = placements.article_id
    where placements.covered_on = $day
),

newest as (
    select arg_max(batches.batch, batches.loaded_no) as batch
    from sources
    join batch_documents on batch_documents.document_id = sources.document_id
    join batches on batches.batch = batch_documents.batch
    where batches.known_at <= $as_of
    group by sources.document_id
)

select quarantine.stage, quarantine.dataset, quarantine.reason, quarantine.rule, count(*) as item_count,
    min(quarantine.value) as example
from quarantine
where quarantine.batch in (select batch from newest) and quarantine.state = 'open' and quarantine.dataset <> 'batches'
group by all
order by all
