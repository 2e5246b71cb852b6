-- Figures of the articles of these stories, under the names that the noun has.
select
    figures.figure_id,
    figures.article_id,
    figures.part as "where",
    figures.char_start as "start",
    figures.char_end as "end",
    figures.text,
    figures.value,
    figures.value_max,
    figures.unit,
    figures.bound,
    figures.subject
from figures
join placements on placements.article_id = figures.article_id
where placements.story_id in (select unnest($stories))
order by figures.article_id, figures.part, figures.char_start, figures.figure_id
