-- Quotes of these articles.
select * exclude (row_hash, known_from, known_to)
from quote_versions
where rowid in (
    select rowid
    from quote_versions
    where
        article_id in (select unnest($articles))
        and known_from <= $as_of
        and (known_to is null or known_to > $as_of)
)
order by article_id, fragments, quote_id
