-- first_to_publish: which outlet had a story of a day first, and by how much.
-- Grain: one row per (covered_on, story_id) with a report whose minute is known. Reads: placements, articles.
create or replace macro first_to_publish_between(from_day, to_day) as table
with

reports as (
    select placements.covered_on, placements.story_id, articles.article_id, articles.title, articles.published_at,
        articles.date_precision, coalesce(articles.outlet, 'not known') as outlet
    from placements
    join articles on articles.article_id = placements.article_id
    where placements.covered_on between cast(from_day as date) and cast(to_day as date)
        and articles.kind in ('article', 'summary_only')
),

outlets as (
    select
        covered_on,
        story_id,
        outlet,
        min(published_at) filter (where date_precision = 'minute') as first_at,
        arg_min({'article_id': article_id, 'title': title}, (published_at, article_id))
            filter (where date_precision = 'minute') as first_report
    from reports
    group by covered_on, story_id, outlet
)

select
    covered_on,
    story_id,
    arg_min(outlet, (first_at, outlet)) filter (where first_at is not null) as outlet,
    min(first_at) as published_at,
    arg_min(first_report, (first_at, outlet)) filter (where first_at is not null).article_id as article_id,
    arg_min(first_report, (first_at, outlet)) filter (where first_at is not null).title as title,
    count(*) as outlet_count,
    count(*) filter (where first_at is null) as untimed_outlet_count,
    list_sort(list(first_at) filter (where first_at is not null))[2] as next_published_at
from outlets
group by covered_on, story_id
having min(first_at) is not null;

create or replace view first_to_publish as
select * from first_to_publish_between(date '0001-01-01', date '9999-12-31');

comment on macro table first_to_publish_between is 'first_to_publish from one day to another, both included, without looking at other days.';

comment on view first_to_publish is 'Which outlet had a story of a day first, among reports whose minute is known.';
comment on column first_to_publish.covered_on is 'The day.';
comment on column first_to_publish.story_id is 'The story.';
comment on column first_to_publish.outlet is 'The outlet that was first, or "not known".';
comment on column first_to_publish.published_at is 'When its report came out.';
comment on column first_to_publish.article_id is 'That report.';
comment on column first_to_publish.title is 'Its headline.';
comment on column first_to_publish.outlet_count is 'Outlets that carried the story that day.';
comment on column first_to_publish.untimed_outlet_count is 'Those of them whose minute nobody says: any of them may have been first.';
comment on column first_to_publish.next_published_at is 'When the second outlet had it; null when no other is timed.';
