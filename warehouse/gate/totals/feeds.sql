-- feeds: how many of the register's feeds answer.
-- Grain: one row. Shares are null where there are too few feeds to speak of a share.
select
    count(*) as row_count,
    count(feed_id) - count(distinct feed_id) as doubled_id_count,
    count(*) filter (url is not null and not regexp_matches(url, '^https?://')) as bad_address_count,
    case when count(*) >= 2 then avg(case when failure_count >= 3 then 1 else 0 end) end as failing_share,
    case when count(*) >= 2 then avg(case when silence is not null then 1 else 0 end) end as silent_share,
    list(example order by feed_id) filter (failure_count >= 3) as failing_share_examples,
    list(example order by feed_id) filter (silence is not null) as silent_share_examples
from feeds
