"""Text document → articles: split a page of many items, read each, leave out what is not the article.

A text document is a page's text with the site's furniture still in it. Every line of it comes out exactly once: as
part of an article, or left out with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extraction.page_about import agency_of
from pipeline.folding import fold_marks, words
from pipeline.model import Article, Document, Evidence, Excerpt, Kind, Reason, Rejection, ReleaseType, derived_id
from pipeline.reading.assembly import body_text, excerpt
from pipeline.reading.dates import Dated
from pipeline.reading.decoding import Undecodable, decode
from pipeline.reading.header_fields import Found, Header
from pipeline.reading.items import COVERAGE, Item, ReadingRules, items_of
from pipeline.reading.kinds import is_letter
from pipeline.reading.layout import Block, blocks, breaks_off, is_prose
from pipeline.reading.opening_date import opening_day
from pipeline.reading.outlets import OutletDirectory

_IN_THE_ARTICLE = frozenset(
    {"title", "standfirst", "caption", "date", "byline", "post of the author", "issuer and date"}
)
# After these a comma ends a line of a letter, not half a sentence.
_SIGNS_OFF = re.compile(r"(?:dear|yours|(?:kind|best|warm) (?:regards|wishes)|regards|sincerely)\b", re.IGNORECASE)
_SIGNATURE_LINES = 4  # from the last paragraph on
_STOP_WORDS = frozenset("the and of to in is that for on was with as by at it from are be this have has".split())


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a document that is in no article, and why."""

    byte_start: int
    byte_end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of one document. `kept + rejected` are its items; `left_out` are the lines beside them."""

    articles: tuple[Article, ...]
    rejected: tuple[Rejection, ...]
    left_out: tuple[LeftOut, ...]


def read_document(document: Document, rules: ReadingRules, *, max_bytes: int) -> Reading:
    """The articles of a text document, in the order they stand in it.

    Pure: the same bytes give the same articles, whatever the file is called.
    """
    decoded = decode(document.content, max_bytes=max_bytes)
    if isinstance(decoded, Undecodable):
        return Reading((), (Rejection(document.sha256, decoded.reason, decoded.detail),), ())
    rules = replace(rules, zones=replace(rules.zones, received_on=document.received_on))
    page = blocks(decoded.lines)
    articles: list[Article] = []
    rejected: list[Rejection] = []
    left_out: list[LeftOut] = []
    used: set[int] = set()
    for item in items_of(page, rules):
        used |= {id(block) for block in item.blocks}
        left_out += [
            LeftOut(item.blocks[place].byte_start, item.blocks[place].byte_end, reason)
            for place, reason in sorted((item.known | item.header.roles).items())
            if reason not in _IN_THE_ARTICLE
        ]
        article = _article(item, document, decoded.encoding, rules)
        if isinstance(article, Rejection):
            rejected.append(article)
        else:
            articles.append(article)
    left_out += [
        LeftOut(block.byte_start, block.byte_end, "beside the items of the page")
        for block in page
        if id(block) not in used
    ]
    return Reading(tuple(articles), tuple(rejected), tuple(sorted(left_out, key=lambda part: part.byte_start)))


def _article(item: Item, document: Document, encoding: str, rules: ReadingRules) -> Article | Rejection:
    """The article of an item, or why there is none."""
    byte_start, byte_end = item.blocks[0].byte_start, item.blocks[-1].byte_end
    subject = f"{document.sha256}:{byte_start}-{byte_end}"
    header = item.header
    if header.title is None:
        has_prose = any(is_prose(item.blocks[place].text) for place in item.body)
        reason = Reason.NO_TITLE if has_prose else Reason.NO_TEXT
        return Rejection(subject, reason, f"begins “{item.blocks[0].text[:60]}”")
    paragraphs = _paragraphs(item)
    body = body_text(paragraphs, encoding)
    count = len(words(body.text)) + (len(words(header.standfirst.text)) if header.standfirst else 0)
    # An item that its page sets apart with heading and date is one, however short; a page alone may be an error page.
    if count < (rules.min_item_words if item.set_apart else rules.min_words) or not body.text:
        return Rejection(
            subject, Reason.TOO_SHORT if count else Reason.NO_TEXT, f"{count} words under “{header.title.text[:60]}”"
        )
    dated, date_words = _dated(item, paragraphs, rules)
    outlet, outlet_by = _outlet(header, document, rules)
    return Article(
        article_id=derived_id("document", document.sha256, byte_start, byte_end),
        document_id=document.sha256,
        byte_start=byte_start,
        byte_end=byte_end,
        encoding=encoding,
        kind=item.kind,
        release_type=_release_type(item) if item.kind is Kind.PRESS_RELEASE else None,
        title=excerpt(item.blocks, header.title, encoding),
        standfirst=_excerpt(item.blocks, header.standfirst, encoding),
        captions=tuple(excerpt(item.blocks, caption, encoding) for caption in header.captions),
        text=body.text,
        paragraphs=body.paragraphs,
        pieces=body.pieces,
        url=document.url,
        published_at=dated.published_at if dated else None,
        date_precision=dated.precision if dated else None,
        dated_by=dated.evidence if dated else None,
        date_words=date_words and excerpt(*date_words, encoding),
        author=header.author,
        author_role=header.author_role,
        author_by=Evidence.TEXT if header.author else None,
        outlet=outlet,
        outlet_by=outlet_by,
        outlet_words=_excerpt(item.head_blocks, header.outlet_words, encoding),
        agency=_agency(item, paragraphs, rules),
        issuer=header.issuer,
        issuer_by=Evidence.TEXT if header.issuer else None,
        language=_language(body.text),
        collection=item.collection,
        reported_outlets=_reported_outlets(body.text, rules.outlets) if item.kind is Kind.COVERAGE_REPORT else (),
    )


def _excerpt(blocks: Sequence[Block], found: Found | None, encoding: str) -> Excerpt | None:
    return excerpt(blocks, found, encoding) if found else None


def _paragraphs(item: Item) -> list[tuple[Block, ...]]:
    """The body's blocks, those joined again that a blank line broke in mid-sentence."""
    found: list[tuple[Block, ...]] = []
    for place in item.body:
        if place in item.header.roles:
            continue
        block = item.blocks[place]
        before = found[-1][-1].text if found else ""
        if before and breaks_off(before) and not block.is_bullet and not _SIGNS_OFF.match(before):
            found[-1] = (*found[-1], block)
        else:
            found.append((block,))
    return found


