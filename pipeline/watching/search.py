"""What a search asks for → where an article has it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.folding import fold, fold_marks
from pipeline.model import Article, Figure, Quote

MOST_PLACES = 3  # of one word or phrase, kept as evidence; the rest says no more
WORD = re.compile(r"\w+(?:'\w+)*")
_GAP = 10_000  # between headline, standfirst and text: nothing is near across it

Where = Literal["title", "standfirst", "text"]


@dataclass(frozen=True, slots=True)
class Found:
    """Words of an article that a search found: characters of its headline, standfirst or text."""

    where: Where
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase; `open_end` when a star ends it."""

    words: tuple[str, ...]
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Two things with at most so many words between them, in either order."""

    left: Near | Term | Either
    right: Near | Term | Either
    within: int


@dataclass(frozen=True, slots=True)
class Field:
    """An outlet or a speaker, by words of the name."""

    field: Literal["outlet", "speaker"]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of that unit; with a comparison, one that is larger or smaller."""

    comparison: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Both:
    """All of these."""

    parts: tuple[Search, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these, or more."""

    parts: tuple[Search, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Not this."""

    part: Search


Search = Term | Near | Field | Amount | Both | Either | Without


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    number: int
    where: Where
    start: int
    end: int


class Searched:
    """An article as searches look at it: its words in order, its speakers, its figures."""

    def __init__(self, article: Article, quotes: Sequence[Quote] = (), figures: Sequence[Figure] = ()) -> None:
        self.article, self.quotes, self.figures = article, quotes, figures
        self.words = list(_placed(article))
        self.places: dict[str, list[int]] = {}
        for index, word in enumerate(self.words):
            self.places.setdefault(word.folded, []).append(index)


def find(search: Search, searched: Searched) -> tuple[Found, ...] | None:
    """Where an article has what a search asks for, None when it does not; () when no words of it bear it out."""
    match search:
        case Term() | Near():
            ranges = _ranges(search, searched)
            return _evidence(searched, ranges) if ranges else None
        case Field():
            return _named(search, searched)
        case Amount():
            return _figured(search, searched)
        case Both(parts):
            all_found = [find(part, searched) for part in parts]
            if any(found is None for found in all_found):
                return None
            return _distinct(place for found in all_found for place in found or ())
        case Either(parts):
            some = [found for part in parts if (found := find(part, searched)) is not None]
            return _distinct(place for found in some for place in found) if some else None
        case Without(part):
            return () if find(part, searched) is None else None


def flat(text: str) -> str:
    """The text with plain marks and spaces, character for character: places in it are places in the text."""
    folded = fold_marks(text)
    if len(folded) == len(text):
        return folded
    return "".join(character if len(plain := fold_marks(character)) != 1 else plain for character in text)


def bare(word: str) -> str:
    """ "office's" is found by "office"."""
    return word.removesuffix("'s")


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else fold(word)


def _distinct(places: Iterator[Found]) -> tuple[Found, ...]:
    return tuple(dict.fromkeys(places))


def _placed(article: Article) -> Iterator[_Word]:
    number = 0
    parts: list[tuple[Where, str]] = [("title", article.title.text)]
    if article.standfirst:
        parts.append(("standfirst", article.standfirst.text))
    for where, text in (*parts, ("text", article.text)):
        for match in WORD.finditer(flat(text)):
            yield _Word(bare(_folded(match[0])), number, where, match.start(), match.end())
            number += 1
        number += _GAP


def _ranges(search: Search, searched: Searched) -> list[tuple[int, int]]:
    """Half-open ranges of words that bear out a term or a nearness."""
    match search:
        case Term(words, open_end):
            return list(_term_ranges(words, open_end, searched))
        case Either(parts):
            return sorted({found for part in parts for found in _ranges(part, searched)})
        case Near(left, right, within):
            found = set()
            rights = _ranges(right, searched)
            for start, end in _ranges(left, searched):
                for other_start, other_end in rights:
                    if _apart(searched.words, (start, end), (other_start, other_end)) <= within:
                        found.add((min(start, other_start), max(end, other_end)))
            return sorted(found)
    return []


def _apart(words: Sequence[_Word], a: tuple[int, int], b: tuple[int, int]) -> float:
    """Words between two ranges; infinite when they overlap, for a word is not near itself."""
    first, second = sorted((a, b))
    if second[0] < first[1]:
        return float("inf")
    return words[second[0]].number - words[first[1] - 1].number - 1


def _term_ranges(words: tuple[str, ...], open_end: bool, searched: Searched) -> Iterator[tuple[int, int]]:
    if open_end and len(words) == 1:
        starts = sorted(at for word, places in searched.places.items() if word.startswith(words[0]) for at in places)
    else:
        starts = searched.places.get(words[0], [])
    for start in starts:
        run = searched.words[start : start + len(words)]
        if len(run) < len(words) or run[-1].number - run[0].number != len(words) - 1:
            continue
        *firsts, last = (word.folded for word in run)
        if firsts == list(words[:-1]) and (last == words[-1] or (open_end and last.startswith(words[-1]))):
            yield start, start + len(words)


def _evidence(searched: Searched, ranges: Sequence[tuple[int, int]]) -> tuple[Found, ...]:
    return tuple(
        Found(searched.words[start].where, searched.words[start].start, searched.words[end - 1].end)
        for start, end in ranges[:MOST_PLACES]
    )


def _named(search: Field, searched: Searched) -> tuple[Found, ...] | None:
    if search.field == "outlet":
        return () if _is_named(search.words, searched.article.outlet) else None
    places = [
        Found("text", *quote.fragments[0])
        for quote in searched.quotes
        if quote.fragments and _is_named(search.words, quote.speaker)
    ]
    return tuple(places[:MOST_PLACES]) if places else None


def _is_named(words: Sequence[str], name: str | None) -> bool:
    """Whether a name has all the words: "Rudd" names Amber Rudd, "Guardian" The Guardian."""
    return name is not None and set(words) <= {bare(word) for word in WORD.findall(fold(name))}


def _figured(search: Amount, searched: Searched) -> tuple[Found, ...] | None:
    places = [
        Found(figure.where, figure.start, figure.end) for figure in searched.figures if _is_amount(search, figure)
    ]
    return tuple(places[:MOST_PLACES]) if places else None


def _is_amount(search: Amount, figure: Figure) -> bool:
    if figure.value is None or (search.unit and figure.unit != search.unit):
        return False
    low, high = figure.value, figure.value_max if figure.value_max is not None else figure.value
    match search.comparison:
        case ">=":
            return high >= search.value
        case ">":
            return high > search.value
        case "<=":
            return low <= search.value
        case "<":
            return low < search.value
    return low - 1e-9 <= search.value <= high + 1e-9
