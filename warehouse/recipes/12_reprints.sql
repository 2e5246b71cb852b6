-- Question: Whose texts are reprinted?
-- Read: One row a text that several outlets ran: one work, many placements. agency is whose text it says it is; where it
--       is empty, nobody says, and first_outlet had it first among those that are timed.
-- Set: from_day (7 days before to_day), to_day (the newest day with coverage)
select
    min(placements.covered_on) as first_covered_on,
    arg_min(articles.title, (coalesce(articles.published_at, timestamptz 'infinity'), articles.article_id)) as title,
    min(articles.agency) as agency,
    arg_min(articles.outlet, (articles.published_at, articles.article_id))
        filter (where articles.date_precision = 'minute') as first_outlet,
    count(*) as placement_count,
    count(distinct articles.outlet) as outlet_count,
    placements.group_id
from placements
join articles on articles.article_id = placements.article_id
where placements.covered_on between from_day(7) and to_day()
    and articles.kind in ('article', 'summary_only')
group by placements.group_id
having count(*) > 1
order by placement_count desc, placements.group_id
limit 100;
