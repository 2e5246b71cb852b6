"""Parsed HTML → its blocks of text in reading order, with what the markup says of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from pipeline.extraction.text_units import without_unseen

BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
_SKIPPED = frozenset(
    "script style noscript template svg math head iframe object embed select textarea button input option audio canvas "
    "map datalist".split()
)
_CELLS = frozenset({"td", "th"})
_ENDS_A_BLOCK = BLOCK_TAGS - _CELLS  # what stands before it and in it; cells of a row make one line
# What the class and id of an element say of it; names that outlets and their publishing systems share.
NAME_CUES = {
    "comments": r"comment|disqus|respond|repl(?:y|ies)|livefyre|spot-?im|discussion",
    "related": r"related|recirc|recommend|trending|popular|most-?(?:read|view|shared)|outbrain|taboola|teaser|"
    r"read-?more|"
    r"up-?next|headlines|also-?like|more-?(?:from|on|stor|news|in)|see-?also|latest|zergnet|carousel|card",
    "share": r"share|sharing|social|follow|addtoany|addthis",
    "subscribe": r"newsletter|subscri|sign-?up|paywall|donat|membership|opt-?in|piano|promo|cta|inbox",
    "author": r"author|byline|(?:^|[-_ ])bio(?:$|[-_ ])|contributor|about-",
    "caption": r"caption|credit|copyright|gallery|slide|photo|image|(?:^|[-_ ])img|media|video|player|figure|thumb",
    "meta": r"meta|date|time(?:$|stamp)|tags?(?:$|[-_ ])|categor|breadcrumb|kicker|eyebrow|label|topics?(?:$|[-_ ])",
    "standfirst": r"(?:^|[-_ ])(?:dek|deck|standfirst|subtitle|sub-?title|sub-?head|summary|excerpt|strap)",
    "frame": r"nav|menu|header|footer|masthead|toolbar|banner|breaking",
    "aside": r"sidebar|side-?bar|aside|widget|rail|module|sponsor|(?:^|[-_ ])ads?(?:$|[-_ ])|advert|popup|modal|"
    r"overlay|"
    r"cookie|consent|gdpr|hidden|disclaimer|inset|infobox|fact-?box|pull-?quote",
    "body": r"(?:article|story|entry|post|content|news|main|single|page)[-_]{0,2}(?:inner-?)?(?:body|content|text|copy|"
    r"paragraph)|bodytext|body-?copy|field-name-body|richtext|rich-text|wysiwyg|articlebody",
    "tweet": r"twitter-tweet|instagram-media|embedded-tweet|fb-post",
}
_NAME_CUES = [(name, re.compile(pattern)) for name, pattern in NAME_CUES.items()]
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class PageBlock:
    """A run of text that no block element interrupts."""

    text: str
    tag: str  # of the nearest block element that holds it
    link_share: float  # of its characters, from 0 to 1
    near: frozenset[str]  # cues in the names of that element and the two above it
    above: frozenset[str]  # cues in the names of those above them
    landmarks: frozenset[str]  # tags among article, main, aside, nav, footer, header, figure, form, … that hold it
    parent: int  # number of the element that holds its block element
    grandparent: int
    path: str  # tags and first classes of the last three elements: the same for all paragraphs of one template
    hidden: bool


@dataclass(slots=True)
class _Place:
    """A block element on the way from the root, or an inline one that says something, and what it hands down."""

    number: int
    tag: str
    named: str
    cues: frozenset[str]
    near: frozenset[str]
    above: frozenset[str]
    landmarks: frozenset[str]
    hidden: bool
    linked: bool
    up: _Place | None


_LANDMARKS = frozenset(
    "article main aside nav footer header figure figcaption form blockquote table ul ol details li".split()
)
_NOTHING: frozenset[str] = frozenset()


@lru_cache(maxsize=16_384)
def _cues(name: str) -> frozenset[str]:
    """Cues in a class and id; pages of one publishing system share most of theirs."""
    lower = name[:200].lower()
    return frozenset(cue for cue, pattern in _NAME_CUES if pattern.search(lower)) or _NOTHING


def blocks(root: HtmlElement, *, most: int) -> tuple[list[PageBlock], int]:
    """The blocks of a page in reading order, at most so many, and how deep its elements are nested."""
    found: list[PageBlock] = []
    places: list[_Place | None] = []  # of the elements that are open; None for one whose content is no text
    pieces: list[str] = []  # of the block to come
    inside: _Place | None
    linked = deepest = number = 0
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _SKIPPED or tag == "br":
                walk.skip_subtree()
                places.append(None)
                continue
            before = places[-1] if places else None
            number += 1
            inside = _place_of(element, tag, before, number)
            places.append(inside)
            deepest = max(deepest, len(places))
            ended = before if tag in _ENDS_A_BLOCK else None
            text = element.text
        else:
            closed = places.pop()
            inside = places[-1] if places else None
            if tag in _CELLS:
                pieces.append(" ")
            ended = closed if tag in _ENDS_A_BLOCK else inside if tag == "br" else None
            text = element.tail
        if pieces and ended is not None:
            block = _block(pieces, linked, ended)
            pieces.clear()
            linked = 0
            if block is not None:
                found.append(block)
                if len(found) == most:
                    break
        if text and inside is not None:
            pieces.append(text)
            if inside.linked:
                linked += len(text)
    return found, deepest


def _place_of(element: HtmlElement, tag: str, up: _Place | None, number: int) -> _Place:
    """What an element is to the text in it. 134,000 of 181 pages pass through: inline ones mostly say nothing."""
    get = element.get
    named, identity, style = get("class") or "", get("id"), get("style")
    full = f"{named} {identity}" if identity else named
    cues = _cues(full) if full and tag not in ("body", "html") else _NOTHING
    hidden = get("hidden") is not None or (style is not None and _HIDDEN.search(style) is not None)
    if up is None:
        return _Place(number, tag, named, cues, cues, _NOTHING, _NOTHING, hidden, False, None)
    if tag not in BLOCK_TAGS:  # inline elements hand down what they were handed, but for their own cues
        linked = up.linked or tag == "a"
        if not cues and linked == up.linked and (up.hidden or not hidden):
            return up
        return _Place(
            up.number,
            up.tag,
            up.named,
            up.cues | cues,
            up.near | cues,
            up.above,
            up.landmarks,
            up.hidden or hidden,
            linked,
            up.up,
        )
    over = up.up
    near, above = cues | up.cues, up.above
    if over is not None:
        near |= over.cues
        if over.up is not None:
            above |= over.up.cues
    landmarks = up.landmarks | {tag} if tag in _LANDMARKS else up.landmarks
    return _Place(number, tag, named, cues, near, above, landmarks, up.hidden or hidden, up.linked, up)


def _block(pieces: Sequence[str], linked: int, place: _Place) -> PageBlock | None:
    """The block that these pieces of text make; None when they are white space."""
    text = " ".join(without_unseen("".join(pieces)).split())
    if not text:
        return None
    parent = place.up
    above = parent.up if parent is not None else None
    return PageBlock(
        text,
        place.tag,
        min(linked / sum(map(len, pieces)), 1.0) if linked else 0.0,
        place.near,
        place.above,
        place.landmarks,
        parent.number if parent is not None else 0,
        above.number if above is not None else 0,
        ">".join([_step(at) for at in (place, parent, above) if at is not None]),
        place.hidden,
    )


def _step(place: _Place) -> str:
    return f"{place.tag}.{place.named.split(None, 1)[0] if place.named.strip() else ''}"
