"""Entities that a model finds in a text → those that the lists have not found: people, organisations and places.

A small model is right with three names in four, the lists with nearly all. So the lists win wherever they speak, and of
what a model adds only whole names are taken: a surname alone, a nationality or the first word of a sentence is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.evidence.close_reading import CloseReading
from pipeline.folding import fold

EntityType = Literal["person", "organisation", "place"]
_TYPES: dict[str, EntityType] = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place"}
_LEADING = re.compile(r"^(?:[Tt]he|[Aa]n?)\s+")
_TRAILING = re.compile(r"(?:['’]s?|[.,;:])+$")
_NAME = re.compile(r"[^\W\d_][\w'’.&-]*(?:\s(?:(?:of|for|and|the|on|in|&|de|van|der|la|al)\s){0,2}[^\W\d_][\w'’.&-]*)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\"”’)]*\s+|\n\s*[•*-]?\s*|[\"“‘]\s*)(?:[Tt]he\s+)?$")
# What a small model takes for bodies: names of laws, plans and meetings.
_THINGS = frozenset(
    "act acts bill plan plans strategy summit review reviews budget programme scheme fund award awards day week report "
    "inquiry order code charter conference project operation law treaty convention election attacks shop".split()
)
_CAMEL = re.compile(r"[A-Z][a-z]+[A-Z]\w*")  # OpenAI, TikTok
_GOES_ON = re.compile(r"(?:\s|-)[A-Z]")
_MAX_WORDS = 8
_MAX_NAMES = 4  # words of a person's name
_MIN_LETTERS = 4  # of an organisation or a place that is one word


@dataclass(frozen=True, slots=True)
class Entity:
    """A name as a model marks it: characters start..end of a text, and the label that the model gives it."""

    start: int
    end: int
    label: str  # PERSON, ORG, GPE, LOC; others are passed over


Recogniser = Callable[[str], Iterable[Entity]]


@dataclass(frozen=True, slots=True)
class Added:
    """A name that only the model found."""

    name: str
    type: EntityType
    start: int
    end: int
    count: int


def entities_beside(
    reading: CloseReading, entities: Iterable[Entity], known: Sequence[str], taken: Sequence[tuple[int, int]]
) -> list[Added]:
    """Whole names among the entities that share no character with `taken` and are no part of `known`, each once.

    known   names that the lists have found, in full
    taken   where they stand
    """
    words_known = [frozenset(fold(name).split()) for name in known]
    found: dict[tuple[str, str], Added] = {}
    for entity in sorted(entities, key=lambda one: (one.start, one.end)):
        kind = _TYPES.get(entity.label)
        span = _trimmed(reading.article.text, entity)
        if kind is None or span is None or any(start < span[1] and span[0] < end for start, end in taken):
            continue
        name = reading.article.text[slice(*span)]
        words = name.split()
        if _GOES_ON.match(reading.flat, span[1]):
            continue  # "Business Crime" of the "Business Crime Partnership"
        own = frozenset(fold(name).split())
        if not _is_name(reading, span[0], words, kind) or any(own <= other or other <= own for other in words_known):
            continue
        key = (kind, fold(name))
        before = found.get(key)
        found[key] = Added(
            name, kind, *(span if before is None else (before.start, before.end)), 1 + (before.count if before else 0)
        )
    return list(found.values())


def _trimmed(text: str, entity: Entity) -> tuple[int, int] | None:
    """The span without an article before it and a genitive behind it; None when no name is left."""
    words = text[entity.start : entity.end]
    start = entity.start + (leading.end() if (leading := _LEADING.match(words)) else 0)
    end = entity.end - (len(trailing[0]) if (trailing := _TRAILING.search(words)) else 0)
    return (start, end) if _NAME.fullmatch(text[start:end]) else None


def _is_name(reading: CloseReading, start: int, words: Sequence[str], kind: EntityType) -> bool:
    listed = reading.lexicon.words
    if len(words) > _MAX_WORDS or not words[0][:1].isupper() or words[0] in listed.not_names:
        return False
    if re.search(rf"(?<![\w-]){re.escape(' '.join(words).lower())}(?![\w-])", reading.flat):
        return False  # "Government", where the text has "government" too
    if kind == "person":
        whole = 2 <= len(words) <= _MAX_NAMES and all(word[:1].isupper() for word in words)
        return whole and not any(
            word in listed.organisation_words or word in listed.not_names or word.lower() in listed.roles
            for word in words
        )
    if words[0].lower() in listed.roles or words[0] in listed.titles or words[-1].lower() in _THINGS:
        return False
    if len(words) > 1:
        return True
    if kind == "organisation":  # of single words a small model takes "Board" and "Home" for bodies, and CCTV
        return _CAMEL.fullmatch(words[0]) is not None
    if len(words[0]) < _MIN_LETTERS or words[0] in reading.lexicon.given_names:
        return False
    return not _SENTENCE_START.search(reading.flat[max(0, start - 24) : start])
