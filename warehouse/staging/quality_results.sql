-- quality_results partitions as they are; checked_at is the instant that the batch stands for.
select
    batch, cast($known_at as timestamptz) as checked_at, dataset, rule, level, severity,
    outcome, value, passed, observed, expected, failed_count, row_count, description, hint, examples
from read_parquet($paths)
