-- repeated: how much of a body its outlet repeats: characters in paragraphs that stand under four headlines of it or
-- more, of all. Copies of one text have one headline; a minister's words stand under two or three.
-- Grain: one row per article_id that has such paragraphs.
-- Headlines are counted only for paragraphs that stand four times at all: over all of 1.1 million it takes twice as long.
with

paragraphs as (
    select article_id, hash(coalesce(outlet, '')) as outlet_hash, hash(lower(title.text)) as title_hash, length(text) as text_length,
        unnest(string_split(text, chr(10) || chr(10))) as paragraph
    from articles
    where kind = 'article'
),

keyed as materialized (
    select article_id, title_hash, text_length, hash(paragraph, outlet_hash) as paragraph_hash, length(paragraph) as length
    from paragraphs
    where length(paragraph) >= 25
),

several as (
    select paragraph_hash
    from keyed
    group by paragraph_hash
    having count(*) >= getvariable('repeated_headlines')
),

often as (
    select paragraph_hash
    from keyed
    semi join several using (paragraph_hash)
    group by paragraph_hash
    having count(distinct title_hash) >= getvariable('repeated_headlines')
)

select article_id, least(sum(length) / max(text_length), 1) as repeated_share
from keyed
semi join often using (paragraph_hash)
group by article_id
