"""Pages of one outlet → what it repeats on them: furniture that no rule needs to name.

A line that stands on many pages of an outlet is no part of any one article. Counts add up day by day; which lines an
outlet repeats is known after three of its pages and forgotten when it stops repeating them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.extraction.text_units import PROSE_WORDS, count_words
from pipeline.folding import fold
from pipeline.model import derived_id

_ENOUGH_PAGES = 3  # on as many pages a line is no coincidence
_ENOUGH_SHARE = 0.1  # of the outlet's pages; "was approached for comment" stays below it
_COPY = 0.5  # of a page's paragraphs; with as many known already it is a copy of another page, and no evidence
_SHORT = 4  # words; headings such as "Background" stand in many releases and belong to each
_AGAINST, _AGAINST_SHORT, _AGAINST_TWICE = 10.0, 1.0, 1.5  # logits


@dataclass(frozen=True, slots=True)
class SeenLine:
    """On how many pages of the outlet a line stood, and when last."""

    pages: int
    last_on: date


@dataclass(frozen=True, slots=True)
class OutletFurniture:
    """What is known of one outlet's pages. Each page is counted once, however often it is fetched."""

    pages: int = 0
    lines: Mapping[str, SeenLine] = field(default_factory=dict)  # by line_key

    def against(self, text: str) -> float:
        """Evidence, in logits, that a line is furniture; 0.0 when the outlet does not repeat it."""
        seen = self.lines.get(line_key(text))
        if seen is None or seen.pages < 2:
            return 0.0
        short = count_words(text) <= _SHORT
        if seen.pages >= _ENOUGH_PAGES and seen.pages >= _ENOUGH_SHARE * self.pages:
            return _AGAINST_SHORT if short else _AGAINST
        if seen.pages == 2 and self.pages <= 2 * _ENOUGH_PAGES and not short:
            return _AGAINST_TWICE
        return 0.0


def evidence(known: OutletFurniture, lines: Sequence[str]) -> dict[int, float]:
    """Index of a line → logits against it, for text_furniture.label_lines; lines that are not repeated are left out."""
    found = {place: known.against(line) for place, line in enumerate(lines) if line.strip()}
    return {place: weight for place, weight in found.items() if weight}


def line_key(text: str) -> str:
    """What lines are compared by: 20 hex digits, the same for two spellings of a line."""
    return derived_id(fold(text))


def learn(known: OutletFurniture, pages: Iterable[Sequence[str]], *, on: date) -> OutletFurniture:
    """The counts with further pages of the outlet, each given as its lines; pages that are copies are left out.

    The order of the pages changes nothing unless two are copies of each other.
    """
    lines = dict(known.lines)
    count = known.pages
    for page in pages:
        prose = {line_key(line) for line in page if count_words(line) >= PROSE_WORDS}
        repeated = sum(key in lines for key in prose)
        if prose and repeated > _COPY * len(prose) and repeated >= 2:
            continue
        count += 1
        for key in {line_key(line) for line in page if line.strip()}:
            before = lines.get(key)
            lines[key] = SeenLine(before.pages + 1, max(before.last_on, on)) if before else SeenLine(1, on)
    return OutletFurniture(count, lines)


def forget(known: OutletFurniture, *, before: date) -> OutletFurniture:
    """The counts without lines that were last seen before a day; the number of pages shrinks in step.

    Called once a month it keeps an outlet's counts at about the size of a month of its pages.
    """
    lines = {key: seen for key, seen in known.lines.items() if seen.last_on >= before}
    most = max((seen.pages for seen in lines.values()), default=0)
    share = len(lines) / len(known.lines) if known.lines else 1.0
    return OutletFurniture(max(most, math.ceil(known.pages * share)), lines)
