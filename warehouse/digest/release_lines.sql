-- Lines of the releases among these articles.
select * from release_lines_at($as_of) where release_id in (select unnest($articles)) order by release_id, number
