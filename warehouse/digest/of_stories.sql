-- of_stories (temporary): places of the articles of the stories that count for the day, those of earlier days included.
-- Rows are looked up first and read then, here as in the files beside it: of a million few are wanted.
create or replace temporary table of_stories as
with

known as (
    select rowid as row, article_id, story_id, covered_on
    from placement_versions
    where known_from <= $as_of and (known_to is null or known_to > $as_of)
)

select *
from known
where
    story_id in (select story_id from known where covered_on = $day)
    and (covered_on <= $day or covered_on is null)
