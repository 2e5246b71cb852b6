-- Mentions of these articles.
select * from mentions_at($as_of) where article_id in (select unnest($articles)) order by article_id, char_start, name
