"""First paragraph of an article that nobody dates → the day that it says it was told on."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.folding import fold_marks
from pipeline.model import Evidence
from pipeline.reading.dates import Dated, find_date
from pipeline.reading.header_fields import Zones

_TODAY = re.compile(r"\b(?:today|this (?:morning|afternoon|evening)|tonight)\b,?\s*[(,–-]?\s*$", re.IGNORECASE)
# Said, not done: "was killed on 5 March 2019" is no day of a report about the trial.
_TOLD = re.compile(
    r"\b(?:announced|said|confirmed|emerged|revealed|warned|told|published|launched|unveiled|admitted|disclosed|"
    r"declared|reported)\b[^.;:]{0,60}\bon\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[A-Z][A-Z .'/-]+(?:, [A-Z][\w.]+)?,\s*$")  # "LONDON, March 4 (Reuters) - "
_NAMES_THE_YEAR = re.compile(
    r"\d{4}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:mon|tue|wed|thu|fri|sat|sun)\b", re.I
)
_SAYS_WEEKDAY = re.compile(r"\bon (Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")
_REACH = 300  # characters: a first sentence


def opening_day(text: str, zones: Zones) -> Dated | None:
    """The day of "… announced today (3 March 2025)", "it emerged on Wednesday 5 March" or of a dateline.

    text     its first paragraph
    returns  the day and where it stands; TEXT when the text calls it today, else INFERRED. None without a weekday or a
             year: nobody knows which year's 4 March was meant
    """
    opening = fold_marks(text)[:_REACH]
    if len(fold_marks(text)) != len(text):
        return None
    found = find_date(opening, received_on=zones.received_on, zone=zones.zone, zones=zones.abbreviations)
    if not isinstance(found, Dated):
        return None
    before, said = opening[: found.start], opening[found.start : found.end]
    is_dateline = _DATELINE.fullmatch(before) is not None
    if not _NAMES_THE_YEAR.search(said):
        weekday = _SAYS_WEEKDAY.search(opening, found.end) if is_dateline else None
        fitting = weekday and find_date(
            f"{weekday[1]} {said}", received_on=zones.received_on, zone=zones.zone, zones=zones.abbreviations
        )
        if not isinstance(fitting, Dated):
            return None
        return replace(fitting, start=found.start, end=found.end)  # "LONDON, March 5 - Britain said on Wednesday"
    if _TODAY.search(before) or is_dateline:
        return found
    return replace(found, evidence=Evidence.INFERRED) if _TOLD.search(before) else None
