-- stage_counts: what each stage of each batch was given, kept and rejected.
-- Grain: one row per (batch, stage, unit). given_count = kept_count + rejected_count (checks/counts_add_up.sql).
create table if not exists stage_counts (
    batch varchar not null,
    stage varchar not null,
    unit varchar not null,
    given_count bigint not null,
    kept_count bigint not null,
    rejected_count bigint not null
);

comment on table stage_counts is 'What each stage of each batch was given, kept and rejected: nothing is lost on the way.';
comment on column stage_counts.batch is 'Key of the partitions.';
comment on column stage_counts.stage is 'The step.';
comment on column stage_counts.unit is 'What is counted.';
comment on column stage_counts.given_count is 'How many came in.';
comment on column stage_counts.kept_count is 'How many went on.';
comment on column stage_counts.rejected_count is 'How many were turned away, each with a row in quarantine.';
