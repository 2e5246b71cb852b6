-- Articles that count for these days and have the words that a search cannot do without: of each list in $needed, the
-- beginning of one word. Whether the search catches them is told by their text.
select articles.*, placements.group_id, placements.story_id, placements.covered_on
from placements_at($as_of) as placements
join articles_at($as_of) as articles on articles.article_id = placements.article_id
where
    placements.covered_on between $first and $last
    and (
        len($needed) = 0
        or list_bool_and([
            list_bool_or([
                contains(lower(articles.title || ' ' || coalesce(articles.standfirst, '') || ' ' || articles.text), word)
                for word in words
            ])
            for words in $needed
        ])
    )
order by placements.covered_on desc, articles.published_at desc nulls last, articles.article_id
