-- held_days: batches that the quality gate holds, and the days that they would have told of.
-- Grain: one row per (batch, covered_on); covered_on is null for articles without a date.
create table if not exists held_days (
    batch varchar not null,
    covered_on date,
    article_count bigint not null,
    reason varchar not null,
    held_from timestamptz not null
);

comment on table held_days is 'Days of batches that the quality gate holds: digests of these days say what is missing.';
comment on column held_days.batch is 'Key of the partitions that are held.';
comment on column held_days.covered_on is 'Day of publication of its articles; null for those without a date.';
comment on column held_days.article_count is 'How many of its articles are of that day.';
comment on column held_days.reason is 'The expectation that it missed, in plain English.';
comment on column held_days.held_from is 'What was known by then: the newest first_seen_at of its sources.';
