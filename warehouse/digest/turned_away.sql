-- What was turned away from the newest batch of the day's sources, by stage and reason. Not among it: feeds, which
-- feed_troubles.sql names; second sources of an article; pages that gave no text where the feed's summary is kept.
select quarantine.stage, quarantine.dataset, quarantine.reason, quarantine.rule, count(*) as item_count,
    min(quarantine.value) as example
from quarantine
where
    (
        quarantine.batch in (select batch from newest_batches)
        or (
            -- it has come again since with a later batch, which is not known yet
            quarantine.first_seen_at <= $as_of
            and quarantine.last_seen_at > $as_of
            and quarantine.document_id in (
                select document_id from batch_documents where batch in (select batch from newest_batches)
            )
        )
    )
    and quarantine.state = 'open'
    and quarantine.dataset not in ('feeds', 'entries', 'batches')
    and quarantine.reason <> 'duplicate'
    and not (quarantine.dataset = 'pages' and quarantine.stage = 'extract_articles')
group by all
order by all
