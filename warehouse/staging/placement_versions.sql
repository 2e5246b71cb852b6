-- placements partitions, typed and named as the table placement_versions, without its history columns.
select article_id, group_id, story_id, covered_on, covered_by, tied_to, because
from read_parquet($paths)
