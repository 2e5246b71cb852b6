-- digests: the newest digest of each day.
-- Grain: one row per digest_on.
create table if not exists digests (
    digest_on date primary key,
    department varchar not null,
    state varchar not null,
    state_reasons varchar[],
    run_id varchar not null,
    code_version varchar not null,
    sha256 varchar not null
);

comment on table digests is 'The newest digest of each day.';
comment on column digests.digest_on is 'The day.';
comment on column digests.department is 'Whose digest it is.';
comment on column digests.state is 'complete, partial or held.';
comment on column digests.state_reasons is 'What is missing, or why it is held.';
comment on column digests.run_id is 'Derived from the sources: the same sources are the same run.';
comment on column digests.code_version is 'Version of the code that composed it.';
comment on column digests.sha256 is 'Hash of its JSON form.';
