"""Lines of a text document → blocks: one block is what its author wrote as one line or one paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extraction.text_units import runs_on
from pipeline.folding import fold, fold_marks, words
from pipeline.reading.decoding import Line

_ENDS = re.compile(r"[.!?…:;][\"')\]]*$")
_FULL_STOP = re.compile(r"[.!?…][\"')\]]*$")
_BULLET = re.compile(r"^[•·▪◦‣●○*–-]\s+")
# Words that no sentence ends with: a paragraph that ends with one goes on after the blank line.
_OPEN_WORDS = frozenset(
    "a an the of to in on at by for from with and or but nor as than that which who whose its his her their our your "
    "my this these between into onto over under about against during including is are was were be been has have had "
    "those will would shall should can could may might must not where when while because if whether until since "
    "though".split()
)


@dataclass(frozen=True, slots=True)
class Block:
    """A logical line: one line of the document, or the lines of one hard-wrapped paragraph."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its words, one space where a line was broken."""
        return " ".join(line.text for line in self.lines)

    @property
    def byte_start(self) -> int:
        """First byte in the document."""
        return self.lines[0].byte_start

    @property
    def byte_end(self) -> int:
        """Byte behind its last in the document."""
        return self.lines[-1].byte_end

    @property
    def indent(self) -> int:
        """Columns of white space before it."""
        return self.lines[0].indent

    @property
    def is_bullet(self) -> bool:
        """Whether it is an item of a list."""
        return _BULLET.match(self.lines[0].text) is not None


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Logical lines.

    In a hard-wrapped document (mail, old archives) the lines of a paragraph are one block. Elsewhere a line is one,
    unless a sentence runs on into the next: many tools break a page's text at its links.
    """
    wrapped = _is_hard_wrapped(lines)
    found: list[list[Line]] = []
    for line in lines:
        if (
            line.blanks_before
            or not found
            or _BULLET.match(line.text)
            or not (wrapped or runs_on(found[-1][-1].text, line.text))
        ):
            found.append([line])
        else:
            found[-1].append(line)
    return tuple(Block(tuple(run)) for run in found)


def _is_hard_wrapped(lines: Sequence[Line]) -> bool:
    """Whether most lines that another follows at once fill a column of 50 to 110 characters and break a sentence."""
    followed = [line for line, after in pairwise(lines) if after.blanks_before == 0]
    if len(followed) < 8 or 2 * len(followed) < len(lines):
        return False
    column = sorted(len(line.text) for line in followed)[int(0.9 * len(followed))]
    full = [line for line in followed if len(line.text) >= 0.75 * column and not ends_sentence(line.text)]
    return 50 <= column <= 110 and len(full) >= 0.5 * len(followed)


def ends_sentence(text: str) -> bool:
    """Whether the text ends as prose does: full stop, question mark, colon, … with closing marks behind it."""
    return _ENDS.search(fold_marks(text)) is not None


def is_prose(text: str) -> bool:
    """Whether it reads as a sentence: closed by a full stop or the like, of at least eight words."""
    return _FULL_STOP.search(fold_marks(text)) is not None and len(words(text)) >= 8


def breaks_off(text: str) -> bool:
    """Whether the text stops in mid-sentence: no stop at its end, and a last word that no sentence ends with."""
    if ends_sentence(text):
        return False
    found = words(text)
    return bool(found) and (found[-1] in _OPEN_WORDS or text.rstrip().endswith((",", "–", "—")))


def without_bullet(text: str) -> str:
    """The text without the mark of a list item."""
    return _BULLET.sub("", text)


def same_words(a: str, b: str) -> bool:
    """Whether two lines say the same, marks, bullets and white space aside."""
    return fold(without_bullet(a)) == fold(without_bullet(b))
