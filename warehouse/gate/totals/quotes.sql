-- quotes: words attributed to speakers, of the batch's articles.
-- Grain: one row.
with

seen as (
    select quotes.*, own.article_id is null as is_orphan
    from quotes
    left join (select distinct article_id from profile) as own on own.article_id = quotes.article_id
)

select
    count(*) as row_count,
    count(*) - count(distinct quote_id) as doubled_id_count,
    count(*) filter (trim(coalesce(text, '')) = '') as empty_count,
    count(*) filter (kind is null or kind not in ('direct', 'block', 'fragment')) as unknown_kind_count,
    count(*) filter (is_orphan) as orphan_count,
    (select list(concat(article_id, ': ', text[:60]) order by article_id) from (from seen where is_orphan limit 20)) as orphan_count_examples
from seen
