-- What each stage of each batch was given and made, in the order in which batches were loaded.
select
    batches.batch,
    batches.known_at,
    stage_counts.stage,
    stage_counts.unit,
    stage_counts.given_count,
    stage_counts.kept_count,
    stage_counts.rejected_count
from batches
join stage_counts on stage_counts.batch = batches.batch
order by batches.known_at, batches.batch, stage_counts.stage, stage_counts.unit
