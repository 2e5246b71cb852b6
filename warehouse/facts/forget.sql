-- Takes out what was worked out for these stories and for stories that are no more.
delete from quotation_variants
where story_id in (select unnest($stories)) or story_id not in (select story_id from placements);

delete from figure_doubts
where story_id in (select unnest($stories)) or story_id not in (select story_id from placements);
