-- Rows are quotes, figures and mentions whose article is not held.
select 'quotes' as dataset, quotes.quote_id as id from quotes anti join articles on articles.article_id = quotes.article_id
union all
select 'figures', figures.figure_id from figures anti join articles on articles.article_id = figures.article_id
union all
select 'mentions', mentions.mention_id from mentions anti join articles on articles.article_id = mentions.article_id
