-- These articles. Their rows are looked up first and read then: a text is wide, and of a million few are wanted (0.07 s
-- of CPU instead of 0.7 s).
select * exclude (row_hash, known_from, known_to)
from article_versions
where rowid in (
    select rowid
    from article_versions
    where
        article_id in (select unnest($articles))
        and known_from <= $as_of
        and (known_to is null or known_to > $as_of)
)
order by published_at nulls last, article_id
