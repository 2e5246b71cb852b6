-- Question: Which part of the coverage did each outlet have?
-- Read: placement_share is of all articles, story_share of the stories that there were: an outlet with a small share
--       of articles and a large one of stories reports everything once. "not known" are articles that name no outlet.
-- Set: from_day (30 days before to_day), to_day (the newest day with coverage)
select *
from outlet_share(from_day(30), to_day());
