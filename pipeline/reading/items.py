"""Blocks of a page text → its items: releases under their issue lines, sections of a report, posts, or one article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.evidence.amendments import is_amendment
from pipeline.extraction.page_about import Agency
from pipeline.extraction.text_furniture import FurnitureModel
from pipeline.extraction.text_units import count_words
from pipeline.folding import fold_marks, words
from pipeline.model import Evidence, Kind
from pipeline.reading.datelines import is_signed_and_dated
from pipeline.reading.dates import Dated, Undated, day_at_least, find_date
from pipeline.reading.furniture import (
    Reasons,
    after_the_article,
    appeals,
    by_rule,
    links,
)
from pipeline.reading.header import find_body, read_header, title_words
from pipeline.reading.header_fields import Found, Header, Zones, whole
from pipeline.reading.kinds import is_issued, is_salutation, kind_of
from pipeline.reading.layout import Block, ends_sentence, is_prose, same_words
from pipeline.reading.learned_view import NO_VIEW, View, learned_view
from pipeline.reading.line_rules import LineRules, as_matched
from pipeline.reading.mastheads import masthead, own_name
from pipeline.reading.outlets import OutletDirectory
from pipeline.reading.titles import Weights

COVERAGE = re.compile(
    r"\b(?:coverage|(?:widely|also) reported|reports?(?: that| on)?|front pages?|splash(?:es)?|leads? (?:on|with)|"
    r"carr(?:y|ies)|is quoted|"
    r"interview(?:ed|s)?|editorial|column)\b",
    re.IGNORECASE,
)
_HEADING_WORDS = range(1, 15)
_HEADER_LINES = 40  # lines above the first paragraph in which its headline stands; menus stand further up
# Paragraphs, or words, that make a text without a headline an article; fewer are a teaser or a note.
_UNTITLED_PROSE, _UNTITLED_WORDS = 3, 60
_PARAGRAPH_WORDS = 20  # what the model takes for body and is so long is a paragraph, even if it lacks its full stop
_TAG_WORDS = 5  # words between the commas of a list, at most
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*(?=\s+[\"'“‘(]*[^\W\d_a-z])")
_POST = re.compile(r"^[—–]|(?:^|[\s(])@\w|pic\.twitter")  # of a network, quoted in an article: signed and dated each
_PROSE_ABOVE = 0.2  # of a page's paragraphs; with more above its first post, the posts are an article's surroundings


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """The data that reading goes by (edges/seed_files.py reads it)."""

    furniture: LineRules
    header: LineRules
    outlets: OutletDirectory
    zones: Zones
    model: FurnitureModel
    titles: Weights  # of what is seen of a title
    min_words: int
    min_item_words: int
    agencies: tuple[Agency, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a document: its blocks, its header, and why blocks of it are not body."""

    blocks: Sequence[Block]
    head_blocks: Sequence[Block]  # those that date and outlet stand in: of a report's section, the whole page
    header: Header
    kind: Kind
    known: Reasons
    body: Sequence[int]
    collection: str | None = None
    set_apart: bool = False  # by heading and issue line, or as a section of a report


def items_of(page: Sequence[Block], rules: ReadingRules) -> list[Item]:
    """The items of a page: releases under their issue lines, sections of a coverage report, or one article."""
    anchors = [place for place, block in enumerate(page) if rules.header.match(block.text, "item")]
    if anchors:
        return _released_items(page, anchors, rules)
    if sections := _coverage_items(page, rules):
        return sections
    view = learned_view(page, model=rules.model, furniture=rules.furniture)
    if posts := _posted_items(page, rules, view):
        return posts
    return [_single(page, rules, view)]


