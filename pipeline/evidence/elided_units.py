"""A bare number → the unit that its sentence has said already: "4,200 homes, up from 2,900"; "only 134 were"."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.evidence.bounds import DURATIONS, MONEY_UNITS, Amount

BARE = "count"  # a number that stands as an amount by itself, whatever it counts
ELIDED = ""  # a number that is an amount only when an earlier one says of what
_NO_COUNTS = MONEY_UNITS | DURATIONS | {"percent", "percentage points", "ratio", BARE, ELIDED}
_COMPARED = re.compile(
    r"\b(?:from|to|than|with|against|and|or|versus|another|further|out of|forecast of|target of|"
    r"total of|record of|peak of)"
    r"(?: (?:a|an|the|just|only|about|around|nearly|almost|some|over|more than|fewer than|less than|record|new|total|"
    r"under|estimated|earlier|previous|forecast|high|low|of)){0,4}\s$"
)
_FROM = re.compile(r"\bfrom (?:\w+ ){0,3}$")
_ENDS_SENTENCE = re.compile(r"[.!?]['\"”’)]*\s|\n")
_MAX_BACK = 240  # characters to the number whose unit is taken over
_LEFT_OUT = re.compile(r" (?:were|did|had|have|do|are)(?= |[.,;])| of (?:them|whom|which|those)\b")
_OF_MORE = re.compile(r" of (?:the|its|their|our|his|her|these|those)(?: [\w'-]+){0,3} (?=\d)")
_BY = re.compile(r"\bby (?:(?:about|around|roughly|nearly|almost|some|just|only|over|at least|more than) )?$")
_AGE = re.compile(r"\b(?:under|over|aged)\s$")  # "Americans under 65 have …"
_GOES_TO = re.compile(r"\bto (?:just |only |about |around |nearly |almost |a record )?$")
_STANDS_ALONE = re.compile(r"[.,;)]| (?:in|last|this|by|over|within|at|as|and|but|while|after|since|when)\b")


def is_elided(flat: str, start: int, end: int) -> bool:
    """Whether a number without a noun leaves out what it counts: "134 were", "three of them", "from 31 to 24."."""
    if _LEFT_OUT.match(flat, end) or _OF_MORE.match(flat, end):
        return not _AGE.search(flat, max(0, start - 12), start)
    return bool(_GOES_TO.search(flat, max(0, start - 20), start) and _STANDS_ALONE.match(flat, end))


def with_units(flat: str, amounts: list[Amount]) -> list[Amount]:
    """The amounts of a text, in order, each bare one with the unit of the one before that it goes on from, if any.

    An elided one that goes on from none is no amount.
    """
    done: list[Amount] = []
    for index, amount in enumerate(amounts):
        if amount.unit not in (BARE, ELIDED):
            done.append(amount)
            continue
        unit = None
        if more := _OF_MORE.match(flat, amount.end):  # "five of the county's 22 libraries"
            unit = next((one.unit for one in amounts[index + 1 : index + 2] if one.start == more.end()), None)
        for earlier in reversed(done):
            if unit is not None or amount.start - earlier.end > _MAX_BACK:
                break
            if earlier.unit not in _NO_COUNTS:
                unit = _taken_over(flat, amount, earlier)
                break
        if unit is not None:
            done.append(replace(amount, unit=unit))
        elif amount.unit == BARE:
            done.append(amount)
    return done


def _taken_over(flat: str, amount: Amount, earlier: Amount) -> str | None:
    breaks = len(_ENDS_SENTENCE.findall(flat, earlier.end, amount.start))
    if amount.unit == BARE:
        compared = _COMPARED.search(flat, max(earlier.end, amount.start - 60), amount.start)
        by = breaks == 1 and _BY.search(flat, max(earlier.end, amount.start - 24), amount.start)
        return earlier.unit if (compared and not breaks) or by else None
    if _LEFT_OUT.match(flat, amount.end):
        return earlier.unit if breaks <= 1 else None
    return earlier.unit if not breaks and _FROM.search(flat, max(0, earlier.start - 30), earlier.start) else None
