-- Articles of the day that the quality gate holds back with their batches, and why.
select reason, sum(article_count) as item_count
from held_days
where covered_on = $day and held_from <= $as_of
group by reason
order by reason
