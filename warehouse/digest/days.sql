-- Days whose digests a batch changes: those that its articles count for, those of articles that it moved to another
-- place or story, those within the week after that hold something, whose numbers look back on them, and the day of a
-- round over the feeds: what failed is told on it.
with

batch_known as (
    select known_at
    from batches
    where batch = $batch
),

touched as (
    select placements.covered_on
    from placements
    join articles on articles.article_id = placements.article_id
    join batch_documents on batch_documents.document_id = articles.document_id
    where batch_documents.batch = $batch
    union
    select placement_versions.covered_on
    from placement_versions
    join batch_known
        on placement_versions.known_from = batch_known.known_at or placement_versions.known_to = batch_known.known_at
)

select distinct placements.covered_on
from placements
join touched on placements.covered_on between touched.covered_on and touched.covered_on + 7

union

select ran_on from feed_runs where batch = $batch
order by covered_on
