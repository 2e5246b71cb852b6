-- Days that the articles of a batch count for, and the day of a round over the feeds: what failed is told on it.
select distinct placements.covered_on
from placements
join articles on articles.article_id = placements.article_id
join batch_documents on batch_documents.document_id = articles.document_id
where batch_documents.batch = $batch and placements.covered_on is not null

union

select ran_on from feed_runs where batch = $batch
order by covered_on
