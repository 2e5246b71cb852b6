-- What was turned away, by stage and reason, the commonest first.
select stage, dataset, reason, rule, count(*) as item_count, min(value) as example
from quarantine
group by all
order by item_count desc, stage, dataset, reason, rule
