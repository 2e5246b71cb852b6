"""Text document → articles: split a page of many items, read each, leave out what is not the article.

A text document is a page's text with the site's furniture still in it. Every line of it comes out exactly once: as
part of an article, or left out with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.folding import fold_marks, words
from pipeline.model import Article, Document, Evidence, Excerpt, Kind, Reason, Rejection, ReleaseType, derived_id
from pipeline.reading.assembly import body_text, excerpt
from pipeline.reading.dates import Dated, Undated, find_date
from pipeline.reading.decoding import Undecodable, decode
from pipeline.reading.furniture import Reasons, after_the_article, appeals, by_rule, links
from pipeline.reading.header import Found, Header, Zones, find_body, read_header, title_words, whole
from pipeline.reading.layout import Block, blocks, breaks_off, ends_sentence, is_prose, same_words
from pipeline.reading.line_rules import LineRules, as_matched
from pipeline.reading.outlets import OutletDirectory

_COVERAGE = re.compile(
    r"\b(?:coverage|(?:widely|also) reported|reports?(?: that| on)?|front pages?|splash(?:es)?|leads? (?:on|with)|"
    r"carr(?:y|ies)|is quoted|"
    r"interview(?:ed|s)?|editorial|column)\b",
    re.IGNORECASE,
)
_IN_THE_ARTICLE = frozenset(
    {"title", "standfirst", "caption", "date", "byline", "post of the author", "issuer and date"}
)
# After these a comma ends a line of a letter, not half a sentence.
_SIGNS_OFF = re.compile(r"(?:dear|yours|(?:kind|best|warm) (?:regards|wishes)|regards|sincerely)\b", re.IGNORECASE)
_HEADING_WORDS = range(1, 15)
_STOP_WORDS = frozenset("the and of to in is that for on was with as by at it from are be this have has".split())


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """The data that reading goes by (edges/seed_files.py reads it)."""

    furniture: LineRules
    header: LineRules
    outlets: OutletDirectory
    zones: Zones
    min_words: int
    min_item_words: int


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


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of a document: its blocks, its header, and why blocks of it are not body."""

    blocks: Sequence[Block]
    head_blocks: Sequence[Block]  # those that date and outlet stand in: of a report's section, the whole page
    header: Header
    kind: Kind
    known: Reasons
    body: Sequence[int]
    collection: str | None = None
    set_apart: bool = False  # by heading and issue line, or as a section of a report


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
    for item in _items(page, rules):
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


# ------------------------------------------------------------------------------------------------------- splitting


def _items(page: Sequence[Block], rules: ReadingRules) -> list[_Item]:
    """The items of a page: releases under their issue lines, sections of a coverage report, or one article."""
    anchors = [place for place, block in enumerate(page) if rules.header.match(block.text, "item")]
    if anchors:
        return _released_items(page, anchors, rules)
    if sections := _coverage_items(page, rules):
        return sections
    if posts := _posted_items(page, rules):
        return posts
    return [_single(page, rules)]


def _released_items(page: Sequence[Block], anchors: Sequence[int], rules: ReadingRules) -> list[_Item]:
    """Items that begin with their heading, often printed twice, and a line that names issuer and day."""
    starts = [
        _heading_of(page, anchor, floor=previous + 1) for previous, anchor in zip([-1, *anchors], anchors, strict=False)
    ]
    collection = _collection(page[: starts[0]], rules)
    items = []
    for (start, end), anchor in zip(_stretches(starts, len(page)), anchors, strict=True):
        part = page[start:end]
        items.append(_released(part, anchor - start, collection, rules))
    return items


