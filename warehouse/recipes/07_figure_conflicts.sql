-- Question: Which figures of a day cannot both be right?
-- Read: within: one text gives both amounts; between: two articles differ; headline: the amount of the headline is not
--       in its text. It is a reason to look, not a verdict; £40m and £40 million are no conflict.
-- Set: day (the newest day with coverage)
select *
from figure_conflicts(on_day());