def _outlet(header: Header, document: Document, rules: ReadingRules) -> tuple[str | None, Evidence | None]:
    """Who published it: named in the text, else configured for this document, else not known."""
    if header.outlet:
        known = rules.outlets.named(header.outlet)
        return (known.name if known else header.outlet), Evidence.TEXT
    if document.outlet:
        return document.outlet, Evidence.CONFIGURED
    return None, None


def _dated(
    item: Item, paragraphs: Sequence[Sequence[Block]], rules: ReadingRules
) -> tuple[Dated | None, tuple[Sequence[Block], Found] | None]:
    """The date beside the article, or the day on which its first paragraph says that it was told, and the words."""
    header = item.header
    words_found = (item.head_blocks, header.date_words) if header.date_words else None
    if header.dated is not None or not paragraphs:
        return (header.dated if isinstance(header.dated, Dated) else None), words_found
    first = paragraphs[0][0]
    dated = opening_day(first.text, rules.zones)
    if dated is None:
        return None, None
    place = next(place for place, block in enumerate(item.blocks) if block is first)
    return dated, (item.blocks, Found(place, dated.start, dated.end, first.text[dated.start : dated.end]))


def _agency(item: Item, paragraphs: Sequence[Sequence[Block]], rules: ReadingRules) -> str | None:
    """The agency whose text it is: in the byline ("PA Political Correspondent"), the dateline, or alone at the foot."""
    header = item.header
    last = max(item.body, default=-1)
    foot = [block.text for block in item.blocks[last : last + _SIGNATURE_LINES] if len(block.text.split()) <= 2]
    signed = [header.author or "", header.author_role or "", (header.author_role or "").partition(" ")[0], *foot]
    body = [" ".join(block.text for block in paragraph) for paragraph in paragraphs]
    above = range(header.title.place + 1 if header.title else 0, min(item.body, default=0))
    around = [item.blocks[place].text for place in above]
    return agency_of(rules.agencies, authors=[one for one in signed if one], body=body, around=around)


def _release_type(item: Item) -> ReleaseType:
    """What a release is made of: a letter has a salutation, a speech says so in its title."""
    body = [item.blocks[place] for place in item.body if place not in item.header.roles]
    title = item.header.title.text.casefold() if item.header.title else ""
    if is_letter(body):
        return "letter"
    if re.search(r"\b(?:speech|remarks|address(?:es)? to|keynote)\b", title) or item.header.what in (
        "speech",
        "remarks",
    ):
        return "speech"
    if "statement" in title or item.header.what == "statement":
        return "statement"
    return "news_story"


def _reported_outlets(text: str, directory: OutletDirectory) -> tuple[str, ...]:
    """Outlets that a coverage report says carried the story: named in paragraphs that speak of coverage."""
    speaking = [fold_marks(paragraph) for paragraph in text.split("\n\n") if COVERAGE.search(paragraph)]
    return tuple(dict.fromkeys(outlet.name for paragraph in speaking for outlet in directory.in_text(paragraph)))


def _language(text: str) -> str | None:
    """ "en" when its commonest words stand in the text as often as in English prose (one in five, here one in ten)."""
    found = words(text)
    return "en" if found and sum(word in _STOP_WORDS for word in found) >= 0.1 * len(found) else None
