-- base_days: what other batches brought day by day, as far as it is a fair measure of an ordinary day.
-- Grain: one row per (published_on, outlet); outlet is null where it is not known.
-- A batch speaks for a day when it brought at least a fifth of what it brought for its fullest day, and for days that
-- are not its fullest, five articles or more: the tail of a feed that was read for the first time is no ordinary day.
with

brought as (
    select batch, published_on, count(*) as article_count
    from past
    where published_on is not null
    group by batch, published_on
),

ranked as (
    select
        *,
        max(article_count) over (partition by batch) as fullest_count,
        arg_max(published_on, article_count) over (partition by batch) as main_day
    from brought
),

spoken_for as (
    select batch, published_on
    from ranked
    where article_count >= 0.2 * fullest_count and (article_count >= 5 or abs(published_on - main_day) <= 1)
)

select
    past.published_on,
    past.outlet,
    count(distinct past.article_id) as article_count,
    count(distinct past.batch) as batch_count
from past
join spoken_for using (batch, published_on)
group by past.published_on, past.outlet
