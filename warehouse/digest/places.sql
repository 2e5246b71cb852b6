-- Places of the articles of the stories that count for the day, those of earlier days included. Rows are looked up
-- first and read then, here as in the files beside it: of a million few are wanted.
with

known as (
    select rowid as row, story_id, covered_on
    from placement_versions
    where known_from <= $as_of and (known_to is null or known_to > $as_of)
)

select * exclude (row_hash, known_from, known_to)
from placement_versions
where rowid in (
    select row
    from known
    where
        story_id in (select story_id from known where covered_on = $day)
        and (covered_on <= $day or covered_on is null)
)
order by article_id
