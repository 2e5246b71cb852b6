-- mention_versions: people, organisations and places that articles name, with history.
-- Grain: one row per (article_id, type, name, known_from); the row with known_to null is what is known now.
create table if not exists mention_versions (
    mention_id varchar not null,
    article_id varchar not null,
    name varchar not null,
    type varchar not null,
    role varchar,
    role_by varchar,
    char_start bigint not null,
    char_end bigint not null,
    mention_count bigint not null,
    row_hash varchar not null,
    known_from timestamptz not null,
    known_to timestamptz
);

comment on table mention_versions is 'People, organisations and places that articles name, one row per article and name, and every version.';
comment on column mention_versions.mention_id is 'Article, type and name in one.';
comment on column mention_versions.article_id is 'The article.';
comment on column mention_versions.name is 'The fullest form of the name; aliases resolved.';
comment on column mention_versions.type is 'person, organisation or place.';
comment on column mention_versions.role is 'Of a person: the role on the day, as the text gives it or by the list of office holders.';
comment on column mention_versions.role_by is 'text, or configured when the list gave it.';
comment on column mention_versions.char_start is 'First character of its first place in articles.text.';
comment on column mention_versions.char_end is 'Character behind it.';
comment on column mention_versions.mention_count is 'How often the article names it.';
comment on column mention_versions.row_hash is 'Hash over the other columns: a new version is a new row.';
comment on column mention_versions.known_from is 'Since when this version was known.';
comment on column mention_versions.known_to is 'Until when it was the newest; null: it still is.';
