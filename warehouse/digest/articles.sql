-- Articles of the stories that count for the day, those of earlier days included, with their places.
with

of_day as (
    select distinct story_id
    from placements_at($as_of)
    where covered_on = $day
)

select
    articles.*,
    placements.group_id,
    placements.story_id,
    placements.covered_on,
    placements.covered_by,
    placements.tied_to,
    placements.because
from placements_at($as_of) as placements
join of_day on of_day.story_id = placements.story_id
join articles_at($as_of) as articles on articles.article_id = placements.article_id
where placements.covered_on <= $day or placements.covered_on is null
order by articles.published_at nulls last, articles.article_id
