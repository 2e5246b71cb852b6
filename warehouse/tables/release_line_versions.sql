-- release_line_versions: each line of a release and who carried it, with history.
-- Grain: one row per (release_id, number, known_from); the row with known_to null is what is known now.
create table if not exists release_line_versions (
    line_id varchar not null,
    release_id varchar not null,
    number bigint not null,
    char_start bigint not null,
    char_end bigint not null,
    in_standfirst boolean default false,
    speaker varchar,
    how varchar not null,
    carried_by struct(article_id varchar, how varchar, share double, char_start bigint, char_end bigint, in_standfirst boolean)[],
    row_hash varchar not null,
    known_from timestamptz not null,
    known_to timestamptz
);

-- Warehouses that were made before standfirsts had lines have it from now on.
alter table release_line_versions add column if not exists in_standfirst boolean default false;
alter table release_line_versions add column if not exists carried_by.element.in_standfirst boolean;

comment on table release_line_versions is 'Lines of releases with the reports of their story that carried them, and every version of it.';
comment on column release_line_versions.line_id is 'Release and number of the line in one.';
comment on column release_line_versions.release_id is 'The release (articles.article_id).';
comment on column release_line_versions.number is 'Place of the line in the release, from 0.';
comment on column release_line_versions.char_start is 'First character of the line in articles.text, or in articles.standfirst.';
comment on column release_line_versions.char_end is 'Character behind it.';
comment on column release_line_versions.in_standfirst is 'Whether char_start and char_end are of articles.standfirst: the summary under the headline.';
comment on column release_line_versions.speaker is 'Of a quoted line: who says it.';
comment on column release_line_versions.how is 'The closest that any report came: word_for_word, other_words or not_carried.';
comment on column release_line_versions.carried_by is 'Each report that carried it: how, the share of the words, and the characters of its text, or of its standfirst.';
comment on column release_line_versions.row_hash is 'Hash over the other columns: a new version is a new row.';
comment on column release_line_versions.known_from is 'Since when this version was known.';
comment on column release_line_versions.known_to is 'Until when it was the newest; null: it still is.';
