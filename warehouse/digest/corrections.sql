-- Texts that changed after the first issue of their day had gone out, for the digest in which that is to be said: every
-- later issue of that day, and the first issue after it that knew of the change. A change is a new version of an
-- article, or a later copy of it by the same outlet under the same headline. Only articles that have another version or
-- another of their work beside them are read.
with

placed as (
    select article_id, group_id, covered_on
    from placement_versions
    where
        known_from <= $as_of
        and (known_to is null or known_to > $as_of)
        and covered_on between $day - 31 and $day
),

first_issues as (
    select covered_on, min(known_from) as first_known_at
    from placement_versions
    where known_from <= $as_of and covered_on between $day - 31 and $day
    group by covered_on
),

works as (
    select group_id from placed group by group_id having count(*) > 1
),

suspects as (
    select article_id from placed where group_id in (select group_id from works)
    union
    select article_id
    from article_versions
    where known_to is not null and known_from <= $as_of and article_id in (select article_id from placed)
),

versions as (
    select
        article_versions.article_id,
        article_versions.known_from,
        article_versions.known_to,
        article_versions.title,
        article_versions.text,
        article_versions.outlet,
        article_versions.published_at,
        placed.group_id,
        placed.covered_on
    from article_versions
    join placed on placed.article_id = article_versions.article_id
    where article_versions.rowid in (
        select rowid
        from article_versions
        where known_from <= $as_of and article_id in (select article_id from suspects)
    )
),

changes as (
    select
        old.article_id as old_id,
        old.known_from as old_at,
        new.article_id as new_id,
        new.known_from as new_at,
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
)

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
order by changes.covered_on, changes.old_id, changes.new_at, changes.new_id
