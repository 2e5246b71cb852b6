-- A quote with the day that its article counts for.
select quotes.*, placements.covered_on
from quotes
left join placements on placements.article_id = quotes.article_id
where quotes.quote_id = $id
