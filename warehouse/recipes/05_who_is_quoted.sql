-- Question: Who is quoted, how often and where?
-- Read: One row a speaker. quotation_count counts an utterance once however many articles carry it; quote_count counts
--       every article that does. Releases are left out: a release quotes whom it likes.
-- Set: from_day (7 days before to_day), to_day (the newest day with coverage)
with

quoted as materialized (
    select variants.speaker, variants.role, variants.quotation_id, articles.outlet
    from placements
    join articles on articles.article_id = placements.article_id
    join quotation_variants as variants on variants.article_id = placements.article_id
    where placements.covered_on between from_day(7) and to_day()
        and articles.kind in ('article', 'summary_only')
        and variants.speaker is not null
),

roles as (
    select speaker, arg_max(role, (role_count, role)) as role
    from (select speaker, role, count(*) as role_count from quoted where role is not null group by all)
    group by speaker
)

select
    quoted.speaker,
    any_value(roles.role) as role,
    count(distinct quoted.quotation_id) as quotation_count,
    count(*) as quote_count,
    count(distinct quoted.outlet) as outlet_count
from quoted
left join roles on roles.speaker = quoted.speaker
group by quoted.speaker
order by outlet_count desc, quote_count desc, quoted.speaker
limit 50;
