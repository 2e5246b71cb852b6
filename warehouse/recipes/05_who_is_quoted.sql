-- Question: Who is quoted, how often and where?
-- Read: One row a speaker. quotation_count counts an utterance once however many articles carry it; quote_count counts
--       every article that does. Releases are left out: a release quotes whom it likes.
-- Set: from_day (30 days before to_day), to_day (the newest day with coverage)
with

quoted as (
    select quotes.speaker, quotes.role, quotes.quote_id, articles.outlet, articles.article_id
    from placements
    join articles on articles.article_id = placements.article_id
    join quotes on quotes.article_id = placements.article_id
    where placements.covered_on between from_day(30) and to_day()
        and articles.kind in ('article', 'summary_only')
        and quotes.speaker is not null
)

select
    quoted.speaker,
    mode(quoted.role order by quoted.role) as role,
    count(distinct variants.quotation_id) as quotation_count,
    count(distinct quoted.quote_id) as quote_count,
    count(distinct quoted.article_id) as article_count,
    count(distinct quoted.outlet) as outlet_count
from quoted
left join quotation_variants as variants on variants.quote_id = quoted.quote_id
group by quoted.speaker
order by outlet_count desc, quote_count desc, quoted.speaker
limit 50;
