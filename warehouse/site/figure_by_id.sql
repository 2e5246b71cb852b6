-- A figure with the day that its article counts for, under the names that the noun has.
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
    figures.subject,
    placements.covered_on
from figures
left join placements on placements.article_id = figures.article_id
where figures.figure_id = $id
