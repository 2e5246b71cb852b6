"""Article → the people, organisations and places that it names, each once, under its fullest name, with its role.

No model is needed: listed names with their aliases, acronyms that the text itself explains, names built from words that
only organisations carry, and the people of `names`. Furniture is not in the text, so nothing in it is mentioned. A
model that is asked for (`entities`) adds names that the lists do not know.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.evidence.close_reading import CloseReading, read_closely
from pipeline.evidence.entities import Recogniser, entities_beside
from pipeline.evidence.lexicon import Entry, Lexicon
from pipeline.evidence.roles import stated_role
from pipeline.model import Article, Evidence, Mention, Quote

MentionType = Literal["person", "organisation", "place"]


@dataclass(slots=True)
class _Found:
    """One name of an article, in the making."""

    name: str
    type: MentionType
    start: int
    end: int
    count: int = 1
    role: str | None = None
    role_by: Evidence | None = None


def extract_mentions(article: Article, lexicon: Lexicon, recognise: Recogniser | None = None) -> tuple[Mention, ...]:
    """The people, organisations and places that an article's text names, in the order of their first places.

    recognise   finds entities beyond the lists; the lists win wherever they speak
    """
    return mentions_of(read_closely(article, lexicon), recognise=recognise)


def mentions_of(
    reading: CloseReading, quotes: Sequence[Quote] = (), recognise: Recogniser | None = None
) -> tuple[Mention, ...]:
    """The mentions of an article that has been read already. quotes: its own, whose cues give roles in full."""
    roles = {q.speaker: q.role for q in reversed(quotes) if q.speaker and q.role and q.role_by is Evidence.TEXT}
    people = _people(reading, roles)
    taken = sorted((name.outer_start, name.outer_end) for name in reading.people.names)
    bodies = _bodies_and_places(reading, taken)
    beyond = _beyond(reading, [*people, *bodies], taken, recognise) if recognise else []
    found = sorted([*people, *bodies, *beyond], key=lambda one: (one.start, one.end))
    return tuple(
        Mention(
            article_id=reading.article.article_id,
            name=one.name,
            type=one.type,
            role=one.role,
            role_by=one.role_by,
            start=one.start,
            end=one.end,
            count=one.count,
        )
        for one in found
    )


def _beyond(
    reading: CloseReading, listed: Sequence[_Found], taken: list[tuple[int, int]], recognise: Recogniser
) -> list[_Found]:
    """What a model finds beside the people of the text and the listed names."""
    places = [*taken, *((one.start, one.end) for one in listed)]
    added = entities_beside(reading, recognise(reading.article.text), [one.name for one in listed], places)
    return [_Found(one.name, one.type, one.start, one.end, one.count) for one in added]


def _people(reading: CloseReading, roles: dict[str, str]) -> list[_Found]:
    found: dict[str, _Found] = {}
    for name in reading.people.names:
        one = found.get(name.person)
        if one is None:
            one = found[name.person] = _Found(name.person, "person", name.start, name.end, 0)
            if name.person in roles:
                one.role, one.role_by = roles[name.person], Evidence.TEXT
        one.count += 1
        if one.role is None and reading.narrated(name):
            role = reading.role_of(name)
            if role is not None:
                one.role, one.role_by = stated_role(reading.article.text, role), Evidence.TEXT
    for one in found.values():
        if one.role is None and reading.day is not None:
            held = reading.lexicon.offices.held_by(one.name, reading.day)
            if held is not None:
                one.role, one.role_by = held.office, Evidence.INFERRED
    return list(found.values())


_CAPITAL_WORD = re.compile(r"(?<![\w'])[A-Z0-9][\w]*")
_ACRONYM = re.compile(r"\s\(['\"“‘]?([A-Z][A-Za-z&]*[A-Z]s?)['\"”’]?\)")
_BUILT = re.compile(
    r"(?<![\w'])[A-Z][\w'&.-]{0,40}(?:\s(?:(?:of|for|and|the|on|in|&)\s){0,2}[A-Z][\w'&-]{0,40}){0,11}(?:'s)?"
)
_MAX_BUILT_WORDS = 9
_SENTENCE_START = re.compile(r"(?:^|[.!?:]['\"”’)]*\s+|\n\s*[•*-]?\s*|[\"“‘]\s*)$")
_PLACE_CUE = re.compile(
    r"\b(?:in|at|from|near|to|around|across|outside|of|for|between|through|via|and|north|south|east|west|central|"
    r"into)\s+(?:the\s)?$"
)


def _bodies_and_places(reading: CloseReading, taken: list[tuple[int, int]]) -> list[_Found]:
    """Organisations and places, by walking the capitalised words once and taking the longest name at each."""
    found: dict[tuple[str, str], _Found] = {}
    local = _explained_acronyms(reading)
    position = 0
    index = 0
    for match in _CAPITAL_WORD.finditer(reading.flat):
        start = match.start()
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        if start < position or (index < len(taken) and taken[index][0] <= start):
            continue
        hit = _at(reading, start, match.group(), local)
        if hit is None:
            continue
        end, name, kind = hit
        key = (kind, name.casefold())
        one = found.get(key)
        if one is None:
            found[key] = _Found(name, kind, start, end)
        else:
            one.count += 1
        position = end
    return list(found.values())


def _at(reading: CloseReading, start: int, word: str, local: dict[str, str]) -> tuple[int, str, MentionType] | None:
    """The organisation or place whose name begins at `start`; the longest wins, then the listed one."""
    lexicon = reading.lexicon
    candidates: list[tuple[int, int, str, MentionType]] = []
    if word in local and not reading.flat[start + len(word) : start + len(word) + 1].isalnum():
        candidates.append((start + len(word), 1, local[word], "organisation"))
    body = lexicon.organisations.at(reading.flat, start, word)
    if body is not None and _is_meant(reading, start, body, "organisation"):
        candidates.append((body[0], 3, local.get(body[1].name, body[1].name), "organisation"))
    place = lexicon.places.at(reading.flat, start, word)
    if place is not None and _is_meant(reading, start, place, "place"):
        candidates.append((place[0], 2, place[1].name, "place"))
    built = _built(reading, start)
    if built is not None:
        candidates.append((built[0], 0, built[1], "organisation"))
    if not candidates:
        return None
    end, rank, name, kind = max(candidates)
    if rank == 0 and len(candidates) > 1:
        shorter = max(one for one in candidates if one[1])
        if not _is_body(reading.flat[shorter[0] : end], lexicon):
            end, _, name, kind = shorter  # what a longer run of capitals adds to a listed name is no body
    return end, name, kind


def _is_body(words: str, lexicon: Lexicon) -> bool:
    """Whether a stretch of text that goes on after a listed name makes a longer name of it, and does not join two."""
    joins = words.lstrip().startswith(("and ", "& ", "'s"))
    return not joins and any(word.rstrip(".,'") in lexicon.words.organisation_words for word in words.split())


def _is_meant(reading: CloseReading, start: int, hit: tuple[int, Entry], kind: MentionType) -> bool:
    """Whether a listed name that is an ordinary word or a surname too is meant as the name here."""
    end, entry = hit
    written = reading.flat[start:end]
    if kind == "place" and _is_part_of_a_name(reading, start, end):
        return False
    if not any(written == name.replace("’", "'") for name in entry.common):
        return True
    before = reading.flat[max(0, start - 24) : start]
    if _SENTENCE_START.search(before):
        return False
    if kind == "place":
        return bool(_PLACE_CUE.search(before)) and not re.match(r"\s[A-Z]", reading.flat[end : end + 2])
    following = re.compile(r"\s([A-Z]\w*)").match(reading.flat, end)
    listed = reading.lexicon.words
    return following is None or following.group(1) in listed.honours or following.group(1).lower() in listed.roles


_DIRECTIONS = frozenset("North South East West Central Greater Inner Outer Upper Lower Downtown".split())
_WORD_BEFORE = re.compile(r"([A-Z][\w'-]*) $")


def _is_part_of_a_name(reading: CloseReading, start: int, end: int) -> bool:
    """Whether a place's name is one word of another name: the barge "Bibby Stockholm", "Arsenal v Tottenham"."""
    flat = reading.flat
    if flat[max(0, start - 3) : start] == " v " or flat[end : end + 3] == " v ":
        return True
    before = _WORD_BEFORE.search(flat, max(0, start - 30), start)
    return bool(
        before and before.group(1) not in reading.lexicon.words.not_names and before.group(1) not in _DIRECTIONS
    )


