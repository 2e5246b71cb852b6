-- Whether the published copy has a table or view of this name, with its columns and what they mean.
select column_name, comment, data_type
from duckdb_columns()
where table_name = $name and not internal
order by column_index
