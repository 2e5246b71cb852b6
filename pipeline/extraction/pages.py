"""Page → Article: the readable text of a web page, with what the page says about itself.

trafilatura extracts; its text, the page's markup and the words of each block then decide block by block what is the
article (page_features.py, text_furniture.py). That repairs what trafilatura is known to get wrong: paragraphs left out
where a page parts its body, newsletters and links to other stories left in, titles and captions among the paragraphs.
"""

from __future__ import annotations

import hashlib
import logging
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document as Extracted

from pipeline.evidence.amendments import is_amendment
from pipeline.extraction.languages import language_of
from pipeline.extraction.learned_furniture import OutletFurniture
from pipeline.extraction.line_cues import LineCues
from pipeline.extraction.page_about import (
    Agency,
    agency_of,
    author_of,
    byline_in,
    one_line,
    outlet_of,
    site_in_title,
    title_of,
)
from pipeline.extraction.page_blocks import PageBlock, blocks
from pipeline.extraction.page_checks import PageRule, is_list_page, verdict
from pipeline.extraction.page_dates import Published, at_the_printed_time, published
from pipeline.extraction.page_features import Matched, Opinion, as_units, as_words, looked_at, match, page_features
from pipeline.extraction.page_searched import searched_author, searched_day, searched_site, searched_title
from pipeline.extraction.page_statements import Statements, statements
from pipeline.extraction.page_text import decode_page, flattened, not_a_page, refusal, without_long_scripts
from pipeline.extraction.page_tree import page_tree
from pipeline.extraction.text_features import Features, features
from pipeline.extraction.text_furniture import FurnitureModel, decode, label_lines, logit, words_of
from pipeline.extraction.text_units import count_words
from pipeline.model import Article, Evidence, Excerpt, Kind, Reason, Rejection, derived_id
from pipeline.reading.furniture import line_of_furniture
from pipeline.reading.layout import is_prose
from pipeline.reading.line_rules import LineRules
from pipeline.reading.outlets import Outlet, OutletDirectory

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it discards we report as rejections
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

_MOST_BLOCKS = 4_000
_DEEPEST = 250  # libxml2 leaves out what is nested deeper than 256 elements
_COVERED = 0.6  # of trafilatura's words in blocks of the page; with less, it read them elsewhere (scripts, noscript)
# With fewer words a second opinion is taken: trafilatura's comparison with readability and justext. It costs as much
# again and helps on short and odd pages only (mean F1 of 181 news pages: 0.959 with it, 0.961 without).
_DOUBTFUL_WORDS = 100
_SUMMARY_WORDS = 60  # a text that the page itself calls its description is one, up to this length
_STANDFIRST_WORDS = 6  # a description of fewer is a label
_LONGEST_STUB = 200  # words of a page that says it is not free; a stub behind a wall has 30 to 150


@dataclass(frozen=True, slots=True)
class EntryHints:
    """What the feed entry says of a page. The page's own word counts more, but for the times it leaves out."""

    title: str = ""
    summary: str = ""
    author: str | None = None
    published_at: datetime | None = None  # aware
    date_precision: Literal["minute", "day"] | None = None
    outlet: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class PageRules:
    """The data that reading pages goes by (edges/page_files.py reads it)."""

    model: FurnitureModel
    furniture: LineRules  # lines that no body holds, whatever page they stand on
    verdicts: tuple[PageRule, ...]
    agencies: tuple[Agency, ...]
    outlets: OutletDirectory
    zone: ZoneInfo  # of times that are printed without one
    min_words: int


@dataclass(frozen=True, slots=True)
class Look:
    """A parsed page: its blocks, what is known of each, and what trafilatura makes of it."""

    tree: HtmlElement
    stated: Statements
    title: str  # as stated, else as trafilatura finds it
    extracted: str  # the text that trafilatura takes for the article
    blocks: Sequence[PageBlock]
    matched: Matched
    found: Sequence[Features]
    heading: str  # of its one <h1>


