-- Days that the articles of a batch count for.
select distinct placements.covered_on
from placements
join articles on articles.article_id = placements.article_id
join batch_documents on batch_documents.document_id = articles.document_id
where batch_documents.batch = $batch and placements.covered_on is not null
order by placements.covered_on
