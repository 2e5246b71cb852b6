-- Quotes of the articles of these stories.
select quotes.*
from quotes
join placements on placements.article_id = quotes.article_id
where placements.story_id in (select unnest($stories))
order by quotes.article_id, quotes.fragments, quotes.quote_id
