-- Releases of the two days before the day, with the reports of their stories that are held until its end.
with

places as (
    select article_id, story_id, covered_on from placements_at($as_of) where covered_on between $day - 31 and $day
),

kinds as (
    select article_id, kind from articles_at($as_of) where article_id in (select article_id from places)
),

releases as (
    select places.article_id, places.story_id
    from places
    join kinds on kinds.article_id = places.article_id
    where kinds.kind = 'press_release' and places.covered_on between $day - 2 and $day - 1
),

reports as (
    select places.story_id, list(places.article_id order by places.article_id) as reports
    from places
    join kinds on kinds.article_id = places.article_id
    where places.story_id in (select story_id from releases) and kinds.kind in ('article', 'summary_only')
    group by places.story_id
)

select releases.article_id, reports.reports
from releases
left join reports on reports.story_id = releases.story_id
order by releases.article_id
