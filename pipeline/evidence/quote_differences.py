"""Two variants of a quotation → where they differ, in words that an editor reads.

Marks, white space and capitals make no difference; every word and every comma does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.distance import Indel

from pipeline.folding import fold_marks
from pipeline.model import QuoteDifference

_TOKEN = re.compile(r"\w+(?:['’.,]\w+)*(?:-\w+(?:['’]\w+)*)*%?|[£$€]|\.\.\.|[^\w\s\"'“”‘’]")
_CONTEXT_WORDS = 3
_MAX_PAIRS = 250_000  # two quotes of 500 words; a speech in two outlets has a hundred times as many
_MIN_JOINT = 2  # fewer equal words between two departures make them one
_MIN_SENTENCE_WORDS = 4
_MAX_KEPT_SHARE = 0.3
_SENTENCE_ENDS = frozenset({".", "!", "?"})
_MARKS_ONLY = re.compile(r"[^\w]*")


@dataclass(frozen=True, slots=True)
class _Token:
    folded: str
    start: int
    end: int


def tokens(text: str) -> list[str]:
    """Folded words and marks of punctuation in order, quotation marks left out."""
    return [token.folded for token in _tokens(text)]


def differences(full: str, variant: str) -> tuple[QuoteDifference, ...]:
    """Where a variant departs from the fullest text, in order. Empty when they say the same in the same words."""
    a, b = _tokens(full), _tokens(variant)
    return _compared(full, variant, a, b)


def fragment_differences(full: str, fragment: str, fold: Mapping[str, str]) -> tuple[QuoteDifference, ...]:
    """Where a few quoted words depart from the passage that they were taken from; what is around it is not counted.

    fold  words that count as equal when the passage is looked for ("my" and "his")
    """
    a, b = _tokens(full), _tokens(fragment)
    first, second = ([fold.get(token.folded, token.folded) for token in side] for side in (a, b))
    match = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    start = max(0, match.a - match.b)
    return _compared(full, fragment, a[start : start + len(b)], b)


def _compared(full: str, variant: str, a: list[_Token], b: list[_Token]) -> tuple[QuoteDifference, ...]:
    found: list[QuoteDifference | None] = []
    for a0, a1, b0, b1 in _joined(departures([t.folded for t in a], [t.folded for t in b])):
        floor = 0
        if b1 > b0:
            for first, last in _lost_sentences(a, b, (a0, a1, b0, b1)):
                found.append(_cut(full, a, first, last))
                a0 = floor = last
        edge = a0 == 0 or a1 == len(a)
        found.append(_difference(full, variant, a, b, (a0, a1, b0, b1), edge=edge, floor=floor))
    return tuple(difference for difference in found if difference is not None)


def departures(a: list[str], b: list[str]) -> list[tuple[int, int, int, int]]:
    """Where two lists of tokens differ. Long texts are aligned by rapidfuzz, which is quick but splits more finely."""
    if len(a) * len(b) <= _MAX_PAIRS:
        matcher = SequenceMatcher(None, a, b, autojunk=False)
        return [(op[1], op[2], op[3], op[4]) for op in matcher.get_opcodes() if op[0] != "equal"]
    edits = Indel.opcodes(a, b)
    return [(op.src_start, op.src_end, op.dest_start, op.dest_end) for op in edits if op.tag != "equal"]


def _lost_sentences(a: list[_Token], b: list[_Token], span: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """Whole sentences in a departure that have next to nothing in the variant: they were cut, the rest was altered."""
    a0, a1, b0, b1 = span
    kept = {token.folded for token in b[b0:b1]}
    lost = []
    start = a0
    while start < a1 and not a[start].folded[0].isalnum():
        start += 1
    begins_sentence = start == 0 or a[start - 1].folded in _SENTENCE_ENDS
    for at in range(start, a1):
        if a[at].folded not in _SENTENCE_ENDS:
            continue
        own = [token.folded for token in a[start:at] if token.folded[0].isalnum()]
        shared = sum(word in kept for word in own)
        if begins_sentence and len(own) >= _MIN_SENTENCE_WORDS and shared <= _MAX_KEPT_SHARE * len(own):
            lost.append((start, at + 1))
        start, begins_sentence = at + 1, True
    return lost


def _tokens(text: str) -> list[_Token]:
    flat = fold_marks(text)
    if len(flat) != len(text):  # an invisible mark stood in it: offsets would be off
        flat = text
    return [_Token(m.group().casefold(), m.start(), m.end()) for m in _TOKEN.finditer(flat)]


def _joined(spans: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Departures with next to nothing equal between them are one."""
    out: list[tuple[int, int, int, int]] = []
    for span in spans:
        if out and span[0] - out[-1][1] < _MIN_JOINT and span[2] - out[-1][3] < _MIN_JOINT:
            last = out.pop()
            span = (last[0], span[1], last[2], span[3])
        out.append(span)
    return out


def _difference(
    full: str,
    variant: str,
    a: list[_Token],
    b: list[_Token],
    span: tuple[int, int, int, int],
    *,
    edge: bool,
    floor: int,
) -> QuoteDifference | None:
    a0, a1, b0, b1 = span
    cut, added = _slice(full, a, a0, a1), _slice(variant, b, b0, b1)
    if edge and not added and _MARKS_ONLY.fullmatch(cut):
        return None  # the full stop at the end of a fragment
    if edge and not cut and _MARKS_ONLY.fullmatch(added):
        return None
    if edge and _MARKS_ONLY.fullmatch(cut) and _MARKS_ONLY.fullmatch(added):
        return None
    if cut and not added and re.search(r"\w", cut):
        return _cut(full, a, a0, a1)
    if added and not cut and re.search(r"\w", added):
        where = _context(full, a, a0, a0)
        return QuoteDifference(kind="added", full="", variant=added, detail=f"adds “{added}” at “{where}”")
    while floor and b0 < b1 and not b[b0].folded[0].isalnum():
        b0 += 1  # the mark that took the place of the sentence cut before
    before, after = _context(full, a, a0, a1, floor), _context(variant, b, b0, b1, b0 if floor else 0)
    return QuoteDifference(kind="altered", full=before, variant=after, detail=f"“{before}” is “{after}”")


def _cut(full: str, a: list[_Token], start: int, end: int) -> QuoteDifference:
    words = _slice(full, a, start, end)
    return QuoteDifference(kind="cut", full=words, variant="", detail=f"cuts “{words}”")


def _slice(text: str, parts: list[_Token], start: int, end: int) -> str:
    return " ".join(text[parts[start].start : parts[end - 1].end].split()) if end > start else ""


def _context(text: str, parts: list[_Token], start: int, end: int, floor: int = 0) -> str:
    """The words of a departure with a few equal ones around them, none before `floor`."""
    first = start
    words = 0
    while first > floor and words < _CONTEXT_WORDS:
        first -= 1
        words += parts[first].folded[0].isalnum()
    last = end
    words = 0
    while last < len(parts) and words < _CONTEXT_WORDS:
        words += parts[last].folded[0].isalnum()
        last += 1
    return _slice(text, parts, first, last)
