-- stories: the places of the batch's articles in stories, and the links between stories.
-- Grain: one row. A story that has places has articles when at least one of its places does.
with

known as (
    select article_id from profile union select article_id from past
),

peopled as (
    select
        placements.story_id,
        count(known.article_id) as article_count
    from placements
    left join known on known.article_id = placements.article_id
    group by placements.story_id
),

linked as (
    select from_story_id as story_id from story_links union select to_story_id from story_links
)

select
    (select count(*) from placements) as row_count,
    (select count(*) from placements where coalesce(story_id, '') = '' or coalesce(group_id, '') = '') as no_key_count,
    (select count(*) from (select article_id from placements group by article_id having count(*) > 1)) as two_places_count,
    (select count(*) from (select distinct article_id from profile) anti join placements using (article_id)) as no_place_count,
    (select count(*) from peopled where article_count = 0) as empty_story_count,
    (select count(*) from placements anti join known using (article_id)) as orphan_count,
    (select count(*) from linked anti join placements using (story_id) where story_id not in (from past_stories))
        as link_orphan_count,
    (select count(*) from story_links where from_story_id = to_story_id) as self_link_count,
    (
        select count(*) from placements
        where covered_on > cast(getvariable('latest') as date)
            and story_id not in (select story_id from placements join judged using (article_id))
    ) as future_count,
    (select list(story_id order by story_id) from peopled where article_count = 0) as empty_story_count_examples,
    (select list(concat(story_id, ' ', article_id) order by article_id)
        from (from placements anti join known using (article_id) limit 20)) as orphan_count_examples,
    (select list(title order by article_id) from profile anti join placements using (article_id)) as no_place_count_examples,
    (select list(story_id order by story_id) from linked anti join placements using (story_id)
        where story_id not in (from past_stories)) as link_orphan_count_examples,
    (select list(article_id order by article_id)
        from (select article_id from placements group by article_id having count(*) > 1)) as two_places_count_examples
