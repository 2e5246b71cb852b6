-- Lines of the releases among the articles of these stories, with who carried them.
select release_lines.*
from release_lines
join placements on placements.article_id = release_lines.release_id
where placements.story_id in (select unnest($stories))
order by release_lines.release_id, release_lines.number
