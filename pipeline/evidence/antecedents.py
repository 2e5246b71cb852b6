"""A pronoun → whom the narration before it names that it may mean, best first."""

from __future__ import annotations

import re

from pipeline.evidence.close_reading import CloseReading
from pipeline.evidence.lexicon import Gender
from pipeline.evidence.names import Name


def named_before(reading: CloseReading, start: int, until: int, gender: Gender, *, own: bool) -> tuple[int, str] | None:
    """Whom a stretch of narration names that a pronoun may mean, with how much speaks against it.

    Best is one of that gender, or the subject; who owns something, or stands after a preposition, is seldom meant.
    own: it is the pronoun's own sentence ("Hale's remarks on the bridge, which she said …").
    """
    best: tuple[int, str] | None = None
    for name in reading.people.between(start, until):
        known = reading.people.genders.get(name.person, "u")
        if not reading.narrated(name) or known not in {gender, "u"}:
            continue
        heads = len(reading.masked[start : name.outer_start].split()) <= _MAX_WORDS_BEFORE_HEAD
        owner = not heads and reading.flat.startswith("'s ", name.outer_end) and not _owns(reading, name)
        if owner and not own:
            continue  # "a tune out of Hale's first film." and the next sentence
        if _ATTRIBUTE.match(reading.flat, max(start, name.outer_start - 4)):
            continue  # "someone in the Hale administration"
        governed = _in_subordinate(reading, start, name) or (
            not heads and _GOVERNED.search(reading.masked, start, name.outer_start) is not None
        )
        rank = 4 * _owns(reading, name) + 2 * governed + (owner or (known == "u" and not heads))
        if best is None or rank < best[0]:
            best = (rank, name.person)
    return best


def _in_subordinate(reading: CloseReading, start: int, name: Name) -> bool:
    """ "When Mr Hale left, Mr Vale stayed. He …": Mr Vale."""
    end = reading.sentences[reading.sentence_at(start)][1]
    comma = _COMMA.search(reading.masked, name.outer_end, end)
    if comma is None or _SUBORDINATE.match(reading.masked, start) is None:
        return False
    begun = _COMMA.search(reading.masked, start, name.outer_start) is None
    return begun and next(reading.people.between(comma.end(), min(comma.end() + _MAX_OWNED, end)), None) is not None


_COMMA = re.compile(r",[\"”']?\s")
_SUBORDINATE = re.compile(r"(?:When|After|As|While|If|Although|Though|Since|Because|Before|Once|Whereas)\s")
_ATTRIBUTE = re.compile(r"[Tt]he [A-Z][\w-]* [a-z]")
_MAX_WORDS_BEFORE_HEAD = 2  # "Meanwhile Mrs Hale", "The MP Jane Hale"
_GOVERNED = re.compile(
    r"\b(?:of|for|by|with|to|from|at|against|about|under|than|like|as)\s(?:the\s(?:[a-z-]+\s){0,2})?(?:[A-Z][\w.]*\s){0,4}$"
)
_MAX_OWNED = 50  # characters from an owner to the end of the name of whom they own


def _owns(reading: CloseReading, name: Name) -> bool:
    """ "Mr Hale's doctor Tom Vale said … he …": Mr Hale is there to say who Mr Vale is."""
    if not reading.flat.startswith("'s ", name.outer_end):
        return False
    following = next(reading.people.between(name.outer_end, name.outer_end + _MAX_OWNED), None)
    between = reading.flat[name.outer_end + 3 : following.outer_start].split() if following else []
    return bool(between) and between[-1].lower() in reading.lexicon.words.roles
