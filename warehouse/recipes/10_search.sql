-- Question: What was written about something?
-- Read: The twenty best matches. Words are ANDed, "…" is a phrase, OR joins alternatives, NOT or - excludes, word* is a
--       beginning. score is higher where the words are rare and stand often, most of all in the title.
-- Set: words (knife OR trafficking)
select score, hit_count, published_on, outlet, title, article_id
from search(coalesce(cast(getvariable('words') as varchar), 'knife OR trafficking'))
order by score desc, published_on desc nulls last, article_id
limit 20;
