"""Lines of a text document → blocks: one block is what its author wrote as one line or one paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extraction.text_units import OPEN_WORDS, count_words, runs_on
from pipeline.folding import fold, fold_marks, words
from pipeline.reading.decoding import Line

_ENDS = re.compile(r"[.!?…:;。！？][\"')\]」』]*$")
_FULL_STOP = re.compile(r"[.!?…。！？][\"')\]」』]*$")
_BULLET = re.compile(r"^[•·▪◦‣●○*–-]\s+")
_SHORT_LINE = 0.5  # of the column: a line of a letterhead, which the next does not go on with
_LOOKED_BACK = 3  # lines of a paragraph that tell whether its sentence goes on


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

    In a hard-wrapped document (mail, old text archives) the lines of a paragraph are one block. Elsewhere a line is
    one, unless a sentence runs on into the next: many tools break a page's text at its links. Lines that are indented
    alike are a list.
    """
    column = _wrapped_at(lines)
    wrapped = column is not None
    found: list[list[Line]] = []
    for line, below in zip(lines, [*lines[1:], None], strict=False):
        then = below.text if below is not None and not below.blanks_before else ""
        before = " ".join(above.text for above in found[-1][-_LOOKED_BACK:]) if found else ""
        if (
            line.blanks_before
            or not found
            or _BULLET.match(line.text)
            or (line.indent and line.indent == found[-1][-1].indent and not wrapped)
            or (column is not None and len(found[-1][-1].text) < _SHORT_LINE * column)
            or not (wrapped or runs_on(before, line.text, then))
        ):
            found.append([line])
        else:
            found[-1].append(line)
    return tuple(Block(tuple(run)) for run in found)


def _wrapped_at(lines: Sequence[Line]) -> int | None:
    """The column of 50 to 110 characters that most lines fill which another follows at once; None when they do not."""
    followed = [line for line, after in pairwise(lines) if after.blanks_before == 0]
    if len(followed) < 8 or 2 * len(followed) < len(lines):
        return None
    column = sorted(len(line.text) for line in followed)[int(0.9 * len(followed))]
    full = [line for line in followed if len(line.text) >= 0.75 * column and not ends_sentence(line.text)]
    return column if 50 <= column <= 110 and len(full) >= 0.5 * len(followed) else None


def ends_sentence(text: str) -> bool:
    """Whether the text ends as prose does: full stop, question mark, colon, … with closing marks behind it."""
    return _ENDS.search(fold_marks(text)) is not None


def is_prose(text: str) -> bool:
    """Whether it reads as a sentence: closed by a full stop or the like, of at least eight words."""
    return _FULL_STOP.search(fold_marks(text)) is not None and (len(words(text)) >= 8 or count_words(text) >= 8)


def breaks_off(text: str) -> bool:
    """Whether the text stops in mid-sentence: no stop at its end, and a last word that no sentence ends with."""
    if ends_sentence(text):
        return False
    found = words(text)
    return bool(found) and (found[-1] in OPEN_WORDS or text.rstrip().endswith((",", "–", "—")))


def without_bullet(text: str) -> str:
    """The text without the mark of a list item."""
    return _BULLET.sub("", text)


def same_words(a: str, b: str) -> bool:
    """Whether two lines say the same, marks, bullets and white space aside."""
    return fold(without_bullet(a)) == fold(without_bullet(b))
