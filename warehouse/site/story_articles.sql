-- Articles of these stories with their places, first published first.
select
    articles.*,
    placements.group_id,
    placements.story_id,
    placements.covered_on,
    placements.covered_by,
    placements.tied_to,
    placements.because
from placements
join articles on articles.article_id = placements.article_id
where placements.story_id in (select unnest($stories))
order by placements.story_id, articles.published_at nulls last, articles.article_id
