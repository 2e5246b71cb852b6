-- documents: sources as they were received.
-- Grain: one row per document_id. Loaded from the partitions of the same name.
create table if not exists documents (
    document_id varchar primary key,
    medium varchar not null,
    byte_count bigint not null,
    first_seen_at timestamptz not null,
    received_on date not null,
    outlet varchar,
    url varchar
);

comment on table documents is 'Sources as they were received: text documents and web pages, kept as bytes under their hash.';
comment on column documents.document_id is 'SHA-256 of the raw bytes, in hexadecimal.';
comment on column documents.medium is 'document: a file that was given, text or HTML; page: a web page that was fetched; entry: a feed entry without a page.';
comment on column documents.byte_count is 'Size of the raw bytes.';
comment on column documents.first_seen_at is 'When these bytes first came: the second clock beside the date of publication.';
comment on column documents.received_on is 'Day of receipt; bounds what a printed date without a year can mean.';
comment on column documents.outlet is 'Outlet configured for this very document in seeds/documents.csv; null when none is.';
comment on column documents.url is 'Address, configured or fetched from; null when not known.';
