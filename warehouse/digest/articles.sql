-- These articles, of those of around.
select * exclude (row_hash, known_from, known_to)
from article_versions
where rowid in (select row from around where article_id in (select unnest($articles)))
order by published_at nulls last, article_id
