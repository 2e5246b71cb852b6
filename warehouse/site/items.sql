-- Every article as lists show it, newest first, those without a day last.
select
    articles.article_id,
    articles.document_id,
    placements.story_id,
    placements.group_id,
    articles.title,
    articles.outlet,
    articles.outlet_by,
    articles.issuer,
    articles.kind,
    articles.url,
    articles.published_at,
    articles.date_precision,
    placements.covered_on,
    placements.covered_by
from placements
join articles on articles.article_id = placements.article_id
order by placements.covered_on desc nulls last, articles.published_at desc nulls last, articles.article_id
