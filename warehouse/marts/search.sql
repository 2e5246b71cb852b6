-- search: articles that hold words, best first: a macro over the index of titles, standfirsts and bodies.
-- Grain: one row per article_id. Reads: .
-- Words are ANDed. "…" is a phrase, OR joins alternatives and binds tighter than AND, NOT or - excludes, word* is a
-- beginning; brackets may hold alternatives only. Case and accents do not count. The score is BM25 (k1 1.2, b 0.75)
-- with a place in the title counted as three.
create or replace macro search(words) as table
with

tokens as (
    select
        unnest(regexp_extract_all(translate(words, '“”„', '"""'), '-?"[^"]*"|[()]|-?[^\s()"]+')) as token,
        generate_subscripts(regexp_extract_all(translate(words, '“”„', '"""'), '-?"[^"]*"|[()]|-?[^\s()"]+'), 1) as place
),

read as (
    select
        place,
        token,
        case
            when token in ('AND', 'OR', 'NOT', '(', ')') then token
            when len(regexp_extract_all(token, '[\p{L}\p{N}]+')) > 0 then 'item'
        end as sort
    from tokens
),

beside as (
    select
        place,
        token,
        sort,
        coalesce(lag(sort) over in_order, '') as before,
        coalesce(lag(sort, 2) over in_order, '') as before_that,
        coalesce(lead(sort) over in_order, '') as after,
        sum(case sort when '(' then 1 when ')' then -1 else 0 end) over in_order as depth
    from read
    where sort is not null
    window in_order as (order by place)
),

faults as (
    select case
        when (len(words) - len(replace(translate(words, '“”„', '"""'), '"', ''))) % 2 = 1
            then 'a quotation mark is not closed'
        when count(*) filter (where sort = 'item') = 0 then 'there is no word to look for'
        when min(depth) < 0 or max(depth) > 1 or sum(case sort when '(' then 1 when ')' then -1 else 0 end) <> 0
            then 'brackets are not closed, or stand in brackets'
        when count(*) filter (where depth = 1 and sort = 'item' and before not in ('(', 'OR')) > 0
            then 'brackets may hold alternatives only: (this OR that)'
        when count(*) filter (where sort = 'NOT' and before = 'OR' or sort = 'item' and token[1] = '-' and before = 'OR') > 0
            then 'NOT cannot be an alternative'
        when count(*) filter (where sort in ('AND', 'OR') and (before in ('', '(', 'AND', 'OR', 'NOT'))) > 0
            or count(*) filter (where sort in ('AND', 'OR', 'NOT') and after in ('', ')')) > 0
            or count(*) filter (where sort = 'NOT' and after in ('AND', 'OR', 'NOT')) > 0
            then 'AND, OR and NOT stand between words'
        when count(*) filter (where sort = 'item') > 60 then 'more than 60 words'
        when count(*) filter (where sort = 'item' and token[1] <> '-' and before <> 'NOT'
            and not (before = '(' and before_that = 'NOT') and before <> 'OR') = 0
            then 'something must be looked for, not only excluded'
    end as fault
    from beside
),

items as (
    select
        place as item_no,
        sum(case when before = 'OR' or (before = '(' and before_that = 'OR') then 0 else 1 end)
            over (order by place) as group_no,
        token[1] = '-' or before = 'NOT' or (before = '(' and before_that = 'NOT') as is_excluded,
        regexp_extract_all(lower(strip_accents(token)), '[\p{L}\p{N}]+') as terms,
        suffix(rtrim(token, '"'), '*') as is_beginning
    from beside
    where sort = 'item'
        and (select case when fault is null then true else error('search: ' || fault) end from faults)
),

groups as (
    select group_no, bool_or(is_excluded) as is_excluded
    from items
    group by group_no
),

wanted as (
    select
        item_no,
        unnest(terms) as term,
        generate_subscripts(terms, 1) - 1 as place,
        is_beginning and generate_subscripts(terms, 1) = len(terms) as is_beginning
    from items
),

held as (
    select wanted.item_no, wanted.place, search_terms.positions
    from search_terms
    join wanted on search_terms.term = wanted.term and not wanted.is_beginning
    union all
    select wanted.item_no, wanted.place, search_terms.positions
    from search_terms
    join wanted on starts_with(search_terms.term, wanted.term) and wanted.is_beginning
),

places as (
    select item_no, unnest(positions) - place as position
    from held
),

-- a phrase stands where all its words stand in a row
found as (
    select places.item_no, places.position
    from places
    join items on items.item_no = places.item_no
    where len(items.terms) = 1
    union all
    select places.item_no, places.position
    from places
    join items on items.item_no = places.item_no
    where len(items.terms) > 1
    group by places.item_no, places.position
    having count(*) = any_value(len(items.terms))
),

hits as (
    select
        item_no,
        position // 1048576 as article_no,
        count(*) as hit_count,
        count(*) filter (where position % 1048576 < 500) as title_hit_count
    from found
    group by all
),

size as (
    select count(*) as article_count, avg(word_count) as mean_word_count
    from search_articles
    where is_current
),

-- groups as bits: an article matches when all bits of those looked for are there and none of those excluded
asked as (
    select
        items.item_no,
        1::bigint << groups.group_no::bigint as bit,
        ln(1 + (any_value(size.article_count) - count(*) + 0.5) / (count(*) + 0.5)) as weight
    from hits
    join items on items.item_no = hits.item_no
    join groups on groups.group_no = items.group_no
    cross join size
    group by all
),

scored as (
    select
        hits.article_no,
        hits.hit_count,
        hits.title_hit_count,
        asked.bit,
        -- decimals add up to the same sum in any order
        cast(
            asked.weight * (hits.hit_count + 2 * hits.title_hit_count) * 2.2
            / (hits.hit_count + 2 * hits.title_hit_count
                + 1.2 * (0.25 + 0.75 * articles.word_count / size.mean_word_count))
            as decimal(18, 6)
        ) as score
    from hits
    join asked on asked.item_no = hits.item_no
    join search_articles as articles on articles.article_no = hits.article_no and articles.is_current
    cross join size
),

matched as (
    select
        article_no,
        sum(score) as score,
        sum(hit_count)::bigint as hit_count,
        sum(title_hit_count)::bigint as title_hit_count
    from scored
    group by article_no
    having bit_or(bit) = (select sum(1::bigint << group_no::bigint)::bigint from groups where not is_excluded)
)

select
    articles.article_id,
    round(matched.score, 3)::double as score,
    matched.hit_count,
    matched.title_hit_count,
    articles.published_on,
    articles.outlet,
    articles.kind,
    articles.title
from matched
join search_articles as articles on articles.article_no = matched.article_no
order by score desc, articles.published_on desc nulls last, articles.article_id;

comment on macro table search is 'Articles that hold words, best first: search(''"serious violence" (knife OR gun) NOT football''); word* is a beginning.';
