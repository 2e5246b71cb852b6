"""Parsed HTML → its blocks of text in reading order, with what the markup says of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from pipeline.extraction.text_units import UNSEEN

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
    """An element on the way from the root, and what it hands down."""

    number: int
    tag: str
    named: str
    cues: frozenset[str]
    near: frozenset[str]
    above: frozenset[str]
    landmarks: frozenset[str]
    hidden: bool
    linked: bool
    depth: int
    up: _Place | None


_LANDMARKS = frozenset(
    "article main aside nav footer header figure figcaption form blockquote table ul ol details li".split()
)
_NOTHING: frozenset[str] = frozenset()


def _joined(one: frozenset[str], two: frozenset[str], three: frozenset[str]) -> frozenset[str]:
    """Their union; most are empty, and nothing is made where one holds it all."""
    found = one
    for other in (two, three):
        if other and other is not found:
            found = found | other if found else other
    return found


@lru_cache(maxsize=16_384)
def _cues(name: str) -> frozenset[str]:
    """Cues in a class and id; pages of one publishing system share most of theirs."""
    lower = name[:200].lower()
    return frozenset(cue for cue, pattern in _NAME_CUES if pattern.search(lower)) or _NOTHING


def blocks(root: HtmlElement, *, most: int) -> tuple[list[PageBlock], int]:
    """The blocks of a page in reading order, at most so many, and how deep its elements are nested."""
    deepest = [0]
    found = list(_walk(root, most, deepest))
    return found, deepest[0]


def _walk(root: HtmlElement, most: int, deepest: list[int]) -> Iterator[PageBlock]:
    buffer: list[str] = []
    linked = 0
    numbers = 0
    given = 0

    def place_of(element: HtmlElement, up: _Place | None) -> _Place:
        nonlocal numbers
        numbers += 1
        tag = element.tag
        get = element.get
        named = get("class") or ""
        identity = get("id")
        if tag in ("body", "html"):
            cues = _NOTHING
        else:
            full = f"{named} {identity}" if identity else named
            cues = _cues(full) if full else _NOTHING
        style = get("style")
        hidden = (
            (up is not None and up.hidden)
            or get("hidden") is not None
            or (style is not None and _HIDDEN.search(style) is not None)
        )
        if up is None:
            return _Place(numbers, tag, named, cues, cues, _NOTHING, _NOTHING, hidden, False, 1, None)
        depth = up.depth + 1
        if depth > deepest[0]:
            deepest[0] = depth
        landmarks = up.landmarks | {tag} if tag in _LANDMARKS and tag not in up.landmarks else up.landmarks
        if tag not in BLOCK_TAGS:  # inline elements hand down what they were handed, but for their own cues
            return _Place(
                up.number,
                up.tag,
                up.named,
                up.cues | cues if cues else up.cues,
                up.near | cues if cues else up.near,
                up.above,
                landmarks,
                hidden,
                up.linked or tag == "a",
                depth,
                up.up,
            )
        over = up.up
        near = _joined(cues, up.cues, over.cues if over is not None else _NOTHING)
        above = _joined(up.above, over.up.cues if over is not None and over.up is not None else _NOTHING, _NOTHING)
        return _Place(numbers, tag, named, cues, near, above, landmarks, hidden, up.linked, depth, up)

    def flush(place: _Place) -> PageBlock | None:
        nonlocal linked
        if not buffer:
            return None
        text = " ".join("".join(buffer).translate(UNSEEN).split())
        size = sum(map(len, buffer))
        share = linked / size if size else 0.0
        buffer.clear()
        linked = 0
        if not text:
            return None
        parent = place.up
        above = parent.up if parent else None
        steps = [
            f"{at.tag}.{at.named.split(None, 1)[0] if at.named.strip() else ''}" for at in (place, parent, above) if at
        ]
        return PageBlock(
            text,
            place.tag,
            min(share, 1.0),
            place.near,
            place.above,
            place.landmarks,
            parent.number if parent else 0,
            above.number if above else 0,
            ">".join(steps),
            place.hidden,
        )

    def put(text: str | None, place: _Place) -> None:
        nonlocal linked
        if text:
            buffer.append(text)
            if place.linked:
                linked += len(text)

    # Entries: an element to open, or (element, place) to close; depth of the tree is no depth of the Python stack.
    stack: list[tuple[HtmlElement, _Place | None, _Place | None]] = [(root, None, None)]
    while stack and given < most:
        element, up, opened = stack.pop()
        if opened is not None:  # closing
            if element.tag in BLOCK_TAGS:
                if element.tag in _CELLS:
                    buffer.append(" ")
                elif (block := flush(opened)) is not None:
                    given += 1
                    yield block
            if up is not None:
                put(element.tail, up)
            continue
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            if up is not None:
                put(element.tail, up)
            continue
        if tag == "br":
            if up is not None:
                if (block := flush(up)) is not None:
                    given += 1
                    yield block
                put(element.tail, up)
            continue
        place = place_of(element, up)
        if up is not None and tag in BLOCK_TAGS and tag not in _CELLS and (block := flush(up)) is not None:
            given += 1
            yield block
        put(element.text, place)
        stack.append((element, up, place))
        stack.extend((child, place, None) for child in reversed(element))
