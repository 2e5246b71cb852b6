"""Report → what it can be linked by, taken once however many others it is like.

A day of 13,000 articles among 87,000 of its week has 57,000 pairs that could be linked, of 20,000 texts: taking all
that two texts tell for each pair was two thirds of the cost of grouping that day.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

import numpy as np
import numpy.typing as npt

from pipeline.folding import fold_marks
from pipeline.grouping.reports import Report
from pipeline.grouping.story_evidence import LONG_RUN, spoken_of
from pipeline.grouping.word_checksums import HOW_IT_STANDS, Words, word_checksums

NAME_WORDS = 3  # "Police National Database"; two words are mostly a person, a place or a body
ANNOUNCED_DAYS = 14
_TEXTS_AT_ONCE = 500

_WEEKDAYS = tuple(day.lower() for day in calendar.day_name)
_MONTHS = tuple(month.lower() for month in calendar.month_name[1:])
_DAY = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(_WEEKDAYS)})|(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{'|'.join(_MONTHS)})"
    rf"|(?P<us_month>{'|'.join(_MONTHS)}) (?P<us_day>\d{{1,2}})\b|(?P<tomorrow>tomorrow))",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|to|next|ahead of|upcoming|due|plans?|expected|later|convening|hosting|tomorrow)\b", re.I
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Signs:
    """What one report can be linked by."""

    report: Report
    runs: npt.NDArray[np.uint64]  # checksums of its runs of LONG_RUN words, rising

    @cached_property
    def text(self) -> str:
        """What it tells, with folded marks."""
        return fold_marks(self.report.told)

    @cached_property
    def long_names(self) -> frozenset[str]:
        """Its names of NAME_WORDS words or more, none of which it treats as a speaker."""
        return frozenset(name for name in spoken_of(self.text) if name.count(" ") >= NAME_WORDS - 1)

    @cached_property
    def announced(self) -> set[date]:
        """Days that it says something will happen on; most reports are never asked."""
        at = self.report.published_at
        return announced_days(self.report.told, at.date()) if at else set()


def signs_of(reports: Mapping[int, Report]) -> dict[int, Signs]:
    """The signs of each report, by row."""
    found: dict[int, Signs] = {}
    rows = list(reports)
    for start in range(0, len(rows), _TEXTS_AT_ONCE):
        some = rows[start : start + _TEXTS_AT_ONCE]
        words = word_checksums([f"{reports[row].title}.\n{reports[row].told}" for row in some])
        for row, of_text in zip(some, words, strict=True):
            found[row] = Signs(reports[row], _long_runs(of_text & ~HOW_IT_STANDS))
    return found


def announces(earlier: Signs, later: Signs) -> date | None:
    """The day of the later report, when the earlier one says that something will happen on it."""
    before, at = earlier.report.published_at, later.report.published_at
    if before is None or at is None or not 0 < (at.date() - before.date()).days <= ANNOUNCED_DAYS:
        return None
    return at.date() if at.date() in earlier.announced else None


def shared_long_names(one: Signs, other: Signs) -> frozenset[str]:
    """The long names of both. Taking names out of a text is dear: most of the others do not have the words."""
    if not any(name in other.text for name in one.long_names):
        return frozenset()
    return one.long_names & other.long_names


def share_a_run(one: Signs, other: Signs) -> bool:
    """Whether a run of LONG_RUN words could stand in both."""
    fewer, more = sorted((one.runs, other.runs), key=len)
    if not len(fewer):
        return False
    places = np.minimum(np.searchsorted(more, fewer), len(more) - 1)
    return bool((more[places] == fewer).any())


def _long_runs(words: Words) -> npt.NDArray[np.uint64]:
    """Checksums of all runs of LONG_RUN words, rising. A word of evidence is one of these or more: none is lost."""
    size = len(words) - LONG_RUN + 1
    if size <= 0:
        return np.empty(0, np.uint64)
    mixed = np.zeros(size, np.uint64)
    for offset in range(LONG_RUN):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[offset : offset + size]
    return np.unique(mixed)


def announced_days(text: str, written_on: date) -> set[date]:
    """Days after `written_on` that the text says something will happen on, within ANNOUNCED_DAYS."""
    named = list(_DAY.finditer(text))
    ends = [match.end() for match in _SENTENCE.finditer(text)] if named else []
    days: set[date] = set()
    for number, of_sentence in groupby(named, key=lambda match: bisect(ends, match.start())):
        start = ends[number - 1] if number else 0
        if _AHEAD.search(text[start : ends[number] if number < len(ends) else len(text)]):
            for match in of_sentence:
                day = _resolved(match, written_on)
                if day is not None and 0 < (day - written_on).days <= ANNOUNCED_DAYS:
                    days.add(day)
    return days


def _resolved(match: re.Match[str], written_on: date) -> date | None:
    if match["tomorrow"]:
        return written_on + timedelta(days=1)
    if match["weekday"]:
        ahead = (_WEEKDAYS.index(match["weekday"].lower()) - written_on.weekday() - 1) % 7 + 1
        return written_on + timedelta(days=ahead)
    month = _MONTHS.index((match["month"] or match["us_month"]).lower()) + 1
    for year in (written_on.year, written_on.year + 1):
        try:
            day = date(year, month, int(match["day"] or match["us_day"]))
        except ValueError:
            continue
        if day > written_on:
            return day
    return None
