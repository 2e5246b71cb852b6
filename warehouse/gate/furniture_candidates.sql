-- furniture_candidates: paragraphs that may be the site's furniture, each once: the rules of seeds/furniture.csv as two
-- expressions that run over all paragraphs in one go; what they find is asked again, rule by rule.
-- Grain: one row per (article_id, paragraph).
with

paragraphs as (
    select article_id, kind, unnest(string_split(text, chr(10) || chr(10))) as paragraph
    from articles
),

plain as (
    select *, regexp_replace(translate(paragraph, '‘’‚‛“”„‟–—‐‑', '''''''''""""----'), '\s', ' ', 'g') as straightened
    from paragraphs
)

select distinct article_id, kind, paragraph
from plain
where regexp_full_match(straightened, $line, 'i') or (kind = 'article' and regexp_matches(straightened, $appeal, 'i'))
