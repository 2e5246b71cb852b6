-- Releases of the two days before the day, with the reports of their stories that are held until its end.
with

releases as (
    select article_id, story_id
    from around
    where kind = 'press_release' and covered_on between $day - 2 and $day - 1
),

reports as (
    select story_id, list(article_id order by article_id) as reports
    from around
    where
        story_id in (select story_id from releases)
        and kind in ('article', 'summary_only')
        and covered_on between $day - 31 and $day
    group by story_id
)

select releases.article_id, reports.reports
from releases
left join reports on reports.story_id = releases.story_id
order by releases.article_id
