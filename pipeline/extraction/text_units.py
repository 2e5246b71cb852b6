"""Lines of a page text → its paragraphs, and what can be counted of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.folding import fold_marks

_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # marks without width
PROSE_WORDS = 12  # a line with as many words that ends a sentence is a paragraph
LONG_WORDS = 45  # a line with as many is one however it ends
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")  # scripts that write few spaces, or none
# Words that no sentence ends with: a line or paragraph that ends with one goes on.
OPEN_WORDS = frozenset(
    "a an the of to in on at by for from with and or but nor as than that which who whose its his her their our your "
    "my this these between into onto over under about against during including is are was were be been has have had "
    "those will would shall should can could may might must not where when while because if whether until since "
    "though".split()
)
_MOST_CHARACTERS = 12  # of a word and the space after it: what is looked at first for enough words
_OPEN_LINE_WORDS = 5  # "Sign in", "Log in to", "What to watch on" are entries of menus
_LINK_WORDS = 8  # a name in running text that was a link is at most so long
_BYLINE = re.compile(r"by [A-Z][\w'’.-]+ [A-Z]|by$")
_ENDS_SENTENCE = re.compile(r"[.!?…。！？]['\")\]»]*(?:\[\d+\])?$")


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines that make one paragraph: one line as a rule, several where a tool broke it at its links or its width."""

    first: int  # index of its first line
    last: int  # index of its last line
    text: str
    blank_before: bool
    blank_after: bool


def without_unseen(text: str) -> str:
    """The text without marks that have no width: soft hyphens, joiners and the like."""
    if not text.isascii():
        for mark in _UNSEEN:
            text = text.replace(mark, "")
    return text


def units(lines: Sequence[str]) -> list[Unit]:
    """The lines that are not blank, those joined that a sentence runs through."""
    found: list[Unit] = []
    blank = True
    for place, line in enumerate(lines):
        text = " ".join(without_unseen(line).split())
        if not text:
            blank = True
            continue
        before = found[-1] if found else None
        then = lines[place + 1].strip() if place + 1 < len(lines) else ""
        if before is not None and not blank and runs_on(before.text, text, then):
            found[-1] = Unit(before.first, place, f"{before.text} {text}", before.blank_before, True)
        else:
            if before is not None:
                found[-1] = Unit(before.first, before.last, before.text, before.blank_before, blank)
            found.append(Unit(place, place, text, blank, True))
        blank = False
    return found


def runs_on(before: str, after: str, then: str = "") -> bool:
    """Whether a sentence runs from one line into the next: no end there, and no capital letter here.

    Behind "called on the" a capital letter begins no sentence either: a name that was a link stands there. Behind other
    words it does so when the sentence goes on in the line below it.

    then  the line after both, empty when a blank line or nothing follows
    """
    if ends_sentence(before):
        return False
    if before.endswith((",", ";")) or before[-1] in "([“‘":
        return True
    last = before.split()
    if len(last) >= _OPEN_LINE_WORDS and last[-1] in OPEN_WORDS:
        return True
    if _begins_inside(after):
        return True
    return (
        len(last) >= _OPEN_LINE_WORDS
        and last[-1].islower()
        and then != ""
        and _begins_inside(then)
        and len(after.split()) <= _LINK_WORDS
        and not ends_sentence(after)
    )


def _begins_inside(text: str) -> bool:
    """Whether a line begins as the middle of a sentence does."""
    first = text[0]
    return first in ",.;:)]’”" or (
        first.islower() and text.split(None, 1)[0] not in {"http", "www"} and not _BYLINE.match(text)
    )


def count_words(text: str, *, enough: int | None = None) -> int:
    """Words; half the characters in scripts without spaces.

    enough   words that decide; a longer text is then counted no further than that
    """
    if enough is not None and (first := count_words(text[: _MOST_CHARACTERS * enough])) >= enough:
        return first
    words = len(WORD.findall(text))
    if text.isascii():
        return words
    return max(words, len(_WIDE.findall(text)) // 2)


def ends_sentence(text: str) -> bool:
    """Whether the line ends where a sentence may."""
    if text[-1:].isalnum():  # as three lines of a page in four do
        return False
    return _ENDS_SENTENCE.search(fold_marks(text[-12:]).rstrip()) is not None
