-- Question: Which stories did the press carry on a day, and how widely?
-- Read: One row a story, the most widely reported first. work_count counts copies of one text once: it is how many
--       newsrooms wrote about it. A row with releases only was announced and not reported in the sources held.
-- Set: day (the newest day with coverage)
select *
from coverage(on_day());
