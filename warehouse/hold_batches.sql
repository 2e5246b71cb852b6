-- Replaces held_days by the batches that are held now: $holds lists their results, $profiles their articles. What has
-- been published with another batch meanwhile is not held any more.
delete from held_days;

insert into held_days by name
with

stopped as (
    select batch, min_by(description, rule) as reason from read_parquet($holds) group by batch
),

profiled as (
    select *, parse_filename(filename, true) as batch
    from read_parquet($profiles, filename = true)
)

select
    stopped.batch,
    profiled.published_on as covered_on,
    count(profiled.article_id) as article_count,
    stopped.reason,
    coalesce(max(profiled.first_seen_at), timestamptz '1970-01-01') as held_from
from stopped
join profiled on profiled.batch = stopped.batch
anti join articles on articles.article_id = profiled.article_id
group by all;
