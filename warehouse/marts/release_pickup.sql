-- release_pickup: what became of each press release: the reports of its story that came with it or after it, and what
-- these reports made of its lines, which is the evidence that the digest and the press room tell too.
-- Grain: one row per release_id. Reads: placements, articles, release_lines, release_coverage.
drop view if exists release_pick_up; -- told the same once more, of fewer columns: two names that analysts confused

create or replace macro release_pickup_between(from_day, to_day) as table
with

releases as materialized (
    select placements.covered_on, placements.story_id, articles.article_id as release_id, articles.title,
        articles.issuer, articles.published_at
    from placements
    join articles on articles.article_id = placements.article_id
    where articles.kind = 'press_release'
        and coalesce(placements.covered_on, date '9999-12-31') between cast(from_day as date) and cast(to_day as date)
),

-- materialised, or else all articles are looked up before those of other stories are put aside
placed as materialized (
    select placements.article_id, placements.covered_on, placements.story_id, placements.group_id
    from placements
    semi join releases on releases.story_id = placements.story_id
),

reports as (
    select placed.covered_on, placed.story_id, placed.group_id, articles.outlet,
        case when articles.date_precision = 'minute' then articles.published_at end as published_at
    from placed
    join articles on articles.article_id = placed.article_id
    where articles.kind in ('article', 'summary_only')
),

carried as (
    select
        releases.release_id,
        count(*) as placement_count,
        count(distinct reports.group_id) as work_count,
        list_sort(list(distinct reports.outlet) filter (where reports.outlet is not null)) as outlets,
        min(reports.published_at) as first_report_at
    from releases
    join reports
        on reports.story_id = releases.story_id
        and (reports.covered_on >= releases.covered_on or reports.covered_on is null or releases.covered_on is null)
    group by releases.release_id
),

lines as (
    select
        release_id,
        count(*) as line_count,
        count(*) filter (where how = 'word_for_word') as word_for_word_count,
        count(*) filter (where how = 'other_words') as other_words_count,
        count(*) filter (where how = 'not_carried') as not_carried_count
    from release_lines
    where release_id in (select release_id from releases)
    group by release_id
),

-- materialised, or else all articles are looked up before those that took nothing of these releases are put aside
taken as materialized (
    select release_id, article_id, lines_word_for_word, lines_in_other_words, share_of_article
    from release_coverage
    where release_id in (select release_id from releases)
),

by_whom as (
    select
        taken.release_id,
        list(
            {
                'outlet': articles.outlet,
                'article_id': taken.article_id,
                'lines_word_for_word': taken.lines_word_for_word,
                'lines_in_other_words': taken.lines_in_other_words,
                'share_of_article': taken.share_of_article
            }
            order by articles.outlet nulls last, taken.article_id
        ) as reports
    from taken
    join articles on articles.article_id = taken.article_id
    group by taken.release_id
)

select
    releases.covered_on,
    releases.release_id,
    releases.story_id,
    releases.issuer,
    releases.title,
    releases.published_at,
    coalesce(carried.placement_count, 0) as placement_count,
    coalesce(carried.work_count, 0) as work_count,
    coalesce(len(carried.outlets), 0) as outlet_count,
    coalesce(carried.outlets, []) as outlets,
    carried.first_report_at,
    coalesce(lines.line_count, 0) as line_count,
    coalesce(lines.word_for_word_count, 0) as word_for_word_count,
    coalesce(lines.other_words_count, 0) as other_words_count,
    coalesce(lines.not_carried_count, 0) as not_carried_count,
    coalesce(by_whom.reports, []) as reports
from releases
left join carried on carried.release_id = releases.release_id
left join lines on lines.release_id = releases.release_id
left join by_whom on by_whom.release_id = releases.release_id;

create or replace view release_pickup as
select * from release_pickup_between(date '0001-01-01', date '9999-12-31');

comment on macro table release_pickup_between is 'release_pickup of the releases from one day to another, both included.';

comment on view release_pickup is 'What became of each press release in the sources held: reports of its story on its day or later.';
comment on column release_pickup.covered_on is 'The day that the release counts for.';
comment on column release_pickup.release_id is 'The release (articles.article_id).';
comment on column release_pickup.story_id is 'Its story.';
comment on column release_pickup.issuer is 'The body that issued it; null when not known.';
comment on column release_pickup.title is 'Its headline.';
comment on column release_pickup.published_at is 'When it came out.';
comment on column release_pickup.placement_count is 'Reports, copies included; 0 is none in the sources held, which is not none.';
comment on column release_pickup.work_count is 'Reports, copies of one text once.';
comment on column release_pickup.outlet_count is 'Outlets known by name.';
comment on column release_pickup.outlets is 'Their names in order.';
comment on column release_pickup.first_report_at is 'Earliest report whose minute is known.';
comment on column release_pickup.line_count is 'Lines of the release: sentences of its standfirst and of its text.';
comment on column release_pickup.word_for_word_count is 'Lines that at least one report carried word for word.';
comment on column release_pickup.other_words_count is 'Lines that reports carried in other words only.';
comment on column release_pickup.not_carried_count is 'Lines that no report held has.';
comment on column release_pickup.reports is 'What each report took: outlet, article, lines word for word and in other words, share of its words that is the release''s (0 to 1).';
