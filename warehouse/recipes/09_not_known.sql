-- Question: What do we not know about what we hold?
-- Read: One row an outlet: how many of its articles have no date, no author or a date that was inferred. A share that
--       rises for one outlet means that its pages have changed.
-- Set: from_day (30 days before to_day), to_day (the newest day with coverage)
select
    coalesce(articles.outlet, 'not known') as outlet,
    count(*) as article_count,
    count(*) filter (where articles.published_at is null) as undated_count,
    count(*) filter (where articles.dated_by = 'inferred') as inferred_date_count,
    count(*) filter (where articles.author is null) as no_author_count,
    count(*) filter (where articles.kind = 'summary_only') as summary_only_count,
    round(count(*) filter (where articles.published_at is null) / count(*), 3) as undated_share
from placements
join articles on articles.article_id = placements.article_id
where placements.covered_on between from_day(30) and to_day()
    and articles.kind in ('article', 'summary_only')
group by articles.outlet
order by article_count desc, outlet;
