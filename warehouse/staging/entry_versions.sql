-- entries partitions, typed and named as the table entry_versions, without its history columns.
select
    entry_id,
    feed_id,
    nullif(feed_title, '') as feed_title,
    guid,
    url,
    title,
    summary,
    cast(len(regexp_extract_all(content, '\w+')) as integer) as content_word_count,
    author,
    published_at,
    cast(published_at at time zone getvariable('zone') as date) as published_on,
    date_precision,
    dated_by,
    nullif(date_fault, '') as date_fault,
    updated_at,
    language,
    source_title,
    source_url,
    version
from read_parquet($paths)
