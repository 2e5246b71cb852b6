-- rejected: what the stages before the gate turned away.
-- Grain: one row. Every rejection has an id, a subject and a reason.
select
    count(*) as row_count,
    count(*) filter (coalesce(quarantine_id, '') = '' or coalesce(subject, '') = '' or coalesce(reason, '') = '')
        as no_reason_count
from rejected
