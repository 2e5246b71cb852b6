-- entry_versions: items of feeds, with history.
-- Grain: one row per (entry_id, known_from); the row with known_to null is what is known now.
create table if not exists entry_versions (
    entry_id varchar not null,
    feed_id varchar not null,
    feed_title varchar,
    guid varchar,
    url varchar,
    title varchar not null,
    summary varchar not null,
    content_word_count integer not null,
    author varchar,
    published_at timestamptz,
    published_on date,
    date_precision varchar,
    dated_by varchar,
    date_fault varchar,
    updated_at timestamptz,
    language varchar,
    source_title varchar,
    source_url varchar,
    version varchar not null,
    row_hash varchar not null,
    known_from timestamptz not null,
    known_to timestamptz
);

comment on table entry_versions is 'Items of feeds with every version that was ever known. An item is no article: articles has the texts.';
comment on column entry_versions.entry_id is 'Derived from feed, guid and address: the same item on every poll.';
comment on column entry_versions.feed_id is 'The feed it is of (feeds.feed_id).';
comment on column entry_versions.feed_title is 'Title of the feed when the item came.';
comment on column entry_versions.guid is 'Id as the feed spells it; null when it has none.';
comment on column entry_versions.url is 'Canonical address of its page (articles.url, unless the page has another address for itself); null when it has none.';
comment on column entry_versions.title is 'Headline, in one line; empty when it has none.';
comment on column entry_versions.summary is 'What the feed says of it, as plain text.';
comment on column entry_versions.content_word_count is 'Words of the full text that the feed carries; 0 when it carries none.';
comment on column entry_versions.author is 'Author as the feed names it; null when not known.';
comment on column entry_versions.published_at is 'Instant of publication as the feed says; null when it does not, or is not believed.';
comment on column entry_versions.published_on is 'The same as a day in the press office''s zone.';
comment on column entry_versions.date_precision is 'minute or day.';
comment on column entry_versions.dated_by is 'entry, or null when no date is known.';
comment on column entry_versions.date_fault is 'Why a date that it has is not believed, or what was assumed about it.';
comment on column entry_versions.updated_at is 'Instant of the last change as the feed says.';
comment on column entry_versions.language is 'Language as the feed says.';
comment on column entry_versions.source_title is 'Where the item says that it was taken from: outlet of the text, not of the page.';
comment on column entry_versions.source_url is 'Address of that source.';
comment on column entry_versions.version is 'Hash of title, summary and content: another version is another text.';
comment on column entry_versions.row_hash is 'Hash over the other columns: a new version is a new row.';
comment on column entry_versions.known_from is 'Since when this version was known.';
comment on column entry_versions.known_to is 'Until when it was the newest; null: it still is.';
