-- entries: the batch's feed entries as a whole.
-- Grain: one row. Shares are null where there are too few entries to speak of a share.
select
    count(*) as row_count,
    count(*) filter (coalesce(entry_id, '') = '' or coalesce(feed_id, '') = '') as no_key_count,
    count(*) - count(distinct (entry_id, version)) as doubled_id_count,
    count(*) filter (published_at > getvariable('latest')) as future_count,
    case when count(*) >= getvariable('min_rows') then avg(case when published_at is null then 1 else 0 end) end as undated_share,
    case when count(*) >= getvariable('min_rows') then avg(case when trim(coalesce(title, '')) = '' then 1 else 0 end) end
        as untitled_share,
    list(concat(feed_title, ': ', title) order by entry_id) filter (published_at > getvariable('latest')) as future_count_examples,
    list(concat(feed_title, ': ', title) order by entry_id) filter (published_at is null) as undated_share_examples
from entries