def _released_items(page: Sequence[Block], anchors: Sequence[int], rules: ReadingRules) -> list[Item]:
    """Items that begin with their heading, often printed twice, and a line that names issuer and day.

    An item among them without such a line is known by its heading alone: it is in the list and right below it again.
    """
    headed = [
        (_heading_of(page, anchor, floor=previous + 1), anchor)
        for previous, anchor in zip([-1, *anchors], anchors, strict=False)
    ]
    known = {start for start, _ in headed}
    starts: list[tuple[int, int | None]] = [
        *headed,
        *(
            (place, None)
            for place in range(len(page) - 2)
            if place not in known and page[place].is_bullet and same_words(page[place].text, page[place + 1].text)
        ),
    ]
    starts.sort()
    collection = _collection(page[: starts[0][0]], rules)
    items = []
    for (start, end), (_, anchor) in zip(_stretches([start for start, _ in starts], len(page)), starts, strict=True):
        part = page[start:end]
        if anchor is not None:
            items.append(_released(part, anchor - start, collection, rules))
        else:
            items.append(replace(_single(part, rules, NO_VIEW), collection=collection, set_apart=True))
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


def _released(part: Sequence[Block], anchor: int, collection: str | None, rules: ReadingRules) -> Item:
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
    return Item(part, part, header, kind, known, body, collection, set_apart=True)


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


def _coverage_items(page: Sequence[Block], rules: ReadingRules) -> list[Item]:
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
        if any(COVERAGE.search(page[at].text) for at in range(place + 1, end) if at not in known)
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
        items.append(Item(part, page, header, Kind.COVERAGE_REPORT, within, body, collection, set_apart=True))
    return items


def _is_section_heading(page: Sequence[Block], place: int, known: Reasons, rules: ReadingRules) -> bool:
    text = page[place].text
    if ends_sentence(text) or page[place].is_bullet or len(words(text)) not in _HEADING_WORDS:
        return False
    following = next((at for at in range(place + 1, len(page)) if at not in known), None)
    return following is not None and ends_sentence(page[following].text) and len(words(page[following].text)) >= 8


def _posted_items(page: Sequence[Block], rules: ReadingRules, view: View) -> list[Item]:
    """Posts of a list page without issue lines: each a heading, a line with its date, then paragraphs."""
    known = by_rule(page, rules.furniture)
    furniture = known | view.furniture  # teasers and widgets have headings and dates as posts do
    prose = {place for place, block in enumerate(page) if is_prose(block.text) and place not in furniture}
    heads = [
        place
        for place in range(len(page) - 2)
        if place not in known
        and place not in prose
        and len(words(page[place].text)) >= 3
        and not _POST.search(page[place].text)
        and not rules.header.match(page[place].text, "date", "updated", "byline", "kind", "issuer", "credit")
        and _is_post_date(page[place + 1].text, rules)
    ]
    parts = [(start, end) for start, end in _stretches(heads, len(page)) if len(prose & set(range(start, end))) >= 2]
    above = sum(place < heads[0] for place in prose) if heads else 0
    if len(parts) < 2 or len(parts) < len(heads) or above > _PROSE_ABOVE * len(prose):
        return []
    collection = _collection(page[: heads[0]], rules)
    return [replace(_single(page[start:end], rules, NO_VIEW), collection=collection) for start, end in parts]


def _is_post_date(text: str, rules: ReadingRules) -> bool:
    found = _find(text, rules)
    return isinstance(found, Dated) and found.evidence is Evidence.TEXT and len(words(text)) <= 10


def _collection(above: Sequence[Block], rules: ReadingRules) -> str | None:
    """Title of a page that holds several items."""
    for block in above:
        if (match := rules.furniture.match(block.text, "line")) and "collection" in match.caught:
            return block.text
    return None


