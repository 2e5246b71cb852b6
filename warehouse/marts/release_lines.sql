-- release_lines: what release_line_versions knows now.
-- Grain: one row per (release_id, number). Reads: release_line_versions.
create or replace view release_lines as
select
    line_id,
    release_id,
    number,
    char_start,
    char_end,
    in_standfirst,
    speaker,
    how,
    carried_by
from release_line_versions
where known_to is null;

comment on view release_lines is 'Lines of releases with the reports of their story that carried them, word for word or in other words.';
comment on column release_lines.line_id is 'Release and number of the line in one.';
comment on column release_lines.release_id is 'The release (articles.article_id).';
comment on column release_lines.number is 'Place of the line in the release, from 0.';
comment on column release_lines.char_start is 'First character of the line in articles.text, or in articles.standfirst.';
comment on column release_lines.char_end is 'Character behind it.';
comment on column release_lines.in_standfirst is 'Whether char_start and char_end are of articles.standfirst: the summary under the headline.';
comment on column release_lines.speaker is 'Of a quoted line: who says it.';
comment on column release_lines.how is 'The closest that any report came: word_for_word, other_words or not_carried.';
comment on column release_lines.carried_by is 'Each report that carried it: how, the share of the words, and the characters of its text, or of its standfirst.';
