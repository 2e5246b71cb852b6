-- feeds: feeds that are followed, and how they are.
-- Grain: one row per feed_id. Reads: feed_versions.
create or replace view feeds as
select
    feed_id,
    url,
    title,
    outlet,
    kind,
    note,
    health,
    added_at,
    added_on,
    last_asked_at,
    last_success_at,
    last_success_on,
    last_new_at,
    last_new_on,
    failure_count,
    fault,
    next_due_at,
    items_per_day,
    silence
from feed_versions
where known_to is null;

comment on view feeds is 'Feeds that are followed and how they are: who fails, who has fallen silent.';
comment on column feeds.feed_id is 'Derived from the address under which it was added; it stays when the feed moves.';
comment on column feeds.url is 'Its address now.';
comment on column feeds.title is 'Its title; null when not known.';
comment on column feeds.outlet is 'Who publishes it, as the register says; null when nobody said.';
comment on column feeds.kind is 'press_releases, national, regional, trade, broadcast, parliament, …; null when nobody said.';
comment on column feeds.note is 'What whoever added it noted.';
comment on column feeds.health is 'new (never asked), well, failing, silent or gone (410: not asked any more).';
comment on column feeds.added_at is 'Since when it is followed.';
comment on column feeds.added_on is 'The same as a day in the press office''s zone.';
comment on column feeds.last_asked_at is 'When it was last asked.';
comment on column feeds.last_success_at is 'When it last answered with a feed, or that nothing has changed.';
comment on column feeds.last_success_on is 'The same as a day in the press office''s zone.';
comment on column feeds.last_new_at is 'When it last had an item that was not known.';
comment on column feeds.last_new_on is 'The same as a day in the press office''s zone.';
comment on column feeds.failure_count is 'Failures in a row.';
comment on column feeds.fault is 'Reason and detail of the last failure; null after a success.';
comment on column feeds.next_due_at is 'When it is asked next.';
comment on column feeds.items_per_day is 'Items a day that it should have, as configured or learned; null when nobody knows yet.';
comment on column feeds.silence is 'Why it is suspiciously quiet, in words; null when it is not.';
