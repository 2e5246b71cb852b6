"""Blocks of a page text → what the line model takes them for: body, surely body, or furniture and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extraction.text_furniture import FurnitureModel, label_lines
from pipeline.extraction.text_units import count_words
from pipeline.reading.furniture import Reasons, own_words, quotes_in_the_article
from pipeline.reading.layout import Block, is_prose
from pipeline.reading.line_rules import LineRules

_FAR_ABOVE, _TEASER_SHARE = 20, 3  # blocks without body; a teaser is a third of the article below it at most
_QUOTES_BEHIND = 8  # blocks behind the last of the body in which it may go on; teasers below comments stand further off
_FEW_BLOCKS = 4  # a text of so few, all of them paragraphs, holds no furniture by which the model could know any
_SURE = 0.97  # confidence; of outlets not learnt from, whole pages gain 0.0015 and main parts 0.0009 by it


@dataclass(frozen=True, slots=True)
class View:
    """What the model takes the blocks of a page for."""

    furniture: Reasons
    body: frozenset[int]
    sure: frozenset[int]  # of the body; a heading of links above them is no end of the article


NO_VIEW = View({}, frozenset(), frozenset())


def learned_view(page: Sequence[Block], *, model: FurnitureModel, furniture: LineRules) -> View:
    """The model's view, paragraphs aside that quote somebody in the article's own words: those are neither."""
    if len(page) <= _FEW_BLOCKS and all(is_prose(block.text) for block in page):
        return View({}, frozenset(range(len(page))), frozenset())
    lines: list[str] = []
    at = []
    for block in page:
        lines += [""] * min(block.lines[0].blanks_before, 2)
        at.append(len(lines))
        lines.append(block.text)
    labels = label_lines(lines, model=model)
    body = less_far_above(page, [place for place, line in enumerate(at) if labels[line].is_body])
    own = own_words(page[place].text for place in body)
    last = max(body, default=0)
    known: Reasons = {}
    for place, line in enumerate(at):
        if place in body:
            continue
        if place <= last + _QUOTES_BEHIND and quotes_in_the_article(page[place].text, own, furniture):
            last = max(last, place)
        else:
            known[place] = "far above the article" if labels[line].is_body else labels[line].reason
    return View(known, body, frozenset(place for place in body if labels[at[place]].confidence >= _SURE))


def less_far_above(page: Sequence[Block], body: Sequence[int]) -> frozenset[int]:
    """Body without teasers far above it, one of which would be taken for the article's first paragraph."""
    sizes = [count_words(page[place].text) for place in body]
    above, first = 0, 0
    for number, (place, then) in enumerate(pairwise(body), start=1):
        above += sizes[number - 1]
        if then - place > _FAR_ABOVE and above * _TEASER_SHARE <= sum(sizes[number:]):
            first = number
    return frozenset(body[first:])
