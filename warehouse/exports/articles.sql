-- Articles of a day, or of all days when $day is null, with what they name, as exports give them on.
with

named as (
    select
        article_id,
        list(name order by char_start, name) filter (where type = 'person') as people,
        list(name order by char_start, name) filter (where type = 'organisation') as organisations,
        list(name order by char_start, name) filter (where type = 'place') as places
    from mentions
    group by article_id
)

select
    articles.article_id,
    articles.kind,
    articles.title,
    articles.standfirst,
    articles.text,
    articles.word_count,
    articles.published_at,
    articles.date_precision,
    articles.dated_by,
    articles.author,
    articles.outlet,
    articles.agency,
    articles.issuer,
    articles.language,
    articles.url,
    articles.first_seen_at,
    placements.covered_on,
    placements.story_id,
    placements.group_id,
    stories.title as story_title,
    coalesce(named.people, []) as people,
    coalesce(named.organisations, []) as organisations,
    coalesce(named.places, []) as places
from articles
join placements on placements.article_id = articles.article_id
join stories on stories.story_id = placements.story_id
left join named on named.article_id = articles.article_id
where $day is null or placements.covered_on = cast($day as date)
order by placements.covered_on nulls last, articles.published_at nulls last, articles.article_id
