-- What was turned away from the newest batch of the day's sources, by stage and reason. Not among it: feeds, which
-- feed_troubles.sql names; second sources of an article; pages that gave no text where the feed's summary is kept.
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

select quarantine.stage, quarantine.dataset, quarantine.reason, quarantine.rule, count(*) as item_count,
    min(quarantine.value) as example
from quarantine
where
    (
        quarantine.batch in (select batch from newest)
        or (
            -- it has come again since with a later batch, which is not known yet
            quarantine.first_seen_at <= $as_of
            and quarantine.last_seen_at > $as_of
            and quarantine.document_id in (
                select document_id from batch_documents where batch in (select batch from newest)
            )
        )
    )
    and quarantine.state = 'open'
    and quarantine.dataset not in ('feeds', 'entries', 'batches')
    and quarantine.reason <> 'duplicate'
    and not (quarantine.dataset = 'pages' and quarantine.stage = 'extract_articles')
group by all
order by all
