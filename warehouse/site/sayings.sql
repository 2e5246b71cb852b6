-- Quotes of known speakers, as lists show them: enough of the words for a clause, and what they are part of.
select
    quote_id,
    article_id,
    speaker,
    speaker_by,
    role,
    role_by,
    organisation,
    kind,
    left(text, 600) as opening
from quotes
where speaker is not null
order by speaker, article_id, fragments, quote_id
