-- stage_counts partitions as they are.
select batch, stage, unit, given_count, kept_count, rejected_count
from read_parquet($paths)
