-- release_coverage partitions, typed and named as the table release_coverage_versions, without its history columns.
select
    release_id || ' ' || article_id as pair_id,
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
from read_parquet($paths)
