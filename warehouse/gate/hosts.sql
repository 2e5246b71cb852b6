-- hosts: how many pages of each outlet's site gave an article.
-- Grain: one row per host with five pages or more in the batch.
with

read as (
    select
        regexp_replace(regexp_extract(url, '^https?://([^/:]+)', 1), '^www\.', '') as host,
        exists (select 1 from profile where profile.url = pages.url or profile.document_id = sha256(pages.content)) as gave_article
    from pages
)

select
    host,
    count(*) as page_count,
    avg(case when gave_article then 1 else 0 end) as yield_share,
    format('{}: {} of {} pages gave an article', host, count(*) filter (gave_article), count(*)) as example
from read
group by host
having count(*) >= 5
order by host
