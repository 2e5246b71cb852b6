-- Links of the stories of of_stories, with the first published article of the other story.
with

links as (
    select
        *,
        case when from_story_id in (select story_id from of_stories) then to_story_id else from_story_id end
            as other_story_id
    from story_links_at($as_of)
    where
        from_story_id in (select story_id from of_stories)
        or to_story_id in (select story_id from of_stories)
),

others as (
    select article_id, story_id
    from placement_versions
    where
        story_id in (select other_story_id from links)
        and known_from <= $as_of
        and (known_to is null or known_to > $as_of)
),

published as (
    select article_id, published_at
    from article_versions
    where
        article_id in (select article_id from others)
        and known_from <= $as_of
        and (known_to is null or known_to > $as_of)
)

select
    links.* exclude (other_story_id),
    arg_min(others.article_id, (coalesce(published.published_at, timestamptz 'infinity'), others.article_id))
        as other_article_id
from links
join others on others.story_id = links.other_story_id
join published on published.article_id = others.article_id
group by all
order by links.link_id
