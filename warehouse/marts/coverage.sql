-- coverage: the stories of a day, the most widely covered first.
-- Grain: one row per story_id. Reads: coverage_days.
create or replace macro coverage(day) as table
select story_id, title, placement_count, work_count, outlet_count, outlets, release_count, coverage_report_count,
    first_published_at
from coverage_between(day, day)
order by work_count desc, placement_count desc, release_count desc, story_id;

comment on macro table coverage is 'Stories of a day, the most widely covered first: coverage(''2023-10-30'').';
