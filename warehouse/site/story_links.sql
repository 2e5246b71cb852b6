-- Links of these stories, each seen from the story that it is of, with the first headline of the other.
with

first_titles as (
    select
        placements.story_id,
        arg_min(articles.title, (coalesce(articles.published_at, timestamptz 'infinity'), articles.article_id)) as title,
        min(placements.covered_on) as first_on
    from placements
    join articles on articles.article_id = placements.article_id
    group by placements.story_id
),

sides as (
    select from_story_id as story_id, to_story_id as other_id, kind, 'later' as other_is, because from story_links
    union all
    select to_story_id, from_story_id, kind, 'earlier', because from story_links
)

select sides.story_id, sides.other_id, sides.kind, sides.other_is, sides.because, first_titles.title, first_titles.first_on
from sides
join first_titles on first_titles.story_id = sides.other_id
where sides.story_id in (select unnest($stories))
order by sides.story_id, first_titles.first_on nulls last, sides.other_id
