-- known_at: macros that give articles, placements, quotes, figures, mentions, story links, the pick-up of releases and
-- feeds as they were known at an instant ('infinity': all that is known). Grain: as the table without history. Reads: .
create or replace macro known_at(versions, instant) as table
    select * exclude (row_hash, known_from, known_to) from query_table(versions)
    where known_from <= instant and (known_to is null or known_to > instant);

create or replace macro articles_at(instant) as table from known_at('article_versions', instant);
create or replace macro placements_at(instant) as table from known_at('placement_versions', instant);
create or replace macro quotes_at(instant) as table from known_at('quote_versions', instant);
create or replace macro figures_at(instant) as table from known_at('figure_versions', instant);
create or replace macro mentions_at(instant) as table from known_at('mention_versions', instant);
create or replace macro story_links_at(instant) as table from known_at('story_link_versions', instant);
create or replace macro release_lines_at(instant) as table from known_at('release_line_versions', instant);
create or replace macro release_coverage_at(instant) as table from known_at('release_coverage_versions', instant);
create or replace macro feeds_at(instant) as table from known_at('feed_versions', instant);

comment on macro table known_at is 'Rows of a table of versions, named as text, as they were known at an instant.';
comment on macro table articles_at is 'Articles as they were known at an instant.';
comment on macro table placements_at is 'Placements as they were known at an instant.';
comment on macro table quotes_at is 'Quotes as they were known at an instant.';
comment on macro table figures_at is 'Figures as they were known at an instant.';
comment on macro table mentions_at is 'Mentions as they were known at an instant.';
comment on macro table story_links_at is 'Story links as they were known at an instant.';
comment on macro table release_lines_at is 'Lines of releases and who carried them as they were known at an instant.';
comment on macro table release_coverage_at is 'What reports made of releases as it was known at an instant.';
comment on macro table feeds_at is 'Feeds as they stood at an instant.';
