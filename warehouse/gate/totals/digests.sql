-- digests: those that readers have now, from the published copy.
-- Grain: one row. How many there are is no matter of the batch: a batch that is checked again finds what it found.
select
    count(digest_on) - count(distinct digest_on) as doubled_id_count,
    count(*) filter (state not in ('complete', 'partial', 'held')) as unknown_state_count,
    count(*) filter (digest_on > cast(getvariable('latest') as date)) as future_count,
    count(*) filter (not exists (
        select 1 from digest_sentences where digest_sentences.digest_on = digests.digest_on
    )) as empty_count,
    list(strftime(digest_on, '%Y-%m-%d') order by digest_on) filter (digest_on > cast(getvariable('latest') as date)) as future_count_examples
from digests
