"""Term rows → what speaks for or against one event beside the words: the outlet, numbers, weekdays, months.

Two reports of one event give a number in common; two of a kind (last month's figures and this month's) have all words
in common but the numbers. An outlet tells a development once: its next piece is what came of it, or another side of it.
Of 285 pairs of real articles near the threshold, judged blind, 10 of 90 of one outlet told the same event and 63 of 195
of two; of eight undated ones with other numbers none did.
"""

from __future__ import annotations

import calendar
import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from pipeline.folding import fold
from pipeline.grouping.word_codes import TERM_SPACE, terms_of, word_codes

Ints = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]

# Of the pairs judged, those that were joined were 53 same and 97 not, now 46 and 59; of 170 fresh ones 28 and 73, now
# 29 and 64. On the seven sets each by itself, left out, costs up to 0.0013, and half of its way up to 0.001.
OWN_OUTLET = 0.8  # from 0.75 to 1 no set moves by 0.003; at 0.6 it tears what a local paper tells of one incident
SHARED_NUMBER = 1.1
OTHER_NUMBERS = 0.75
SAME_WEEKDAY = 1.1  # another weekday speaks against it only between stories of sagas: 0.9 costs other sets 0.0045
OTHER_MONTHS = 0.95
ENOUGH_NUMBERS = 2  # of one number each, the second is as often a rising toll as another event

_WEEKDAYS = tuple(calendar.day_name)
# "March" and "May" are other words as well; shorter forms are those that newspapers print.
_MONTHS = tuple(name for name in calendar.month_name if name not in ("", "March", "May"))
WEEKDAY_BITS = (1 << 7) - 1
_SHORT_MONTHS = {"Jan": 1, "Feb": 2, "Apr": 4, "Aug": 8, "Sept": 9, "Oct": 10, "Nov": 11, "Dec": 12}


@lru_cache(maxsize=1)
def _calendar() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int32]]:
    """For each term the place of its bit, 0 for none, and the bits: weekdays from bit 0, months from bit 8."""
    bit_of = {name: 1 << place for place, name in enumerate(_WEEKDAYS)}
    bit_of |= {name: 1 << 7 + list(calendar.month_name).index(name) for name in _MONTHS}
    bit_of |= {name: 1 << 7 + number for name, number in _SHORT_MONTHS.items()}
    bits = sorted({0, *bit_of.values()})
    place_of = np.zeros(TERM_SPACE, np.uint8)
    for name, bit in bit_of.items():
        place_of[terms_of(word_codes(name))] = bits.index(bit)
    return place_of, np.array(bits, dtype=np.int32)


@lru_cache(maxsize=1)
def _one_digit() -> npt.NDArray[np.int32]:
    return terms_of(word_codes("0 1 2 3 4 5 6 7 8 9"))


@lru_cache(maxsize=1)
def calendar_terms() -> Ints:
    """The terms that name a weekday or a month, rising."""
    return np.flatnonzero(_calendar()[0])


def outlet_number(outlet: str | None) -> int:
    """A number that stands for an outlet, however its name is written; 0 when it is not known."""
    return zlib.crc32(fold(outlet).encode("utf-8", "surrogatepass")) or 1 if outlet else 0


def only_outlet(outlet: Ints, group: Ints) -> Ints:
    """(n,) for each row, the outlet of its text; 0 when several carry it."""
    least, most = outlet.copy(), outlet.copy()
    np.minimum.at(least, group, outlet)
    np.maximum.at(most, group, outlet)
    only: Ints = np.where(least == most, most, 0)[group]
    return only


def calendar_bits(term: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """The weekday or month that each term names, as a bit; 0 for other terms."""
    place_of, bits = _calendar()
    named: npt.NDArray[np.int32] = bits[place_of[term]]
    return named


def is_long_number(term: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Which terms, all of them numbers, have two digits or more: one digit is a list's place as often as a count."""
    return ~np.isin(term, _one_digit())


@dataclass(frozen=True, slots=True)
class Particulars:
    """Of n articles, by row."""

    outlet: Ints  # outlet_number
    numbers: Ints  # how many its title and lead hold
    said: npt.NDArray[np.int32]  # bits of the weekdays in title and lead, and of the months anywhere


def speaking_for(of: Particulars, pairs: Ints, shared_numbers: Doubles) -> Doubles:
    """(m,) what the likeness of each pair is multiplied by, for what the two share and what sets them apart."""
    a, b = pairs[:, 0], pairs[:, 1]
    one, other = of.said[a], of.said[b]
    months, other_months = one & ~WEEKDAY_BITS, other & ~WEEKDAY_BITS
    fewest = np.minimum(of.numbers[a], of.numbers[b])
    factor = np.where((of.outlet[a] == of.outlet[b]) & (of.outlet[a] > 0), OWN_OUTLET, 1.0)
    factor[shared_numbers > 0] *= SHARED_NUMBER
    factor[(shared_numbers == 0) & (fewest >= ENOUGH_NUMBERS)] *= OTHER_NUMBERS
    factor[(one & other & WEEKDAY_BITS) > 0] *= SAME_WEEKDAY
    factor[(months > 0) & (other_months > 0) & ((months & other_months) == 0)] *= OTHER_MONTHS
    return factor
