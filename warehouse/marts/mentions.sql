-- mentions: what mention_versions knows now.
-- Grain: one row per mention_id. Reads: mention_versions.
create or replace view mentions as
select
    mention_id,
    article_id,
    name,
    type,
    role,
    role_by,
    char_start,
    char_end,
    mention_count
from mention_versions
where known_to is null;

comment on view mentions is 'People, organisations and places that articles name, one row per article and name.';
comment on column mentions.mention_id is 'Article, type and name in one.';
comment on column mentions.article_id is 'The article.';
comment on column mentions.name is 'The fullest form of the name; aliases resolved.';
comment on column mentions.type is 'person, organisation or place.';
comment on column mentions.role is 'Of a person: the role on the day, as the text gives it or by the list of office holders.';
comment on column mentions.role_by is 'text, or configured when the list gave it.';
comment on column mentions.char_start is 'First character of its first place in articles.text.';
comment on column mentions.char_end is 'Character behind it.';
comment on column mentions.mention_count is 'How often the article names it.';
