-- Texts that changed after the first issue of their day had gone out, for the digest in which that is to be said: every
-- later issue of that day, and the first issue after it that knew of the change. A change is a new version of an
-- article, or a later copy of it by the same outlet under the same headline.
with

placed as (
    select article_id, group_id, covered_on from placements_at($as_of)
),

first_issues as (
    select covered_on, min(known_from) as first_known_at
    from placement_versions
    where known_from <= $as_of and covered_on between $day - 31 and $day
    group by covered_on
),

versions as (
    select
        articles.article_id,
        articles.known_from,
        articles.known_to,
        articles.title,
        articles.text,
        articles.outlet,
        articles.published_at,
        placed.group_id,
        placed.covered_on
    from article_versions as articles
    join placed on placed.article_id = articles.article_id
    where articles.known_from <= $as_of and placed.covered_on between $day - 31 and $day
),

changes as (
    select old.article_id as old_id, old.known_from as old_at, new.article_id as new_id, new.known_from as new_at,
        old.covered_on
    from versions as old
    join versions as new on new.article_id = old.article_id and new.known_from = old.known_to
    where old.title <> new.title or old.text <> new.text
    union all
    select old.article_id, old.known_from, new.article_id, new.known_from, old.covered_on
    from versions as old
    join versions as new
        on new.group_id = old.group_id
        and new.article_id <> old.article_id
        and new.known_from > old.known_from
        and new.outlet is not distinct from old.outlet
        and new.published_at is not distinct from old.published_at
        and lower(new.title) = lower(old.title)
    where old.text <> new.text
),

owed as (
    select changes.*
    from changes
    join first_issues as affected on affected.covered_on = changes.covered_on
    where
        changes.new_at > affected.first_known_at
        and (
            changes.covered_on = $day
            or (
                exists (from first_issues where covered_on = $day and first_known_at >= changes.new_at)
                and not exists (
                    from first_issues
                    where covered_on > changes.covered_on and covered_on < $day and first_known_at >= changes.new_at
                )
            )
        )
)

select * from owed order by covered_on, old_id, new_at, new_id
