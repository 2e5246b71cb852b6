-- Figures of these articles.
select * from figures_at($as_of) where article_id in (select unnest($articles)) order by article_id, part, char_start
