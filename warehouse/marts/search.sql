-- search: articles that hold words, best first: a macro over the index of titles, standfirsts and bodies.
-- Grain: one row per article_id. Reads: .
-- Words are ANDed. "…" is a phrase, OR joins alternatives and binds tighter than AND, NOT or - excludes, word* is a
-- beginning; brackets may hold alternatives only. Case and accents do not count. The score is BM25 (k1 1.2, b 0.75)
-- with a place in the title counted as three.
-- Ordering stands outside of everything else, where a limit that follows it spares sorting all that matched.
create or replace macro search(words) as table
select article_id, score, hit_count, title_hit_count, published_on, outlet, kind, title
from (
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
        when count(*) filter (where regexp_matches(token, '^(NEAR/[0-9]+$|-?(outlet|speaker|figure):)')) > 0
            then 'NEAR/5, outlet:, speaker: and figure: are for watchlists (pipeline watch test); here, filter the rows'
        when count(*) filter (where sort = 'item') > 60 then 'more than 60 words'
        when max(len(regexp_extract_all(token, '[\p{L}\p{N}]+'))) > 120 then 'more than 120 words in a phrase'
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
        len(terms) as term_count,
        unnest(terms) as term,
        generate_subscripts(terms, 1) - 1 as place,
        is_beginning and generate_subscripts(terms, 1) = len(terms) as is_beginning
    from items
),

looked_up as materialized (
    select wanted.item_no, wanted.place, wanted.term_count, wanted.is_beginning, search_words.word_no
    from search_words
    join wanted on search_words.word = wanted.term and not wanted.is_beginning
    where not search_words.is_pair
    union all
    select wanted.item_no, wanted.place, wanted.term_count, true, search_words.word_no
    from search_words
    join wanted on starts_with(search_words.word, wanted.term) and wanted.is_beginning
    where not search_words.is_pair
),

in_blocks as materialized (
    select
        looked_up.item_no,
        looked_up.place,
        looked_up.term_count,
        held.block,
        sum(held.article_count) as article_count,
        bool_and(held.is_common and not looked_up.is_beginning) as is_common
    from search_frequencies as held
    join looked_up on looked_up.word_no = held.word_no
    group by all
),

-- how many articles hold each word, and of each phrase the place of its rarest
frequencies as materialized (
    select item_no, place, count_of_term
    from (
        select wanted.item_no, wanted.place, coalesce(sum(in_blocks.article_count), 0) as count_of_term
        from wanted
        left join in_blocks on in_blocks.item_no = wanted.item_no and in_blocks.place = wanted.place
        group by all
    )
    qualify row_number() over (partition by item_no order by count_of_term, place) = 1
),

-- what is looked for and rarest is looked for first: of everything else, only what stands in the same articles counts;
-- unless it is more than a fifth of all: adding up what no article matches is cheaper than looking for it among as many
by_group as (
    select
        items.group_no,
        sum(frequencies.count_of_term) as hit_count,
        sum(sum(frequencies.count_of_term)) over () as all_hit_count,
        row_number() over (order by bool_or(groups.is_excluded), sum(frequencies.count_of_term), items.group_no) as rank
    from frequencies
    join items on items.item_no = frequencies.item_no
    join groups on groups.group_no = items.group_no
    group by items.group_no
),

rarest as materialized (
    select items.item_no
    from items
    join by_group on by_group.group_no = items.group_no
    where by_group.rank = 1
        or (select 5 * hit_count > all_hit_count from by_group where rank = 1)
),

others as materialized (
    select item_no
    from items
    anti join rarest using (item_no)
),

-- in the blocks in which a word is not common together with one beside it, it is looked for itself
alone as (
    select own.item_no, own.place, 10000 * min(own.block) as first_no, 10000 * max(own.block) + 9999 as last_no
    from in_blocks as own
    anti join in_blocks as beside
        on beside.item_no = own.item_no
        and beside.block = own.block
        and abs(beside.place - own.place) = 1
        and beside.is_common
        and own.is_common
    where own.term_count > 1
    group by own.item_no, own.place
),

-- a phrase is looked for by its words and, where two side by side are very common, by them as a pair. What covers all
-- its words in a row is the phrase; bits say which are covered
phrase_words as materialized (
    select
        looked_up.item_no,
        looked_up.place,
        looked_up.word_no,
        1::hugeint << looked_up.place as bits,
        looked_up.place = frequencies.place as is_anchor,
        alone.first_no,
        alone.last_no
    from looked_up
    join alone on alone.item_no = looked_up.item_no and alone.place = looked_up.place
    join frequencies on frequencies.item_no = looked_up.item_no
),

phrase_pairs as materialized (
    select
        first.item_no,
        first.place,
        pairs.word_no,
        3::hugeint << first.place as bits,
        frequencies.place - first.place in (0, 1) as is_anchor,
        -- of two pairs that share the rarest word, the second is to stand beside the first
        first.place <> greatest(frequencies.place - 1, 0) as is_beside,
        first.term_count = 2 as is_whole
    from wanted as first
    join wanted as second
        on second.item_no = first.item_no and second.place = first.place + 1 and not second.is_beginning
    join frequencies on frequencies.item_no = first.item_no
    join search_words as pairs on pairs.is_pair and pairs.word = first.term || ' ' || second.term
),

