-- Question: Which quotations did outlets change?
-- Read: One row for each place where an article's words are not those of the fullest version held: full_words stand
--       there, variant_words here. What was only cut is left out; recipe 05 counts who carried what.
-- Set: from_day (30 days before to_day), to_day (the newest day with coverage)
with

of_days as (
    select placements.article_id, placements.covered_on
    from placements
    where placements.covered_on between from_day(30) and to_day()
),

departures as (
    select variants.*, of_days.covered_on, unnest(variants.differences) as difference
    from quotation_variants as variants
    join of_days on of_days.article_id = variants.article_id
    where len(variants.differences) > 0
)

select
    departures.covered_on,
    departures.speaker,
    coalesce(articles.outlet, articles.issuer, 'not known') as source,
    departures.difference.full_words as full_words,
    departures.difference.variant_words as variant_words,
    departures.article_id,
    departures.quotation_id
from departures
join articles on articles.article_id = departures.article_id
where departures.difference.kind = 'altered'
order by departures.covered_on, departures.quotation_id, departures.place, departures.quote_id, full_words
limit 200;
