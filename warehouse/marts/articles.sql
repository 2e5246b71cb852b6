-- articles: what article_versions knows now.
-- Grain: one row per article_id. Reads: article_versions.
create or replace view articles as
select
    article_id,
    document_id,
    kind,
    release_type,
    title,
    standfirst,
    text,
    word_count,
    published_at,
    published_on,
    date_precision,
    dated_by,
    date_words,
    utc_offset_minutes,
    author,
    author_role,
    author_by,
    outlet,
    outlet_by,
    outlet_words,
    agency,
    issuer,
    issuer_by,
    language,
    collection,
    url,
    captions,
    reported_outlets,
    byte_start,
    byte_end,
    encoding,
    title_span,
    standfirst_span,
    date_span,
    outlet_span,
    paragraphs,
    pieces,
    first_seen_at
from article_versions
where known_to is null;

comment on view articles is 'Readable texts, one per item of a text document and one per web page.';
comment on column articles.article_id is 'Derived from the source: the same on every run.';
comment on column articles.document_id is 'The source it was read out of (documents.document_id).';
comment on column articles.kind is 'article, press_release, coverage_report, speech, letter or summary_only (a teaser, not the full text).';
comment on column articles.release_type is 'Of a press release: news_story, speech, letter or statement.';
comment on column articles.title is 'Headline as the source spells it, without site names and labels.';
comment on column articles.standfirst is 'Summary line under the headline; null when there is none.';
comment on column articles.text is 'Body as the source spells it, paragraphs parted by a blank line, furniture removed.';
comment on column articles.word_count is 'Words of the body.';
comment on column articles.published_at is 'Instant of publication; local midnight when only the day is known; null when nobody says.';
comment on column articles.published_on is 'Day of publication in the press office''s zone; null when nobody says.';
comment on column articles.date_precision is 'minute or day.';
comment on column articles.dated_by is 'How the date is known: text, page, entry, url, inferred or configured; null when it is not known.';
comment on column articles.date_words is 'The words that were read as the date.';
comment on column articles.utc_offset_minutes is 'Offset from UTC of the clock that the source tells the time by, as printed or as the day in its address shows; null when not known.';
comment on column articles.author is 'Byline; null when not known.';
comment on column articles.author_role is 'Post of the author as printed.';
comment on column articles.author_by is 'How the author is known.';
comment on column articles.outlet is 'Who published it; null when not known, never a file name.';
comment on column articles.outlet_by is 'How the outlet is known.';
comment on column articles.outlet_words is 'The words that name the outlet, be they in the furniture of the page.';
comment on column articles.agency is 'Agency whose text it says it is: the outlet of the text beside the outlet of the page.';
comment on column articles.issuer is 'Of a release: the body that issued it.';
comment on column articles.issuer_by is 'How the issuer is known.';
comment on column articles.language is 'Language code of the body; null when not known.';
comment on column articles.collection is 'Title of the page that held it among others.';
comment on column articles.url is 'Canonical address; null when not known.';
comment on column articles.captions is 'Picture captions, kept out of the body.';
comment on column articles.reported_outlets is 'Of a coverage report: outlets that it says carried the story; their texts are not held.';
comment on column articles.byte_start is 'First byte of the item in the raw source.';
comment on column articles.byte_end is 'Byte behind its last in the raw source.';
comment on column articles.encoding is 'Encoding that turns text into the bytes of the source.';
comment on column articles.title_span is 'Bytes of the title in the raw source.';
comment on column articles.standfirst_span is 'Bytes of the standfirst in the raw source.';
comment on column articles.date_span is 'Bytes of the date in the raw source.';
comment on column articles.outlet_span is 'Bytes of the outlet''s name in the raw source.';
comment on column articles.paragraphs is 'Bytes of each paragraph of text in the raw source.';
comment on column articles.pieces is 'Runs of text that stand in the source letter by letter: characters to bytes.';
comment on column articles.first_seen_at is 'When its source first came.';
