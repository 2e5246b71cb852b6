-- feed_candidates partitions as they are.
select batch, url, nullif(title, '') as title, found_in, how, score, admitted, because
from read_parquet($paths)
