-- Brings staged quarantine rows into quarantine: one that comes again keeps when it first came and counts a try more,
-- but the same batch run again is the same try.
insert into quarantine by name
select *, cast($known_at as timestamptz) as first_seen_at, cast($known_at as timestamptz) as last_seen_at, 1 as tries
from staged
on conflict (quarantine_id) do update set
    tries = case when quarantine.batch = excluded.batch then quarantine.tries else quarantine.tries + 1 end,
    last_seen_at = greatest(quarantine.last_seen_at, excluded.last_seen_at),
    batch = excluded.batch,
    reason = excluded.reason,
    value = excluded.value
