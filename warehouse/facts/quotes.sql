-- Quotes of these stories.
select placements.story_id, quotes.*
from placements
join quotes on quotes.article_id = placements.article_id
where placements.story_id in (select unnest($stories))
order by placements.story_id, quotes.quote_id
