-- coverage: the batch's days as coverage will count them: stories, placements, works, outlets.
-- Grain: one row. No count may be negative, and works and outlets can never be more than placements.
with

days as (
    select
        placements.covered_on,
        count(*) as placement_count,
        count(distinct placements.group_id) as work_count,
        count(distinct profile.outlet) as outlet_count,
        count(distinct placements.story_id) as story_count
    from placements
    join profile on profile.article_id = placements.article_id
    group by placements.covered_on
)

select
    count(*) filter (covered_on is not null) as row_count,
    count(*) filter (work_count > placement_count or outlet_count > placement_count or story_count > placement_count)
        as impossible_count,
    case when sum(placement_count) >= getvariable('min_rows')
        then sum(placement_count) filter (covered_on is null) / sum(placement_count) end as no_day_share,
    (select case when count(*) >= 40 then max(size) / count(*) end
        from (select count(*) over (partition by story_id) as size from placements)) as largest_story_share
from days
