-- articles: the batch's articles as a whole.
-- Grain: one row. Shares are null where there are too few articles to speak of a share, or no history to compare with.
-- collisions: ids that stand for two texts: in this batch, or with another source or address than before.
with

collided as (
    select article_id
    from profile
    group by article_id
    having count(*) > 1
    union
    select profile.article_id
    from profile
    join past on past.article_id = profile.article_id
    where (past.url is distinct from profile.url and past.url is not null and profile.url is not null)
        or (past.url is null and profile.url is null and past.document_id <> profile.document_id)
),

reference as (
    select max(published_on) as newest_on, count(distinct published_on) as day_count
    from base_days
),

year_off as (
    select rows.article_id, rows.title, rows.published_on
    from article_rows as rows
    cross join reference
    where abs(abs(rows.published_on - reference.newest_on) - 365) <= 7
),

usual as (
    select avg(case when is_in_language then 1 else 0 end) as in_language_share
    from past
    where is_in_language is not null
)

select
    count(*) as row_count,
    (select count(*) from collided) as collision_count,
    case when count(*) >= getvariable('min_rows')
        then avg(case when furniture is not null or unusual_share >= 0.4 then 1 else 0 end) end as furniture_share,
    case when count(*) >= getvariable('min_rows') then avg(case when repeated_share >= 0.1 then 1 else 0 end) end as boilerplate_share,
    case when count(*) >= getvariable('min_rows') then avg(case when twice_of is not null then 1 else 0 end) end as twice_share,
    case when count(*) >= getvariable('min_rows') then avg(case when published_at is null then 1 else 0 end) end as undated_share,
    case when count(*) >= getvariable('min_rows') then avg(case when outlet is null then 1 else 0 end)
        filter (kind in ('article', 'summary_only')) end as no_outlet_share,
    case when count(*) >= getvariable('min_rows') then avg(case when kind = 'summary_only' then 1 else 0 end) end
        as summary_only_share,
    case when count(is_in_language) >= getvariable('min_rows')
        then avg(case when is_in_language then 1 else 0 end) filter (is_in_language is not null) end as in_language_share,
    case when count(is_in_language) >= getvariable('min_rows')
        and (select day_count from reference) >= getvariable('min_history_days')
        then (select in_language_share from usual)
            - avg(case when is_in_language then 1 else 0 end) filter (is_in_language is not null) end as language_drop,
    case when count(published_on) >= getvariable('min_rows')
        and (select day_count from reference) >= getvariable('min_history_days')
        then (select count(*) from year_off) / count(published_on) end as year_off_share,
    case when count(*) >= getvariable('min_rows') then avg(case when is_missed then 1 else 0 end) end as turned_away_share,
    (select list(concat(article_id, ': ', (select string_agg(distinct title, ' / ') from profile where profile.article_id = c.article_id)))
        from (from collided order by article_id limit 20) as c) as collision_count_examples,
    list(concat(title, ': ', coalesce(furniture, format('{:.0f}% of it stands in other articles too', 100 * repeated_share)))
        order by article_id) filter (furniture is not null or unusual_share >= 0.4) as furniture_share_examples,
    list(concat(title, format(': {:.0f}% of it', 100 * repeated_share)) order by article_id) filter (repeated_share >= 0.1)
        as boilerplate_share_examples,
    list(concat(title, ' (', coalesce(outlet, 'outlet not known'), ') repeats ', twice_of) order by article_id)
        filter (twice_of is not null) as twice_share_examples,
    list(title order by article_id) filter (published_at is null) as undated_share_examples,
    list(title order by article_id) filter (outlet is null) as no_outlet_share_examples,
    list(title order by article_id) filter (kind = 'summary_only') as summary_only_share_examples,
    list(title order by article_id) filter (not is_in_language) as in_language_share_examples,
    list(title order by article_id) filter (not is_in_language) as language_drop_examples,
    (select list(concat(title, ', ', published_on) order by article_id) from year_off) as year_off_share_examples,
    list(title order by article_id) filter (is_missed) as turned_away_share_examples
from article_rows
