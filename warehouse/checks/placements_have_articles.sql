-- Rows are places without an article.
select placements.article_id, placements.story_id
from placements
anti join articles on articles.article_id = placements.article_id
