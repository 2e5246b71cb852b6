-- Articles that count for these days and have the words that a search cannot do without: of each list in $needed, the
-- beginning of one word. Whether the search catches them is told by their text.
with

placed as (
    select article_id, story_id, covered_on from placements_at($as_of) where covered_on between $first and $last
),

likely as (
    select article_versions.*
    from article_versions
    where
        rowid in (
            select rowid
            from article_versions
            where
                article_id in (select article_id from placed)
                and known_from <= $as_of
                and (known_to is null or known_to > $as_of)
        )
        and list_bool_and(list_transform(
            cast($needed as varchar[][]),
            lambda words: list_bool_or(list_transform(
                words,
                lambda word: contains(lower(title || ' ' || coalesce(standfirst, '') || ' ' || text), word)
            ))
        )) is distinct from false
)

select likely.* exclude (row_hash, known_from, known_to), placed.story_id, placed.covered_on
from likely
join placed on placed.article_id = likely.article_id
order by placed.covered_on desc, likely.published_at desc nulls last, likely.article_id
