"""Text → the runs that stand between quotation marks: curly, straight, single and mixed ones.

A run lies within one paragraph. A mark that opens and is not closed before the paragraph ends gives a run with
closed=False: by convention the quotation goes on in the next paragraph. A mark that closes and was never opened is
reported too, because in texts that lost their block quotes it is the only sign of where a quotation ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.sentences import Range

Mark = Literal["double", "single"]


@dataclass(frozen=True, slots=True)
class Run:
    """text[start:end] stands between marks; the marks themselves are inside outer_start..outer_end."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    mark: Mark
    closed: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """All runs of a text in order, and the places of closing marks that nothing opened."""

    runs: tuple[Run, ...]
    stray_closings: tuple[int, ...]


_MARK = re.compile(r"[\"“”„«»]|``|''|’’|‘‘|[‘’']")  # agencies close with ’’ what they open with “
_ELISION = re.compile(r"['’‘](?:\d0s\b|em\b|til\b|tis\b|twas\b|cause\b|n\b|bout\b|round\b)", re.IGNORECASE)
_MAX_SINGLE = 3_000  # characters of a single-marked run; what opens and is not closed by then was an apostrophe
_MAX_APOSTROPHES = 50  # so many in one paragraph: it does not quote with single marks
_ENDS_CLAUSE = ",.!?…;:—–"
_OPENS_BEFORE = '([{—–-/"“«>'


def find_marks(text: str, paragraphs: list[Range]) -> Marks:
    """The runs of each paragraph, outermost only: a run inside another run is part of what was said."""
    runs: list[Run] = []
    stray: list[int] = []
    for start, end in paragraphs:
        _scan(text, start, end, runs, stray)
    return Marks(tuple(runs), tuple(stray))


def _scan(text: str, start: int, end: int, runs: list[Run], stray: list[int]) -> None:
    opened: tuple[int, int] | None = None  # outer start, inner start of a double run
    resume = start
    apostrophes = 0  # single marks that could have opened a run and did not
    for match in _MARK.finditer(text, start, end):
        at, after = match.span()
        if at < resume:
            continue
        char = match.group()
        if char in "‘’'":
            if opened is None and apostrophes < _MAX_APOSTROPHES and _opens_single(text, char, at, start, end):
                run = _single_run(text, at, start, end)
                if run is None:
                    apostrophes += 1
                else:
                    runs.append(run)
                    resume = run.outer_end
            continue
        opens = _opens(text, char, at, after, start, end, opened is not None)
        if opens and opened is None:
            opened = (at, after)
        elif opens and opened is not None:
            _unclosed(text, opened, at, runs)
            opened = (at, after)
        elif opened is not None:
            first, last = _without_space(text, opened[1], at)
            if last > first:
                runs.append(Run(first, last, opened[0], after, "double", True))
            opened = None
        elif not (char == '"' and at > start and text[at - 1].isdigit()):  # 6" is a length
            stray.append(at)
    if opened is not None:
        _unclosed(text, opened, end, runs)


def _opens_single(text: str, char: str, at: int, start: int, end: int) -> bool:
    return char != "’" and _may_open(text, at, at + 1, start, end) and not _ELISION.match(text, at)


def _single_run(text: str, at: int, start: int, end: int) -> Run | None:
    """The run that a single mark opens. One that heads a paragraph need not close in it, as with double marks."""
    closing = _closing_single(text, at + 1, end)
    if closing is not None:
        return Run(at + 1, closing, at, closing + 1, "single", True)
    heads = at == start or text[max(start, at - 2) : at] == ": "
    if heads and text[at] == "‘" and not re.search(r"[\"“”]", text[at:end]):
        return Run(at + 1, end, at, end, "single", False)
    return None


def _unclosed(text: str, opened: tuple[int, int], end: int, runs: list[Run]) -> None:
    start, end = _without_space(text, opened[1], end)
    if end > start:
        runs.append(Run(start, end, opened[0], end, "double", False))


def _without_space(text: str, start: int, end: int) -> Range:
    """The words of a run: tokenised texts part them from their marks (" He left, " she said)."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _may_open(text: str, at: int, after: int, start: int, end: int) -> bool:
    before_ok = at == start or text[at - 1].isspace() or text[at - 1] in _OPENS_BEFORE
    return before_ok and after < end and not text[after].isspace()


def _may_close(text: str, at: int, after: int, start: int, end: int) -> bool:
    return at > start and not text[at - 1].isspace() and (after >= end or not text[after].isalnum())


def _opens(text: str, char: str, at: int, after: int, start: int, end: int, is_open: bool) -> bool:
    """Whether a double mark opens. Its surroundings decide; where they allow both, the mark's own shape; where they
    allow neither (“ loose marks “), what is open already."""
    may_open = _may_open(text, at, after, start, end)
    may_close = _may_close(text, at, after, start, end)
    if may_open != may_close:
        return may_open
    if not may_open:
        return not is_open
    return char in "“„«" or char in {"``", "‘‘"}


def _closing_single(text: str, start: int, end: int) -> int | None:
    """Where the single-marked run that opens before `start` closes; None when the mark was an apostrophe after all.

    An apostrophe that ends a plural ("the workers’ rights") looks like a closing mark. It is taken for one only when
    no mark after it closes better: one that stands after a comma or full stop, or before punctuation.
    """
    fallback = None
    for match in re.finditer(r"[’'‘]", text[start : min(end, start + _MAX_SINGLE)]):
        at = start + match.start()
        if match.group() == "‘" and (at == start or text[at - 1].isspace()):
            break
        if not _may_close(text, at, at + 1, start, end):
            continue
        ends_clause = text[at - 1] in _ENDS_CLAUSE
        before_punctuation = at + 1 >= end or text[at + 1] in ',.;:!?)]”"—–'
        if ends_clause or (before_punctuation and text[at - 1] != "s"):
            return at if _balanced(text, start, at) else fallback
        if fallback is None and _balanced(text, start, at):
            fallback = at
            if text[at - 1] != "s":
                return at
    return fallback


def _balanced(text: str, start: int, end: int) -> bool:
    """Double marks inside a single-marked run come in pairs."""
    inside = text[start:end]
    return inside.count("“") == inside.count("”") and inside.count('"') % 2 == 0
