-- story_links partitions, typed and named as the table story_link_versions, without its history columns.
select from_story_id || ' ' || to_story_id as link_id, from_story_id, to_story_id, kind, article_ids, because
from read_parquet($paths)
