-- placements: what placement_versions knows now.
-- Grain: one row per article_id. Reads: placement_versions.
create or replace view placements as
select
    article_id,
    group_id,
    story_id,
    covered_on,
    covered_by,
    tied_to,
    because
from placement_versions
where known_to is null;

comment on view placements is 'An article as coverage counts it, with the evidence of its place.';
comment on column placements.article_id is 'The article.';
comment on column placements.group_id is 'Its near-duplicate group: copies of one text are one work.';
comment on column placements.story_id is 'Its story: reports of one event.';
comment on column placements.covered_on is 'The day it counts for; null when neither it nor its story has one.';
comment on column placements.covered_by is 'How that day is known; inferred when it is taken from the story.';
comment on column placements.tied_to is 'The article of the story that it is tied to most closely; null for the first.';
comment on column placements.because is 'The evidence, in words that an editor can check.';
