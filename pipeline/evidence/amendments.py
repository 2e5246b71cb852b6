"""Article text → the notes in which its outlet says what an earlier version got wrong."""

from __future__ import annotations

import re

from pipeline.folding import fold_marks
from pipeline.sentences import Range, paragraphs, sentences

_SIGNS = (
    "earlier version",
    "previous version",
    "original version",
    "amended",
    "correct",
    "orrection",
    "larification",
    "CORRECTION",
    "CLARIFICATION",
)
_NOTE = re.compile(
    r"(?:[•*–-]\s*)?(?:editor's\snote\s*[:–-]\s*)?(?:"
    r"(?:an|the|this)\s(?:earlier|previous|original)\sversion\b|"
    r"(?:(?:this|the)\s(?:article|story|report|headline|piece|page|release|post)|it)\s(?:was|has\sbeen)\s"
    r"(?:(?:\w+ly\s)?(?:amended|corrected)|updated\b[^!?]{0,40}\bto\scorrect)\b|"
    r"(?:correction|clarification)s?(?:\sand\sclarifications?)?(?:,?\s\(?[\w. ]{4,24}\)?)?\s?[:–-])",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:earlier|previous|original)\s+version\b", re.IGNORECASE)


def amendments(text: str) -> list[Range]:
    """Places of such notes, each from where it begins to the end of its paragraph, in the order of the text.

    What stands in them is no report: an amount there is the one that was wrong, or stands right in the text above.
    """
    if not any(sign in text for sign in _SIGNS):
        return []  # nearly every text
    folded = fold_marks(text) if len(fold_marks(text)) == len(text) else text
    found = []
    for start, end in paragraphs(text):
        for begin, _ in sentences(text, start, end):
            if _NOTE.match(folded, begin):
                found.append((begin, end))
                break
    return found


def is_amendment(paragraph: str) -> bool:
    """Whether a paragraph is such a note from its first word on: it belongs to its article, wherever on the page."""
    return amendments(paragraph)[:1] == [(0, len(paragraph))]


def telling_part(text: str, note: Range) -> Range:
    """The sentence of a note that says what the earlier version said; the note's first where none does."""
    parts = sentences(text, *note)
    return next((part for part in parts if _EARLIER.search(text[slice(*part)])), parts[0])
