-- article_versions: readable texts with what their sources say about them, with history.
-- Grain: one row per (article_id, known_from); the row with known_to null is what is known now.
create table if not exists article_versions (
    article_id varchar not null,
    document_id varchar not null,
    kind varchar not null,
    release_type varchar,
    title varchar not null,
    standfirst varchar,
    text varchar not null,
    word_count integer not null,
    published_at timestamptz,
    published_on date,
    date_precision varchar,
    dated_by varchar,
    date_words varchar,
    utc_offset_minutes bigint,
    author varchar,
    author_role varchar,
    author_by varchar,
    outlet varchar,
    outlet_by varchar,
    outlet_words varchar,
    agency varchar,
    issuer varchar,
    issuer_by varchar,
    language varchar,
    collection varchar,
    url varchar,
    captions varchar[],
    reported_outlets varchar[],
    byte_start bigint not null,
    byte_end bigint not null,
    encoding varchar not null,
    title_span struct(byte_start bigint, byte_end bigint),
    standfirst_span struct(byte_start bigint, byte_end bigint),
    date_span struct(byte_start bigint, byte_end bigint),
    outlet_span struct(byte_start bigint, byte_end bigint),
    paragraphs struct(byte_start bigint, byte_end bigint)[],
    pieces struct(text_start bigint, text_end bigint, byte_start bigint, byte_end bigint)[],
    first_seen_at timestamptz not null,
    row_hash varchar not null,
    known_from timestamptz not null,
    known_to timestamptz
);

comment on table article_versions is 'Readable texts, one per item of a text document and one per web page, with every version that was ever known.';
comment on column article_versions.article_id is 'Derived from the source: the same on every run.';
comment on column article_versions.document_id is 'The source it was read out of (documents.document_id).';
comment on column article_versions.kind is 'article, press_release, coverage_report, speech, letter or summary_only (a teaser, not the full text).';
comment on column article_versions.release_type is 'Of a press release: news_story, speech, letter or statement.';
comment on column article_versions.title is 'Headline as the source spells it, without site names and labels.';
comment on column article_versions.standfirst is 'Summary line under the headline; null when there is none.';
comment on column article_versions.text is 'Body as the source spells it, paragraphs parted by a blank line, furniture removed.';
comment on column article_versions.word_count is 'Words of the body.';
comment on column article_versions.published_at is 'Instant of publication; local midnight when only the day is known; null when nobody says.';
comment on column article_versions.published_on is 'Day of publication in the press office''s zone; null when nobody says.';
comment on column article_versions.date_precision is 'minute or day.';
comment on column article_versions.dated_by is 'How the date is known: text, page, entry, url, inferred or configured; null when it is not known.';
comment on column article_versions.date_words is 'The words that were read as the date.';
comment on column article_versions.utc_offset_minutes is 'Offset from UTC of the clock that the source tells the time by, as printed or as the day in its address shows; null when not known.';
comment on column article_versions.author is 'Byline; null when not known.';
comment on column article_versions.author_role is 'Post of the author as printed.';
comment on column article_versions.author_by is 'How the author is known.';
comment on column article_versions.outlet is 'Who published it; null when not known, never a file name.';
comment on column article_versions.outlet_by is 'How the outlet is known.';
comment on column article_versions.outlet_words is 'The words that name the outlet, be they in the furniture of the page.';
comment on column article_versions.agency is 'Agency whose text it says it is: the outlet of the text beside the outlet of the page.';
comment on column article_versions.issuer is 'Of a release: the body that issued it.';
comment on column article_versions.issuer_by is 'How the issuer is known.';
comment on column article_versions.language is 'Language code of the body; null when not known.';
comment on column article_versions.collection is 'Title of the page that held it among others.';
comment on column article_versions.url is 'Canonical address; null when not known.';
comment on column article_versions.captions is 'Picture captions, kept out of the body.';
comment on column article_versions.reported_outlets is 'Of a coverage report: outlets that it says carried the story; their texts are not held.';
comment on column article_versions.byte_start is 'First byte of the item in the raw source.';
comment on column article_versions.byte_end is 'Byte behind its last in the raw source.';
comment on column article_versions.encoding is 'Encoding that turns text into the bytes of the source.';
comment on column article_versions.title_span is 'Bytes of the title in the raw source.';
comment on column article_versions.standfirst_span is 'Bytes of the standfirst in the raw source.';
comment on column article_versions.date_span is 'Bytes of the date in the raw source.';
comment on column article_versions.outlet_span is 'Bytes of the outlet''s name in the raw source.';
comment on column article_versions.paragraphs is 'Bytes of each paragraph of text in the raw source.';
comment on column article_versions.pieces is 'Runs of text that stand in the source letter by letter: characters to bytes.';
comment on column article_versions.first_seen_at is 'When its source first came.';
comment on column article_versions.row_hash is 'Hash over the other columns: a new version is a new row.';
comment on column article_versions.known_from is 'Since when this version was known.';
comment on column article_versions.known_to is 'Until when it was the newest; null: it still is.';
