"""Text → the amounts written in it, none overlapping another: money, percentages, rates, counts, durations."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.evidence.bounds import Amount
from pipeline.evidence.counts import fractions, glued, percentages, plain, rates, suspended, vague, worded
from pipeline.evidence.elided_units import with_units
from pipeline.evidence.money import money, named_money, worded_money
from pipeline.evidence.not_amounts import blocked_ranges
from pipeline.evidence.number_words import number_word_sites
from pipeline.sentences import Range

_DIGIT = re.compile(r"\d")
# Characters around a digit or number word that decide about it. Most of a text is near none and is never looked at.
_BEFORE_NUMBER, _AFTER_NUMBER = 60, 70
_BEFORE_DATE, _AFTER_DATE = 24, 24

# In the order in which they may claim a number; whether they need digits, and whether they read number words.
_FINDERS: tuple[tuple[Callable[[str, int, int], list[Amount]], bool, bool], ...] = (
    (money, True, False),
    (named_money, True, False),
    (worded_money, False, True),
    (percentages, True, True),
    (rates, True, True),
    (fractions, False, True),
    (vague, False, True),
    (glued, True, False),
    (suspended, True, True),
    (plain, True, False),
    (worded, False, True),
)


def find_amounts(flat: str) -> list[Amount]:
    """The amounts in a text (straight apostrophes, `lexicon.flatten`), in order, none overlapping another."""
    digits = [match.start() for match in _DIGIT.finditer(flat)]
    near_digits = _windows(flat, digits, _BEFORE_NUMBER, _AFTER_NUMBER)
    near_words = _windows(flat, number_word_sites(flat), _BEFORE_NUMBER, _AFTER_NUMBER)
    dates = _windows(flat, digits, _BEFORE_DATE, _AFTER_DATE)
    taken, dated = bytearray(len(flat)), bytearray(len(flat))  # 1 where an amount, or a date, stands
    for start, end in blocked_ranges(flat, dates):
        dated[start:end] = b"\1" * (end - start)
    found: list[Amount] = []
    for finder, in_digits, in_words in _FINDERS:
        windows = [*(near_digits if in_digits else ()), *(near_words if in_words else ())]
        for window in windows:
            for amount in finder(flat, *window):
                start, end = amount.start, amount.end
                if taken.find(1, start, end) >= 0 or (in_digits and dated.find(1, start, end) >= 0):
                    continue
                found.append(amount)
                taken[start:end] = b"\1" * (end - start)
    return with_units(flat, sorted(found, key=lambda amount: amount.start))


def _windows(flat: str, sites: list[int], before: int, after: int) -> list[Range]:
    """The stretches of a text around some places, whole words, joined where they meet."""
    windows: list[Range] = []
    for site in sites:
        start, end = max(0, site - before), min(len(flat), site + after)
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return [(_at_space(flat, start, -1), _at_space(flat, end, 1)) for start, end in windows]


def _at_space(flat: str, at: int, step: int) -> int:
    while 0 < at < len(flat) and not flat[at].isspace():
        at += step
    return at
