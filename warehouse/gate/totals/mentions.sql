-- mentions: people, organisations and places, of the batch's articles.
-- Grain: one row.
with

seen as (
    select mentions.*, own.article_id is null as is_orphan
    from mentions
    left join (select distinct article_id from profile) as own on own.article_id = mentions.article_id
)

select
    count(*) as row_count,
    count(*) - count(distinct (article_id, name, type)) as doubled_id_count,
    count(*) filter (trim(coalesce(name, '')) = '') as empty_count,
    count(*) filter (type is null or type not in ('person', 'organisation', 'place')) as unknown_kind_count,
    count(*) filter ("count" < 1) as negative_count,
    list(concat(name, ': ', "count") order by name) filter ("count" < 1) as negative_count_examples,
    count(*) filter (is_orphan) as orphan_count,
    (select list(concat(article_id, ': ', name) order by article_id) from (from seen where is_orphan limit 20)) as orphan_count_examples
from seen
