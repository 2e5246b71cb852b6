-- quarantine partitions as they are.
select quarantine_id, batch, stage, dataset, subject, reason, rule, value, document_id
from read_parquet($paths)
