-- The evidence of what the digests say, in its order.
select digest_on, sentence_id, article_id, document_id, medium, byte_start, byte_end, words
from digest_witnesses
where digest_on in (select unnest($days))
order by digest_on, sentence_id, number