-- where what covers the rarest word of a phrase stands, as the place at which the phrase would begin. One number for
-- phrase and place, because a key of two columns takes a third longer to join
anchors as materialized (
    select
        (words.item_no << 54) + (places.article_no::bigint << 20) + places.place - words.place as place_of_item,
        words.bits,
        false as is_whole
    from search_places as places
    join phrase_words as words
        on words.word_no = places.word_no
        and words.is_anchor
        and places.article_no between words.first_no and words.last_no
    union all
    select
        (pairs.item_no << 54) + (places.article_no::bigint << 20) + places.place - pairs.place,
        pairs.bits,
        pairs.is_whole
    from search_places as places
    join phrase_pairs as pairs on pairs.word_no = places.word_no and pairs.is_anchor
),

-- and where what covers its other words stands beside that
beside_anchors as materialized (
    from (
        select
            (words.item_no << 54) + (places.article_no::bigint << 20) + places.place - words.place as place_of_item,
            words.bits
        from search_places as places
        join phrase_words as words
            on words.word_no = places.word_no
            and not words.is_anchor
            and places.article_no between words.first_no and words.last_no
        union all
        select (pairs.item_no << 54) + (places.article_no::bigint << 20) + places.place - pairs.place, pairs.bits
        from search_places as places
        join phrase_pairs as pairs on pairs.word_no = places.word_no and pairs.is_beside
    )
    -- bits are never 0: having two conditions, DuckDB expects few anchors and looks among them for the many places,
    -- where it would look among many for few, at three times the cost
    semi join (from anchors where not is_whole and bits <> 0) as anchors using (place_of_item)
),

covered as (
    select place_of_item, bits
    from anchors
    where is_whole
    union all
    select place_of_item, bits
    from anchors
    semi join beside_anchors using (place_of_item)
    union all
    from beside_anchors
),

found as (
    select place_of_item, bit_or(bits) as bits
    from covered
    group by place_of_item
),

counted as (
    select
        found.place_of_item >> 54 as item_no,
        (found.place_of_item & 18014398509481983) >> 20 as article_no,
        count(*)::integer as hit_count,
        (count(*) filter ((found.place_of_item & 1048575) < 500))::integer as title_hit_count
    from found
    join items
        on items.item_no = found.place_of_item >> 54
        and (1::hugeint << len(items.terms)) - 1 = found.bits
    group by all
),

phrase_hits as materialized (
    select counted.item_no, counted.article_no, counted.hit_count, counted.title_hit_count, articles.word_count
    from counted
    join search_articles as articles on articles.article_no = counted.article_no
),

single_words as materialized (
    select item_no, word_no, is_beginning, item_no in (from rarest) as is_rarest
    from looked_up
    where term_count = 1
),

-- a word stands in an article as often as search_hits says; a beginning, as often as all words that begin so
rarest_hits as (
    select words.item_no, hits.article_no, hits.hit_count, hits.title_hit_count, hits.word_count
    from search_hits as hits
    join single_words as words on words.word_no = hits.word_no and words.is_rarest and not words.is_beginning
    union all
    select
        words.item_no, hits.article_no, sum(hits.hit_count)::integer, sum(hits.title_hit_count)::integer,
        any_value(hits.word_count)
    from search_hits as hits
    join single_words as words on words.word_no = hits.word_no and words.is_rarest and words.is_beginning
    group by words.item_no, hits.article_no
    union all
    from phrase_hits
    where item_no in (from rarest)
),

other_hits as (
    select words.item_no, hits.article_no, hits.hit_count, hits.title_hit_count, hits.word_count
    from search_hits as hits
    join single_words as words on words.word_no = hits.word_no and not words.is_rarest and not words.is_beginning
    union all
    select
        words.item_no, hits.article_no, sum(hits.hit_count)::integer, sum(hits.title_hit_count)::integer,
        any_value(hits.word_count)
    from search_hits as hits
    join single_words as words on words.word_no = hits.word_no and not words.is_rarest and words.is_beginning
    group by words.item_no, hits.article_no
    union all
    from phrase_hits
    where item_no not in (from rarest)
),

hits as (
    from rarest_hits
    union all
    from other_hits
    semi join (select article_no from rarest_hits where exists (from others)) using (article_no)
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
        -- millionths add up to the same sum in any order, and in half the time that decimals take
        sum(cast(
            asked.weight * (hits.hit_count + 2 * hits.title_hit_count) * 2.2e0
            / (hits.hit_count + 2 * hits.title_hit_count
                + 1.2e0 * (0.25e0 + 0.75e0 * hits.word_count / size.mean_word_count)) * 1e6
            as bigint
        )) as millionths,
        sum(hits.hit_count)::bigint as hit_count,
        sum(hits.title_hit_count)::bigint as title_hit_count
    from hits
    join asked on asked.item_no = hits.item_no
    cross join size
    group by hits.article_no
    having bit_or(asked.bit) = (select sum(1::bigint << group_no::bigint)::bigint from groups where not is_excluded)
)

select
    articles.article_id,
    round(matched.millionths / 1000000, 3) as score,
    matched.hit_count,
    matched.title_hit_count,
    articles.published_on,
    articles.outlet,
    articles.kind,
    articles.title
from matched
join search_articles as articles on articles.article_no = matched.article_no and articles.is_current
)
order by score desc, published_on desc nulls last, article_id;

comment on macro table search is 'Articles that hold words, best first: search(''"serious violence" (knife OR gun) NOT football''); word* is a beginning.';
