-- The articles that a batch's stories can be made of: its own, those published around them or on no known day, and those
-- that editors spoke of; each once, from the batch itself or else from the latest partition that has it.
-- Grain: one row per article_id.
with

stretches as (
    select unnest($starts) as starts_at, unnest($ends) as ends_at
),

kept as (
    select article_id, published_at, filename, filename = $own_file as is_own
    from read_parquet($files, filename = true)
)

select article_id, filename
from kept
where is_own
    or published_at is null
    or list_contains($named, article_id)
    or exists (from stretches where published_at between starts_at and ends_at)
qualify row_number() over (partition by article_id order by is_own desc, filename desc) = 1
order by article_id
