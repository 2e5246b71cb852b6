"""Names → people: whom each name of a text means, and what is known of them.

A surname alone, or a given name alone, is the person whose full name the text gives; a surname that it never completes
is the holder of a listed office on that day, when there is only one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.evidence.lexicon import Gender, Lexicon, flatten
from pipeline.evidence.names import PEERS, Name, SeenNames, Single, see_names
from pipeline.evidence.person_signs import speaks

_FEMALE_TITLES = frozenset({"Mrs", "Ms", "Miss", "Dame", "Lady", "Baroness", "Sister", "Queen", "Princess", "Duchess"})
_MALE_TITLES = frozenset({"Mr", "Sir", "Lord", "Baron", "Fr", "King", "Prince", "Pope", "Duke", "Earl", "Viscount"})


_WITH_GIVEN_NAME = frozenset(
    {"Sir", "Dame", "Lord", "Lady", "Fr", "Father", "Sister", "Brother", "Dr", "Prince", "Princess"}
)

# "The Secretary of State for Business said": Business is no person.
_DEPARTMENT = re.compile(r"\b(?:[Ss]ecretary|[Mm]inister|[Dd]irector|[Hh]ead)(?: of [Ss]tate)? (?:of|for) (?:the )?$")


def _start(name: Name) -> int:
    return name.start


@dataclass(frozen=True, slots=True)
class People:
    """The names in a text, in order, and what is known of whom they name."""

    names: tuple[Name, ...]
    genders: dict[str, Gender]

    def between(self, start: int, end: int) -> Iterator[Name]:
        """Names that lie within the range, in order."""
        for index in range(bisect_left(self.names, start, key=_start), len(self.names)):
            name = self.names[index]
            if name.start >= end:
                break
            if name.end <= end:
                yield name


def find_people(text: str, flat: str, lexicon: Lexicon, day: date | None, also: Sequence[str] = ()) -> People:
    """The people that a text names.

    flat  `lexicon.flatten(text)`
    day   when it was published, for surnames that it never completes: "Mr Sunak" is whoever held an office then
    also  other texts of the article (title, captions) whose full names complete surnames here
    """
    seen = see_names(text, flat, lexicon)
    elsewhere = [
        name for other in also for name in see_names(other, flatten(other), lexicon).full if not _runs_on(name, lexicon)
    ]
    resolved = _resolve(text, flat, seen, elsewhere, lexicon, day)
    return People(tuple(resolved), _genders(resolved, lexicon))


def _runs_on(name: Name, lexicon: Lexicon) -> bool:
    """Whether a name of a headline in capitals runs on into another: "Amber Hale Accuses Tom Vale"."""
    return any(word in lexicon.given_names for word in name.text.split()[2:-1])


def _resolve(
    text: str,
    flat: str,
    seen: SeenNames,
    elsewhere: list[Name],
    lexicon: Lexicon,
    day: date | None,
) -> list[Name]:
    """Give every name its person: of a surname, the one of that name whom the article names in full."""
    canonical: dict[tuple[str, str], str] = {}
    by_surname: dict[str, list[Name]] = {}
    by_given: dict[str, dict[str, None]] = {}  # in the order in which the text names them
    resolved = []
    for place, names in ((True, seen.full), (False, elsewhere)):
        for name in names:
            parts = name.text.split()
            person = canonical.setdefault((parts[0], parts[-1]), name.text)
            known = name if person == name.text else replace(name, person=person)
            by_surname.setdefault(flatten(parts[-1]), []).append(known)
            by_given.setdefault(flatten(parts[0]), {})[person] = None
            if place:
                resolved.append(known)
    for one in sorted(seen.single, key=lambda one: one.title is None):  # "Mr Hale" tells whom "Hale" may be, too
        person_named = _person_of(one, flat, by_surname, by_given, lexicon, day)
        if (
            person_named is None
            and one.title is None
            and not _DEPARTMENT.search(flat, max(0, one.outer_start - 60), one.outer_start)
            and speaks(flat, one.token, seen.words, lexicon)
        ):
            person_named = one.token.text  # "Schumer said", and no full name anywhere
        if person_named is not None:
            start, end, _ = one.token
            written = text[start:end]
            known = Name(start, end, one.outer_start, one.outer_end, written, one.title, person_named, False)
            resolved.append(known)
            if one.title is not None and one.token.text in by_surname and person_named != one.token.text:
                by_surname[one.token.text].append(known)
    return sorted(resolved, key=lambda name: name.start)


def _person_of(
    one: Single,
    flat: str,
    by_surname: dict[str, list[Name]],
    by_given: dict[str, dict[str, None]],
    lexicon: Lexicon,
    day: date | None,
) -> str | None:
    word = one.token.text
    candidates = by_surname.get(word)
    if candidates:
        if one.title and day and (holder := _holds(one.title, word, lexicon, day)):
            return holder  # "President Vale" where only his wife is named in full
        if one.title:
            alike = [other for other in candidates if _same_title(other, one.title, lexicon)]
            holder = _office_holder(word, lexicon, day) if day and not alike else None
            if holder is not None:
                return holder  # "Mr Vale" where only Mrs Vale is named in full
            candidates = alike or candidates
        near = max((other for other in candidates if other.start < one.outer_start), key=_start, default=None)
        apart = (
            near is not None
            and one.title is None
            and "\n\n" not in flat[near.end : one.outer_start].replace("\n\n", "", 1)
        )
        by_count = Counter(other.person for other in candidates)  # of two Trumps, "Trump" is the one the text is about
        if near is not None and apart and not any(lexicon.offices.knows(other.person) for other in candidates):
            return near.person  # of two others it is the one just named
        return max(candidates, key=lambda other: (by_count[other.person], -other.start)).person
    given = by_given.get(word, {})
    if one.title in _WITH_GIVEN_NAME and len(given) == 1:
        return next(iter(given))  # "Sir Alan" is Sir Alan Westrop
    if one.title:
        if len(given) == 1 and word not in lexicon.given_names and len((first := next(iter(given))).split()) == 2:
            return first  # "Mr Han" is Han Myung-su
        holder = _office_holder(word, lexicon, day) if day else None
        return holder or (f"{one.title} {word}" if one.title in PEERS else word)
    family_first = all("-" in person for person in given)
    if given and word not in lexicon.places and (len(given) == 1 or family_first):
        return next(iter(given))  # of two Kims the text means the one it names first
    return _office_holder(word, lexicon, day) if day else None


def _holds(title: str, surname: str, lexicon: Lexicon, day: date) -> str | None:
    """The only one of that surname who held the office of that title on that day."""
    holder = _office_holder(surname, lexicon, day)
    held = lexicon.offices.held_by(holder, day) if holder else None
    return holder if held is not None and title.casefold() in held.office.casefold().split() else None


def _same_title(full: Name, title: str, lexicon: Lexicon) -> bool:
    gender = lexicon.given_names.get(full.text.split()[0], "u")
    if title in _FEMALE_TITLES:
        return gender != "m"
    if title in _MALE_TITLES:
        return gender != "f"
    return True


def _office_holder(surname: str, lexicon: Lexicon, day: date) -> str | None:
    """The only holder of a listed office on that day with this surname."""
    found = lexicon.offices.surnames(day).get(surname, frozenset())
    return next(iter(found)) if len(found) == 1 else None


def _genders(names: list[Name], lexicon: Lexicon) -> dict[str, Gender]:
    genders: dict[str, Gender] = {}
    for name in names:
        if name.title in _FEMALE_TITLES:
            genders[name.person] = "f"
        elif name.title in _MALE_TITLES:
            genders[name.person] = "m"
        elif genders.get(name.person, "u") == "u":
            genders[name.person] = lexicon.given_names.get(name.person.split()[0], "u")
    return genders
