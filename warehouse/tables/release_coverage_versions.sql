-- release_coverage_versions: what each report took from a release, added and cut, with history.
-- Grain: one row per (release_id, article_id, known_from); the row with known_to null is what is known now.
create table if not exists release_coverage_versions (
    pair_id varchar not null,
    release_id varchar not null,
    article_id varchar not null,
    share_of_article double not null,
    lines_word_for_word bigint not null,
    lines_in_other_words bigint not null,
    line_count bigint not null,
    added_speakers varchar[],
    added_quote_ids varchar[],
    critical_quote_ids varchar[],
    added_figure_ids varchar[],
    counter_figure_ids varchar[],
    cut_quote_ids varchar[],
    cut_figure_ids varchar[],
    row_hash varchar not null,
    known_from timestamptz not null,
    known_to timestamptz
);

comment on table release_coverage_versions is 'What each report of a story took from a release in it, added and cut, and every version of it.';
comment on column release_coverage_versions.pair_id is 'Release and report in one.';
comment on column release_coverage_versions.release_id is 'The release (articles.article_id).';
comment on column release_coverage_versions.article_id is 'The report of its story.';
comment on column release_coverage_versions.share_of_article is 'Share of the words of the report that are runs of the release, 0 to 1.';
comment on column release_coverage_versions.lines_word_for_word is 'Lines of the release that it carries word for word.';
comment on column release_coverage_versions.lines_in_other_words is 'Lines that it carries in other words.';
comment on column release_coverage_versions.line_count is 'Lines of the release.';
comment on column release_coverage_versions.added_speakers is 'Whom it quotes and the release does not.';
comment on column release_coverage_versions.added_quote_ids is 'Quotes that the release does not have (quotes.quote_id).';
comment on column release_coverage_versions.critical_quote_ids is 'Those of them in words that object, by a rule of thumb.';
comment on column release_coverage_versions.added_figure_ids is 'Figures that the release does not give (figures.figure_id).';
comment on column release_coverage_versions.counter_figure_ids is 'Those of them inside quoted words that object.';
comment on column release_coverage_versions.cut_quote_ids is 'Quotes of the release that it has nothing of.';
comment on column release_coverage_versions.cut_figure_ids is 'Figures of the release that it does not give.';
comment on column release_coverage_versions.row_hash is 'Hash over the other columns: a new version is a new row.';
comment on column release_coverage_versions.known_from is 'Since when this version was known.';
comment on column release_coverage_versions.known_to is 'Until when it was the newest; null: it still is.';
