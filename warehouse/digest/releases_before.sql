-- Releases of the two days before the day, with the reports of their stories that are held until its end.
with

releases as (
    select articles.*, placements.story_id
    from placements_at($as_of) as placements
    join articles_at($as_of) as articles on articles.article_id = placements.article_id
    where placements.covered_on between $day - 2 and $day - 1 and articles.kind = 'press_release'
),

reports as (
    select placements.story_id, list(articles.article_id order by articles.article_id) as reports
    from placements_at($as_of) as placements
    join articles_at($as_of) as articles on articles.article_id = placements.article_id
    where
        placements.story_id in (select story_id from releases)
        and placements.covered_on <= $day
        and articles.kind in ('article', 'summary_only')
    group by placements.story_id
)

select releases.*, reports.reports
from releases
left join reports on reports.story_id = releases.story_id
order by releases.published_at, releases.article_id
