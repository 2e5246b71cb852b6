"""The nouns, in the order of the path.

Feed → FeedDocument → Entry → Page ┐
           text documents, WARC ───┴→ Article → NearDuplicateGroup → Story → CoverageDay → Digest
                                         └→ quotes, figures, mentions, release lines   (branches off Article)

All are frozen and hold plain values only, so that each can stand in a Parquet row as it is (edges/partitions.py).
`*_at` is an instant (aware, UTC), `*_on` a day (Europe/London unless the settings say otherwise), `*_count` a number.
Ids are derived from what they name, never drawn: the same input meets itself on every run, on every machine.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, Literal, TypeVar

T = TypeVar("T")


class Evidence(StrEnum):
    """How a field is known. None in its place: not known, which is an answer. Inferred is never shown as extracted."""

    TEXT = "text"  # the words stand in the document
    PAGE = "page"  # the HTML page says so (meta data, JSON-LD)
    ENTRY = "entry"  # the feed entry says so
    URL = "url"  # the address says so
    INFERRED = "inferred"  # worked out from other evidence; always shown as inferred
    CONFIGURED = "configured"  # a seed row says so


class Kind(StrEnum):
    """What an article is."""

    ARTICLE = "article"
    PRESS_RELEASE = "press_release"
    COVERAGE_REPORT = "coverage_report"  # a report on what others carried: second-hand coverage
    SPEECH = "speech"
    LETTER = "letter"
    SUMMARY_ONLY = "summary_only"  # a teaser, a stub behind a wall, a feed summary: never counted as the full text


class Reason(StrEnum):
    """Why something was turned away. Rejected is not failed: every rejection is a row that can be retried."""

    EMPTY = "empty"
    BINARY = "binary"
    TOO_LARGE = "too_large"
    MIXED_ENCODING = "mixed_encoding"
    NO_TITLE = "no_title"
    NO_TEXT = "no_text"
    TOO_SHORT = "too_short"
    UNKNOWN_TIMEZONE = "unknown_timezone"
    IMPOSSIBLE_DATE = "impossible_date"
    NOT_A_FEED = "not_a_feed"
    INCOMPLETE = "incomplete"
    ENTITY_DECLARATION = "entity_declaration"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    PARSER_FAILED = "parser_failed"
    LIST_PAGE = "list_page"
    WALL = "wall"
    NOT_LIKE_OURS = "not_like_ours"
    FAILED_EXPECTATION = "failed_expectation"
    EVIDENCE_FAILED = "evidence_failed"
    DUPLICATE = "duplicate"
    # of the web
    BAD_ADDRESS = "bad_address"  # not an http(s) address that can be asked for
    PRIVATE_ADDRESS = "private_address"
    UNREACHABLE = "unreachable"
    DEADLINE = "deadline"
    TLS_FAILED = "tls_failed"
    BAD_RESPONSE = "bad_response"  # not HTTP, or beyond what HTTP headers may be
    TOO_MANY_REDIRECTS = "too_many_redirects"
    UNKNOWN_CODING = "unknown_coding"
    HTTP_STATUS = "http_status"
    RATE_LIMITED = "rate_limited"
    GONE = "gone"
    ROBOTS = "robots"
    HOST_DOWN = "host_down"  # not asked: the host had failed several times in this run
    PUT_OFF = "put_off"  # not asked: this run had asked for as many pages as it may; the next one asks


@dataclass(frozen=True, slots=True)
class Rejection:
    """One thing that a stage turned away, and why."""

    subject: str  # id, address or "sha256:start-end" of what was rejected
    reason: Reason
    detail: str = ""  # one line: what was expected, what came


@dataclass(frozen=True, slots=True)
class Sifted(Generic[T]):
    """What a stage kept and what it turned away: together, everything it was given."""

    kept: tuple[T, ...]
    rejected: tuple[Rejection, ...] = ()


def derived_id(*parts: object) -> str:
    """20 hex digits from what the thing is: blake2b over its parts, parted by a byte that no part holds."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


