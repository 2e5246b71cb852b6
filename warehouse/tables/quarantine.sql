-- quarantine: what was turned away, with its reason.
-- Grain: one row per quarantine_id: a stage, a subject and a rule. Rows are never deleted.
create table if not exists quarantine (
    quarantine_id varchar primary key,
    batch varchar not null,
    stage varchar not null,
    dataset varchar not null,
    subject varchar not null,
    reason varchar not null,
    rule varchar not null,
    value varchar not null,
    document_id varchar,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    tries bigint not null,
    state varchar default 'open'
);

-- Warehouses that were made before rows had a state have it from now on.
alter table quarantine add column if not exists state varchar default 'open';

comment on table quarantine is 'Everything that was turned away, with the reason: nothing is dropped without a row here.';
comment on column quarantine.quarantine_id is 'Derived from stage, subject and rule.';
comment on column quarantine.batch is 'Key of the partitions it came with last.';
comment on column quarantine.stage is 'The step that turned it away.';
comment on column quarantine.dataset is 'What kind of thing it is.';
comment on column quarantine.subject is 'Its id, address, or "hash:first byte-last byte".';
comment on column quarantine.reason is 'Reason code (pipeline.model.Reason).';
comment on column quarantine.rule is 'The rule or expectation that it missed.';
comment on column quarantine.value is 'What was found, shortened.';
comment on column quarantine.document_id is 'The source it came from.';
comment on column quarantine.first_seen_at is 'When it was first turned away.';
comment on column quarantine.last_seen_at is 'When it was last turned away.';
comment on column quarantine.tries is 'How often it was tried.';
comment on column quarantine.state is 'open: it stays out; resolved: it came again and met the rule; released: an editor let it through.';
