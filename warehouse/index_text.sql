-- Brings the current articles that search() does not know yet into search_articles and search_terms, and says of those
-- that it knows which are still current. What search_counts has of the blocks that change is left to count_terms.sql.
-- Only the blocks that new articles fall into are rewritten. Running it twice leaves what once left.
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

create or replace temporary table unindexed as
with

numbered as (
    select
        row_number() over (order by article_id)
            + (select coalesce(max(article_no), -1) from search_articles) as article_no,
        article_id,
        row_hash,
        published_on,
        outlet,
        kind,
        title,
        regexp_extract_all(lower(strip_accents(title)), '[\p{L}\p{N}]+')[1:500] as title_words,
        regexp_extract_all(lower(strip_accents(coalesce(standfirst, ''))), '[\p{L}\p{N}]+')[1:500] as standfirst_words,
        regexp_extract_all(lower(strip_accents(text)), '[\p{L}\p{N}]+')[1:1000000] as body_words
    from article_versions
    anti join search_articles using (article_id, row_hash)
    where known_to is null
)

select
    *,
    len(title_words) + len(standfirst_words) + len(body_words) as word_count
from numbered;

insert into search_articles by name
select article_no, article_id, row_hash, true as is_current, word_count, published_on, outlet, kind, title
from unindexed
order by article_no;

create or replace temporary table rewritten as
with

placed as (
    select article_no, unnest(title_words) as term, generate_subscripts(title_words, 1) - 1 as place
    from unindexed
    union all
    select article_no, unnest(standfirst_words), generate_subscripts(standfirst_words, 1) + 499
    from unindexed
    union all
    select article_no, unnest(body_words), generate_subscripts(body_words, 1) + 999
    from unindexed
),

arrived as (
    select article_no // 10000 as block, term, list(article_no * 1048576 + place) as positions
    from placed
    group by all
),

held as (
    select block, term, positions
    from search_terms
    where block in (select article_no // 10000 from unindexed)
)

select block, term, list_sort(flatten(list(positions))) as positions
from (from arrived union all from held)
group by all;

delete from search_terms where block in (select article_no // 10000 from unindexed);

insert into search_terms
select block, term, positions
from rewritten
order by block, term;

delete from search_counts where block in (select article_no // 10000 from unindexed);

drop table unindexed;

drop table rewritten;
