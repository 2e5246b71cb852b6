-- repeated: how much of a body its outlet repeats: characters in paragraphs that stand under four headlines of it or
-- more, of all. Copies of one text have one headline; a minister's words stand under two or three.
-- Grain: one row per article_id that has such paragraphs.
with

paragraphs as (
    select article_id, coalesce(outlet, '') as outlet, hash(lower(title.text)) as title_hash, length(text) as text_length,
        unnest(string_split(text, chr(10) || chr(10))) as paragraph
    from articles
    where kind = 'article'
),

keyed as (
    select article_id, outlet, title_hash, text_length, hash(paragraph) as paragraph_hash, length(paragraph) as length
    from paragraphs
    where length(paragraph) >= 25
),

often as (
    select outlet, paragraph_hash
    from keyed
    group by outlet, paragraph_hash
    having count(distinct title_hash) >= getvariable('repeated_headlines')
)

select keyed.article_id, least(sum(keyed.length) / max(keyed.text_length), 1) as repeated_share
from keyed
join often on often.outlet = keyed.outlet and often.paragraph_hash = keyed.paragraph_hash
group by keyed.article_id
