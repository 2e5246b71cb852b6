-- furniture_candidates: paragraphs that may be the site's furniture, each once: the rules of seeds/furniture.csv as two
-- expressions that run over all paragraphs in one go; what they find is asked again, rule by rule.
-- Grain: one row per (article_id, paragraph).
-- Of all typographic marks only the apostrophe is straightened: all of them take 4.5 s for 100,000 articles,
-- and it 0.7 s, where it is not looked for first.
with

lines as (
    select article_id, kind, unnest(string_split(text, chr(10) || chr(10))) as paragraph
    from articles
),

appealing as (
    select article_id, kind, unnest(string_split(text, chr(10) || chr(10))) as paragraph
    from articles
    where kind = 'article' and regexp_matches(text, $appeal, 'is')
)

select article_id, kind, paragraph
from lines
where regexp_full_match(
    case when contains(paragraph, '’') then replace(paragraph, '’', '''') else paragraph end, $line, 'is'
)
union
select article_id, kind, paragraph
from appealing
where regexp_matches(paragraph, $appeal, 'is')
