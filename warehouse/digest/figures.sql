-- Figures of these articles.
select * exclude (row_hash, known_from, known_to)
from figure_versions
where rowid in (
    select rowid
    from figure_versions
    where
        article_id in (select unnest($articles))
        and known_from <= $as_of
        and (known_to is null or known_to > $as_of)
)
order by article_id, part, char_start, figure_id