def _stretches(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    """From each start to the next, the last to the end."""
    return list(pairwise([*starts, end]))


def _heading_of(page: Sequence[Block], anchor: int, *, floor: int) -> int:
    """Place of the first copy of the heading above an issue line."""
    start = max(anchor - 1, floor)
    while start > floor and same_words(page[start - 1].text, page[anchor - 1].text):
        start -= 1
    return start


def _released(part: Sequence[Block], anchor: int, collection: str | None, rules: ReadingRules) -> _Item:
    match = rules.header.match(part[anchor].text, "item")
    assert match is not None
    header = Header(what=match.caught.get("what", "").lower() or None, issuer=match.caught.get("issuer"))
    header.author, header.author_role = match.caught.get("author"), match.caught.get("role")
    header.roles = dict.fromkeys(range(anchor), "copy of the title") | {anchor: "issuer and date"}
    if anchor > 0:
        header.title = title_words(part, anchor - 1, rules.header)
        header.roles[anchor - 1] = "title"
    _date_from(header, part, anchor, match.caught.get("date", ""), rules)
    known = by_rule(part[anchor + 1 :], rules.furniture)
    known |= after_the_article(part[anchor + 1 :], rules.furniture, known=known)
    known = {place + anchor + 1: reason for place, reason in known.items()}
    body = [place for place in range(anchor + 1, len(part)) if place not in known]
    summarised = header.what not in ("speech", "statement", "remarks", "address", "letter") or header.issuer is not None
    if summarised and len(body) > 1 and is_prose(part[body[0]].text) and len(words(part[body[0]].text)) <= 60:
        header.standfirst = whole(part, body[0])
        header.roles[body[0]] = "standfirst"
        body = body[1:]
    kind = Kind.PRESS_RELEASE if header.issuer else Kind.SPEECH if header.what != "letter" else Kind.LETTER
    return _Item(part, part, header, kind, known, body, collection, set_apart=True)


def _date_from(header: Header, part: Sequence[Block], place: int, date_words: str, rules: ReadingRules) -> None:
    text = part[place].text
    offset = fold_marks(text).rfind(date_words) if date_words else 0
    found = _find(text[max(offset, 0) :], rules)
    if found is not None:
        header.dated = found
        shift = max(offset, 0)
        header.date_words = replace(
            whole(part, place),
            start=found.start + shift,
            end=found.end + shift,
            text=text[found.start + shift : found.end + shift],
        )


def _coverage_items(page: Sequence[Block], rules: ReadingRules) -> list[_Item]:
    """Sections of a coverage report: a heading each, then paragraphs that say who carried what."""
    matches = [
        (place, match) for place, block in enumerate(page) if (match := rules.header.match(block.text, "coverage"))
    ]
    # The line that gives the day as well is the title; the blog's name alone may stand above it.
    named = next((one for one in matches if one[1].caught.get("date")), matches[0] if matches else None)
    intro = next((place for place, block in enumerate(page) if rules.header.match(block.text, "intro")), None)
    if named is None and intro is None:
        return []
    known = by_rule(page, rules.furniture)
    known |= after_the_article(page, rules.furniture, known=known)
    head = Header()
    if named is not None:
        place, match = named
        head.title, head.outlet = whole(page, place), match.caught.get("outlet")
        head.outlet_words = _where(page, place, head.outlet)
        _date_from(head, page, place, match.caught.get("date", ""), rules)
    if head.dated is None:
        last = max(place for place in (intro, named and named[0]) if place is not None)
        above = read_header(page, body=last, known=known, rules=rules.header, zones=rules.zones)
        head.dated, head.date_words = above.dated, above.date_words
    begin = max(place for place in (intro, named and named[0], 0) if place is not None) + 1
    headings = [
        place
        for place in range(begin, len(page) - 1)
        if place not in known and _is_section_heading(page, place, known, rules)
    ]
    if not headings:
        return []
    covering = [
        place
        for place, end in _stretches(headings, len(page))
        if any(_COVERAGE.search(page[at].text) for at in range(place + 1, end) if at not in known)
    ]
    if not covering or (named is None and len(covering) < 2):
        return []
    collection = head.title.text if head.title else None
    items = []
    for place, end in _stretches(headings, len(page)):
        part = page[place:end]
        header = Header(
            dated=head.dated, date_words=head.date_words, outlet=head.outlet, outlet_words=head.outlet_words
        )
        header.title = title_words(part, 0, rules.header)
        header.roles = {0: "title"}
        within = {at - place: reason for at, reason in known.items() if place <= at < end}
        body = [at for at in range(1, len(part)) if at not in within]
        items.append(_Item(part, page, header, Kind.COVERAGE_REPORT, within, body, collection, set_apart=True))
    return items


def _is_section_heading(page: Sequence[Block], place: int, known: Reasons, rules: ReadingRules) -> bool:
    text = page[place].text
    if ends_sentence(text) or page[place].is_bullet or len(words(text)) not in _HEADING_WORDS:
        return False
    following = next((at for at in range(place + 1, len(page)) if at not in known), None)
    return following is not None and ends_sentence(page[following].text) and len(words(page[following].text)) >= 8


def _posted_items(page: Sequence[Block], rules: ReadingRules) -> list[_Item]:
    """Posts of a list page without issue lines: each a heading, a line with its date, then paragraphs."""
    known = by_rule(page, rules.furniture)
    prose = {place for place, block in enumerate(page) if is_prose(block.text) and place not in known}
    heads = [
        place
        for place in range(len(page) - 2)
        if place not in known
        and place not in prose
        and len(words(page[place].text)) >= 3
        and not rules.header.match(page[place].text, "date", "updated", "byline", "kind", "issuer", "credit")
        and _is_post_date(page[place + 1].text, rules)
    ]
    parts = [(start, end) for start, end in _stretches(heads, len(page)) if len(prose & set(range(start, end))) >= 2]
    if len(parts) < 2 or len(parts) < len(heads):
        return []
    collection = _collection(page[: heads[0]], rules)
    return [replace(_single(page[start:end], rules), collection=collection) for start, end in parts]


def _is_post_date(text: str, rules: ReadingRules) -> bool:
    found = _find(text, rules)
    return isinstance(found, Dated) and found.evidence is Evidence.TEXT and len(words(text)) <= 10


def _collection(above: Sequence[Block], rules: ReadingRules) -> str | None:
    """Title of a page that holds several items."""
    for block in above:
        if (match := rules.furniture.match(block.text, "line")) and "collection" in match.caught:
            return block.text
    return None


def _single(page: Sequence[Block], rules: ReadingRules) -> _Item:
    """A page with one article, and furniture before, in and after it."""
    known = by_rule(page, rules.furniture)
    known |= appeals(page, rules.furniture, known=known)
    known |= after_the_article(page, rules.furniture, known=known)
    body = find_body(page, known, rules.header, rules.zones)
    body -= body > 0 and body < len(page) and _is_salutation(page[body - 1])
    header = read_header(page, body=body, known=known, rules=rules.header, zones=rules.zones)
    named, where = _outlet_in(page, rules)
    if named:
        header.outlet, header.outlet_words = named, where
    issued = header.issuer is not None or (header.what is not None and "release" in header.what)
    kind = _kind(header, page[body:], issued=issued)
    if kind is Kind.ARTICLE:
        known |= links(page, known=known | header.roles)
    floor = header.title.place + 1 if header.title else 0
    places = [place for place in range(floor, len(page)) if place not in known and place not in header.roles]
    for place in range(floor):
        if place not in known:
            header.roles.setdefault(place, "line above the article")
    return _Item(page, page, header, kind, {p: r for p, r in known.items() if p not in header.roles}, places)


def _outlet_in(page: Sequence[Block], rules: ReadingRules) -> tuple[str | None, Found | None]:
    """The outlet as the page's own furniture names it, and where."""
    for place, block in enumerate(page):
        if (match := rules.furniture.match(block.text, "line", "closes")) and (name := match.caught.get("outlet")):
            return name, _where(page, place, name)
    return None, None


def _where(page: Sequence[Block], place: int, name: str | None) -> Found | None:
    """Place of a name in a block, as the source spells it."""
    start = as_matched(page[place].text).lower().find(name.lower()) if name else -1
    return (
        Found(place, start, start + len(name), page[place].text[start : start + len(name)])
        if name and start >= 0
        else None
    )


def _kind(header: Header, body: Sequence[Block], *, issued: bool) -> Kind:
    if issued:
        return Kind.PRESS_RELEASE
    if header.what == "speech":
        return Kind.SPEECH
    if header.what in ("letter", "open letter") or (body and _is_letter(body)):
        return Kind.LETTER
    return Kind.ARTICLE


def _is_letter(body: Sequence[Block]) -> bool:
    return any(_is_salutation(block) for block in body[:3])


def _is_salutation(block: Block) -> bool:
    return fold_marks(block.text).startswith("Dear ") and len(words(block.text)) <= 15


# ----------------------------------------------------------------------------------------------------- assembling


def _find(text: str, rules: ReadingRules) -> Dated | Undated | None:
    zones = rules.zones
    return find_date(text, received_on=zones.received_on, zone=zones.zone, zones=zones.abbreviations)


def _article(item: _Item, document: Document, encoding: str, rules: ReadingRules) -> Article | Rejection:
    """The article of an item, or why there is none."""
    byte_start, byte_end = item.blocks[0].byte_start, item.blocks[-1].byte_end
    subject = f"{document.sha256}:{byte_start}-{byte_end}"
    header = item.header
    if header.title is None:
        has_prose = any(is_prose(item.blocks[place].text) for place in item.body)
        reason = Reason.NO_TITLE if has_prose else Reason.NO_TEXT
        return Rejection(subject, reason, f"begins “{item.blocks[0].text[:60]}”")
    if isinstance(header.dated, Undated) and header.dated.reason is Reason.UNKNOWN_TIMEZONE:
        return Rejection(subject, header.dated.reason, header.dated.detail)
    paragraphs = _paragraphs(item)
    body = body_text(paragraphs, encoding)
    count = len(words(body.text)) + (len(words(header.standfirst.text)) if header.standfirst else 0)
    # An item that its page sets apart with heading and date is one, however short; a page alone may be an error page.
    if count < (rules.min_item_words if item.set_apart else rules.min_words) or not body.text:
        return Rejection(
            subject, Reason.TOO_SHORT if count else Reason.NO_TEXT, f"{count} words under “{header.title.text[:60]}”"
        )
    dated = header.dated if isinstance(header.dated, Dated) else None
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
        date_words=_excerpt(item.head_blocks, header.date_words, encoding),
        author=header.author,
        author_role=header.author_role,
        author_by=Evidence.TEXT if header.author else None,
        outlet=outlet,
        outlet_by=outlet_by,
        outlet_words=_excerpt(item.head_blocks, header.outlet_words, encoding),
        issuer=header.issuer,
        issuer_by=Evidence.TEXT if header.issuer else None,
        language=_language(body.text),
        collection=item.collection,
        reported_outlets=_reported_outlets(body.text, rules.outlets) if item.kind is Kind.COVERAGE_REPORT else (),
    )


def _excerpt(blocks: Sequence[Block], found: Found | None, encoding: str) -> Excerpt | None:
    return excerpt(blocks, found, encoding) if found else None


def _paragraphs(item: _Item) -> list[tuple[Block, ...]]:
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


def _release_type(item: _Item) -> ReleaseType:
    """What a release is made of: a letter has a salutation, a speech says so in its title."""
    body = [item.blocks[place] for place in item.body if place not in item.header.roles]
    title = item.header.title.text.casefold() if item.header.title else ""
    if _is_letter(body):
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
    speaking = [fold_marks(paragraph) for paragraph in text.split("\n\n") if _COVERAGE.search(paragraph)]
    return tuple(dict.fromkeys(outlet.name for paragraph in speaking for outlet in directory.in_text(paragraph)))


def _language(text: str) -> str | None:
    """ "en" when its commonest words stand in the text as often as in English prose (one in five, here one in ten)."""
    found = words(text)
    return "en" if found and sum(word in _STOP_WORDS for word in found) >= 0.1 * len(found) else None
