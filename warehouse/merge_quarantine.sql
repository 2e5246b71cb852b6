-- Brings staged quarantine rows into quarantine: one that comes again keeps when it first came and counts a try more,
-- but the same batch run again is the same try. A row that the batch had before and has no more is resolved, and so is
-- one about an article that came again with it; or released, when an editor let it through.
update quarantine
set state = case when list_contains($released, quarantine_id) then 'released' else 'resolved' end
where state = 'open'
    and (batch = $batch or (dataset = 'articles' and stage = 'check' and list_contains($articles, subject)))
    and quarantine_id not in (select quarantine_id from staged);

insert into quarantine by name
select
    *,
    cast($known_at as timestamptz) as first_seen_at,
    cast($known_at as timestamptz) as last_seen_at,
    1 as tries,
    'open' as state
from staged
on conflict (quarantine_id) do update set
    tries = case when quarantine.batch = excluded.batch then quarantine.tries else quarantine.tries + 1 end,
    last_seen_at = greatest(quarantine.last_seen_at, excluded.last_seen_at),
    batch = excluded.batch,
    reason = excluded.reason,
    value = excluded.value,
    state = 'open'
