-- feed_runs: rounds over the feeds that were due.
-- Grain: one row per batch. asked_count = answered_count + failed_count (checks/feed_runs_add_up.sql).
create table if not exists feed_runs (
    batch varchar primary key,
    ran_at timestamptz not null,
    ran_on date not null,
    state varchar not null,
    asked_count bigint not null,
    answered_count bigint not null,
    failed_count bigint not null,
    new_count bigint not null,
    changed_count bigint not null
);

comment on table feed_runs is 'Rounds over the feeds that were due: a failure of some never stops the others, and is counted here.';
comment on column feed_runs.batch is 'Key of the partitions.';
comment on column feed_runs.ran_at is 'Instant of the round.';
comment on column feed_runs.ran_on is 'The same as a day in the press office''s zone.';
comment on column feed_runs.state is 'complete: all feeds answered; degraded: some did not; failed: none did.';
comment on column feed_runs.asked_count is 'Feeds that were asked.';
comment on column feed_runs.answered_count is 'Those that answered with a whole feed, or that nothing has changed.';
comment on column feed_runs.failed_count is 'Those that did not, each with a reason in quarantine.';
comment on column feed_runs.new_count is 'Entries that were not known before.';
comment on column feed_runs.changed_count is 'Known entries that came with other words.';
