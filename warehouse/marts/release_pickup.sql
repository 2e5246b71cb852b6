-- release_pickup: what became of each press release: the reports of its story that came with it or after it.
-- Grain: one row per release_id. Reads: placements, articles.
create or replace macro release_pickup_between(from_day, to_day) as table
with

releases as materialized (
    select placements.covered_on, placements.story_id, articles.article_id as release_id, articles.title,
        articles.issuer, articles.published_at
    from placements
    join articles on articles.article_id = placements.article_id
    where articles.kind = 'press_release'
        and coalesce(placements.covered_on, date '9999-12-31') between cast(from_day as date) and cast(to_day as date)
),

-- materialised, or else all articles are looked up before those of other stories are put aside
placed as materialized (
    select placements.article_id, placements.covered_on, placements.story_id, placements.group_id
    from placements
    semi join releases on releases.story_id = placements.story_id
),

reports as (
    select placed.covered_on, placed.story_id, placed.group_id, articles.outlet,
        case when articles.date_precision = 'minute' then articles.published_at end as published_at
    from placed
    join articles on articles.article_id = placed.article_id
    where articles.kind in ('article', 'summary_only')
),

carried as (
    select
        releases.release_id,
        count(*) as placement_count,
        count(distinct reports.group_id) as work_count,
        list_sort(list(distinct reports.outlet) filter (where reports.outlet is not null)) as outlets,
        min(reports.published_at) as first_report_at
    from releases
    join reports
        on reports.story_id = releases.story_id
        and (reports.covered_on >= releases.covered_on or reports.covered_on is null or releases.covered_on is null)
    group by releases.release_id
)

select
    releases.covered_on,
    releases.release_id,
    releases.story_id,
    releases.issuer,
    releases.title,
    releases.published_at,
    coalesce(carried.placement_count, 0) as placement_count,
    coalesce(carried.work_count, 0) as work_count,
    coalesce(len(carried.outlets), 0) as outlet_count,
    coalesce(carried.outlets, []) as outlets,
    carried.first_report_at
from releases
left join carried on carried.release_id = releases.release_id;

create or replace view release_pickup as
select * from release_pickup_between(date '0001-01-01', date '9999-12-31');

comment on macro table release_pickup_between is 'release_pickup of the releases from one day to another, both included.';

comment on view release_pickup is 'What became of each press release in the sources held: reports of its story on its day or later.';
comment on column release_pickup.covered_on is 'The day that the release counts for.';
comment on column release_pickup.release_id is 'The release (articles.article_id).';
comment on column release_pickup.story_id is 'Its story.';
comment on column release_pickup.issuer is 'The body that issued it; null when not known.';
comment on column release_pickup.title is 'Its headline.';
comment on column release_pickup.published_at is 'When it came out.';
comment on column release_pickup.placement_count is 'Reports, copies included; 0 is none in the sources held, which is not none.';
comment on column release_pickup.work_count is 'Reports, copies of one text once.';
comment on column release_pickup.outlet_count is 'Outlets known by name.';
comment on column release_pickup.outlets is 'Their names in order.';
comment on column release_pickup.first_report_at is 'Earliest report whose minute is known.';
