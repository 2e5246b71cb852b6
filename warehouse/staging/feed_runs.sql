-- feed_runs partitions, with the day of the round.
select
    batch,
    ran_at,
    cast(ran_at at time zone getvariable('zone') as date) as ran_on,
    state,
    asked_count,
    answered_count,
    failed_count,
    new_count,
    changed_count
from read_parquet($paths)
