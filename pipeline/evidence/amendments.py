"""Article text → the notes in which its outlet says what an earlier version got wrong."""

from __future__ import annotations

import re

from pipeline.sentences import Range, paragraphs, sentences

_SIGNS = (
    "earlier version",
    "previous version",
    "original version",
    "amended",
    "correct",
    "orrection:",
    "larification:",
)
_NOTE = re.compile(
    r"(?:an|the|this)\s(?:earlier|previous|original)\sversion\b|"
    r"(?:this|the)\s(?:article|story|report|headline|piece|page|release|post)\s(?:was|has\sbeen)\s"
    r"(?:\w+ly\s)?(?:amended|corrected|updated\b[^.]{0,40}\bto\scorrect)\b|"
    r"(?:editor's\snote\s*[:–-]\s*)?(?:correction|clarification)s?(?:\sand\sclarifications?)?:",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:earlier|previous|original)\s+version\b", re.IGNORECASE)


def amendments(text: str) -> list[Range]:
    """Places of such notes, each from where it begins to the end of its paragraph, in the order of the text.

    What stands in them is no report: an amount there is the one that was wrong, or stands right in the text above.
    """
    if not any(sign in text for sign in _SIGNS):
        return []  # nearly every text
    found = []
    for start, end in paragraphs(text):
        for begin, _ in sentences(text, start, end):
            if _NOTE.match(text, begin):
                found.append((begin, end))
                break
    return found


def telling_part(text: str, note: Range) -> Range:
    """The sentence of a note that says what the earlier version said; the note's first where none does."""
    parts = sentences(text, *note)
    return next((part for part in parts if _EARLIER.search(text[slice(*part)])), parts[0])
