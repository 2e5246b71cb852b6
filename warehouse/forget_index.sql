-- Forgets the index of search() of a warehouse that kept it as lists in search_terms and search_counts.
drop table if exists search_terms;

drop table if exists search_counts;

delete from search_articles;
