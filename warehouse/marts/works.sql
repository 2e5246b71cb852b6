-- works: texts, each once, however many outlets ran it.
-- Grain: one row per group_id. Reads: placements, articles.
create or replace view works as
with

placed as (
    select
        placements.group_id,
        placements.story_id,
        placements.covered_on,
        articles.*,
        row_number() over (
            partition by placements.group_id
            order by articles.published_at nulls last, articles.article_id
        ) as place   -- 1: the first that is known to have run it
    from placements
    join articles on articles.article_id = placements.article_id
),

counted as (
    select
        group_id,
        count(*) as placement_count,
        count(distinct outlet) + count(*) filter (where outlet is null) as syndication_factor,
        list(distinct outlet order by outlet) filter (where outlet is not null) as outlets,
        max(agency) as agency,   -- copies that name one name the same
        min(covered_on) as first_covered_on,
        max(covered_on) as last_covered_on,
        list(article_id order by published_at nulls last, article_id) as article_ids
    from placed
    group by group_id
)

select
    counted.group_id,
    placed.story_id,
    placed.title,
    placed.article_id as first_article_id,
    placed.outlet as first_outlet,
    placed.published_at as first_published_at,
    counted.agency,
    counted.placement_count,
    counted.syndication_factor,
    coalesce(counted.outlets, []) as outlets,
    counted.first_covered_on,
    counted.last_covered_on,
    counted.article_ids
from counted
join placed on placed.group_id = counted.group_id and placed.place = 1;

comment on view works is 'Texts, each once: copies under other headlines, cut or inside furniture are one work.';
comment on column works.group_id is 'Near-duplicate group: the work.';
comment on column works.story_id is 'Its story: copies of one text are on one story, unless an editor parted them; then that of the first.';
comment on column works.title is 'Headline of its first publication.';
comment on column works.first_article_id is 'The first that is known to have run it; of several undated ones the first by id.';
comment on column works.first_outlet is 'Who ran it first; null when that outlet is not known.';
comment on column works.first_published_at is 'When it ran first; null when no copy is dated.';
comment on column works.agency is 'The news agency whose text it is, as a copy signs it; null when none does.';
comment on column works.placement_count is 'Copies held, the first included.';
comment on column works.syndication_factor is 'Outlets that ran it; each copy of an unknown outlet counts as one. 1: nobody else did.';
comment on column works.outlets is 'Those that are known by name.';
comment on column works.first_covered_on is 'First day that a copy counts for.';
comment on column works.last_covered_on is 'Last day that a copy counts for.';
comment on column works.article_ids is 'Its copies, the first published first.';
