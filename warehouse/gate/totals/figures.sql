-- figures: amounts, of the batch's articles.
-- Grain: one row.
with

seen as (
    select figures.*, own.article_id is null as is_orphan
    from figures
    left join (select distinct article_id from profile) as own on own.article_id = figures.article_id
)

select
    count(*) as row_count,
    count(*) - count(distinct figure_id) as doubled_id_count,
    count(*) filter (coalesce(unit, '') = '' or trim(coalesce(text, '')) = '') as empty_count,
    count(*) filter (value_max < value) as reversed_count,
    count(*) filter (value < 0) as negative_count,
    list(concat(figure_id, ': ', text) order by figure_id) filter (value < 0) as negative_count_examples,
    list(concat(figure_id, ': ', text) order by figure_id) filter (value_max < value) as reversed_count_examples,
    count(*) filter (is_orphan) as orphan_count,
    (select list(concat(article_id, ': ', text) order by article_id) from (from seen where is_orphan limit 20)) as orphan_count_examples
from seen
