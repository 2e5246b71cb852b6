"""Sentence → its first whole clause that is short enough to quote."""

from __future__ import annotations

import re

_WORD = re.compile(r"\S+")
# Where a clause can end: a semicolon or dash, a word that opens a new clause, a comma that parts no list …
_CLAUSE_ENDS = (
    re.compile(r"(?=\s*[;–—]\s)|(?=\s-\s)|(?=:\s)"),
    re.compile(r"(?=,?\s(?:which|who|because|while|when|as|after|before|until|since|although|but|so that|in order)\s)"),
    re.compile(r"(?=,\s(?!(?:\S+\s){0,3}?\S+(?:,|\sand\s|\sor\s)))"),
)
# … and where there is none, a joint between phrases.
_JOINTS = (re.compile(r"(?=\s(?:and|to|with|for|on|in|at|by|from|of)\s)"),)
_DANGLING = re.compile(
    r"\s+(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|but|as|than|that|which|who|its|his|her|their|our|new|more|"
    r"is|are|was|were|be|has|have|had|will|would|into|about)$",
    re.IGNORECASE,
)


def clip(text: str, *, max_words: int, min_words: int = 9) -> str:
    """The text, or its longest beginning of whole clauses with at most max_words words, without a closing comma.

    Where no clause ends in time it is cut between words, never behind an article or a preposition. Nothing is added:
    the caller says that something was left out.
    """
    found = list(_WORD.finditer(text))
    if len(found) <= max_words:
        return text.strip()
    limit = found[max_words - 1].end()
    floor = found[min(min_words, max_words) - 1].end()
    for patterns in (_CLAUSE_ENDS, _JOINTS):
        ends = [found.start() for pattern in patterns for found in pattern.finditer(text, floor, limit + 1)]
        if ends:
            return text[: max(ends)].rstrip(" ,;:–—-")
    cut = text[:limit]
    while (shorter := _DANGLING.sub("", cut)) != cut:
        cut = shorter
    return cut.rstrip(" ,;:–—-")


def was_clipped(text: str, clipped: str) -> bool:
    """Whether words were left out (and not only the full stop)."""
    return len(_WORD.findall(clipped)) < len(_WORD.findall(text))
