-- figure_doubts: amounts of a story that cannot both be right, and headline amounts that their text does not give.
-- Grain: one row per (story_id, number). Worked out anew for the stories that a batch touches (pipeline.edges.story_facts).
create table if not exists figure_doubts (
    story_id varchar not null,
    number bigint not null,
    kind varchar not null,
    detail varchar not null,
    figure_ids varchar[] not null,
    article_ids varchar[] not null
);

comment on table figure_doubts is 'Amounts of a story that cannot both be right, and headline amounts that their text does not give.';
comment on column figure_doubts.story_id is 'The story.';
comment on column figure_doubts.number is 'Its place among the doubts of the story, from 0.';
comment on column figure_doubts.kind is 'within: one text gives both; between: two articles; headline: the text does not give the amount.';
comment on column figure_doubts.detail is 'A sentence for an editor: the amounts, and what they are said to be of.';
comment on column figure_doubts.figure_ids is 'The figures (figures.figure_id).';
comment on column figure_doubts.article_ids is 'Their articles.';
