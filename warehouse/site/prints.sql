-- The state of each story in one hash: a page is made again when any row behind it is another one.
with

members as (
    select placements.story_id, placements.article_id, articles.title, articles.published_at
    from placements
    join articles on articles.article_id = placements.article_id
),

first_titles as (
    select story_id, arg_min(title, (coalesce(published_at, timestamptz 'infinity'), article_id)) as title
    from members
    group by story_id
),

linked as (
    select from_story_id as story_id, to_story_id as other_id, row_hash from story_link_versions where known_to is null
    union all
    select to_story_id, from_story_id, row_hash from story_link_versions where known_to is null
),

parts as (
    select story_id, row_hash as part from placement_versions where known_to is null
    union all
    select members.story_id, versions.row_hash
    from article_versions as versions join members on members.article_id = versions.article_id
    where versions.known_to is null
    union all
    select members.story_id, versions.row_hash
    from quote_versions as versions join members on members.article_id = versions.article_id
    where versions.known_to is null
    union all
    select members.story_id, versions.row_hash
    from figure_versions as versions join members on members.article_id = versions.article_id
    where versions.known_to is null
    union all
    select members.story_id, versions.row_hash
    from release_line_versions as versions join members on members.article_id = versions.release_id
    where versions.known_to is null
    union all
    select members.story_id, versions.row_hash
    from release_coverage_versions as versions join members on members.article_id = versions.release_id
    where versions.known_to is null
    union all
    select linked.story_id, linked.row_hash || first_titles.title
    from linked join first_titles on first_titles.story_id = linked.other_id
)

select story_id, md5(string_agg(part, ',' order by part)) as print
from parts
group by story_id
order by story_id
