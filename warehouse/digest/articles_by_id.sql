-- These articles.
select * from articles_at($as_of) where article_id in (select unnest($articles)) order by article_id
