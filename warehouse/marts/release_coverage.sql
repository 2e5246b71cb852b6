-- release_coverage: what release_coverage_versions knows now.
-- Grain: one row per (release_id, article_id). Reads: release_coverage_versions.
create or replace view release_coverage as
select
    pair_id,
    release_id,
    article_id,
    share_of_article,
    lines_word_for_word,
    lines_in_other_words,
    line_count,
    added_speakers,
    added_quote_ids,
    critical_quote_ids,
    added_figure_ids,
    counter_figure_ids,
    cut_quote_ids,
    cut_figure_ids
from release_coverage_versions
where known_to is null;

comment on view release_coverage is 'What each report of a story took from a release in it, what it added and what it cut.';
comment on column release_coverage.pair_id is 'Release and report in one.';
comment on column release_coverage.release_id is 'The release (articles.article_id).';
comment on column release_coverage.article_id is 'The report of its story.';
comment on column release_coverage.share_of_article is 'Share of the words of the report that are runs of the release, 0 to 1.';
comment on column release_coverage.lines_word_for_word is 'Lines of the release that it carries word for word.';
comment on column release_coverage.lines_in_other_words is 'Lines that it carries in other words.';
comment on column release_coverage.line_count is 'Lines of the release.';
comment on column release_coverage.added_speakers is 'Whom it quotes and the release does not.';
comment on column release_coverage.added_quote_ids is 'Quotes that the release does not have (quotes.quote_id).';
comment on column release_coverage.critical_quote_ids is 'Those of them in words that object, by a rule of thumb.';
comment on column release_coverage.added_figure_ids is 'Figures that the release does not give (figures.figure_id).';
comment on column release_coverage.counter_figure_ids is 'Those of them inside quoted words that object.';
comment on column release_coverage.cut_quote_ids is 'Quotes of the release that it has nothing of.';
comment on column release_coverage.cut_figure_ids is 'Figures of the release that it does not give.';
