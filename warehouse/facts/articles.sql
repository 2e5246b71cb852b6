-- Articles of these stories.
select placements.story_id, articles.*
from placements
join articles on articles.article_id = placements.article_id
where placements.story_id in (select unnest($stories))
order by placements.story_id, articles.published_at nulls last, articles.article_id
