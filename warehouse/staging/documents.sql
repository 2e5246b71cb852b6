-- documents partitions, typed and named as the table documents.
select document_id, medium, byte_count, first_seen_at, received_on, outlet, url
from read_parquet($paths)
