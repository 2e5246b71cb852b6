-- Rows are articles that stand in no story, or in two.
select articles.article_id, count(placements.article_id) as place_count
from articles
left join placements on placements.article_id = articles.article_id
group by articles.article_id
having count(placements.article_id) <> 1
