-- Places of the articles of of_stories.
select * exclude (row_hash, known_from, known_to)
from placement_versions
where rowid in (select row from of_stories)
order by article_id
