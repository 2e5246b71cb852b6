-- days: the batch's own day beside the ordinary days of the four weeks before it, and the last day before that.
-- Grain: one row per day that the batch brings a fair part of. volume_ratio: articles of the day, whoever brought them,
-- to the median of ordinary days of its kind (weekdays, weekends); null where the history is too short to tell. Outlets
-- that are new are left out: more feeds are more articles.
with

mine as (
    select published_on, count(distinct article_id) as article_count
    from profile
    where published_on is not null
    group by published_on
),

fair as (
    select published_on
    from mine
    where article_count >= 0.2 * (select max(article_count) from mine)
),

outlets_known as (
    select distinct outlet from base_days where outlet is not null
),

held as (
    select article_id, published_on, outlet from profile
    union
    select article_id, published_on, outlet from past where published_on in (select published_on from fair)
),

counted as (
    select
        fair.published_on,
        count(distinct held.article_id) as article_count,
        count(distinct held.article_id) filter (
            held.outlet is null or held.outlet in (from outlets_known)
        ) as known_outlet_count
    from fair
    join held on held.published_on = fair.published_on
    group by fair.published_on
),

base as (
    select published_on, sum(article_count) as article_count
    from base_days
    group by published_on
),

beside as (
    select
        counted.published_on,
        counted.article_count,
        counted.known_outlet_count,
        count(base.published_on) as base_day_count,
        count(base.published_on) filter (
            (isodow(base.published_on) >= 6) = (isodow(counted.published_on) >= 6)
        ) as same_kind_count,
        median(base.article_count) as base_median,
        median(base.article_count) filter (
            (isodow(base.published_on) >= 6) = (isodow(counted.published_on) >= 6)
        ) as same_kind_median
    from counted
    left join base on base.published_on between counted.published_on - 28 and counted.published_on - 1
    group by all
)

select
    strftime(published_on, '%Y-%m-%d') as day,
    article_count,
    base_day_count,
    coalesce(case when same_kind_count >= 2 then same_kind_median end, base_median) as usual_count,
    case
        when base_day_count >= getvariable('min_history_days') and known_outlet_count >= getvariable('min_flood')
            then known_outlet_count / greatest(
                coalesce(case when same_kind_count >= 2 then same_kind_median end, base_median), 1
            )
    end as volume_ratio,
    case
        when base_day_count >= getvariable('min_history_days') and getvariable('is_daily')
            and coalesce(case when same_kind_count >= 2 then same_kind_median end, base_median) >= 10
            then article_count / coalesce(case when same_kind_count >= 2 then same_kind_median end, base_median)
    end as volume_share,
    format('{}: {} articles; usually {:.0f}', strftime(published_on, '%-d %B %Y'), article_count,
        coalesce(case when same_kind_count >= 2 then same_kind_median end, base_median, 0)) as example
from beside
order by published_on
