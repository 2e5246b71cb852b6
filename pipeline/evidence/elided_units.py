"""A bare number → the unit that its sentence has said already: "4,200 homes, up from 2,900"; "only 134 were"."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.evidence.bounds import DURATIONS, MONEY_UNITS, Amount
from pipeline.evidence.counted_nouns import leading_noun

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
_COMES_FROM = re.compile(
    r"\b(?:from|compared (?:with|to)|against) (?:(?:just|only|about|around|nearly|almost|under|over) ){0,2}$"
)
_GOES_ON = re.compile(r" (?:to \d|(?:a|the) (?:year|month|week|decade|day|previous|same|\d))")
_UP_FROM = re.compile(r"\b(?:(?:up|down|rise|fall|increase|drop) from|compared (?:with|to)) (?:\w+ ){0,2}$")
_CHANGED = re.compile(
    r"(?P<subject>[^.;:!?\n]+?)\s(?:(?:have|has|had|also|then)\s)*"
    r"(?:rose|risen|fell|fallen|grew|grown|increased|decreased|dropped|declined|jumped|climbed|soared|surged|plunged|"
    r"doubled|trebled|tripled|halved|went)(?:\s(?:sharply|slightly|again|steadily))?"
    r"(?:\sby\s[^.;:]{1,60}?,?)?\s(?:from|to)\s"
    r"(?:(?:just|only|about|around|nearly|almost|over|a record|at least|more|fewer|than)\s)*$"
)
_CLAUSE = re.compile(r",\s(?:while|and|but|with|as)\s|\b(?:that|said|says|shows?|while|whereas)\s|^\W+")
_NUMBER_OF = re.compile(r"(?:the\s)?(?:total\s)?number of\s", re.IGNORECASE)
_SUBJECT_BACK = 170  # characters from a number to where its sentence's subject begins
_STANDS_ALONE = re.compile(r"[.,;)]| (?:in|last|this|by|over|within|at|as|and|but|while|after|since|when)\b")


def is_elided(flat: str, start: int, end: int) -> bool:
    """Whether a number without a noun leaves out what it counts: "134 were", "three of them", "from 31 to 24."."""
    if _LEFT_OUT.match(flat, end) or _OF_MORE.match(flat, end):
        return not _AGE.search(flat, max(0, start - 12), start)
    if not (_STANDS_ALONE.match(flat, end) or _GOES_ON.match(flat, end)):
        return False
    before = max(0, start - 28)
    return bool(_GOES_TO.search(flat, before, start) or _COMES_FROM.search(flat, before, start))


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
        if unit is None:
            unit = _of_subject(flat, amount)
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
    if not breaks and _UP_FROM.search(flat, max(earlier.end, amount.start - 40), amount.start):
        return earlier.unit
    if not breaks and _GOES_TO.search(flat, max(0, earlier.start - 20), earlier.start):
        falls = _COMES_FROM.search(flat, max(earlier.end, amount.start - 20), amount.start)
        return earlier.unit if falls else None  # "fell to 118 last year from 177"
    return earlier.unit if not breaks and _FROM.search(flat, max(0, earlier.start - 30), earlier.start) else None


def _of_subject(flat: str, amount: Amount) -> str | None:
    """What a number that something rose or fell to counts: "Battery fires in Weir flats rose to 46" counts fires."""
    breaks = (flat.rfind("\n", 0, amount.start), flat.rfind(". ", 0, amount.start) + 1)
    begin = max(0, amount.start - _SUBJECT_BACK, *(place + 1 for place in breaks if place > 0))
    found = _CHANGED.match(flat, begin, amount.start)
    if found is None:
        return None
    subject = _CLAUSE.split(found["subject"])[-1]
    if counted := _NUMBER_OF.match(subject):
        subject = subject[counted.end() :]
    words = subject.split()
    while words and words[0].lower() in ("the", "all", "such", "these", "those", "its", "their", "his", "her"):
        words = words[1:]
    return leading_noun(words)
