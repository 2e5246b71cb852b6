-- placement_versions: which work, which story and which day an article counts for, with history.
-- Grain: one row per (article_id, known_from); the row with known_to null is what is known now.
create table if not exists placement_versions (
    article_id varchar not null,
    group_id varchar not null,
    story_id varchar not null,
    covered_on date,
    covered_by varchar,
    tied_to varchar,
    because struct(kind varchar, detail varchar, weight double)[],
    row_hash varchar not null,
    known_from timestamptz not null,
    known_to timestamptz
);

comment on table placement_versions is 'An article as coverage counts it, with the evidence of its place, and every place it ever had.';
comment on column placement_versions.article_id is 'The article.';
comment on column placement_versions.group_id is 'Its near-duplicate group: copies of one text are one work.';
comment on column placement_versions.story_id is 'Its story: reports of one event.';
comment on column placement_versions.covered_on is 'The day it counts for; null when neither it nor its story has one.';
comment on column placement_versions.covered_by is 'How that day is known; inferred when it is taken from the story.';
comment on column placement_versions.tied_to is 'The article of the story that it is tied to most closely; null for the first.';
comment on column placement_versions.because is 'The evidence, in words that an editor can check.';
comment on column placement_versions.row_hash is 'Hash over the other columns: a new version is a new row.';
comment on column placement_versions.known_from is 'Since when this was known.';
comment on column placement_versions.known_to is 'Until when it was the newest; null: it still is.';
