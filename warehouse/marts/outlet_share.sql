-- outlet_share: share of voice: what part of the coverage of a period, both days included, each outlet had.
-- Grain: one row per outlet. Reads: placements, articles.
create or replace macro outlet_share(from_day, to_day) as table
with

placed as (
    select coalesce(articles.outlet, 'not known') as outlet, placements.story_id, placements.group_id
    from placements
    join articles on articles.article_id = placements.article_id
    where placements.covered_on between cast(from_day as date) and cast(to_day as date)
        and articles.kind in ('article', 'summary_only')
),

whole as (
    select count(*) as placement_count, count(distinct story_id) as story_count
    from placed
)

select
    placed.outlet,
    count(*) as placement_count,
    count(distinct placed.group_id) as work_count,
    count(distinct placed.story_id) as story_count,
    round(count(*) / any_value(whole.placement_count), 4) as placement_share,
    round(count(distinct placed.story_id) / any_value(whole.story_count), 4) as story_share
from placed
cross join whole
group by placed.outlet
order by placement_count desc, placed.outlet;

comment on macro table outlet_share is 'Share of voice of each outlet from one day to another, both included; story_share is of the stories that it carried: outlet_share(''2023-10-01'', ''2023-10-31'').';
