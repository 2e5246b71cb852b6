-- What these articles made of the releases among them.
select *
from release_coverage_at($as_of)
where release_id in (select unnest($articles)) and article_id in (select unnest($articles))
order by release_id, article_id
