-- The days that have a digest, newest first, with what was covered.
select
    digests.digest_on,
    digests.department,
    digests.state,
    digests.state_reasons,
    digests.run_id,
    digests.sha256,
    coalesce(daily_coverage.story_count, 0) as story_count,
    coalesce(daily_coverage.placement_count, 0) as placement_count,
    coalesce(daily_coverage.outlet_count, 0) as outlet_count,
    coalesce(daily_coverage.release_count, 0) as release_count,
    coalesce(daily_coverage.coverage_report_count, 0) as coverage_report_count
from digests
left join daily_coverage on daily_coverage.covered_on = digests.digest_on
order by digests.digest_on desc
