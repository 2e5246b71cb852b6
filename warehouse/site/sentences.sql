-- What the digests say, in their order.
select digest_on, sentence_id, place, section, story_id, text
from digest_sentences
where digest_on in (select unnest($days))
order by digest_on, place
