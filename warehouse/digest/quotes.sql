-- Quotes of these articles.
select * from quotes_at($as_of) where article_id in (select unnest($articles)) order by article_id, fragments, quote_id
