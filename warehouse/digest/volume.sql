-- Items of coverage per day: the seven days before the day, then the day; 0 where there are none.
with

days as (
    select cast(unnest(generate_series($day - interval 7 day, $day, interval 1 day)) as date) as covered_on
)

select days.covered_on, count(around.article_id) as placement_count
from days
left join around on around.covered_on = days.covered_on and around.kind in ('article', 'summary_only')
group by days.covered_on
order by days.covered_on
