-- Question: How did a story unfold, and why is each article part of it?
-- Read: One row an article, first published first, undated ones last. copy_count above 1: the text ran in so many
--       places. because is the evidence that ties it to the article tied_to.
-- Set: story (the most widely covered one of the newest day)
select *
from story(
    coalesce(
        cast(getvariable('story') as varchar),
        (select story_id from coverage(newest_day()) order by work_count desc, placement_count desc, story_id limit 1)
    )
);
