-- All that is stored of these articles' words, in each of their versions that was known by then.
select article_id, text, title, standfirst, outlet, author, date_words
from article_versions
where rowid in (
    select rowid
    from article_versions
    where article_id in (select unnest($articles)) and known_from <= $as_of
)
order by article_id, known_from
