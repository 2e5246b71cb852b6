-- Question: Was there more coverage than usual?
-- Read: One row a day. base is the median of the seven days before it, over the base_day_count of them that have
--       coverage held; times_base above 2 or below 0.5 is worth a look, with a base of fewer than four days it is not.
-- Set: from_day (14 days before to_day), to_day (the newest day with coverage)
select
    covered_on,
    placement_count,
    work_count,
    story_count,
    outlet_count,
    base_placement_median as base,
    base_day_count,
    round(placement_count / nullif(base_placement_median, 0), 2) as times_base
from daily_coverage_between(from_day(14), to_day())
order by covered_on;
