-- figure_versions: amounts named in articles, with history.
-- Grain: one row per (figure_id, known_from); the row with known_to null is what is known now.
create table if not exists figure_versions (
    figure_id varchar not null,
    article_id varchar not null,
    part varchar not null,
    char_start bigint not null,
    char_end bigint not null,
    text varchar not null,
    value double,
    value_max double,
    unit varchar not null,
    bound varchar not null,
    subject varchar not null,
    row_hash varchar not null,
    known_from timestamptz not null,
    known_to timestamptz
);

comment on table figure_versions is 'Amounts that articles name, in base units with bound and subject, and every version of them.';
comment on column figure_versions.figure_id is 'Derived from the article and the place of the words in it.';
comment on column figure_versions.article_id is 'The article that names it.';
comment on column figure_versions.part is 'title, standfirst or text: where it stands.';
comment on column figure_versions.char_start is 'First character of the words in that part.';
comment on column figure_versions.char_end is 'Character behind the last.';
comment on column figure_versions.text is 'The words of the amount, as written.';
comment on column figure_versions.value is 'Amount in base units; lower end of a range; null when vague.';
comment on column figure_versions.value_max is 'Upper end of a range; null otherwise.';
comment on column figure_versions.unit is 'GBP, USD, EUR, percent, people, hours, … or the noun that is counted.';
comment on column figure_versions.bound is 'exact, more_than, at_least, less_than, up_to, almost, approx, range, within or vague.';
comment on column figure_versions.subject is 'What it is the amount of, in the text''s words.';
comment on column figure_versions.row_hash is 'Hash over the other columns: a new version is a new row.';
comment on column figure_versions.known_from is 'Since when this version was known.';
comment on column figure_versions.known_to is 'Until when it was the newest; null: it still is.';