def _single(page: Sequence[Block], rules: ReadingRules, view: View) -> Item:
    """A page with one article, and furniture before, in and after it.

    view  none for part of a page with several: too short for the model, which looks at a line's neighbourhood
    """
    known = by_rule(page, rules.furniture)
    known |= appeals(page, rules.furniture, known=known)
    if sum(count_words(page[place].text) for place in view.body if place not in known) < rules.min_words:
        view = NO_VIEW  # the model knows next to nothing of it as an article's: a list, a notice
    learned = view.furniture
    begin = find_body(page, known | learned, rules.header, rules.zones) if view.body else 0
    follows = after_the_article(page, rules.furniture, known=known | learned, begin=begin)
    known |= {place: reason for place, reason in follows.items() if place not in view.sure}
    body = _body_begin(page, known, view, rules)
    if learned:
        known |= dict.fromkeys(range(body - _HEADER_LINES), "far above the article") | known
    body -= 0 < body < len(page) and is_salutation(page[body - 1])
    header = read_header(
        page, body=body, known=known, view=view, rules=rules.header, zones=rules.zones, titles=rules.titles
    )
    if header.title is None:
        header.title = _opening(page, [place for place in range(body, len(page)) if place not in known | learned])
    named, where = _outlet_in(page, rules)
    if named:
        header.outlet, header.outlet_words = named, where
    elif header.outlet is None:
        above = range(header.title.place if header.title else body)
        if found := masthead(page, above, known | learned, rules.outlets):
            header.outlet, header.outlet_words = found[1], _where(page, *found)
        elif own := own_name(page, above, by_rule(page, rules.furniture), rules.header):
            header.outlet, header.outlet_words = own.name, _where(page, own.place, own.words)
            if own.is_body and header.issuer is None and is_issued(header.what):
                header.issuer = own.name
    known = {place: reason for place, reason in known.items() if not _is_note(page, place, body)}
    learned = {place: reason for place, reason in learned.items() if not _is_note(page, place, body)}
    issued = header.issuer is not None or is_issued(header.what)
    kind = kind_of(header, page[body:], issued=issued)
    known = learned | known
    if kind is Kind.ARTICLE:
        known |= links(page, known=known | header.roles)
    floor = header.title.place + (header.title.place in header.roles) if header.title else 0
    places = [place for place in range(floor, len(page)) if place not in known and place not in header.roles]
    for place in range(floor):
        if place not in known:
            header.roles.setdefault(place, "line above the article")
    return Item(page, page, header, kind, {p: r for p, r in known.items() if p not in header.roles}, places)


def _is_note(page: Sequence[Block], place: int, body: int) -> bool:
    """Whether the outlet says there what it got wrong; it does so below the topics and the links as well."""
    return place > body and is_prose(page[place].text) and is_amendment(page[place].text)


def _body_begin(page: Sequence[Block], known: Reasons, view: View, rules: ReadingRules) -> int:
    """Place of the first paragraph of the article: the model's first, but a summary of one above a release's labels."""
    body = find_body(page, known | view.furniture, rules.header, rules.zones)
    places = sorted(place for place in view.body if place not in known)
    paragraphs = [place for place in places if _is_paragraph(page[place].text)]
    if not paragraphs:
        return min(body, places[0]) if places else body
    listed = [place for place in places if place < paragraphs[0]]
    if sum(count_words(page[at].text) for at in listed) > sum(
        count_words(page[at].text) for at in places[len(listed) :]
    ):
        return min(body, places[0])  # a list with a note below it: programmes, results
    skipped = [place for place in paragraphs if place < body]
    under_labels = any(
        rules.header.match(page[place].text, "date", "issuer", "kind", "byline")
        or _is_post_date(page[place].text, rules)
        for place in range(paragraphs[0] + 1, body)
    )
    if len(skipped) == 1 and under_labels and body < len(page):
        return body
    return min(body, paragraphs[0])


def _is_paragraph(text: str) -> bool:
    """Whether a line that the model takes for body is a paragraph: prose, or long and no list of names and tags."""
    count = count_words(text)
    if is_signed_and_dated(text):
        return False
    return is_prose(text) or (count >= _PARAGRAPH_WORDS and text.count(",") * _TAG_WORDS < count)


def _opening(page: Sequence[Block], body: Sequence[int]) -> Found | None:
    """What a text without a headline is called by: its first sentence; None when it is too short for an article."""
    prose = [place for place in body if is_prose(page[place].text)]
    if len(prose) < _UNTITLED_PROSE and sum(count_words(page[place].text) for place in body) < _UNTITLED_WORDS:
        return None
    first = (prose or body)[0]
    text = page[first].text
    end = next((stop.end() for stop in _SENTENCE_END.finditer(text) if count_words(text[: stop.end()]) >= 4), len(text))
    return Found(first, 0, end, text[:end])


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


def _find(text: str, rules: ReadingRules) -> Dated | Undated | None:
    zones = rules.zones
    return day_at_least(find_date(text, received_on=zones.received_on, zone=zones.zone, zones=zones.abbreviations))
