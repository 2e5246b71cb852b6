"""Entry, its feed and its page → Article: the page's text where there is one, else what the feed carries of it.

The page is believed before the entry. A summary is kept as what it is, Kind.SUMMARY_ONLY, and never as the text.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from lxml import etree

from pipeline.extraction.languages import language_of
from pipeline.extraction.learned_furniture import OutletFurniture
from pipeline.extraction.page_about import named_like, one_line
from pipeline.extraction.pages import EntryHints, PageRules, read_page
from pipeline.extraction.text_units import count_words
from pipeline.folding import fold
from pipeline.gathering.charsets import decode_markup, header_charset
from pipeline.gathering.urls import AddressRules, canonicalise, declared_canonical, origin_of, site_of
from pipeline.model import (
    Article,
    Entry,
    Evidence,
    Excerpt,
    Feed,
    Kind,
    Page,
    Reason,
    Rejection,
    derived_id,
)

_FULL_TEXT_WORDS = 100  # of an entry's content: teasers of feeds have 15 to 60 words, their shortest full texts 120
_SUMMARY_WORDS = 5  # with fewer, a summary is a label such as "Read more" or "Video"
_HEAD_CHARS = 200_000  # of a page in which it says its own address
_RELEASES = "press_releases"  # the kind of feeds whose outlet is the issuer, unless it is a portal of many (GOV.UK)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRules:
    """The data that sources are read by."""

    pages: PageRules
    addresses: AddressRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Everything that is known of one address: what was served there, the entry that led to it, and that entry's feed.

    page     None when it could not be had
    entry    None in archives that hold a page and no feed
    """

    page: Page | None
    entry: Entry | None
    feed: Feed | None = None
    received_on: date

    @property
    def subject(self) -> str:
        """Address or id, for whoever has to name it."""
        if self.page is not None:
            return self.page.url
        return (self.entry.url or self.entry.entry_id) if self.entry else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a source. `page_fault` says why its page gave no text, also when the entry gave an article."""

    article: Article | Rejection
    page_fault: Rejection | None = None


def article_of(source: Source, rules: SourceRules, furniture: OutletFurniture | None = None) -> Outcome:
    """The article of a source, or why there is none. Must run where it can be killed: edges/isolation.py.

    furniture   what the outlet repeats on its pages
    """
    read: Article | Rejection | None = None
    says = Head(None, None)
    if source.page is not None:
        says = head_of(source.page)
        read = _read(source.page, source, rules, says, furniture)
        if isinstance(read, Article) and (read.kind is not Kind.SUMMARY_ONLY or not _has_full_text(source.entry)):
            return Outcome(article=read)
    fault = read if isinstance(read, Rejection) else None
    if source.entry is not None:
        from_entry = entry_article(source.entry, source, rules, says)
        if isinstance(from_entry, Article):
            if isinstance(read, Article):  # a stub whose feed carries the text: the address is the page's
                from_entry = replace(from_entry, article_id=read.article_id, url=read.url, agency=read.agency)
            return Outcome(article=from_entry, page_fault=fault)
        return Outcome(article=fault or from_entry)
    return Outcome(article=fault or Rejection(source.subject, Reason.NO_TEXT, "neither a page nor an entry"))


def _read(
    page: Page, source: Source, rules: SourceRules, says: Head, furniture: OutletFurniture | None
) -> Article | Rejection:
    """The page's own text under the address that it is known by."""
    served_at = canonicalise(page.final_url, rules.addresses) or page.url
    read = read_page(
        page.content,
        rules=rules.pages,
        url=declared_canonical(served_at, says.address, rules.addresses) or served_at,
        charset=header_charset(page.content_type),
        content_type=page.content_type,
        hints=_hints(source),
        furniture=furniture,
        received_on=source.received_on,
    )
    if isinstance(read, Rejection):
        return Rejection(page.url, read.reason, read.detail)
    return _told_by_feed(read, source, rules.pages, origin=origin_of(served_at, says.address, rules.addresses))


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page says of it; None where it says nothing."""

    address: str | None  # rel=canonical, else og:url
    site_name: str | None


def head_of(page: Page) -> Head:
    """The address and the site's name that a page gives."""
    head = decode_markup(page.content[:_HEAD_CHARS], page.content_type).text
    root = etree.HTML(head) if head.strip() else None
    if root is None:
        return Head(None, None)
    meta = {m.get("property"): m.get("content") for m in root.iter("meta") if m.get("property") and m.get("content")}
    links = (link for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    canonical = next((link.get("href") for link in links if link.get("href")), None)
    return Head(canonical or meta.get("og:url"), one_line(meta.get("og:site_name") or "") or None)


def entry_article(entry: Entry, source: Source, rules: SourceRules, says: Head) -> Article | Rejection:
    """The article that the feed itself carries: the full text where it has one, else its summary.

    says   what its page says of itself, if there is one
    """
    text, kind = (entry.content, Kind.ARTICLE) if _has_full_text(entry) else (entry.summary or entry.content, None)
    subject = entry.url or entry.entry_id
    if not entry.title:
        return Rejection(subject, Reason.NO_TITLE, "the item has no headline")
    if count_words(text) < _SUMMARY_WORDS:
        return Rejection(subject, Reason.NO_TEXT, f"{count_words(text)} words of summary, and no page")
    sha256 = hashlib.sha256(entry_bytes(entry)).hexdigest()
    outlet, outlet_by = _outlet_of(entry, source, rules.pages, says.site_name)
    address = declared_canonical(entry.url, says.address, rules.addresses) or entry.url if entry.url else None
    article = Article(
        article_id=derived_id("page", address) if address else derived_id("entry", entry.entry_id),
        document_id=sha256,
        byte_start=0,
        byte_end=len(entry_bytes(entry)),
        kind=kind or Kind.SUMMARY_ONLY,
        title=Excerpt(one_line(entry.title)),
        text=text,
        url=address,
        published_at=entry.published_at,
        date_precision=entry.date_precision,
        dated_by=entry.dated_by,
        author=entry.author,
        author_by=Evidence.ENTRY if entry.author else None,
        outlet=outlet,
        outlet_by=outlet_by,
        language=language_of(text, entry.language or ""),
    )
    return _told_by_feed(article, source, rules.pages)


def entry_bytes(entry: Entry) -> bytes:
    """An entry as the bytes that an article without a page rests on: the same entry, the same bytes."""
    plain = {name: str(value) if value is not None else None for name, value in asdict(entry).items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()


def _has_full_text(entry: Entry | None) -> bool:
    return entry is not None and count_words(entry.content) >= _FULL_TEXT_WORDS


def _hints(source: Source) -> EntryHints:
    entry = source.entry
    if entry is None:
        return EntryHints()
    address = (source.page.final_url if source.page else entry.url) or ""
    return EntryHints(
        title=entry.title,
        summary=entry.summary,
        author=entry.author,
        published_at=entry.published_at,
        date_precision=entry.date_precision,
        outlet=_feeds_outlet(source, address) or _feeds_name(source, address),
        language=entry.language,
    )


def _feeds_outlet(source: Source, address: str) -> str | None:
    """Who publishes what the feed leads to: the feed's outlet on the feed's own site. An aggregator's is nobody's."""
    feed = source.feed
    return feed.outlet if feed and feed.outlet and address and site_of(address) == site_of(feed.url) else None


def _feeds_name(source: Source, address: str) -> str | None:
    """What the feed calls the site that it belongs to."""
    feed = source.feed
    if feed is None or not address or site_of(address) != site_of(feed.url):
        return None
    title = feed.title or (source.entry.feed_title if source.entry else None)
    return named_like(title, (urlsplit(address).hostname or "").removeprefix("www."))


def _outlet_of(
    entry: Entry, source: Source, rules: PageRules, site_name: str | None
) -> tuple[str | None, Evidence | None]:
    """The outlet of an article whose page has no text: our list by its address, what the page calls its site, the
    register, the feed's title, the entry, the bare address."""
    address = entry.url or (source.feed.url if source.feed else "")
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    if known := rules.outlets.at(host):
        return known.name, Evidence.URL
    if site_name:
        return site_name, Evidence.PAGE
    if configured := _feeds_outlet(source, address):
        return configured, Evidence.CONFIGURED
    if named := _feeds_name(source, address):
        return named, Evidence.ENTRY
    if entry.source_title and (not entry.source_url or site_of(entry.source_url) == site_of(address)):
        return one_line(entry.source_title), Evidence.ENTRY
    return (host, Evidence.URL) if host else (None, None)


def _told_by_feed(article: Article, source: Source, rules: PageRules, *, origin: str | None = None) -> Article:
    """What the register and the entry add: the outlet by its usual name, the outlet of the text, the issuer.

    origin   address on another site that the page declares as its original
    """
    feed, entry = source.feed, source.entry
    configured = _feeds_outlet(source, article.url or (feed.url if feed else ""))
    if configured and rules.outlets.at(urlsplit(article.url or "").hostname or "") is None:
        is_named = article.outlet_by is Evidence.PAGE and fold(article.outlet or "") == fold(configured)
        article = replace(article, outlet=configured, outlet_by=Evidence.PAGE if is_named else Evidence.CONFIGURED)
        if feed and feed.kind == _RELEASES and article.kind is Kind.ARTICLE:
            article = replace(article, kind=Kind.PRESS_RELEASE, issuer=configured, issuer_by=Evidence.CONFIGURED)
    if article.agency is None:
        article = replace(article, agency=_outlet_of_text(article, entry, origin, rules))
    return article


def _outlet_of_text(article: Article, entry: Entry | None, origin: str | None, rules: PageRules) -> str | None:
    """Who wrote what this outlet carries, where the page or the entry says that it was taken from elsewhere."""
    if origin and (known := rules.outlets.at(urlsplit(origin).hostname or "")):
        said = known.name
    elif entry and entry.source_title:
        known = rules.outlets.named(entry.source_title)
        said = known.name if known else one_line(entry.source_title)
    else:
        return None
    return said if fold(said) != fold(article.outlet or "") else None
