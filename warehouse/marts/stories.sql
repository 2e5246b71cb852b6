-- stories: one row for each event that was reported or announced.
-- Grain: one row per story_id. Reads: placements, articles.
create or replace view stories as
with

placed as (
    select placements.story_id, placements.group_id, placements.covered_on, articles.*
    from placements
    join articles on articles.article_id = placements.article_id
)

select
    story_id,
    arg_min(title, (coalesce(published_at, timestamptz 'infinity'), article_id)) as title,
    min(covered_on) as first_covered_on,
    max(covered_on) as last_covered_on,
    min(published_at) as first_published_at,
    count(*) as article_count,
    count(distinct group_id) as work_count,
    count(distinct outlet) filter (where kind in ('article', 'summary_only')) as outlet_count,
    count(*) filter (where kind in ('article', 'summary_only') and outlet is null) as unknown_outlet_count,
    count(*) filter (where kind = 'press_release') as release_count,
    count(*) filter (where kind = 'coverage_report') as coverage_report_count
from placed
group by story_id;

comment on view stories is 'Events that were reported or announced: reports across outlets and days with the releases about them.';
comment on column stories.story_id is 'Derived from its first published article.';
comment on column stories.title is 'Headline of its first published article.';
comment on column stories.first_covered_on is 'First day that it counts for.';
comment on column stories.last_covered_on is 'Last day that it counts for.';
comment on column stories.first_published_at is 'Earliest known publication.';
comment on column stories.article_count is 'Placements: every article, copies included.';
comment on column stories.work_count is 'Works: copies of one text count once.';
comment on column stories.outlet_count is 'Outlets known by name that carried it; releases are no coverage.';
comment on column stories.unknown_outlet_count is 'Articles whose outlet is not known.';
comment on column stories.release_count is 'Press releases about it.';
comment on column stories.coverage_report_count is 'Reports on its coverage by others: second-hand.';
