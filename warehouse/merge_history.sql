-- Brings the rows of staged (a temporary table) into {table}, which keeps every version.
-- {key} names a row; only rows whose {scope} is in the temporary table scope are touched, so that what other batches
-- brought stays. Closes what changed or is gone, then adds what is new. Running it twice leaves what once left.
update {table}
set known_to = $known_at
where known_to is null
    and {scope} in (select {scope} from scope)
    and not exists (
        select 1 from staged where staged.{key} = {table}.{key} and staged.row_hash = {table}.row_hash
    );

delete from {table} where known_to <= known_from;

insert into {table} by name
select staged.*, cast($known_at as timestamptz) as known_from, cast(null as timestamptz) as known_to
from staged
where not exists (
    select 1 from {table} as held where held.known_to is null and held.{key} = staged.{key}
);
