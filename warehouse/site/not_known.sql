-- Fields that no source gives or that were worked out, by field and how they are known.
select field, state, count(*) as item_count
from not_known
group by field, state
order by field, state
