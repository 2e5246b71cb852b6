-- trends: what each expectation found in the batches before one, a number a day.
-- Grain: one row per (rule, day): the last batch of the day speaks for it.
select
    rule,
    cast(checked_at at time zone getvariable('zone') as date) as day,
    arg_max(value, (checked_at, batch)) as value
from quality_results
where batch <> $batch and checked_at <= $until and checked_at > cast($until as timestamptz) - interval 31 day and value is not null
group by all
order by all
