-- quotes partitions, typed and named as the table quote_versions, without its history columns.
select quote_id, article_id, text, speaker, speaker_by, role, role_by, organisation, kind, cue, fragments
from read_parquet($paths)
