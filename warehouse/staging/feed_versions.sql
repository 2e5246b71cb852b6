-- feed_standings partitions, typed and named as the table feed_versions, without its history columns.
select
    feed_id,
    url,
    title,
    outlet,
    nullif(kind, '') as kind,
    nullif(note, '') as note,
    health,
    added_at,
    cast(added_at at time zone getvariable('zone') as date) as added_on,
    last_asked_at,
    last_success_at,
    cast(last_success_at at time zone getvariable('zone') as date) as last_success_on,
    last_new_at,
    cast(last_new_at at time zone getvariable('zone') as date) as last_new_on,
    failures as failure_count,
    nullif(fault, '') as fault,
    next_due_at,
    items_per_day,
    silence
from read_parquet($paths)
