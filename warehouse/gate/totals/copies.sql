-- copies: near-duplicate groups of the batch and of the articles around it.
-- Grain: one row.
with

members as (
    select group_id, unnest(article_ids) as article_id from copies
),

known as (
    select article_id from profile union select article_id from past
)

select
    (select count(*) from copies) as row_count,
    (select count(*) from copies where coalesce(group_id, '') = '') as no_key_count,
    (select count(group_id) - count(distinct group_id) from copies) as doubled_id_count,
    (select count(*) from copies where coalesce(len(article_ids), 0) = 0) as empty_count,
    (select count(*) from (select article_id from members group by article_id having count(*) > 1)) as twice_grouped_count,
    (select count(*) from members anti join known using (article_id)) as orphan_count,
    (select list(concat(group_id, ' ', article_id) order by article_id) from (from members anti join known using (article_id) limit 20))
        as orphan_count_examples,
    (select list(group_id order by group_id) from copies where coalesce(len(article_ids), 0) = 0) as empty_count_examples
