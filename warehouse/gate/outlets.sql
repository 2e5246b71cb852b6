-- outlets: each outlet of the batch and of the four weeks before it: is it there, and does its text come out whole?
-- Grain: one row per outlet; articles without one are one row, "outlet not known".
-- quiet_expected: articles that should have come since it was last seen, at its rate on ordinary days of these kinds.
with

reference as (
    select max(published_on) as main_day
    from (
        select published_on
        from profile
        where published_on is not null
        group by published_on
        order by count(*) desc, published_on desc
        limit 1
    )
),

mine as (
    select
        coalesce(outlet, 'outlet not known') as outlet,
        count(*) as article_count,
        median(word_count) as word_median,
        count(*) filter (word_count < 0.35 * typical_words) as stub_count
    from profile
    left join (
        select coalesce(outlet, 'outlet not known') as of_outlet, median(word_count) as typical_words
        from past
        where kind in ('article', 'press_release')
        group by 1
        having count(*) >= 10
    ) as typical on typical.of_outlet = coalesce(profile.outlet, 'outlet not known')
    where kind in ('article', 'press_release', 'summary_only')
    group by 1
),

bodies as (
    select outlet, max(title_count) as titles_with_one_body
    from (
        select coalesce(outlet, 'outlet not known') as outlet, text_hash, count(distinct title) as title_count
        from profile
        group by all
    )
    group by outlet
),

before as (
    select
        coalesce(past.outlet, 'outlet not known') as outlet,
        count(*) as past_count,
        median(past.word_count) as past_word_median
    from past
    where past.kind in ('article', 'press_release')
    group by 1
),

base as (
    select published_on, isodow(published_on) >= 6 as is_weekend
    from base_days
    where published_on between (select main_day from reference) - 28 and (select main_day from reference) - 1
    group by all
),

kinds as (
    select is_weekend, count(*) as day_count from base group by is_weekend
),

rates as (
    select
        coalesce(base_days.outlet, 'outlet not known') as outlet,
        base.is_weekend,
        sum(base_days.article_count) / any_value(kinds.day_count) as per_day
    from base_days
    join base on base.published_on = base_days.published_on
    join kinds on kinds.is_weekend = base.is_weekend
    group by 1, base.is_weekend
),

last_seen as (
    select coalesce(outlet, 'outlet not known') as outlet, max(published_on) as last_on
    from (select outlet, published_on from past union all select outlet, published_on from profile)
    where published_on <= (select main_day from reference)
    group by 1
),

missed as (
    select
        last_seen.outlet,
        sum(coalesce(rates.per_day, 0)) as quiet_expected,
        count(distinct days.day) as quiet_days
    from last_seen
    cross join reference
    join lateral (
        select cast(unnest(generate_series(
            last_seen.last_on + 1,
            reference.main_day - case when getvariable('is_daily') then 0 else 1 end,
            interval 1 day
        )) as date) as day
    ) as days on true
    left join rates on rates.outlet = last_seen.outlet and rates.is_weekend = (isodow(days.day) >= 6)
    group by last_seen.outlet
)

select
    coalesce(mine.outlet, before.outlet) as outlet,
    coalesce(mine.article_count, 0) as article_count,
    mine.word_median,
    before.past_word_median,
    case
        when mine.article_count >= 3 and before.past_count >= 10 and mine.outlet <> 'outlet not known'
            and (select count(*) from base) >= getvariable('min_history_days')
            then mine.word_median / greatest(before.past_word_median, 1)
    end as body_ratio,
    case
        when mine.article_count >= 4 and mine.outlet <> 'outlet not known'
            and (select count(*) from base) >= getvariable('min_history_days')
            then mine.stub_count / mine.article_count
    end as stub_share,
    case
        when mine.article_count >= 3 and bodies.titles_with_one_body >= 3
            then bodies.titles_with_one_body / mine.article_count
    end as one_body_share,
    case
        when (select count(*) from base) >= getvariable('min_history_days')
            and coalesce(mine.outlet, before.outlet) <> 'outlet not known'
            then coalesce(missed.quiet_expected, 0)
    end as quiet_expected,
    format('{}: {} articles, {:.0f} words each at the median; usually {:.0f} words{}',
        coalesce(mine.outlet, before.outlet), coalesce(mine.article_count, 0), coalesce(mine.word_median, 0),
        coalesce(before.past_word_median, 0),
        case
            when coalesce(missed.quiet_expected, 0) >= 1
                then format('; nothing for {} days, {:.0f} articles expected', missed.quiet_days, missed.quiet_expected)
            else ''
        end
    ) as example
from mine
full join before on before.outlet = mine.outlet
left join bodies on bodies.outlet = mine.outlet
left join missed on missed.outlet = coalesce(mine.outlet, before.outlet)
order by outlet
