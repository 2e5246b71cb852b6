-- Rows are stages that lost something: given is not kept + rejected.
select batch, stage, unit, given_count, kept_count, rejected_count
from stage_counts
where given_count <> kept_count + rejected_count
