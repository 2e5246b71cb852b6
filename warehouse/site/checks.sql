-- What each expectation found last, those that were missed first.
select dataset, rule, severity, passed, outcome, observed, expected, failed_count, row_count, description, hint, examples
from quality_results
where batch = (select arg_max(batch, loaded_no) from batches)
order by passed, severity <> 'stop', dataset, rule
