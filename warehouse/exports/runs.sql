-- Every batch that was loaded, and the instant that it stands for.
select batch, known_at
from batches
order by known_at, batch
