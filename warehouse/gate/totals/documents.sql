-- documents: the batch's sources, and how many of them gave an article.
-- Grain: one row. The yield is null where there are too few sources to speak of a share.
with

read as (
    select documents.*, exists (select 1 from profile where profile.document_id = documents.document_id) as gave_article
    from documents
)

select
    count(*) as row_count,
    count(document_id) - count(distinct document_id) as doubled_id_count,
    count(*) filter (byte_count < 0) as negative_count,
    case when count(*) >= getvariable('min_sources') then avg(case when gave_article then 1 else 0 end) end as yield_share,
    list(concat(document_id[:12], ', ', byte_count, ' bytes') order by document_id) filter (not gave_article)
        as yield_share_examples,
    list(concat(document_id[:12], ', ', byte_count, ' bytes') order by document_id) filter (byte_count < 0)
        as negative_count_examples
from read
