"""The subject of a plain verb of speech when no list knows its head: "the league said", "Northfield Rovers said".

Such words are a speaker only when they are the whole of what stands before the verb: one noun phrase and nothing else.
"""

from __future__ import annotations

import re

from pipeline.evidence.close_reading import CloseReading, Verb
from pipeline.sentences import Range

_COMMON = re.compile(r"(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother|[Ii]ts|[Tt]heir)\s((?:[a-z][\w'-]*\s){0,3}([a-z][\w'-]+))")
_NAME = r"[A-Z][\w'&.-]*(?:\s(?:(?:of|for|and|the|&)\s)*[A-Z][\w'&.-]*){0,6}"
_PROPER = re.compile(rf"(?:[Tt]he\s)?({_NAME}(?:(?<='s)(?:\s[a-z-]+){{1,2}})?)")
_NOT_FINITE = ("ing", "written")
_ALSO_OF_THINGS = ("beg", "contin", "go", "went", "conclu", "clos", "end", "open")
_SINGULAR = ("s", "ed", "said", "told", "wrote", "spoke", "swore", "sang", "put", "read", "went on", "thought", "felt")
_MAX_WORD = 16
_NOT_A_HEAD = ("ed", "ing", "ly")


def unlisted_subject(reading: CloseReading, verb: Verb, start: int, end: int, never: frozenset[str]) -> Range | None:
    """The noun phrase, article off, that start..end is as a whole; None when it is anything else.

    never  words (lower case) that no subject holds
    """
    if verb.form.startswith(_ALSO_OF_THINGS) and reading.masked[verb.end : verb.end + 1] not in {":", ",", "."}:
        return None  # "The increase began under …"
    infinitive = reading.masked.startswith("to ", verb.start - 3)
    if verb.kind != "say" or verb.form.endswith(_NOT_FINITE) or infinitive:
        return None
    while start < end and reading.masked[start] in " ,\u00a0":
        start += 1
    while end > start and reading.masked[end - 1] in " \u00a0":
        end -= 1
    if common := _COMMON.fullmatch(reading.masked, start, end):
        plain = not common[2].endswith(_NOT_A_HEAD) and never.isdisjoint(common[1].split())
        plural = common[2].endswith("s") and not common[2].endswith(("ous", "us", "ss", "is"))
        agrees = plural or verb.form.endswith(_SINGULAR)  # "the most obvious reason would be …"
        governed = reading.masked[max(0, start - _MAX_WORD) : start].split()[-1:]
        return common.span(1) if plain and agrees and not never.intersection(governed) else None
    proper = _PROPER.fullmatch(reading.masked, start, end)
    if proper is None or next(reading.people.between(*proper.span(1)), None) is not None:
        return None
    words = proper[1].split()
    known = reading.lexicon.words
    if (
        not never.isdisjoint(word.lower() for word in words if not (len(word) > 1 and word.isupper()))
        or words[-1] in known.not_names
    ):
        return None
    return proper.span(1)


_SOURCE = re.compile(
    r"(?:an?|the|one|its|their|this|another)\s(?!of\b)((?:[a-z][\w-]*\s){0,2}?[a-z][\w-]+)"
    r"(?=[.,;]|$|\s(?:the|an?|that|which|who|of|by|from|in|on|at|for|to|and|seen|released|published|obtained)\b)"
)


def unlisted_source(reading: CloseReading, start: int, end: int) -> Range | None:
    """The thing that stands after "according to": "a digital ad that the committee began running"."""
    found = _SOURCE.match(reading.masked, start, end)
    return found.span(1) if found else None
