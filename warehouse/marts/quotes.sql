-- quotes: what quote_versions knows now.
-- Grain: one row per quote_id. Reads: quote_versions.
create or replace view quotes as
select
    quote_id,
    article_id,
    text,
    speaker,
    speaker_by,
    role,
    role_by,
    organisation,
    kind,
    cue,
    fragments
from quote_versions
where known_to is null;

comment on view quotes is 'Words attributed to a speaker, one row per utterance in an article.';
comment on column quotes.quote_id is 'Derived from the article and the place of the words in it.';
comment on column quotes.article_id is 'The article that carries the words.';
comment on column quotes.text is 'The words without outer quotation marks; paragraphs parted by a blank line.';
comment on column quotes.speaker is 'Full name without titles; null when not known.';
comment on column quotes.speaker_by is 'text: named beside the words; inferred: from context, signature or role.';
comment on column quotes.role is 'Role as the text gives it.';
comment on column quotes.role_by is 'text: the article gives the role; inferred: the list of office holders does.';
comment on column quotes.organisation is 'Organisation of the speaker; null when not known.';
comment on column quotes.kind is 'direct: with marks; block: without marks after a cue; fragment: a few words in a sentence.';
comment on column quotes.cue is 'The words that introduce it.';
comment on column quotes.fragments is 'Character ranges in articles.text that the words come from.';
