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

size as (
    select count(*) as article_count, avg(word_count) as mean_word_count
    from search_articles
    where is_current
),

wanted as (
    select
        item_no,
        group_no,
        len(terms) > 1 as is_phrase,
        unnest(terms) as term,
        generate_subscripts(terms, 1) - 1 as place,
        is_beginning and generate_subscripts(terms, 1) = len(terms) as is_beginning
    from items
),

held as materialized (
    select wanted.item_no, wanted.place, wanted.is_phrase, wanted.is_beginning,
        search_counts.article_nos, search_counts.hit_counts, search_counts.title_hit_counts
    from search_counts
    join wanted on search_counts.term = wanted.term and not wanted.is_beginning
    union all
    select wanted.item_no, wanted.place, wanted.is_phrase, true,
        search_counts.article_nos, search_counts.hit_counts, search_counts.title_hit_counts
    from search_counts
    join wanted on starts_with(search_counts.term, wanted.term) and wanted.is_beginning
),

-- how many articles hold each word, and of each phrase the place of its rarest
frequencies as (
    select item_no, place, count_of_term
    from (
        select wanted.item_no, wanted.place, coalesce(sum(len(held.article_nos)), 0) as count_of_term
        from wanted
        left join held on held.item_no = wanted.item_no and held.place = wanted.place
        group by all
    )
    qualify row_number() over (partition by item_no order by count_of_term, place) = 1
),

-- what is looked for and rarest is looked for first: of everything else, only what stands in the same articles counts
rarest as (
    select items.item_no
    from items
    where items.group_no = (
        select items.group_no
        from frequencies
        join items on items.item_no = frequencies.item_no
        join groups on groups.group_no = items.group_no and not groups.is_excluded
        group by items.group_no
        order by sum(frequencies.count_of_term), items.group_no
        limit 1
    )
),

-- a word stands in an article as often as search_counts says; a beginning, as often as all words that begin so
opened as (
    select
        item_no, is_beginning, unnest(article_nos) as article_no, unnest(hit_counts) as hit_count,
        unnest(title_hit_counts) as title_hit_count
    from held
    where not is_phrase and item_no in (from rarest)
),

-- a phrase stands where all its other words stand in a row with its rarest
positions_held as materialized (
    select wanted.item_no, wanted.place, wanted.place = frequencies.place as is_anchor, search_terms.positions
    from search_terms
    join wanted on search_terms.term = wanted.term and not wanted.is_beginning and wanted.is_phrase
    join frequencies on frequencies.item_no = wanted.item_no
    union all
    select wanted.item_no, wanted.place, wanted.place = frequencies.place, search_terms.positions
    from search_terms
    join wanted on starts_with(search_terms.term, wanted.term) and wanted.is_beginning and wanted.is_phrase
    join frequencies on frequencies.item_no = wanted.item_no
),

-- one number for phrase and place: a key of two columns takes a third longer to join
anchors as materialized (
    select unnest(positions) - place + (item_no << 54) as place_of_item
    from positions_held
    where is_anchor
),

in_row as (
    select place_of_item
    from (select unnest(positions) - place + (item_no << 54) as place_of_item from positions_held where not is_anchor)
    semi join anchors using (place_of_item)
),

phrases as (
    select items.item_no, beside.position
    from (
        select place_of_item >> 54 as item_no, place_of_item & 18014398509481983 as position, count(*) as word_count
        from in_row
        group by place_of_item
    ) as beside
    join items on items.item_no = beside.item_no and beside.word_count = len(items.terms) - 1
),

phrase_hits as materialized (
    select
        item_no,
        position // 1048576 as article_no,
        count(*) as hit_count,
        count(*) filter (where position % 1048576 < 500) as title_hit_count
    from phrases
    group by all
),

first_hits as materialized (
    from opened
    union all
    select item_no, false, article_no, hit_count, title_hit_count from phrase_hits where item_no in (from rarest)
),

other_hits as (
    from (
        select
            item_no, is_beginning, unnest(article_nos) as article_no, unnest(hit_counts) as hit_count,
            unnest(title_hit_counts) as title_hit_count
        from held
        where not is_phrase and item_no not in (from rarest)
    )
    semi join first_hits using (article_no)
    union all
    select item_no, false, article_no, hit_count, title_hit_count from phrase_hits where item_no not in (from rarest)
),

all_hits as (
    from first_hits
    union all
    from other_hits
),

-- an item once an article: only the words that begin alike are to be added up, and adding up costs most
hits as (
    select item_no, article_no, hit_count, title_hit_count
    from all_hits
    where not is_beginning
    union all
    select item_no, article_no, sum(hit_count), sum(title_hit_count)
    from all_hits
    where is_beginning
    group by item_no, article_no
),

-- groups as bits: an article matches when all bits of those looked for are there and none of those excluded
asked as (
    select
        items.item_no,
        1::bigint << items.group_no::bigint as bit,
        ln(1 + (size.article_count - least(frequencies.count_of_term, size.article_count) + 0.5)
            / (least(frequencies.count_of_term, size.article_count) + 0.5)) as weight
    from items
    join frequencies on frequencies.item_no = items.item_no
    cross join size
),

matched as (
    select
        hits.article_no,
        -- decimals add up to the same sum in any order
        sum(cast(
            asked.weight * (hits.hit_count + 2 * hits.title_hit_count) * 2.2
            / (hits.hit_count + 2 * hits.title_hit_count
                + 1.2 * (0.25 + 0.75 * articles.word_count / size.mean_word_count))
            as decimal(18, 6)
        )) as score,
        sum(hits.hit_count)::bigint as hit_count,
        sum(hits.title_hit_count)::bigint as title_hit_count
    from hits
    join asked on asked.item_no = hits.item_no
    join search_articles as articles on articles.article_no = hits.article_no and articles.is_current
    cross join size
    group by hits.article_no
    having bit_or(asked.bit) = (select sum(1::bigint << group_no::bigint)::bigint from groups where not is_excluded)
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
