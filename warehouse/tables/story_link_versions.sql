-- story_link_versions: stories that belong beside each other and are not one, with history.
-- Grain: one row per (from_story_id, to_story_id, known_from); the row with known_to null is what is known now.
create table if not exists story_link_versions (
    link_id varchar not null,
    from_story_id varchar not null,
    to_story_id varchar not null,
    kind varchar not null,
    article_ids varchar[][],
    because struct(kind varchar, detail varchar, weight double)[],
    row_hash varchar not null,
    known_from timestamptz not null,
    known_to timestamptz
);

comment on table story_link_versions is 'Links between stories that belong beside each other: never a merge.';
comment on column story_link_versions.link_id is 'Both stories in one.';
comment on column story_link_versions.from_story_id is 'The earlier story.';
comment on column story_link_versions.to_story_id is 'The later story.';
comment on column story_link_versions.kind is 'preview, follow_up or context.';
comment on column story_link_versions.article_ids is 'The pairs of articles, one of each story, that show it.';
comment on column story_link_versions.because is 'The evidence, in words that an editor can check.';
comment on column story_link_versions.row_hash is 'Hash over the other columns: a new version is a new row.';
comment on column story_link_versions.known_from is 'Since when this was known.';
comment on column story_link_versions.known_to is 'Until when it was the newest; null: it still is.';
