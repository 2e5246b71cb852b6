-- feed_versions: feeds and how they stood after each run, with history.
-- Grain: one row per (feed_id, known_from); the row with known_to null is what is known now.
create table if not exists feed_versions (
    feed_id varchar not null,
    url varchar not null,
    title varchar,
    outlet varchar,
    kind varchar,
    note varchar,
    health varchar not null,
    added_at timestamptz not null,
    added_on date not null,
    last_asked_at timestamptz,
    last_success_at timestamptz,
    last_success_on date,
    last_new_at timestamptz,
    last_new_on date,
    failure_count bigint not null,
    fault varchar,
    next_due_at timestamptz,
    items_per_day double,
    silence varchar,
    row_hash varchar not null,
    known_from timestamptz not null,
    known_to timestamptz
);

comment on table feed_versions is 'Feeds that are followed and how they stood after each run.';
comment on column feed_versions.feed_id is 'Derived from the address under which it was added; it stays when the feed moves.';
comment on column feed_versions.url is 'Its address now.';
comment on column feed_versions.title is 'Its title; null when not known.';
comment on column feed_versions.outlet is 'Who publishes it, as the register says; null when nobody said.';
comment on column feed_versions.kind is 'press_releases, national, regional, trade, broadcast, parliament, …; null when nobody said.';
comment on column feed_versions.note is 'What whoever added it noted.';
comment on column feed_versions.health is 'new (never asked), well, failing, silent or gone (410: not asked any more).';
comment on column feed_versions.added_at is 'Since when it is followed.';
comment on column feed_versions.added_on is 'The same as a day in the press office''s zone.';
comment on column feed_versions.last_asked_at is 'When it was last asked.';
comment on column feed_versions.last_success_at is 'When it last answered with a feed, or that nothing has changed.';
comment on column feed_versions.last_success_on is 'The same as a day in the press office''s zone.';
comment on column feed_versions.last_new_at is 'When it last had an item that was not known.';
comment on column feed_versions.last_new_on is 'The same as a day in the press office''s zone.';
comment on column feed_versions.failure_count is 'Failures in a row.';
comment on column feed_versions.fault is 'Reason and detail of the last failure; null after a success.';
comment on column feed_versions.next_due_at is 'When it is asked next.';
comment on column feed_versions.items_per_day is 'Items a day that it should have, as configured or learned; null when nobody knows yet.';
comment on column feed_versions.silence is 'Why it is suspiciously quiet, in words; null when it is not.';
comment on column feed_versions.row_hash is 'Hash over the other columns: a new version is a new row.';
comment on column feed_versions.known_from is 'Since when this version was known.';
comment on column feed_versions.known_to is 'Until when it was the newest; null: it still is.';