def read_page(
    content: bytes,
    *,
    rules: PageRules,
    url: str | None = None,
    charset: str | None = None,
    content_type: str | None = None,
    hints: EntryHints | None = None,
    furniture: OutletFurniture | None = None,
    received_on: date | None = None,
    sha256: str = "",
) -> Article | Rejection:
    """Read the article out of a page, or say why there is none.

    charset       from the HTTP header; content_type as well
    furniture     what the outlet repeats on its pages (learned_furniture.py)
    received_on   day of the fetch: bounds what the publication date can be, and is never taken for it
    sha256        of the content, where it is known already

    Teasers, stubs behind a wall and descriptions of films are Kind.SUMMARY_ONLY. Pure: no clock, no network.
    """
    sha256 = sha256 or hashlib.sha256(content).hexdigest()
    subject = url or f"sha256:{sha256}"
    if refused := refusal(content, content_type):
        return Rejection(subject, *refused)
    html = without_long_scripts(decode_page(content, charset))
    if refused := not_a_page(html):
        return Rejection(subject, *refused)
    look = look_at(html, url=url, cues=rules.model.cues)
    if look is None:
        return Rejection(subject, Reason.NO_TEXT, "no element that could be parsed")
    kept = body_blocks(look, rules.model, furniture)
    paragraphs = paragraphs_of(look, kept, rules.model)
    hints = hints or EntryHints()
    site = look.stated.site_name or look.stated.publisher or searched_site(look.tree)
    title = title_of(
        look.stated,
        heading=look.heading,
        found=look.title,
        site=f"{site} {urlsplit(url or look.stated.canonical).hostname or ''}",
        entry=hints.title,
    )
    path = urlsplit(url or look.stated.canonical).path
    is_front = bool(url or look.stated.canonical) and path.strip("/") in {"", "index.html", "index.php", "home"}
    if is_list_page(look.blocks, look.matched.counts, kept, says_article=look.stated.says_article, is_front=is_front):
        return Rejection(subject, Reason.LIST_PAGE, "lists of links to articles where an article was expected")
    around = [block.text for block, is_kept in zip(look.blocks, kept, strict=True) if not is_kept]
    body = "\n\n".join(paragraphs)
    met = verdict(rules.verdicts, title=title or one_line(look.title), body=body, around=around, address=path)
    known = rules.outlets.at(urlsplit(url or look.stated.canonical).hostname or "")
    meant = Kind.PRESS_RELEASE if known is not None and known.is_government else Kind.ARTICLE
    paragraphs = paragraphs[paragraphs[:1] == [title] :]  # the headline of a page with little else is taken for body
    paragraphs = [part for part in paragraphs if line_of_furniture(part, rules.furniture, kind=meant) is None]
    text = "\n\n".join(paragraphs)
    word_count = count_words(text, enough=max(rules.min_words, _LONGEST_STUB))
    if met is not None and met.verdict == "wall":
        return Rejection(subject, Reason.WALL, met.reason)
    if not word_count:
        return Rejection(subject, Reason.NO_TEXT, "no paragraph of an article")
    if word_count < rules.min_words:
        return Rejection(subject, Reason.TOO_SHORT, f"{word_count} words where {rules.min_words} are a text")
    partial = met is not None or _is_summary(look, text, word_count)
    return _article(
        look,
        sha256,
        len(content),
        paragraphs,
        title,
        _standfirst(look, kept),
        around,
        rules,
        known,
        url,
        hints,
        received_on,
        partial=partial,
    )


def page_lines(content: bytes, charset: str | None = None) -> list[str]:
    """The lines of a page, furniture and all, for learned_furniture.learn; none when it is no page."""
    if refusal(content) or not_a_page(html := decode_page(content, charset)):
        return []
    tree = page_tree(html)
    return [] if tree is None else [block.text for block in blocks(tree, most=_MOST_BLOCKS)[0]]


def look_at(html: str, *, url: str | None, cues: LineCues) -> Look | None:
    """Parse a page and gather what is known of its blocks; None when nothing can be parsed."""
    tree = page_tree(html)
    if tree is None:
        return None
    found_blocks, depth = blocks(tree, most=_MOST_BLOCKS)
    if depth >= _DEEPEST and (shallow := page_tree(flattened(html))) is not None:
        tree = shallow
        found_blocks, _ = blocks(tree, most=_MOST_BLOCKS)
    stated = statements(tree)
    title = stated.og_title or stated.headline or searched_title(tree)
    extracted = _extract(tree, url)
    matched = match(found_blocks, extracted)
    opinion = Opinion(extracted, title, stated.description, stated.body)
    found = features(as_units(found_blocks), cues, looked_at=looked_at(found_blocks, matched))
    for own, markup in zip(found, page_features(found_blocks, matched, opinion), strict=True):
        own.update(markup)
    headings = {block.text for block in found_blocks if block.tag == "h1" and not block.hidden}
    heading = headings.pop() if len(headings) == 1 else ""
    return Look(tree, stated, title, extracted, found_blocks, matched, found, heading)


def _extract(tree: HtmlElement, url: str | None) -> str:
    """The text that trafilatura takes for the article."""
    text = ""
    for fast in (True, False):
        extracted = trafilatura.bare_extraction(tree, url=url, fast=fast, include_comments=False)
        text = (extracted.text or "") if isinstance(extracted, Extracted) else ""
        if count_words(text, enough=_DOUBTFUL_WORDS) >= _DOUBTFUL_WORDS:
            break
    return text


def body_blocks(look: Look, model: FurnitureModel, furniture: OutletFurniture | None = None) -> list[bool]:
    """Which blocks are the article's body."""
    logits = [logit(own, model.page) for own in look.found]
    if furniture is not None:
        logits = [value - furniture.against(block.text) for value, block in zip(logits, look.blocks, strict=True)]
    return [value > 0 for value in decode(logits, words_of(look.found))]