def _built(reading: CloseReading, start: int) -> tuple[int, str] | None:
    """A name made of capitalised words one of which only organisations carry: "Safer Streets Foundation"."""
    match = _BUILT.match(reading.flat, start)
    if match is None:
        return None
    listed = reading.lexicon.words
    words = match.group().split()
    called = words[0].lower() in listed.roles or words[0].lower() in listed.anonymous  # "Officials of the …"
    if (
        words[0] in listed.not_names
        or words[0] in listed.titles
        or (called and words[0] not in listed.organisation_words)
    ):
        return None
    if len(words) > 1 and words[0] in listed.thing_words and words[1] in {"of", "for", "at"}:
        return None  # "Head of Security for the …"
    possessive = next((at for at, word in enumerate(words) if word.endswith("'s")), len(words))
    words = words[: possessive + 1]
    last = None
    for position, word in enumerate(words[:_MAX_BUILT_WORDS]):
        bare = word.removesuffix("'s").rstrip(".'")
        if bare in listed.organisation_words:
            last = position
        elif position and (bare.lower() in listed.roles or bare in listed.not_names):
            break
    if last is None or (last == 0 and len(words) == 1):
        return None
    # "Department of X", "University of Y": what follows "of" or "for" belongs to the name
    end_word = last
    if last + 2 < len(words) and words[last + 1] in {"of", "for"}:
        end_word = len(words) - 1
    kept = words[: end_word + 1]
    text = " ".join(kept)
    if len([word for word in kept if word[0].isupper()]) < 2:
        return None
    end = start + len(text)
    following = re.match(r"\s([\w'-]+)", reading.flat[end : end + 30])
    if following and following.group(1)[0].isupper() and following.group(1).lower() in listed.roles:
        return None  # "Board Secretariat Director": part of a role
    name = reading.article.text[start:end]
    bare = re.sub(r"['’]s$", "", name)
    return start + len(bare), bare


def _explained_acronyms(reading: CloseReading) -> dict[str, str]:
    """Acronyms that the text explains, by its own words: "Independent Child Trafficking Advocates (ICTAs)"."""
    found: dict[str, str] = {}
    for match in _ACRONYM.finditer(reading.flat):
        acronym = match.group(1)
        letters = [letter for letter in acronym if letter.isupper()]
        words = list(re.finditer(r"[\w'&-]+", reading.flat[max(0, match.start() - 120) : match.start()]))
        offset = max(0, match.start() - 120)
        capitals = [w for w in words if w.group()[0].isupper()]
        if len(capitals) < len(letters):
            continue
        chosen = capitals[-len(letters) :]
        if [w.group()[0] for w in chosen] != letters:
            continue
        full = reading.article.text[offset + chosen[0].start() : match.start()].strip()
        entry = reading.lexicon.organisations.named(full)
        is_body = any(
            word.rstrip("s") in reading.lexicon.words.organisation_words
            or word in reading.lexicon.words.organisation_words
            for word in full.split()
        )
        if entry is not None or is_body:
            found[acronym] = entry.name if entry else full
    return found
