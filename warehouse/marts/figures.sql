-- figures: what figure_versions knows now.
-- Grain: one row per figure_id. Reads: figure_versions.
create or replace view figures as
select
    figure_id,
    article_id,
    part,
    char_start,
    char_end,
    text,
    value,
    value_max,
    unit,
    bound,
    subject
from figure_versions
where known_to is null;

comment on view figures is 'Amounts that articles name, in base units with bound and subject.';
comment on column figures.figure_id is 'Derived from the article and the place of the words in it.';
comment on column figures.article_id is 'The article that names it.';
comment on column figures.part is 'title, standfirst or text: where it stands.';
comment on column figures.char_start is 'First character of the words in that part.';
comment on column figures.char_end is 'Character behind the last.';
comment on column figures.text is 'The words of the amount, as written.';
comment on column figures.value is 'Amount in base units; lower end of a range; null when vague.';
comment on column figures.value_max is 'Upper end of a range; null otherwise.';
comment on column figures.unit is 'GBP, USD, EUR, percent, people, hours, … or the noun that is counted.';
comment on column figures.bound is 'exact, more_than, at_least, less_than, up_to, almost, approx, range, within or vague.';
comment on column figures.subject is 'What it is the amount of, in the text''s words.';
