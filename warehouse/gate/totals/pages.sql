-- pages: the batch's pages, and how many of them gave an article.
-- Grain: one row. The yield is null where there are too few pages to speak of a share.
with

read as (
    select
        pages.*,
        exists (select 1 from profile where profile.url = pages.url or profile.document_id = sha256(pages.content)) as gave_article
    from pages
)

select
    count(*) as row_count,
    count(*) filter (coalesce(page_id, '') = '' or coalesce(url, '') = '') as no_key_count,
    count(page_id) - count(distinct page_id) as doubled_id_count,
    count(*) filter (octet_length(content) = 0 or content is null) as empty_count,
    case when count(*) >= getvariable('min_sources') then avg(case when gave_article then 1 else 0 end) end as yield_share,
    list(url order by url) filter (not gave_article) as yield_share_examples,
    list(url order by url) filter (octet_length(content) = 0 or content is null) as empty_count_examples
from read
