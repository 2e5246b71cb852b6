-- Links of these stories, with the first published article of the other story.
select
    links.*,
    arg_min(articles.article_id, (coalesce(articles.published_at, timestamptz 'infinity'), articles.article_id))
        as other_article_id
from story_links_at($as_of) as links
join placements_at($as_of) as placements
    on placements.story_id = case
        when links.from_story_id in (select unnest($stories)) then links.to_story_id else links.from_story_id end
join articles_at($as_of) as articles on articles.article_id = placements.article_id
where links.from_story_id in (select unnest($stories)) or links.to_story_id in (select unnest($stories))
group by all
order by links.link_id
