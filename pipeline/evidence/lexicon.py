"""What is known before any text is read: names, offices, organisations, places and the words that introduce speech.

Built from the rows of seeds/*.csv (edges/lexicon_files.py) and never changed; every lookup is a dictionary's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from pipeline.folding import fold

Gender = Literal["f", "m", "u"]
_APOSTROPHES = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("\u00a0", " "))


def flatten(text: str) -> str:
    """The text with straight apostrophes and plain spaces, character for character: offsets stay what they are."""
    for mark, plain in _APOSTROPHES:
        text = text.replace(mark, plain)
    return text


@dataclass(frozen=True, slots=True)
class Entry:
    """A listed organisation or place."""

    name: str
    kind: str
    common: frozenset[str]  # those of its names that are ordinary words too ("Mind", "Reading", "Bath")


class PhraseTable:
    """Listed names, found at a place in a text by their first word; the longest wins."""

    def __init__(self, entries: Iterable[tuple[Entry, tuple[str, ...]]]) -> None:
        """Each entry with all its names, its own first. A name that two entries share stays with the first."""
        by_first: dict[str, dict[str, Entry]] = defaultdict(dict)
        self._by_name: dict[str, Entry] = {}
        self._acronyms: dict[str, Entry] = {}  # their capitals count: MPS is a police service, MPs are not
        for entry, names in entries:
            for name in names:
                phrase = flatten(name)
                by_first[_first_word(phrase)].setdefault(phrase, entry)
                (self._acronyms if name.isupper() else self._by_name).setdefault(_key(name), entry)
        self._by_first = {
            word: tuple(sorted(phrases.items(), key=lambda item: -len(item[0]))) for word, phrases in by_first.items()
        }
        self._named = lru_cache(maxsize=50_000)(self._look_up)

    def at(self, flat: str, start: int, word: str) -> tuple[int, Entry] | None:
        """The longest listed name that stands at flat[start:], whose first word is `word`: its end and its entry."""
        for phrase, entry in self._by_first.get(word, ()):
            end = start + len(phrase)
            if flat.startswith(phrase, start) and not (end < len(flat) and flat[end].isalnum()):
                return end, entry
        return None

    def named(self, name: str) -> Entry | None:
        """The entry of that name, whatever its marks; capitals count in acronyms only."""
        return self._named(name)

    def _look_up(self, name: str) -> Entry | None:
        return self._acronyms.get(flatten(name)) or self._by_name.get(fold(name))

    def __contains__(self, name: str) -> bool:
        return self.named(name) is not None


@dataclass(frozen=True, slots=True)
class Holding:
    """That a person held an office, from a day to a day, both included."""

    office: str
    person: str
    held_from: date
    held_to: date  # of a holder still in office: the day until which the row is known to be right
    organisation: str


@dataclass(frozen=True, slots=True)
class Office:
    """An office and the names it goes by."""

    name: str
    aliases: tuple[str, ...]
    organisation: str


class Offices:
    """Who held which office on which day."""

    def __init__(self, offices: Iterable[Office], holdings: Iterable[Holding]) -> None:
        self._offices = {office.name: office for office in offices}
        self._by_role = {
            role_key(name): office for office in self._offices.values() for name in (office.name, *office.aliases)
        }
        self._by_office: dict[str, list[Holding]] = defaultdict(list)
        self._by_person: dict[str, list[Holding]] = defaultdict(list)
        self._surnames: dict[date, Mapping[str, frozenset[str]]] = {}  # filled as days are asked for
        for holding in holdings:
            self._by_office[holding.office].append(holding)
            self._by_person[fold(holding.person)].append(holding)

    def of_role(self, role: str) -> Office | None:
        """The office that a role names: "the Home Secretary", "Crime and Policing Minister"; None for any other."""
        return self._by_role.get(role_key(role))

    def holder(self, office: str, day: date) -> Holding | None:
        """Who held the office on that day, as far as the list knows for certain."""
        return next((held for held in self._by_office[office] if held.held_from <= day <= held.held_to), None)

    def body_of(self, office: Office, day: date | None) -> str:
        """The body that an office belonged to on that day: shadow ministers are of the party then in opposition.

        Of a shadow office whose holder is not listed the others of that day tell, where they are of one party.
        """
        if day is None or not office.name.startswith("Shadow "):
            return office.organisation
        shadows = [name for name in self._by_office if name.startswith("Shadow ")]
        asked = [office.name] if self.holder(office.name, day) else shadows
        parties = {held.organisation for name in asked if (held := self.holder(name, day)) is not None}
        return parties.pop() if len(parties) == 1 else office.organisation

    def held_by(self, person: str, day: date) -> Holding | None:
        """The office that a person held on that day; of two, the one listed first."""
        return next((h for h in self._by_person.get(_folded(person), ()) if h.held_from <= day <= h.held_to), None)

    def knows(self, person: str) -> bool:
        """Whether anybody of that name ever held a listed office."""
        return _folded(person) in self._by_person

    def surnames(self, day: date) -> Mapping[str, frozenset[str]]:
        """Surname → everybody of that surname who held a listed office on that day."""
        found = self._surnames.get(day)
        if found is None:
            people = {h.person for held in self._by_office.values() for h in held if h.held_from <= day <= h.held_to}
            found = defaultdict(frozenset)
            for person in people:
                found[person.rsplit(" ", 1)[-1]] |= {person}
            self._surnames[day] = found
        return found


_folded = lru_cache(maxsize=50_000)(fold)


@lru_cache(maxsize=50_000)
def role_key(role: str) -> str:
    """A role as it is compared: folded, without "the", "UK" or "Britain's" before it, & as "and"."""
    folded = fold(role).replace("&", "and").replace(",", "")
    return re.sub(r"^(?:(?:the|a|uk|british|britain's|uk's|england's|our|current|new|then)\s+)+", "", folded)


CueKind = Literal["say", "govern", "weak", "opens"]


@dataclass(frozen=True, slots=True)
class CueWords:
    """Verbs that introduce words, by their first word, and the phrases after which the speaker stands."""

    verbs: Mapping[str, tuple[tuple[str, CueKind], ...]]  # first word → (whole form, kind), longest first
    follows: tuple[str, ...]
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words by what they do in and around a person's name. Those before a name keep their case, roles are folded."""

    titles: frozenset[str]
    royal: frozenset[str]
    honours: frozenset[str]
    roles: frozenset[str]
    anonymous: frozenset[str]
    organisation_words: frozenset[str]
    thing_words: frozenset[str]
    christened: frozenset[str]
    not_names: frozenset[str]
    role_stops: frozenset[str]
    role_modifiers: frozenset[str]
    particles: frozenset[str]
    so_called: tuple[str, ...]
    scare: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that reading quotes and mentions goes by."""

    given_names: Mapping[str, Gender]
    given_names_common: frozenset[str]  # given names that are words or places as well: alone they prove nothing
    words: NameWords
    cues: CueWords
    offices: Offices
    organisations: PhraseTable
    places: PhraseTable


def _key(name: str) -> str:
    return flatten(name) if name.isupper() else fold(name)


def _first_word(phrase: str) -> str:
    found = re.match(r"\w+", phrase)
    if found is None:
        raise ValueError(f"a listed name must begin with a letter or digit, not {phrase!r}")
    return found.group()
