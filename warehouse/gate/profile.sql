-- profile: what the gate remembers of an article, so that later batches can be measured against it without its text.
-- Grain: one row per row of the batch's articles; a doubled id stays doubled.
-- The sample of the text that is looked at for its language: English prose has a commonest word in three or four.
with

received as (
    select document_id, min(first_seen_at) as first_seen_at
    from documents
    group by document_id
),

sampled as (
    select *, case when language is null then lower(left(text, 600)) end as sample
    from articles
)

select
    sampled.article_id,
    sampled.document_id,
    sampled.url,
    sampled.outlet,
    coalesce(sampled.title.text, '') as title,
    sampled.kind,
    sampled.published_at,
    cast(sampled.published_at at time zone getvariable('zone') as date) as published_on,
    -- A summary is as short as it is. A standfirst is a paragraph of its article, and may be half of it.
    case
        when sampled.kind = 'summary_only' then null
        when strlen(sampled.text) < 400 then
            len(regexp_extract_all(coalesce(sampled.standfirst.text, '') || ' ' || sampled.text, '\w+(?:[''’]\w+)*'))
        else len(string_split(sampled.text, ' '))
    end as word_count,
    md5_number_lower(sampled.text) as text_hash,
    case
        when sampled.language is not null then list_contains(getvariable('languages'), split_part(sampled.language, '-', 1))
        when list_contains(getvariable('languages'), 'en') then
            len(regexp_extract_all(
                sample, '\b(?:the|of|and|to|that|for|with|is|are|was|were|from|said|has|have|had|by|at|it|on|his|their)\b'
            )) >= 0.08 * len(string_split(sample, ' '))
    end as is_in_language,
    coalesce(repeated.repeated_share, 0) as repeated_share,
    received.first_seen_at
from sampled
left join received on received.document_id = sampled.document_id
left join repeated on repeated.article_id = sampled.article_id
