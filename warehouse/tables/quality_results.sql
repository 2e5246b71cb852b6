-- quality_results: what each expectation found, with history.
-- Grain: one row per (batch, dataset, rule).
create table if not exists quality_results (
    batch varchar not null,
    checked_at timestamptz not null,
    dataset varchar not null,
    rule varchar not null,
    level varchar,
    severity varchar not null,
    outcome varchar,
    value double,
    passed boolean not null,
    observed varchar not null,
    expected varchar not null,
    failed_count bigint not null,
    row_count bigint not null,
    description varchar not null,
    hint varchar not null,
    examples varchar[]
);

-- Warehouses that were made before the gate kept these have them from now on.
alter table quality_results add column if not exists level varchar;
alter table quality_results add column if not exists outcome varchar;
alter table quality_results add column if not exists value double;

comment on table quality_results is 'What each expectation of the quality gate found, batch by batch.';
comment on column quality_results.batch is 'Key of the partitions that were checked.';
comment on column quality_results.checked_at is 'What was known by then: the newest first_seen_at of the batch.';
comment on column quality_results.dataset is 'What was checked.';
comment on column quality_results.rule is 'Name of the expectation.';
comment on column quality_results.level is 'What it looks at. row: articles, one by one; group: feeds, outlets, sites or days; dataset: the whole.';
comment on column quality_results.severity is 'quarantine: rows that miss it stay out; stop: the publication is held; warning: goes out and is said.';
comment on column quality_results.outcome is 'met, missed, skipped (nothing to look at, or too little) or error (it could not be checked).';
comment on column quality_results.value is 'The number that was held against the expectation; null when there was nothing to look at.';
comment on column quality_results.passed is 'Whether it was met or skipped.';
comment on column quality_results.observed is 'What was found.';
comment on column quality_results.expected is 'What was expected.';
comment on column quality_results.failed_count is 'Rows that missed it.';
comment on column quality_results.row_count is 'Rows that were checked.';
comment on column quality_results.description is 'The expectation in plain English.';
comment on column quality_results.hint is 'What to do when it is missed.';
comment on column quality_results.examples is 'A few rows that missed it.';
