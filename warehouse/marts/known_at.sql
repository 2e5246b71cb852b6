-- known_at: macros that give articles, placements, quotes, figures, mentions, story links, the pick-up of releases and
-- feeds as they were known at an instant ('infinity': all that is known). Grain: as the table without history. Reads: .
create or replace macro articles_at(instant) as table
    select * exclude (row_hash, known_from, known_to) from article_versions
    where known_from <= instant and (known_to is null or known_to > instant);
create or replace macro placements_at(instant) as table
    select * exclude (row_hash, known_from, known_to) from placement_versions
    where known_from <= instant and (known_to is null or known_to > instant);
create or replace macro quotes_at(instant) as table
    select * exclude (row_hash, known_from, known_to) from quote_versions
    where known_from <= instant and (known_to is null or known_to > instant);
create or replace macro figures_at(instant) as table
    select * exclude (row_hash, known_from, known_to) from figure_versions
    where known_from <= instant and (known_to is null or known_to > instant);
create or replace macro mentions_at(instant) as table
    select * exclude (row_hash, known_from, known_to) from mention_versions
    where known_from <= instant and (known_to is null or known_to > instant);
create or replace macro story_links_at(instant) as table
    select * exclude (row_hash, known_from, known_to) from story_link_versions
    where known_from <= instant and (known_to is null or known_to > instant);
create or replace macro release_lines_at(instant) as table
    select * exclude (row_hash, known_from, known_to) from release_line_versions
    where known_from <= instant and (known_to is null or known_to > instant);
create or replace macro release_coverage_at(instant) as table
    select * exclude (row_hash, known_from, known_to) from release_coverage_versions
    where known_from <= instant and (known_to is null or known_to > instant);
create or replace macro feeds_at(instant) as table
    select * exclude (row_hash, known_from, known_to) from feed_versions
    where known_from <= instant and (known_to is null or known_to > instant);

comment on macro table articles_at is 'Articles as they were known at an instant.';
comment on macro table placements_at is 'Placements as they were known at an instant.';
comment on macro table quotes_at is 'Quotes as they were known at an instant.';
comment on macro table figures_at is 'Figures as they were known at an instant.';
comment on macro table mentions_at is 'Mentions as they were known at an instant.';
comment on macro table story_links_at is 'Story links as they were known at an instant.';
comment on macro table release_lines_at is 'Lines of releases and who carried them as they were known at an instant.';
comment on macro table release_coverage_at is 'What reports made of releases as it was known at an instant.';
comment on macro table feeds_at is 'Feeds as they stood at an instant.';
