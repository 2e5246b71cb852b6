-- feeds: each feed of the register and of the entries held: does it answer, and does it still have news?
-- Grain: one row per feed_id. The rate of a feed is what it brought in the four weeks before its last item, its first
-- day aside, when everything was new. With λ items a day it is silent for so long by chance once in a thousand times
-- when λ × days is 7: exp(-7) = 0.0009.
with

items as (
    select distinct feed_id, entry_id, published_at from entries
    union
    select distinct feed_id, entry_id, published_at from past_entries
),

spoken as (
    select
        feed_id,
        max(published_at) as last_item_at,
        min(published_at) as first_item_at,
        count(*) filter (published_at >= last_at - interval 28 day) as item_count,
        count(distinct cast(published_at as date)) as day_count
    from items
    join (select feed_id, max(published_at) as last_at from items group by feed_id) using (feed_id)
    where published_at is not null
    group by feed_id
),

clock as (
    select max(published_at) as now_at from entries where published_at <= getvariable('latest')
),

rates as (
    select
        spoken.*,
        item_count / greatest(date_diff('day', greatest(first_item_at, last_item_at - interval 28 day), last_item_at), 1)
            as per_day,
        date_diff('minute', last_item_at, clock.now_at) / 1440 as quiet_days
    from spoken
    cross join clock
),

titles as (
    select feed_id, max(feed_title) as title
    from (select feed_id, feed_title from entries union select feed_id, feed_title from past_entries)
    group by feed_id
)

select
    coalesce(registered.feed_id, rates.feed_id) as feed_id,
    registered.url,
    coalesce(registered.title, titles.title, registered.url, rates.feed_id) as feed,
    coalesce(registered.failure_count, 0) as failure_count,
    registered.last_fault,
    case
        when registered.silence is not null then registered.silence
        when rates.day_count >= getvariable('min_history_days') and rates.quiet_days > 1
            and rates.per_day * rates.quiet_days > 7
            then format('nothing new for {:.0f} hours; usually {:.1f} items a day', rates.quiet_days * 24, rates.per_day)
    end as silence,
    format('{}: {}', coalesce(registered.title, titles.title, registered.url, rates.feed_id),
        coalesce(nullif(registered.last_fault, ''), registered.silence,
            format('last item {:.0f} hours ago', coalesce(rates.quiet_days, 0) * 24))) as example
from registered
full join rates on rates.feed_id = registered.feed_id
left join titles on titles.feed_id = coalesce(registered.feed_id, rates.feed_id)
order by feed, feed_id