def paragraphs_of(look: Look, kept: Sequence[bool], model: FurnitureModel) -> list[str]:
    """The body's paragraphs as the page spells them, and what its outlet says below them of an earlier version.

    Where trafilatura read most of its text outside of the page's blocks (in scripts, in noscript) and the blocks hold
    less than half as much, its lines are taken, less the furniture among them.
    """
    begin = kept.index(True) if True in kept else len(kept)
    own = [
        unicodedata.normalize("NFC", block.text)
        for place, (block, is_kept) in enumerate(zip(look.blocks, kept, strict=True))
        if is_kept or (place > begin and is_prose(block.text) and is_amendment(block.text))
    ]
    text = look.extracted
    if look.matched.covered < _COVERED and sum(map(count_words, own)) < 0.5 * count_words(text):
        lines = text.split("\n")
        labels = label_lines(lines, model=model)
        return [line.strip() for line, label in zip(lines, labels, strict=True) if label.is_body]
    return own


def _is_summary(look: Look, text: str, word_count: int) -> bool:
    """Whether so short a text is a teaser: the page's own description, behind a wall, or beside a film."""
    if word_count > _SUMMARY_WORDS:
        return look.stated.free is False and word_count < _LONGEST_STUB
    described = as_words(look.stated.description)
    return (
        look.stated.free is False
        or look.stated.says_video
        or (bool(described) and (as_words(text) in described or described in as_words(text)))
    )


def _standfirst(look: Look, kept: Sequence[bool]) -> str | None:
    """The line outside of the body that says what the page states as its description; None when none does."""
    described = as_words(look.stated.description)
    for block, words, is_kept in zip(look.blocks, look.matched.words, kept, strict=True):
        if words == described and not is_kept and count_words(block.text) >= _STANDFIRST_WORDS:
            return block.text
    return None


def _article(
    look: Look,
    sha256: str,
    byte_count: int,
    paragraphs: Sequence[str],
    title: str,
    standfirst: str | None,
    around: Sequence[str],
    rules: PageRules,
    known: Outlet | None,
    url: str | None,
    hints: EntryHints,
    received_on: date | None,
    *,
    partial: bool,
) -> Article:
    address = url or look.stated.canonical or None
    of_government = known is not None and known.is_government
    outlet, outlet_by = _outlet(look, title, address, hints, known.name if known else None)
    authors = look.stated.authors or ((searched_author(look.tree),),)
    authors = (*authors, byline_in(around))
    author = author_of(authors, outlet=outlet)

    zone = ZoneInfo(known.timezone) if known else rules.zone

    def dated_with(found: str | None) -> Published | None:
        return published(
            stated=look.stated.published,
            times=look.stated.times,
            entry=(hints.published_at, hints.date_precision or "minute") if hints.published_at else None,
            url=address or "",
            found=found,
            received_on=received_on,
            zone=zone,
        )

    dated = dated_with(None) or dated_with(searched_day(look.tree, url=address, received_on=received_on))
    if dated is not None and dated.by is Evidence.PAGE:
        dated = at_the_printed_time(dated, around, received_on=received_on or dated.at.date(), zone=zone)
    issuer = look.stated.issuer or None if of_government else None
    text = "\n\n".join(paragraphs)
    return Article(
        article_id=derived_id("page", address or sha256),
        document_id=sha256,
        byte_start=0,
        byte_end=byte_count,
        kind=_kind(partial=partial, of_government=of_government, address=address or ""),
        title=Excerpt(title),
        standfirst=Excerpt(standfirst) if standfirst else None,
        text=text,
        url=address,
        published_at=dated.at if dated else None,
        utc_offset_minutes=dated.offset_minutes if dated else None,
        date_precision=dated.precision if dated else None,
        dated_by=dated.by if dated else None,
        author=author or hints.author,
        author_by=Evidence.PAGE if author else Evidence.ENTRY if hints.author else None,
        outlet=outlet,
        outlet_by=outlet_by,
        issuer=issuer,
        issuer_by=Evidence.PAGE if issuer else None,
        agency=agency_of(
            rules.agencies, authors=[name for names in authors for name in names], body=paragraphs, around=around
        ),
        language=language_of(text, look.stated.language or hints.language or ""),
    )


def _kind(*, partial: bool, of_government: bool, address: str) -> Kind:
    if partial:
        return Kind.SUMMARY_ONLY
    if of_government:
        return Kind.SPEECH if "/speeches/" in address else Kind.PRESS_RELEASE
    return Kind.ARTICLE


def _outlet(
    look: Look, title: str, address: str | None, hints: EntryHints, known: str | None
) -> tuple[str | None, Evidence | None]:
    """Who publishes the page, and who says so: our list by its address, the page, the feed, the bare address."""
    host = (urlsplit(address).hostname or "").removeprefix("www.") if address else ""
    if known:
        return known, Evidence.URL
    in_title = site_in_title(look.tree.findtext(".//title") or "", title)
    if name := outlet_of((look.stated.site_name, look.stated.publisher, in_title), host=host):
        return name, Evidence.PAGE
    if hints.outlet:
        return hints.outlet, Evidence.ENTRY
    return (host, Evidence.URL) if host else (None, None)
