-- Says of the articles that search() knows which are still current, and numbers the current ones that it does not know
-- yet in the temporary table arriving: index_block.sql brings these in, a block of 10,000 numbers at a time.
create or replace temporary table changed as
select indexed.article_no
from search_articles as indexed
left join article_versions as versions
    on versions.article_id = indexed.article_id and versions.row_hash = indexed.row_hash and versions.known_to is null
where indexed.is_current <> (versions.article_id is not null);

update search_articles
set is_current = not is_current
where article_no in (select article_no from changed);

drop table changed;

create or replace temporary table arriving as
select
    row_number() over (order by known_from, article_id)
        + (select coalesce(max(article_no), -1) from search_articles) as article_no,
    rowid as version_row
from article_versions
anti join search_articles using (article_id, row_hash)
where known_to is null;
