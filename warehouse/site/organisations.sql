-- Which organisations each article names, for the search.
select article_id, list_sort(list(distinct name)) as names
from mentions
where type = 'organisation'
group by article_id
order by article_id
