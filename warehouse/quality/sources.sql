-- sources: each outlet of the last thirty days: what it brought with the batch, what it usually brings, how fresh it is.
-- Grain: one row per outlet. Reads the profiles of batches ($profiles); $batch names the one of the report.
with

profiles as (
    select *, parse_filename(filename, true) as batch
    from read_parquet($profiles, filename = true)
    where outlet is not null
),

newest as (
    select max(published_on) as day from profiles where batch = $batch
),

recent as (
    select profiles.*
    from profiles
    join newest on profiles.published_on between newest.day - 30 and newest.day
)

select
    outlet,
    count(distinct article_id) filter (batch = $batch) as article_count,
    count(distinct article_id) as month_count,
    count(distinct published_on) as day_count,
    max(published_on) as newest_on,
    median(word_count) as word_median
from recent
group by outlet
order by outlet
