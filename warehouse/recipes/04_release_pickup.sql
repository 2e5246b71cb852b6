-- Question: What became of our press releases?
-- Read: One row a release, those that nobody reported first. 0 outlets means none in the sources held, which is not
--       the same as no coverage. Lines are carried word for word, in other words only, or not at all; `reports` of
--       release_pickup has what each report took. hours_to_first counts to the first report whose minute is known.
-- Set: from_day (7 days before to_day), to_day (the newest day with coverage), issuer (any)
select
    covered_on,
    issuer,
    title,
    outlet_count,
    outlets,
    work_count,
    placement_count,
    line_count,
    word_for_word_count,
    other_words_count,
    not_carried_count,
    round(date_diff('minute', published_at, first_report_at) / 60, 1) as hours_to_first,
    release_id
from release_pickup_between(from_day(7), to_day())
where issuer is not distinct from coalesce(cast(getvariable('issuer') as varchar), issuer)
order by outlet_count, placement_count, covered_on, release_id;
