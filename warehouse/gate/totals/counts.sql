-- counts: what each stage of the batch was given, kept and turned away.
-- Grain: one row.
with

read as (
    select sum(kept_count) as item_count
    from counts
    where stage = 'read_documents' and unit = 'items'
)

select
    count(*) as row_count,
    count(*) filter (given_count < 0 or kept_count < 0 or rejected_count < 0) as negative_count,
    count(*) filter (given_count <> kept_count + rejected_count) as broken_identity_count,
    (select abs(item_count - (select count(*) from articles)) from read) as lost_count,
    list(format('{} {}: given {}, kept {}, turned away {}', stage, unit, given_count, kept_count, rejected_count)
        order by stage, unit) filter (given_count < 0 or kept_count < 0 or rejected_count < 0) as negative_count_examples,
    list(format('{} {}: given {}, kept {}, turned away {}', stage, unit, given_count, kept_count, rejected_count)
        order by stage, unit) filter (given_count <> kept_count + rejected_count) as broken_identity_count_examples
from counts
