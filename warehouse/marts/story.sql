-- story: the articles of a story in the order in which they came out, with the evidence of their place in it.
-- Grain: one row per article_id. Reads: placements, articles.
create or replace macro story(id) as table
with

members as (
    select * from placements where story_id = id
)

select
    articles.published_at,
    articles.date_precision,
    members.covered_on,
    articles.kind,
    coalesce(articles.outlet, articles.issuer) as source,
    articles.title,
    count(*) over (partition by members.group_id) as copy_count,
    [reason.detail for reason in members.because] as because,
    members.tied_to,
    articles.article_id
from members
join articles on articles.article_id = members.article_id
order by articles.published_at nulls last, articles.article_id;

comment on macro table story is 'A story''s articles in the order in which they came out, undated ones last, each with why it is on the story: story(''…'').';
