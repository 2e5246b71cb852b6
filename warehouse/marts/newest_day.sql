-- newest_day: the newest day with coverage, and the days that recipes are asked for by "set variable".
-- Grain: one value. Reads: placements.
create or replace macro newest_day() as (select max(covered_on) from placements);
create or replace macro on_day() as coalesce(cast(getvariable('day') as date), newest_day());
create or replace macro to_day() as coalesce(cast(getvariable('to_day') as date), newest_day());
create or replace macro from_day(days) as coalesce(cast(getvariable('from_day') as date), to_day() - days);

comment on macro newest_day is 'The newest day with coverage.';
comment on macro on_day is 'The day of "set variable day = …", else the newest day with coverage.';
comment on macro to_day is 'The day of "set variable to_day = …", else the newest day with coverage.';
comment on macro from_day is 'The day of "set variable from_day = …", else so many days before to_day().';
