-- Who is named where, and as what. Grain: one row per (name, article).
select article_id, name, role, role_by, mention_count
from mentions
where type = 'person'
order by name, article_id
