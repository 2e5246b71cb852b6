-- story_links: what story_link_versions knows now.
-- Grain: one row per link_id. Reads: story_link_versions.
create or replace view story_links as
select
    link_id,
    from_story_id,
    to_story_id,
    kind,
    article_ids,
    because
from story_link_versions
where known_to is null;

comment on view story_links is 'Links between stories that belong beside each other: never a merge.';
comment on column story_links.link_id is 'Both stories in one.';
comment on column story_links.from_story_id is 'The earlier story.';
comment on column story_links.to_story_id is 'The later story.';
comment on column story_links.kind is 'preview, follow_up or context.';
comment on column story_links.article_ids is 'The pairs of articles, one of each story, that show it.';
comment on column story_links.because is 'The evidence, in words that an editor can check.';