# ------------------------------------------------------------------------------------------------- feeds and pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Where entries come from: added by hand, imported from OPML, or discovered and found to look like ours."""

    feed_id: str  # derived from the address it was added under; it stays when the feed moves
    url: str
    title: str | None = None
    outlet: str | None = None  # display name of who publishes it
    kind: str = ""  # press_releases, national, regional, trade, broadcast, parliament, …
    note: str = ""
    items_per_day: float | None = None  # expected, where somebody knows; else learned


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStanding:
    """How a feed stands after a run: the row that readers of the warehouse see."""

    feed_id: str
    url: str
    title: str | None
    outlet: str | None
    kind: str
    note: str
    health: Literal["new", "well", "failing", "silent", "gone"]
    added_at: datetime
    last_asked_at: datetime | None
    last_success_at: datetime | None
    last_new_at: datetime | None
    failures: int  # in a row
    fault: str  # reason and detail of the last failure; empty after a success
    next_due_at: datetime | None
    items_per_day: float | None  # expected; None when nobody knows yet
    silence: str | None  # why it is suspiciously quiet, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRun:
    """One round over the feeds that were due. asked = answered + failed."""

    batch: str
    ran_at: datetime
    state: Literal["complete", "degraded", "failed"]  # all feeds answered, some did, none did
    asked_count: int
    answered_count: int  # with a document or with "nothing has changed"
    failed_count: int
    new_count: int  # entries that were not known
    changed_count: int  # known entries with other words


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCandidate:
    """A feed that nobody follows yet, found somewhere, and how much it looks like the corpus."""

    batch: str
    url: str
    title: str
    found_in: str  # address of the page, or name of the list, that names it
    how: str  # declared by the page, linked in the page, listed
    score: float  # 0 to 1
    admitted: bool  # whether it is followed from now on
    because: tuple[str, ...]  # a line for each part of the score


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDocument:
    """One answer to a poll of a feed, as it was served: bytes, before anything parses them."""

    feed_id: str
    url: str  # as asked
    final_url: str  # after redirects; relative links are relative to it
    moved_to: str | None = None  # where permanent redirects led; believed once it parses as a feed
    content: bytes  # content coding removed
    content_type: str | None = None  # the header as it came
    etag: str | None = None
    last_modified: str | None = None
    fetched_at: datetime
    archived_at: str | None = None  # "file.warc.gz#offset" of the raw response


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item of a feed (RFC 4287: entry), in plain text. Ids are unique within their feed only."""

    entry_id: str  # derived from feed, guid and address: the same item on every poll
    feed_id: str
    feed_title: str
    guid: str | None = None  # as the feed spells it
    url: str | None = None  # canonical; None when the item has no http address
    title: str = ""  # one line; empty when the item has none
    summary: str = ""  # paragraphs parted by a blank line
    content: str = ""  # the full text, where the feed carries one
    author: str | None = None
    published_at: datetime | None = None  # aware, UTC; midnight London time when only the day is known
    date_precision: Literal["minute", "day"] | None = None
    dated_by: Evidence | None = None  # Evidence.ENTRY or None
    date_fault: str = ""  # why a date that the item has is not believed, or what was assumed about it
    updated_at: datetime | None = None
    language: str | None = None
    source_title: str | None = None  # where the item says that it was taken from: outlet of the text, not of the page
    source_url: str | None = None
    version: str = ""  # hash of title, summary and content: another version is another text


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A web page as it was served."""

    page_id: str  # derived from the canonical address
    url: str  # canonical
    final_url: str  # after redirects
    entry_id: str | None = None  # the entry that led to it
    content: bytes  # content coding removed
    content_type: str | None = None
    fetched_at: datetime
    archived_at: str | None = None  # "file.warc.gz#offset" of the raw response


