-- release_pick_up: a release in one line: how many of its lines were carried, by how many outlets, how soon.
-- Grain: one row per release_id. Reads: articles, placements, release_lines, release_coverage.
create or replace view release_pick_up as
with

lines as (
    select
        release_id,
        count(*) as line_count,
        count(*) filter (where how = 'word_for_word') as word_for_word_count,
        count(*) filter (where how = 'other_words') as other_words_count
    from release_lines
    group by release_id
),

reports as (
    select
        release_coverage.release_id,
        count(*) as report_count,
        count(distinct placements.group_id) as work_count,
        count(distinct articles.outlet) as outlet_count,
        min(articles.published_at) as first_report_at
    from release_coverage
    join articles on articles.article_id = release_coverage.article_id
    join placements on placements.article_id = release_coverage.article_id
    group by release_coverage.release_id
)

select
    articles.article_id as release_id,
    articles.title,
    articles.issuer,
    articles.published_at as issued_at,
    coalesce(lines.line_count, 0) as line_count,
    coalesce(lines.word_for_word_count, 0) as word_for_word_count,
    coalesce(lines.other_words_count, 0) as other_words_count,
    coalesce(reports.report_count, 0) as report_count,
    coalesce(reports.work_count, 0) as work_count,
    coalesce(reports.outlet_count, 0) as outlet_count,
    reports.first_report_at
from articles
left join lines on lines.release_id = articles.article_id
left join reports on reports.release_id = articles.article_id
where articles.kind = 'press_release';

comment on view release_pick_up is 'Releases and their pick-up in the sources held; no report held is not the same as no coverage.';
comment on column release_pick_up.release_id is 'The release (articles.article_id).';
comment on column release_pick_up.title is 'Its headline.';
comment on column release_pick_up.issuer is 'Who issued it; null when not known.';
comment on column release_pick_up.issued_at is 'When; local midnight when only the day is known.';
comment on column release_pick_up.line_count is 'Its lines: sentences of five words or more, of its standfirst and of its text.';
comment on column release_pick_up.word_for_word_count is 'Lines that a report carries word for word.';
comment on column release_pick_up.other_words_count is 'Lines that reports carry in other words only.';
comment on column release_pick_up.report_count is 'Reports of its story, copies included.';
comment on column release_pick_up.work_count is 'The same with copies of one text counted once.';
comment on column release_pick_up.outlet_count is 'Outlets known by name among them.';
comment on column release_pick_up.first_report_at is 'Earliest known publication of a report.';
