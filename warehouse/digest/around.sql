-- around (temporary): the articles of the month up to the day and those of its stories, with where their rows are. All
-- that a digest asks of articles by the thousand is answered here: looking through a million ids costs 0.1 s each time.
create or replace temporary table around as
with

places as (
    select article_id, story_id, covered_on
    from placement_versions
    where
        known_from <= $as_of
        and (known_to is null or known_to > $as_of)
        and covered_on between $day - 31 and $day
    union
    select article_id, story_id, covered_on from of_stories
),

versions as (
    select rowid as row, article_id, document_id, kind
    from article_versions
    where
        article_id in (select article_id from places)
        and known_from <= $as_of
        and (known_to is null or known_to > $as_of)
)

select versions.*, places.story_id, places.covered_on
from versions
join places on places.article_id = versions.article_id
