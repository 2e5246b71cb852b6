-- What the reports of these stories made of the releases among their articles.
select release_coverage.*
from release_coverage
join placements on placements.article_id = release_coverage.release_id
where placements.story_id in (select unnest($stories))
order by release_coverage.release_id, release_coverage.article_id
