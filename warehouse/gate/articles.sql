-- articles: the batch's articles as the rules for single rows see them.
-- Grain: one row per row of the batch's articles. repeated_share: characters of the body in paragraphs that stand under
-- four headlines or more of its outlet. address_gap: days between the date in the address and the date of publication.
-- twice_of: the article of the same outlet whose text it repeats under another id, be it of this batch or before it.
with

paragraphs as (
    select article_id, coalesce(outlet, '') as outlet, hash(title.text) as title_hash,
        unnest(string_split(text, chr(10) || chr(10))) as paragraph
    from articles
    where kind = 'article'
),

keyed as (
    select article_id, outlet, title_hash, hash(paragraph) as paragraph_hash, length(paragraph) as length
    from paragraphs
    where length(paragraph) >= 25
),

repeated as (
    select outlet, paragraph_hash
    from keyed
    group by outlet, paragraph_hash
    having count(distinct title_hash) >= getvariable('repeated_headlines')
),

shares as (
    select keyed.article_id, sum(keyed.length) as repeated_length
    from keyed
    join repeated on repeated.outlet = keyed.outlet and repeated.paragraph_hash = keyed.paragraph_hash
    group by keyed.article_id
),

known as (
    select distinct article_id, coalesce(outlet, '') as outlet, published_at, text_hash, true as is_mine from profile
    union all
    select distinct article_id, coalesce(outlet, ''), published_at, text_hash, false
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
            partition by text_hash, outlet order by is_mine, published_at nulls last, article_id
        ) as first_id
    from known
    union all
    select
        known.article_id, known.is_mine,
        first_value(known.article_id) over (
            partition by members.group_id, known.outlet order by is_mine, published_at nulls last, known.article_id
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

lengths as (
    select article_id, max(length(text)) as text_length from articles group by article_id
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
    coalesce(shares.repeated_length / greatest(lengths.text_length, 1), 0) as repeated_share,
    twice.twice_of
from profile
left join shares on shares.article_id = profile.article_id
left join twice on twice.article_id = profile.article_id
left join lengths on lengths.article_id = profile.article_id
left join dated_addresses on dated_addresses.article_id = profile.article_id