# ---------------------------------------------------------------------------------------------- documents and spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text document as it was received. The bytes are kept under their hash, whatever the file was called."""

    sha256: str
    content: bytes
    received_on: date  # bounds what a date without a year can mean
    outlet: str | None = None  # configured for this very document (seeds/documents.csv), else None
    url: str | None = None  # configured, else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """That a source was received, and when. A source that comes again was first seen when it first came."""

    document_id: str  # sha256 of the raw bytes
    medium: Literal["document", "page", "entry"]
    byte_count: int
    first_seen_at: datetime  # aware, UTC: the second clock, when we first knew
    received_on: date
    outlet: str | None = None  # configured for this document
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open byte range in the raw source."""

    byte_start: int
    byte_end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an article's text that stands in the source letter by letter:
    text[text_start:text_end], encoded, is source[byte_start:byte_end]."""

    text_start: int
    text_end: int
    byte_start: int
    byte_end: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words taken from a source and where they stand in it; without a span when the source is a web page."""

    text: str
    byte_start: int | None = None
    byte_end: int | None = None


ReleaseType = Literal["news_story", "speech", "letter", "statement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A readable text with what its source says about it. One per item of a text document, one per canonical URL.

    `text` holds the paragraphs of the body as the source spells them, parted by one blank line. Title, standfirst and
    captions are not part of it. `paragraphs` has a span for each paragraph of `text`, `pieces` maps its characters to
    bytes (`spans.locate`); both are empty for web pages, whose evidence is their stored text.
    """

    article_id: str  # derived from (source hash, byte range) or from the canonical URL
    document_id: str  # sha256 of the raw bytes
    byte_start: int  # extent of the item in the raw source
    byte_end: int
    encoding: str = "utf-8"
    kind: Kind
    release_type: ReleaseType | None = None  # for press releases
    title: Excerpt
    standfirst: Excerpt | None = None
    captions: tuple[Excerpt, ...] = ()
    text: str
    paragraphs: tuple[Span, ...] = ()
    pieces: tuple[Piece, ...] = ()
    url: str | None = None
    published_at: datetime | None = None  # aware, UTC; midnight London time when only the day is known
    utc_offset_minutes: int | None = None  # of the clock that its source tells the time by, None when not known
    date_precision: Literal["minute", "day"] | None = None
    dated_by: Evidence | None = None
    date_words: Excerpt | None = None  # what was read as the date
    author: str | None = None
    author_role: str | None = None
    author_by: Evidence | None = None
    outlet: str | None = None  # display name of who published it
    outlet_by: Evidence | None = None
    outlet_words: Excerpt | None = None  # where the text names it, be it in its furniture
    agency: str | None = None  # the news agency whose text it is, as its dateline or byline signs it
    issuer: str | None = None  # of a release: the body that issued it
    issuer_by: Evidence | None = None
    language: str | None = None
    collection: str | None = None  # title of the page that held it among others
    reported_outlets: tuple[str, ...] = ()  # of a coverage report: outlets that it says carried the story


