-- Counts the words of one block of search_terms into search_counts: a block at a time, because each has three million
-- places, and the lists of all blocks of 200,000 articles took 19 GB.
insert into search_counts
with

hits as (
    select term, unnest(positions) // 1048576 as article_no, unnest(positions) % 1048576 < 500 as is_in_title
    from search_terms
    where block = $block
),

counted as (
    select term, article_no, count(*)::integer as hit_count, (count(*) filter (is_in_title))::integer as title_hit_count
    from hits
    group by all
),

listed as (
    select term, list_sort(list({'no': article_no, 'hits': hit_count, 'title_hits': title_hit_count})) as articles
    from counted
    group by term
)

select
    $block,
    term,
    list_transform(articles, lambda article: article.no),
    list_transform(articles, lambda article: article.hits),
    list_transform(articles, lambda article: article.title_hits)
from listed
order by term;
