"""Article → broadcasts and proceedings of Parliament that it names: programme or committee, who, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from pipeline.folding import fold_marks
from pipeline.model import Article, Mention
from pipeline.sentences import paragraphs, sentences

_APPEARS = re.compile(
    r"\b(?:interview(?:ed|s|ing)?|told|tells?|appear(?:ed|s|ing)?|speak(?:s|ing)?|spoke|said|says|asked|joined|"
    r"on (?:the )?)\b",
    re.IGNORECASE,
)
_WHEN = (
    (re.compile(r"\byesterday\b", re.IGNORECASE), -1),
    (re.compile(r"\b(?:this morning|today|tonight|this afternoon|this evening)\b", re.IGNORECASE), 0),
    (re.compile(r"\btomorrow\b", re.IGNORECASE), 1),
)


@dataclass(frozen=True, slots=True)
class Programme:
    """A broadcast, chamber or committee that texts name."""

    name: str
    aliases: tuple[str, ...]
    kind: str  # radio, television or parliament


@dataclass(frozen=True, slots=True)
class Appearance:
    """That somebody was heard: characters start..end of the article's text say so."""

    programme: Programme
    words: str  # as the text names the programme
    person: str | None
    on: date | None  # worked out from "yesterday" and the article's day; None when the text gives no day
    start: int
    end: int


class Programmes:
    """Programmes by the names that texts give them; spelling counts ("Today programme" is one, "today" is not)."""

    def __init__(self, programmes: Iterable[Programme]) -> None:
        self._by_alias = {alias: programme for programme in programmes for alias in programme.aliases}

    def may_stand_in(self, text: str) -> bool:
        """Whether it is worth a closer look: most texts name no programme."""
        return any(alias in text for alias in self._by_alias)

    @cached_property
    def _names(self) -> re.Pattern[str]:
        longest_first = sorted(self._by_alias, key=lambda alias: (-len(alias), alias))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    def found(self, text: str) -> list[tuple[Programme, str, int, int]]:
        """Programmes that a text names, with the words and their places."""
        return [(self._by_alias[match[0]], match[0], *match.span()) for match in self._names.finditer(text)]


def appearances(
    article: Article, people: Sequence[Mention], programmes: Programmes, *, day: date | None
) -> tuple[Appearance, ...]:
    """Who was heard where, each programme and person once an article.

    "Today programme yesterday" was the day before; the programme's own name is no date.
    """
    found: dict[tuple[str, str | None], Appearance] = {}
    folded = fold_marks(article.text)
    text = folded if len(folded) == len(article.text) else article.text
    for paragraph in paragraphs(text) if programmes.may_stand_in(text) else ():
        if not programmes.found(text[slice(*paragraph)]):
            continue
        for start, end in sentences(text, *paragraph):
            for programme, words, at, behind in programmes.found(text[start:end]):
                rest = text[start : start + at] + " " * len(words) + text[start + behind : end]
                if not _APPEARS.search(rest) and programme.kind != "parliament":
                    continue
                person = _person(rest, people)
                on = next((day + timedelta(days=days) for form, days in _WHEN if day and form.search(rest)), None)
                found.setdefault((programme.name, person), Appearance(programme, words, person, on, start, end))
    return tuple(found.values())


def _person(sentence: str, people: Sequence[Mention]) -> str | None:
    """The first person that the sentence names, by full name or surname."""
    places = []
    for mention in people:
        if mention.type == "person":
            match = re.search(rf"\b(?:{re.escape(mention.name)}|{re.escape(mention.name.split()[-1])})\b", sentence)
            if match:
                places.append((match.start(), mention.name))
    return min(places)[1] if places else None
