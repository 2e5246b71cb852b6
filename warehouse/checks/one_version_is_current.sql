-- Rows are articles that have two current versions, or versions that overlap in time.
select article_id, count(*) as current_count
from article_versions
where known_to is null
group by article_id
having count(*) > 1
