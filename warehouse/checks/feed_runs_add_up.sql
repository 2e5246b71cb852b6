-- Rounds whose feeds are neither answered nor failed.
select batch, asked_count, answered_count, failed_count
from feed_runs
where asked_count <> answered_count + failed_count
