-- outlet_days: what each outlet carried, day by day.
-- Grain: one row per (covered_on, outlet). Reads: placements, articles.
create or replace view outlet_days as
select
    placements.covered_on,
    coalesce(articles.outlet, 'not known') as outlet,
    count(*) as placement_count,
    count(distinct placements.story_id) as story_count
from placements
join articles on articles.article_id = placements.article_id
where placements.covered_on is not null and articles.kind in ('article', 'summary_only')
group by all;

comment on view outlet_days is 'What each outlet carried, day by day.';
comment on column outlet_days.covered_on is 'The day.';
comment on column outlet_days.outlet is 'The outlet, or "not known".';
comment on column outlet_days.placement_count is 'Its articles.';
comment on column outlet_days.story_count is 'Stories that it carried.';
