-- mentions partitions, typed and named as the table mention_versions, without its history columns.
select
    article_id || ' ' || type || ' ' || name as mention_id,
    article_id,
    name,
    type,
    role,
    role_by,
    "start" as char_start,
    "end" as char_end,
    "count" as mention_count
from read_parquet($paths)
