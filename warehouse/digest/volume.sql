-- Items of coverage per day: the seven days before the day, then the day; 0 where there are none.
with

days as (
    select cast(unnest(generate_series($day - interval 7 day, $day, interval 1 day)) as date) as covered_on
),

placed as (
    select article_id, covered_on from placements_at($as_of) where covered_on between $day - 7 and $day
)

select days.covered_on, count(articles.article_id) as placement_count
from days
left join placed on placed.covered_on = days.covered_on
left join articles_at($as_of) as articles
    on articles.article_id = placed.article_id and articles.kind in ('article', 'summary_only')
group by days.covered_on
order by days.covered_on
