"""Lines of a page text → its paragraphs, and what can be counted of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.folding import fold_marks

UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # marks without width, for str.translate
PROSE_WORDS = 12  # a line with as many words that ends a sentence is a paragraph
LONG_WORDS = 45  # a line with as many is one however it ends
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")  # scripts that write few spaces, or none
_ENDS_SENTENCE = re.compile(r"[.!?…。！？]['\")\]»]*(?:\[\d+\])?$")


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines that make one paragraph: one line as a rule, several where a tool broke it at its links or its width."""

    first: int  # index of its first line
    last: int  # index of its last line
    text: str
    blank_before: bool
    blank_after: bool


def units(lines: Sequence[str]) -> list[Unit]:
    """The lines that are not blank, those joined that a sentence runs through."""
    found: list[Unit] = []
    blank = True
    for place, line in enumerate(lines):
        text = " ".join(line.translate(UNSEEN).split())
        if not text:
            blank = True
            continue
        before = found[-1] if found else None
        if before is not None and not blank and runs_on(before.text, text):
            found[-1] = Unit(before.first, place, f"{before.text} {text}", before.blank_before, True)
        else:
            if before is not None:
                found[-1] = Unit(before.first, before.last, before.text, before.blank_before, blank)
            found.append(Unit(place, place, text, blank, True))
        blank = False
    return found


def runs_on(before: str, after: str) -> bool:
    """Whether a sentence runs from one line into the next: no end there, and no capital letter here."""
    if ends_sentence(before):
        return False
    if before.endswith((",", ";")) or before[-1] in "([“‘":
        return True
    first = after[0]
    return first in ",.;:)]’”" or (first.islower() and after.split(None, 1)[0] not in {"http", "www"})


def count_words(text: str) -> int:
    """Words; half the characters in scripts without spaces."""
    words = len(WORD.findall(text))
    if text.isascii():
        return words
    return max(words, len(_WIDE.findall(text)) // 2)


def ends_sentence(text: str) -> bool:
    """Whether the line ends where a sentence may."""
    return _ENDS_SENTENCE.search(fold_marks(text[-12:]).rstrip()) is not None
