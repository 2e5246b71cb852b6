-- articles partitions, typed and named as the table article_versions, without its history columns.
-- An article that stands in several partitions is taken once: its newest version in this batch.
with

received as (
    select document_id, min(first_seen_at) as first_seen_at
    from documents
    group by document_id
)

select
    articles.article_id,
    articles.document_id,
    articles.kind,
    articles.release_type,
    articles.title.text as title,
    articles.standfirst.text as standfirst,
    articles.text,
    cast(len(regexp_extract_all(articles.text, '\w+')) as integer) as word_count,
    articles.published_at,
    cast(articles.published_at at time zone getvariable('zone') as date) as published_on,
    articles.date_precision,
    articles.dated_by,
    articles.date_words.text as date_words,
    articles.utc_offset_minutes,
    articles.author,
    articles.author_role,
    articles.author_by,
    articles.outlet,
    articles.outlet_by,
    articles.outlet_words.text as outlet_words,
    articles.agency,
    articles.issuer,
    articles.issuer_by,
    articles.language,
    articles.collection,
    articles.url,
    [caption.text for caption in articles.captions] as captions,
    articles.reported_outlets,
    articles.byte_start,
    articles.byte_end,
    articles.encoding,
    {'byte_start': articles.title.byte_start, 'byte_end': articles.title.byte_end} as title_span,
    case when articles.standfirst is not null then
        {'byte_start': articles.standfirst.byte_start, 'byte_end': articles.standfirst.byte_end}
    end as standfirst_span,
    case when articles.date_words is not null then
        {'byte_start': articles.date_words.byte_start, 'byte_end': articles.date_words.byte_end}
    end as date_span,
    case when articles.outlet_words is not null then
        {'byte_start': articles.outlet_words.byte_start, 'byte_end': articles.outlet_words.byte_end}
    end as outlet_span,
    articles.paragraphs,
    articles.pieces,
    received.first_seen_at
from read_parquet($paths) as articles
join received on received.document_id = articles.document_id
