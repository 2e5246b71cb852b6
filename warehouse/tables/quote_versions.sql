-- quote_versions: words attributed to a speaker, with history.
-- Grain: one row per (quote_id, known_from); the row with known_to null is what is known now.
create table if not exists quote_versions (
    quote_id varchar not null,
    article_id varchar not null,
    text varchar not null,
    speaker varchar,
    speaker_by varchar,
    role varchar,
    role_by varchar,
    organisation varchar,
    kind varchar not null,
    cue varchar,
    fragments bigint[][] not null,
    row_hash varchar not null,
    known_from timestamptz not null,
    known_to timestamptz
);

comment on table quote_versions is 'Words attributed to a speaker, one row per utterance in an article, and every version of it.';
comment on column quote_versions.quote_id is 'Derived from the article and the place of the words in it.';
comment on column quote_versions.article_id is 'The article that carries the words.';
comment on column quote_versions.text is 'The words without outer quotation marks; paragraphs parted by a blank line.';
comment on column quote_versions.speaker is 'Full name without titles; null when not known.';
comment on column quote_versions.speaker_by is 'text: named beside the words; inferred: from context, signature or role.';
comment on column quote_versions.role is 'Role as the text gives it.';
comment on column quote_versions.role_by is 'text: the article gives the role; inferred: the list of office holders does.';
comment on column quote_versions.organisation is 'Organisation of the speaker; null when not known.';
comment on column quote_versions.kind is 'direct: with marks; block: without marks after a cue; fragment: a few words in a sentence.';
comment on column quote_versions.cue is 'The words that introduce it.';
comment on column quote_versions.fragments is 'Character ranges in articles.text that the words come from.';
comment on column quote_versions.row_hash is 'Hash over the other columns: a new version is a new row.';
comment on column quote_versions.known_from is 'Since when this version was known.';
comment on column quote_versions.known_to is 'Until when it was the newest; null: it still is.';