# ------------------------------------------------------------------------------------- branches off an article


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words attributed to a speaker. Outer quotation marks are outside the text; paragraphs parted by a blank line.

    start and end are character offsets into Article.text (first word to last word, a split quotation's interjected
    cue included in the range but not in `text`); `fragments` are the quoted runs themselves.
    """

    quote_id: str
    article_id: str
    text: str
    speaker: str | None
    speaker_by: Evidence | None  # text: named in the cue; inferred: from context, signature or role
    role: str | None  # as written
    organisation: str | None
    kind: Literal["direct", "block", "fragment"]
    cue: str | None  # the words that introduce it
    fragments: tuple[tuple[int, int], ...]  # character ranges in Article.text
    role_by: Evidence | None = None  # text: the article gives the role; inferred: the list of office holders does


Bound = Literal["exact", "more_than", "at_least", "less_than", "up_to", "almost", "approx", "range", "within", "vague"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An amount in a text: 'up to £20 million' is value 20000000.0, unit GBP, bound up_to.

    start and end are character offsets into the part of the article named by `where`.
    """

    figure_id: str
    article_id: str
    where: Literal["title", "standfirst", "text"]
    start: int
    end: int
    text: str  # the words of the amount, as written
    value: float | None  # base units; lower end of a range
    value_max: float | None = None  # upper end of a range
    unit: str  # GBP, USD, EUR, percent, people, hours, … the counted noun in the plural
    bound: Bound
    subject: str  # what it is the amount of, in the text's words


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A person, organisation or place that an article names; one row per article and name, at its first place."""

    article_id: str
    name: str  # the fullest form in the article, aliases resolved (NCA → National Crime Agency)
    type: Literal["person", "organisation", "place"]
    role: str | None = None  # as the text gives it, else by date from the list of office holders
    role_by: Evidence | None = None
    start: int  # character offsets of its first place in Article.text
    end: int
    count: int = 1


# ------------------------------------------------------------------- the same words and figures in several articles


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteDifference:
    """One place where a variant of a quotation departs from its fullest variant."""

    kind: Literal["cut", "added", "altered"]
    full: str  # the words of the fullest variant; "" when the variant adds words
    variant: str  # the words of this one; "" when it cuts them
    detail: str  # a sentence for an editor


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationVariant:
    """What one article carried of a quotation."""

    quote_id: str
    article_id: str
    carried: float  # share of the fullest variant's words, 0 to 1
    differences: tuple[QuoteDifference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The same utterance wherever it was carried: counted once, however many articles have it."""

    quotation_id: str  # derived from its fullest variant
    speaker: str | None
    role: str | None
    organisation: str | None
    text: str  # of the fullest variant
    variants: tuple[QuotationVariant, ...]  # the fullest first
    speakers: tuple[str, ...] = ()  # all names that articles give its speaker, when they differ


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureConflict:
    """Two amounts for one thing that cannot both be right, or a headline's amount that its text never gives."""

    kind: Literal["within", "between", "headline"]
    figure_ids: tuple[str, ...]
    article_ids: tuple[str, ...]
    detail: str  # a sentence for an editor: the amounts, and what they are said to be of


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePickUp:
    """What one article made of one line of a release."""

    article_id: str
    how: Literal["word_for_word", "other_words"]
    share: float  # of the line's words, or of its content words
    start: int  # characters of the article's text that carry it, or of its standfirst
    end: int
    in_standfirst: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLine:
    """One sentence of a release and who carried it."""

    release_id: str  # article id of the release
    number: int  # from 0
    start: int  # characters of the release's text, or of its standfirst
    end: int
    speaker: str | None  # of a quoted line
    carried_by: tuple[LinePickUp, ...]
    in_standfirst: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What one article took from a release, what it added and what it left out."""

    release_id: str
    article_id: str
    share_of_article: float  # of the article's words that are the release's, 0 to 1
    lines_word_for_word: int
    lines_in_other_words: int
    line_count: int
    added_speakers: tuple[str, ...]  # quoted in the article, not in the release
    added_quote_ids: tuple[str, ...]
    critical_quote_ids: tuple[str, ...]  # those of the added ones that object
    added_figure_ids: tuple[str, ...]
    counter_figure_ids: tuple[str, ...]  # those of the added ones in words that object
    cut_quote_ids: tuple[str, ...]  # quotes of the release that the article has nothing of
    cut_figure_ids: tuple[str, ...]


# ------------------------------------------------------------------------------------------ copies and stories


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDuplicateGroup:
    """Copies of one text: one work, as many placements as articles."""

    group_id: str
    article_ids: tuple[str, ...]  # first published first
    because: tuple[str, ...] = ()  # in words: what was compared and what it showed


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """One piece of evidence that two articles are on one story (or are related), in words that an editor can check."""

    kind: str  # shared_text, shared_quotation, shared_figure, named_event, names, topic, date, correction
    detail: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """An article's place in a story and why it is there: the article it is tied to most closely, and the evidence."""

    article_id: str
    story_id: str
    group_id: str
    tied_to: str | None  # article id; None for the first article of a story
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """An article as coverage counts it: which work, which story, which day."""

    article_id: str
    group_id: str
    story_id: str
    covered_on: date | None  # its own day; without one, the day of the article it is tied to
    covered_by: Evidence | None  # how that day is known; INFERRED when taken from the story
    tied_to: str | None
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Reports of one event, across outlets and days, with the releases about it."""

    story_id: str  # derived from its first published article
    memberships: tuple[Membership, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLink:
    """Two stories that belong beside each other but are not one: a preview, a follow-up, context. Never a merge."""

    from_story_id: str
    to_story_id: str
    kind: Literal["preview", "follow_up", "context"]
    article_ids: tuple[tuple[str, str], ...] = ()  # the pairs (of the first story, of the second) that show it
    because: tuple[Because, ...] = field(default=())


# ------------------------------------------------------------------------------------------------ runs and quality


@dataclass(frozen=True, slots=True, kw_only=True)
class StageCount:
    """What one stage of one batch was given, kept and rejected: given = kept + rejected, always."""

    batch: str
    stage: str
    unit: str  # what is counted: documents, items, articles, …
    given_count: int
    kept_count: int
    rejected_count: int

    def __post_init__(self) -> None:
        if self.given_count != self.kept_count + self.rejected_count:
            raise ValueError(
                f"{self.stage}: given {self.given_count} is not kept {self.kept_count} + rejected {self.rejected_count}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A row or document that was turned away, kept with its reason until somebody retries or releases it."""

    quarantine_id: str  # derived from stage, subject and rule
    batch: str
    stage: str  # read_documents, extract_articles, check, …
    dataset: str
    subject: str  # id of the row, or "sha256:start-end"
    reason: Reason
    rule: str  # expectation or rule that it missed
    value: str  # what was found, shortened
    document_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityResult:
    """What one expectation found on one dataset of one batch."""

    batch: str
    dataset: str
    rule: str
    level: Literal["row", "group", "dataset"]  # what it looks at: rows; feeds, outlets or days; the whole
    severity: Literal["quarantine", "stop", "warning"]  # a row stays out; the publication is held; it is said
    outcome: Literal["met", "missed", "skipped", "error"]  # skipped: nothing to look at, or too little; error: ours
    passed: bool  # met or skipped
    observed: str
    expected: str
    value: float | None  # the number that was held against the expectation; None when there was nothing to look at
    failed_count: int
    row_count: int
    description: str  # plain English, for a press officer
    hint: str  # what to do when it fails
    examples: tuple[str, ...] = ()
