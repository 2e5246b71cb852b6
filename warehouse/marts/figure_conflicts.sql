-- figure_conflicts: the doubtful amounts that came up on a day: with the last article that gives one of them.
-- Grain: one row per (story_id, number). Reads: placements, articles, figures.
create or replace macro figure_conflicts(day) as table
with

of_day as (
    select article_id, story_id
    from placements
    where covered_on = cast(day as date)
),

doubts as (
    select distinct doubts.*
    from figure_doubts as doubts
    join of_day on of_day.story_id = doubts.story_id and list_contains(doubts.article_ids, of_day.article_id)
),

later as (
    select distinct doubts.story_id, doubts.number
    from doubts
    join placements on placements.story_id = doubts.story_id and list_contains(doubts.article_ids, placements.article_id)
    where placements.covered_on > cast(day as date)
),

amounts as (
    select doubts.story_id, doubts.number, unnest(doubts.figure_ids) as figure_id
    from doubts
)

select
    doubts.story_id,
    doubts.number,
    doubts.kind,
    doubts.detail,
    list(figures.text order by figures.value, figures.figure_id) as amounts,
    any_value(figures.unit) as unit,
    list_sort(list(distinct coalesce(articles.outlet, articles.issuer, 'not known'))) as sources,
    doubts.article_ids
from doubts
anti join later using (story_id, number)
join amounts on amounts.story_id = doubts.story_id and amounts.number = doubts.number
join figures on figures.figure_id = amounts.figure_id
join articles on articles.article_id = figures.article_id
group by doubts.story_id, doubts.number, doubts.kind, doubts.detail, doubts.article_ids
order by doubts.kind, doubts.story_id, doubts.number;

comment on macro table figure_conflicts is 'Amounts that cannot both be right, and headline amounts without a text, as they came up on a day: figure_conflicts(''2023-10-25'').';
