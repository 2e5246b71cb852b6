-- What each stage was given, kept and turned away, all batches together.
select
    stage,
    unit,
    sum(given_count)::bigint as given_count,
    sum(kept_count)::bigint as kept_count,
    sum(rejected_count)::bigint as rejected_count
from stage_counts
group by stage, unit
order by stage, unit
