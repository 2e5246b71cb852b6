-- entries: items of feeds, as entry_versions knows them now.
-- Grain: one row per entry_id. Reads: entry_versions.
create or replace view entries as
select
    entry_id,
    feed_id,
    feed_title,
    guid,
    url,
    title,
    summary,
    content_word_count,
    author,
    published_at,
    published_on,
    date_precision,
    dated_by,
    date_fault,
    updated_at,
    language,
    source_title,
    source_url,
    version
from entry_versions
where known_to is null;

comment on view entries is 'Items of feeds, in plain text.';
comment on column entries.entry_id is 'Derived from feed, guid and address: the same item on every poll.';
comment on column entries.feed_id is 'The feed it is of (feeds.feed_id).';
comment on column entries.feed_title is 'Title of the feed when the item came.';
comment on column entries.guid is 'Id as the feed spells it; null when it has none.';
comment on column entries.url is 'Canonical address of its page (articles.url, unless the page has another address for itself); null when it has none.';
comment on column entries.title is 'Headline, in one line; empty when it has none.';
comment on column entries.summary is 'What the feed says of it, as plain text.';
comment on column entries.content_word_count is 'Words of the full text that the feed carries; 0 when it carries none.';
comment on column entries.author is 'Author as the feed names it; null when not known.';
comment on column entries.published_at is 'Instant of publication as the feed says; null when it does not, or is not believed.';
comment on column entries.published_on is 'The same as a day in the press office''s zone.';
comment on column entries.date_precision is 'minute or day.';
comment on column entries.dated_by is 'entry, or null when no date is known.';
comment on column entries.date_fault is 'Why a date that it has is not believed, or what was assumed about it.';
comment on column entries.updated_at is 'Instant of the last change as the feed says.';
comment on column entries.language is 'Language as the feed says.';
comment on column entries.source_title is 'Where the item says that it was taken from: outlet of the text, not of the page.';
comment on column entries.source_url is 'Address of that source.';
comment on column entries.version is 'Hash of title, summary and content: another version is another text.';
