-- What the gate warned of when the day's sources came: feeds, outlets and sites that are silent or broken.
select distinct quality_results.rule, quality_results.observed
from quality_results
where quality_results.batch in (select batch from newest_batches)
    and quality_results.outcome = 'missed'
    and quality_results.severity = 'warning'
    and quality_results.level = 'group'
    and quality_results.dataset in ('feeds', 'outlets', 'pages')
order by quality_results.rule, quality_results.observed
