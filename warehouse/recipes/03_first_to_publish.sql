-- Question: Who had a story first, and by how much?
-- Read: One row a story and day that at least one report is timed of. Where untimed_outlet_count is not 0, one of the
--       untimed outlets may have been first. lead_minutes is empty when no other outlet is timed.
-- Set: from_day (7 days before to_day), to_day (the newest day with coverage)
select
    covered_on,
    title,
    outlet as first_outlet,
    published_at,
    date_diff('minute', published_at, next_published_at) as lead_minutes,
    outlet_count,
    untimed_outlet_count,
    story_id
from first_to_publish_between(from_day(7), to_day())
order by outlet_count desc, lead_minutes desc nulls last, covered_on, story_id
limit 100;
