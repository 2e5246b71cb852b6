-- daily_coverage: a day in one line, with the median of the seven days before it.
-- Grain: one row per covered_on. Reads: coverage_days.
create or replace macro daily_coverage_between(from_day, to_day) as table
with

days as (
    select
        covered_on,
        count(*) as story_count,
        sum(placement_count)::bigint as placement_count,
        sum(work_count)::bigint as work_count,
        sum(release_count)::bigint as release_count,
        sum(coverage_report_count)::bigint as coverage_report_count,
        len(list_distinct(flatten(list(outlets)))) as outlet_count
    from coverage_between(cast(from_day as date) - 7, to_day)
    group by covered_on
)

select
    days.covered_on,
    days.story_count,
    days.placement_count,
    days.work_count,
    days.outlet_count,
    days.release_count,
    days.coverage_report_count,
    count(base.covered_on) as base_day_count,
    median(base.placement_count) as base_placement_median
from days
left join days as base on base.covered_on between days.covered_on - 7 and days.covered_on - 1
where days.covered_on between cast(from_day as date) and cast(to_day as date)
group by all;

create or replace view daily_coverage as
select * from daily_coverage_between(date '0001-01-08', date '9999-12-31');

comment on macro table daily_coverage_between is 'daily_coverage from one day to another, both included, without looking at days before their base.';

comment on view daily_coverage is 'Coverage of a day in one line, beside the median of the seven days before it.';
comment on column daily_coverage.covered_on is 'The day.';
comment on column daily_coverage.story_count is 'Stories: events reported or announced.';
comment on column daily_coverage.placement_count is 'Articles, copies included; releases are no coverage.';
comment on column daily_coverage.work_count is 'Works: copies of one text count once.';
comment on column daily_coverage.outlet_count is 'Outlets known by name.';
comment on column daily_coverage.release_count is 'Press releases.';
comment on column daily_coverage.coverage_report_count is 'Reports on coverage by others.';
comment on column daily_coverage.base_day_count is 'How many of the seven days before it have coverage held.';
comment on column daily_coverage.base_placement_median is 'Median of their placements; null when there are none.';
