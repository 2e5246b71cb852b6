-- articles: the batch's articles as the rules for single rows see them.
-- Grain: one row per row of the batch's articles. unusual_share: the share of the body that its outlet repeats, where
-- the past has hardly any such bodies; null where there is too little past. address_gap: days between the date in the
-- address and the date of publication. twice_of: the article of the same outlet whose headline and text (or a copy of it)
-- it repeats under another id, be it of this batch or before it.
with

usual as (
    select avg(case when repeated_share >= 0.4 then 1 else 0 end) as mostly_repeated
    from past
    where published_on in (select published_on from base_days)
    having count(distinct published_on) >= getvariable('min_history_days')
),

known as (
    select distinct article_id, coalesce(outlet, '') as outlet, lower(title) as title, published_at, text_hash, true as is_mine
    from profile
    union all
    select distinct article_id, coalesce(outlet, ''), lower(title), published_at, text_hash, false
    from past
    where article_id not in (select article_id from profile where article_id is not null)
),

members as (
    select group_id, unnest(article_ids) as article_id from copies
),

same_text as (
    select
        article_id, is_mine,
        first_value(article_id) over (
            partition by text_hash, title, outlet order by is_mine, published_at nulls last, article_id
        ) as first_id
    from known
    union all
    select
        known.article_id, known.is_mine,
        first_value(known.article_id) over (
            partition by members.group_id, known.title, known.outlet order by is_mine, published_at nulls last, known.article_id
        ) as first_id
    from known
    join members on members.article_id = known.article_id
),

twice as (
    select article_id, min(first_id) as twice_of
    from same_text
    where is_mine and first_id <> article_id
    group by article_id
),

addresses as (
    select article_id, regexp_extract(url, '/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|$)',
        ['year', 'month', 'day']) as parts
    from profile
    where url is not null
),

dated_addresses as (
    select article_id, max(try_cast(parts.year || '-' || parts.month || '-' || parts.day as date)) as address_on
    from addresses
    where parts.year <> ''
    group by article_id
)

select
    profile.article_id,
    profile.document_id,
    profile.title,
    profile.outlet,
    profile.kind,
    profile.word_count,
    profile.published_at,
    profile.published_on,
    profile.is_in_language,
    abs(dated_addresses.address_on - profile.published_on) as address_gap,
    profile.repeated_share,
    case when usual.mostly_repeated < 0.05 then profile.repeated_share end as unusual_share,
    twice.twice_of
from profile
left join twice on twice.article_id = profile.article_id
left join dated_addresses on dated_addresses.article_id = profile.article_id
left join usual on true
