-- figures partitions, typed and named as the table figure_versions, without its history columns.
select
    figure_id,
    article_id,
    "where" as part,
    "start" as char_start,
    "end" as char_end,
    text,
    value,
    value_max,
    unit,
    bound,
    subject
from read_parquet($paths)
