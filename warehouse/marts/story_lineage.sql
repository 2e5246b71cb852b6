-- story_lineage: what became of stories: articles that moved from one to another, by growth, a rerun or an editor's word.
-- Grain: one row per (changed_at, from_story_id, to_story_id). Reads: placement_versions.
create or replace view story_lineage as
with

moves as (
    select
        after.known_from as changed_at,
        before.story_id as from_story_id,
        after.story_id as to_story_id,
        list(after.article_id order by after.article_id) as article_ids
    from placement_versions as before
    join placement_versions as after
        on after.article_id = before.article_id
        and after.known_from = before.known_to
        and after.story_id <> before.story_id
    group by all
),

seen as (
    select
        moves.*,
        count(*) over (partition by changed_at, from_story_id) > 1
        or exists (
            select 1 from placement_versions as stayed
            where stayed.story_id = moves.from_story_id
                and stayed.known_from < moves.changed_at
                and (stayed.known_to is null or stayed.known_to > moves.changed_at)
        ) as is_split,
        count(*) over (partition by changed_at, to_story_id) > 1
        or exists (
            select 1 from placement_versions as held
            where held.story_id = moves.to_story_id
                and held.known_from < moves.changed_at
                and (held.known_to is null or held.known_to >= moves.changed_at)
        ) as is_merge
    from moves
)

select
    changed_at,
    from_story_id,
    to_story_id,
    case
        when is_split and is_merge then 'moved'
        when is_split then 'split'
        when is_merge then 'merged'
        else 'renamed'
    end as kind,
    article_ids
from seen;

comment on view story_lineage is 'What became of stories: merged, split, moved between two, or renamed when an earlier report came in.';
comment on column story_lineage.changed_at is 'Since when the articles are on the other story.';
comment on column story_lineage.from_story_id is 'The story that they were on.';
comment on column story_lineage.to_story_id is 'The story that they are on since.';
comment on column story_lineage.kind is 'merged: the whole story joined another; split: a part of it left for a story of its own; moved: a part of it joined another; renamed: the same story under the id of an earlier report.';
comment on column story_lineage.article_ids is 'The articles that moved.';
