-- Figures of these stories.
select placements.story_id, figures.*
from placements
join figures on figures.article_id = placements.article_id
where placements.story_id in (select unnest($stories))
order by placements.story_id, figures.article_id, figures.part, figures.char_start
