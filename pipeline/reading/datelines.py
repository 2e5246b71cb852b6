"""The day that stands beside a title with a name, a section or a second date: "By Ann Lee Nov 18, 2019, 7:45 am EST".

Labelled days, and days alone on their line, are known without the title (header.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from pipeline.folding import fold_marks, words
from pipeline.model import Evidence
from pipeline.reading.dates import Dated, Undated
from pipeline.reading.layout import Block, is_prose
from pipeline.reading.line_rules import LineRules
from pipeline.reading.titles import reads_like_caption, reads_like_name

# Of 181 page texts 70 had no day; 38 of these print one beside the title with a byline or the like.
_WORDS = 18  # a day with a name, a section and a second day
_ABOVE = 4  # lines above a title in which its day may stand
_BELOW = 40  # lines between title and article
_BY = re.compile(r"(?:by|posted|published|written|updated)\b", re.IGNORECASE)
_POST = re.compile(r"^[—–-]\s?\w.*\(?@|©|copyright", re.IGNORECASE)  # signed and dated on a network; a copyright line
_OF_A_DAY = frozenset(
    "by on at and in of the for updated update last modified published posted written first get am pm a.m p.m min mins "
    "minute minutes read ago hours hour comments comment views shares share edited created issued via est edt".split()
)
_OTHER_WORDS = 2  # words in small letters that a day's line may hold beside these; a sentence holds more
_TIME_OR_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d[:.]\d\d")
_PARTS = re.compile(r"[\s|·•,/–—-]*(?P<rest>.*?)[\s|·•,/–—:-]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class DayLine:
    """A line beside a title that says its day, and whom else it names."""

    place: int
    found: Dated
    author: str | None


def day_beside(
    blocks: Sequence[Block],
    *,
    title: int,
    body: int,
    known: Container[int],
    rules: LineRules,
    find: Callable[[str], Dated | Undated | None],
) -> DayLine | None:
    """The nearest line below the title, else above it, that says a day with its year and little else.

    body    place of the first paragraph
    known   places of furniture
    find    the first day that a text names
    """
    below = range(title + 1, min(body, title + 1 + _BELOW))
    above = range(title - 1, max(title - 1 - _ABOVE, -1), -1)
    for place in (*below, *above):
        text = blocks[place].text
        if place in known or len(words(text)) > _WORDS or _POST.search(text) or reads_like_caption(text):
            continue
        found = find(text)
        if not isinstance(found, Dated) or found.evidence is not Evidence.TEXT:
            continue
        rest = f"{text[: found.start]} | {text[found.end :]}"
        if _says_more(rest) or (is_prose(text) and not _BY.match(text)):
            continue
        return DayLine(place, found, author_beside(text, found, rules))
    return None


def is_signed_and_dated(text: str) -> bool:
    """Whether a line that ends like a sentence is a byline with its day: "By Ann Lee on 18 November at 11.04 a.m."."""
    return (
        _BY.match(text) is not None
        and len(words(text)) <= _WORDS
        and _TIME_OR_YEAR.search(text) is not None
        and not _says_more(text)  # "By 2030 the harbour wants to halve its costs."
    )


def author_beside(text: str, day: Dated, rules: LineRules) -> str | None:
    """The author whom a line names before or behind its day."""
    return _author(text[: day.start], rules) or _author(text[day.end :], rules)


def _says_more(rest: str) -> bool:
    small = re.findall(r"(?<![\w.@])[a-z][\w.'’]*", fold_marks(rest))
    return sum(word.rstrip(".") not in _OF_A_DAY for word in small) > _OTHER_WORDS


def _author(text: str, rules: LineRules) -> str | None:
    """The name in a part of the line: behind "by", or all of it."""
    part = _PARTS.fullmatch(text)
    rest = re.sub(r"\s+on$", "", part["rest"]) if part else ""
    if match := rules.match(rest, "byline"):
        return match.caught.get("author")
    return rest if reads_like_name(rest) else None
