"""Blocks of a web page → readable features of each, from its markup and from what trafilatura took for the article."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extraction.page_blocks import PageBlock
from pipeline.extraction.text_features import Features
from pipeline.extraction.text_units import PROSE_WORDS, Unit

_WORD = re.compile(r"\w+")
_NEAR = 4  # blocks around an extracted one in which cues are looked for
_LONG = 80  # characters of a block worth a look wherever it stands
_ENDS_MATCHED = 7  # words at either end by which a long block is found in a text that lacks some of its middle
_TAGS = frozenset("p li figcaption blockquote tr div dd dt section".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_PARAGRAPH_TAGS = frozenset("p h1 h2 h3 blockquote".split())
# An articleBody of fewer words, or of a smaller share of what trafilatura extracts, is a teaser: what it leaves out may
# well be body.
_STATED_WORDS, _STATED_SHARE = 80, 0.7


@dataclass(frozen=True, slots=True)
class Opinion:
    """What else is known of a page's article, each "" when it is not."""

    extracted: str  # the text that trafilatura extracts
    title: str
    description: str
    stated: str  # articleBody of the page's JSON-LD


def as_words(text: str) -> str:
    """Words in lower case, parted by one space."""
    return " ".join(_WORD.findall(text.lower()))


@dataclass(frozen=True, slots=True)
class Matched:
    """Blocks beside the extracted text."""

    words: tuple[str, ...]  # of each block, as_words
    counts: tuple[int, ...]
    extracted: tuple[float, ...]  # how surely a block is part of the extracted text, from 0 to 1
    covered: float  # share of the extracted text's words that stand in blocks


def match(blocks: Sequence[PageBlock], extracted: str) -> Matched:
    """Find each block in the extracted text, whole or by its two ends."""
    sought = f" {as_words(extracted)} "
    words = tuple(as_words(block.text) for block in blocks)
    counts = tuple(text.count(" ") + 1 if text else 0 for text in words)
    found = tuple(_share(text, count, sought) for text, count in zip(words, counts, strict=True))
    covered = sum(count for count, share in zip(counts, found, strict=True) if share > 0.5)
    return Matched(words, counts, found, min(covered / max(sought.count(" ") - 1, 1), 1.0))


def _share(text: str, count: int, sought: str) -> float:
    if not count:
        return 0.0
    if f" {text} " in sought:
        return 1.0 if count > 2 else 0.7
    if count < 10:
        return 0.0
    parts = text.split()
    begins = f" {' '.join(parts[:_ENDS_MATCHED])} " in sought
    ends = f" {' '.join(parts[-_ENDS_MATCHED:])} " in sought
    return 0.9 if begins and ends else 0.6 if begins or ends else 0.0


def as_units(blocks: Sequence[PageBlock]) -> list[Unit]:
    """Blocks as paragraphs of a page text, for the features that need no markup."""
    return [
        Unit(place, place, block.text, block.tag in _PARAGRAPH_TAGS, block.tag in _PARAGRAPH_TAGS)
        for place, block in enumerate(blocks)
    ]


def looked_at(blocks: Sequence[PageBlock], matched: Matched) -> list[bool]:
    """Blocks whose words are worth looking at: extracted, beside extracted ones, or long without being links."""
    near = [False] * len(blocks)
    for place, share in enumerate(matched.extracted):
        if share > 0.5:
            for at in range(max(0, place - _NEAR), min(len(blocks), place + _NEAR + 1)):
                near[at] = True
    return [
        near[place]
        or matched.extracted[place] > 0
        or (block.link_share < 0.3 and len(block.text) > _LONG and not block.hidden)
        for place, block in enumerate(blocks)
    ]


