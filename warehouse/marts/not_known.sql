-- not_known: fields that nobody gives, and fields that were worked out rather than read.
-- Grain: one row per (article_id, field). Reads: articles, placements.
create or replace view not_known as
with

fields as (
    select article_id, 'date' as field, dated_by as known_by, published_at is null as is_unknown from articles
    union all
    select article_id, 'outlet', outlet_by, outlet is null from articles where kind in ('article', 'summary_only')
    union all
    select article_id, 'author', author_by, author is null from articles where kind = 'article'
    union all
    select article_id, 'issuer', issuer_by, issuer is null from articles where kind = 'press_release'
)

select
    fields.article_id,
    placements.covered_on,
    articles.title,
    articles.outlet,
    fields.field,
    case when fields.is_unknown then 'not known' else fields.known_by end as state
from fields
join articles on articles.article_id = fields.article_id
left join placements on placements.article_id = fields.article_id
where fields.is_unknown or fields.known_by in ('inferred', 'configured');

comment on view not_known is 'Fields that no source gives, and fields that were inferred or configured rather than read.';
comment on column not_known.article_id is 'The article.';
comment on column not_known.covered_on is 'The day that it counts for.';
comment on column not_known.title is 'Its headline.';
comment on column not_known.outlet is 'Its outlet; null when not known.';
comment on column not_known.field is 'date, outlet, author or issuer.';
comment on column not_known.state is 'not known, inferred or configured.';
