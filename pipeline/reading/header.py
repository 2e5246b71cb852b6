"""Blocks of a page text → what stands around its body: title, standfirst, date, byline, issuer, captions."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import pairwise
from types import MappingProxyType

from pipeline.folding import fold_marks, words
from pipeline.model import Evidence
from pipeline.reading.bylines import read_labelled_name, read_names
from pipeline.reading.captions import read_captions_and_standfirst
from pipeline.reading.datelines import author_beside, day_beside, is_signed_and_dated
from pipeline.reading.dates import Dated, Undated, day_at_least, find_date
from pipeline.reading.furniture import Reasons
from pipeline.reading.header_fields import Found, Header, Zones
from pipeline.reading.layout import Block, is_prose, same_words
from pipeline.reading.learned_view import NO_VIEW, View
from pipeline.reading.line_rules import LineRules
from pipeline.reading.titles import Weights, reads_like_byline, reads_like_caption, reads_like_name, weigh

_TITLE_WORDS = range(2, 41)  # longest seed title has 17 words; court reports reach 30
_SENTENCE_WORDS = 26  # a title that ends like a sentence is at most so long
_ISSUER_WORDS = 30  # release pages list the bodies and their ministers: "Home Office and The Rt Hon … MP"
_AND_A_MINISTER = re.compile(
    r"(?:,? and|,) (?:the )?(?:(?:rt hon|right honourable|sir|dame|lord|baroness)\b.*|[^,]{3,60} MP\b.*)", re.IGNORECASE
)
_NAME_ALONE = re.compile(r"\s*[,|·•–-]\s*(?:The )?[A-Z][\w'&.-]*(?: [A-Z][\w'&.-]*){0,3}")
_LABELS_WITHIN = 6  # labels that follow the first prose more closely than this belong to the header
_NEAR_BEST = 0.6  # of two likely titles the first counts: a standfirst often holds more of the body's words
_MIN_LABELLED = 3  # words below "Press release"; fewer are the next label
_HEADLINE_WORDS = 5  # names of sections and sites are shorter
_PATH = re.compile(
    r"(?:you are here\b.*|home(?:page)?\s*[>»›/|].*\s[>»›/|]\s.*|home(?:page)?\s*[>»›]\s*\S.*)$", re.IGNORECASE
)
_FOOT_LINES = 3  # below the last paragraph; further down stand the bylines of teasers
_DAY_ABOVE = 5  # lines above a title in which a day may be its own
NO_WEIGHTS: Weights = MappingProxyType({})


def find_body(blocks: Sequence[Block], known: Reasons, rules: LineRules, zones: Zones) -> int:
    """Place of the first paragraph: prose that more prose follows, or the only prose there is; len(blocks) when none.

    Prose above the page's labels (a release's summary above "From:" and "Published") is not yet body.
    """
    prose = [
        place
        for place, block in enumerate(blocks)
        if place not in known
        and is_prose(block.text)
        and not rules.match(block.text, "item", "date", "credit", "intro")
        and not is_signed_and_dated(block.text)
    ]
    first = next((place for place, after in pairwise(prose) if after - place <= 8), prose[0] if prose else len(blocks))
    labels = [
        place
        for place in range(first + 1, min(first + 1 + _LABELS_WITHIN, len(blocks)))
        if rules.match(blocks[place].text, "date", "issuer", "kind") or _is_all_date(blocks[place].text, zones)
    ]
    behind = [place for place in prose if labels and place > labels[-1]]
    return behind[0] if len(behind) > 1 else first


def read_header(
    blocks: Sequence[Block],
    *,
    body: int,
    known: Reasons,
    rules: LineRules,
    zones: Zones,
    view: View = NO_VIEW,
    titles: Weights = NO_WEIGHTS,
) -> Header:
    """Title, date, byline and the rest out of the blocks before `body`, and a labelled date behind it.

    view    what the line model takes them for; its furniture may be the header's: titles and bylines are no body either
    titles  what the looks of a title weigh, where the page has furniture

    A date counts when a label says so or when it is all that its line says: days named in running text are no
    publication dates.
    """
    header = Header()
    before = [place for place in range(body) if place not in known]
    _read_labels(header, blocks, before, rules, zones)
    behind = [place for place in range(body, len(blocks)) if place not in known]
    _read_labels(header, blocks, behind, rules, zones, labelled_only=True)
    article = [place for place in behind if place not in view.furniture]
    read_labelled_name(header, blocks, before, rules)
    _read_title(header, blocks, before, body, article, rules, titles if view.furniture else NO_WEIGHTS)
    _read_day_beside_title(header, blocks, body, known, rules, zones)
    last = max((place for place in article if is_prose(blocks[place].text)), default=len(blocks))
    foot = [place for place in behind if last < place <= last + _FOOT_LINES]
    read_names(header, blocks, before, foot, rules)
    read_captions_and_standfirst(header, blocks, body, known, rules, view)
    return header


def _read_labels(
    header: Header,
    blocks: Sequence[Block],
    places: Sequence[int],
    rules: LineRules,
    zones: Zones,
    *,
    labelled_only: bool = False,
) -> None:
    """Dates, issuer and kind, each with its label; a label alone on its line has its value on the next."""
    updated: tuple[Dated | Undated, Found] | None = None
    waiting: str | None = None  # scope of a label whose value has not come yet
    for place in places:
        text = blocks[place].text
        match = rules.match(text, "date", "updated", "issuer", "kind", "byline")
        scope = match.rule.scope if match else None
        if match and labelled_only and not _is_all_date(match.caught.get("date", ""), zones):
            match = scope = None
        if waiting in ("date", "updated") and scope is None:
            scope = waiting
        elif waiting == "issuer" and scope is None and len(words(text)) <= _ISSUER_WORDS:
            header.issuer = _AND_A_MINISTER.sub("", text)
            header.roles[place] = "issuing body"
            waiting = None
            continue
        waiting = None
        if scope is None and not labelled_only and _is_all_date(text, zones):
            scope = "date"
        if scope in ("date", "updated"):
            found = _find_day(text, zones)
            if found is None:
                if match and not match.caught.get("date"):
                    waiting = scope
                    header.roles[place] = "label of the date"
                continue
            header.roles[place] = "date"
            if not match:
                _read_outlet_behind_date(header, place, text, found.end)
                if isinstance(found, Dated):
                    header.author = header.author or author_beside(text, found, rules)
            header.author = header.author or (match.caught.get("author") if match else None)
            header.issuer = header.issuer or (match.caught.get("issuer") if match else None)
            if match and "what" in match.caught:
                header.what = match.caught["what"].lower()
            words_found = Found(place, found.start, found.end, text[found.start : found.end])
            if scope == "date" and header.dated is None:
                header.dated, header.date_words = found, words_found
            elif updated is None and header.dated is None:
                updated = (found, words_found)
            else:
                header.roles[place] = "another date"
        elif scope == "issuer" and match and not labelled_only:
            header.roles[place] = "issuing body"
            header.issuer = header.issuer or _AND_A_MINISTER.sub("", match.caught.get("issuer", "")) or None
            waiting = None if match.caught.get("issuer") else "issuer"
        elif scope == "kind" and match and not labelled_only:
            header.roles[place] = "label of the kind"
            header.what = match.caught["what"].lower()
    if updated is not None:
        if header.dated is None:
            header.dated, header.date_words = updated
        else:
            header.roles[updated[1].place] = "another date"


def _read_outlet_behind_date(header: Header, place: int, text: str, end: int) -> None:
    """ "Monday June 14 2021, 12.01am, The Daily Tribune"; a person's name there is the author's (author_beside)."""
    name = text[end:].strip(" ,|·•–-")
    if name.startswith("The ") and header.outlet is None:
        start = text.rindex(name)
        header.outlet, header.outlet_words = name, Found(place, start, start + len(name), name)


def _is_all_date(text: str, zones: Zones) -> bool:
    """Whether a date is nearly all that the line says ("• 16 February 2017 | 20:57")."""
    found = find_date(text, received_on=zones.received_on, zone=zones.zone, zones=zones.abbreviations)
    if found is None:
        return False
    if found.start == 0 and _NAME_ALONE.fullmatch(fold_marks(text[found.end :])):
        return True
    rest = text[: found.start] + text[found.end :]
    return sum(character.isalnum() for character in rest) <= 12 and len(words(text)) <= 12


def _read_title(
    header: Header,
    blocks: Sequence[Block],
    before: Sequence[int],
    body: int,
    article: Sequence[int],
    rules: LineRules,
    titles: Weights,
) -> None:
    """The likeliest line above the body.

    Without weights, where the page has no furniture: the line that says most of what the body says, the first of those
    that come near the best.
    """
    candidates = [
        place
        for place in before
        if place not in header.roles
        and len(words(blocks[place].text)) in _TITLE_WORDS
        and not rules.match(blocks[place].text, "byline", "role", "credit", "item", "intro")
        and not reads_like_caption(blocks[place].text)
    ]
    candidates = _of_the_article(blocks, candidates, rules)
    if not candidates:
        return
    labels = (place for place, role in header.roles.items() if place < body and role != "label of the kind")
    first_label = min(labels, default=body)
    headings = [place for place in candidates if not is_prose(blocks[place].text)] or candidates
    above = [place for place in headings if place < first_label]
    kinds = [place for place, role in header.roles.items() if place < body and role == "label of the kind"]
    if kinds and all(place < kinds[0] and len(words(blocks[place].text)) <= _MIN_LABELLED for place in above):
        below = [place for place in headings if place > kinds[0]]  # above stands the letterhead
        above = [place for place in below if len(words(blocks[place].text)) >= _HEADLINE_WORDS]
        candidates = headings = above or headings
    own = {word for place in article for word in words(blocks[place].text)}
    scores = {place: _title_score(blocks[place].text, own) for place in above or headings}
    best = max(scores.values())
    place = next(place for place in scores if scores[place] >= _NEAR_BEST * best)
    labelled = next((place for place in candidates if header.roles.get(place - 1) == "label of the kind"), None)
    if labelled is not None and len(words(blocks[labelled].text)) >= _MIN_LABELLED:
        place = labelled  # "Speech", and right below it what it is called
    elif titles:
        short = [at for at in candidates if at in headings or len(words(blocks[at].text)) <= _SENTENCE_WORDS]
        bylines = _bylines(blocks, before, rules, labels=header.roles)
        scores = weigh(blocks, short, article=article, labels=header.roles, bylines=bylines, weights=titles)
        place = max(scores, key=lambda place: (scores[place], -place))
    copies = [
        other
        for other in scores
        if other > place and same_words(_bare(blocks[other], rules), _bare(blocks[place], rules))
    ]
    for copy in copies:
        header.roles[place] = "first copy of the title"
        place = copy
    header.title = title_words(blocks, place, rules)
    header.roles[place] = "title"


def _of_the_article(blocks: Sequence[Block], candidates: list[int], rules: LineRules) -> list[int]:
    """The candidates without the name that heads the page, the path to it with what stands above, and items of a list.

    A standfirst in three bullets says more of the body's words than its title does. Where nothing else is as long as a
    headline the list holds the title.
    """
    path = next((place for place in reversed(candidates) if _PATH.match(blocks[place].text)), None)
    below = [place for place in candidates if path is None or place > path]
    plain = [
        place
        for place in below
        if not blocks[place].is_bullet and not (place == 0 and rules.match(blocks[place].text, "masthead"))
    ]
    if any(len(words(blocks[place].text)) >= _HEADLINE_WORDS for place in plain):
        return plain
    return below or candidates


def _bylines(
    blocks: Sequence[Block], places: Sequence[int], rules: LineRules, *, labels: Container[int]
) -> frozenset[int]:
    """Lines that name an author or an agency, and a name alone above a date."""
    return frozenset(
        place
        for place in places
        if rules.match(blocks[place].text, "byline")
        or reads_like_byline(blocks[place].text)
        or (place + 1 in labels and reads_like_name(blocks[place].text))
    )


def _title_score(text: str, own: set[str]) -> float:
    content = [word for word in words(text) if len(word) > 3] or words(text)
    shared = sum(word in own for word in content) / len(content)
    return (0.3 + shared) * min(len(words(text)), 8) / 8


def title_words(blocks: Sequence[Block], place: int, rules: LineRules) -> Found:
    """The title in its line: without a bullet, a label before it and an aggregator's or a site's addition behind it."""
    text = blocks[place].text
    bare = _bare(blocks[place], rules)
    start = text.rindex(bare)
    return Found(place, start, start + len(bare), bare)


def _bare(block: Block, rules: LineRules) -> str:
    text = re.sub(r"^[•·▪◦‣●○*–-]\s+", "", block.text)
    return rules.end(rules.start(text, "prefix"), "suffix").strip()


def _read_day_beside_title(
    header: Header, blocks: Sequence[Block], body: int, known: Reasons, rules: LineRules, zones: Zones
) -> None:
    """The day out of a byline or the like, where no better one is known: a day far above is the visitor's own."""
    if header.title is None:
        return
    title = header.title.place
    if isinstance(header.dated, Dated) and header.date_words is not None:
        is_near = header.date_words.place >= title - _DAY_ABOVE
        if header.dated.evidence is Evidence.TEXT and is_near:
            return
    taken = known.keys() | {place for place, role in header.roles.items() if role != "another date"}
    line = day_beside(
        blocks, title=title, body=body, known=taken, rules=rules, find=lambda text: _find_day(text, zones)
    )
    if line is None:
        return
    if header.date_words is not None:
        header.roles[header.date_words.place] = "another date"
    text = blocks[line.place].text
    header.dated = line.found
    header.date_words = Found(line.place, line.found.start, line.found.end, text[line.found.start : line.found.end])
    header.roles[line.place] = "date"
    header.author = header.author or line.author


def _find_day(text: str, zones: Zones) -> Dated | Undated | None:
    return day_at_least(find_date(text, received_on=zones.received_on, zone=zones.zone, zones=zones.abbreviations))