def page_features(blocks: Sequence[PageBlock], matched: Matched, opinion: Opinion) -> list[Features]:
    """For each block its features; their names begin with "h:"."""
    counts = matched.counts
    prose = [
        count if count >= PROSE_WORDS and block.link_share < 0.5 else 0
        for count, block in zip(counts, blocks, strict=True)
    ]
    held = [count if share > 0.5 and count > 3 else 0 for count, share in zip(counts, matched.extracted, strict=True)]
    shares: list[tuple[str, Sequence[int | str]]] = [
        ("parent", [block.parent for block in blocks]),
        ("grand", [block.grandparent for block in blocks]),
        ("path", [block.path for block in blocks]),
    ]
    all_prose, all_held = sum(prose) + 1, sum(held) + 1
    found: list[Features] = [_of_its_own(block) for block in blocks]
    for name, keys in shares:
        prose_by: Counter[int | str] = Counter()
        held_by: Counter[int | str] = Counter()
        for key, words, extracted in zip(keys, prose, held, strict=True):
            prose_by[key] += words
            held_by[key] += extracted
        for own, key, words in zip(found, keys, prose, strict=True):
            own[f"h:{name}_mass"] = prose_by[key] / all_prose
            own[f"h:{name}_traf"] = held_by[key] / all_held
            if words and name != "grand":
                own[f"h:{name}_traf_prose"] = own[f"h:{name}_traf"]
    _add_extracted(found, matched, prose)
    _add_opinion(found, matched, opinion)
    return found


def _of_its_own(block: PageBlock) -> Features:
    own: Features = {"h:links": block.link_share}
    if block.link_share > 0.5:
        own["h:mostly_links"] = 1.0
    if block.link_share > 0.95:
        own["h:only_links"] = 1.0
    if block.hidden:
        own["h:hidden"] = 1.0
    tag = "h" if block.tag in _HEADINGS else block.tag if block.tag in _TAGS else "other"
    own[f"h:tag_{tag}"] = 1.0
    for kind, names in (("near", block.near), ("above", block.above), ("in", block.landmarks)):
        for name in sorted(names):  # weights are added up in this order, and a sum of floats depends on it
            own[f"h:{kind}_{name}"] = 1.0
    return own


def _add_extracted(found: Sequence[Features], matched: Matched, prose: Sequence[int]) -> None:
    """Where a block stands to the blocks that trafilatura extracted."""
    extracted, counts = matched.extracted, matched.counts
    sure = [place for place, share in enumerate(extracted) if share > 0.5 and counts[place] >= 8]
    first, last = (sure[0], sure[-1]) if sure else (len(found), -1)
    for place, own in enumerate(found):
        own["h:in_traf"] = extracted[place]
        if extracted[place] > 0.5:
            own["h:in_traf_prose" if prose[place] else "h:in_traf_short"] = 1.0
        around = range(max(0, place - 3), min(len(found), place + 4))
        own["h:traf_near"] = sum(extracted[at] > 0.5 and counts[at] >= 4 for at in around if at != place) / 6
        if first <= place <= last:
            own["h:traf_between"] = 1.0
        elif place < first:
            own["h:traf_before"] = math.log1p(first - place) / 3
        else:
            own["h:traf_after"] = math.log1p(place - last) / 3


def _add_opinion(found: Sequence[Features], matched: Matched, opinion: Opinion) -> None:
    """Whether a block is the title, the description, or part of the body that the page states in JSON-LD."""
    title, description = as_words(opinion.title), as_words(opinion.description)
    stated = f" {as_words(opinion.stated)} "
    extracted = len(_WORD.findall(opinion.extracted))
    has_stated = stated.count(" ") > max(_STATED_WORDS, _STATED_SHARE * extracted)
    for own, words, count in zip(found, matched.words, matched.counts, strict=True):
        if title and count >= 2 and is_title(words, title):
            own["h:title"] = 1.0
        if description and count >= 6 and (words in description or description in words):
            own["h:description"] = 1.0
        if has_stated:
            own["h:ld" if count >= 2 and f" {words} " in stated else "h:not_ld"] = 1.0


def is_title(words: str, title: str) -> bool:
    """Whether a line repeats the title, some of it, or it with the site's name; both given as_words."""
    if words == title:
        return True
    count = words.count(" ") + 1
    if count >= 4 and words in title:
        return True
    return len(title) > 20 and title in words and count < 1.6 * (title.count(" ") + 1)
