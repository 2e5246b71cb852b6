"""Two reports → the evidence that they tell one event, in words that an editor can check.

Grouping itself runs on likeness (vectors, neighbours, linkage), which is fast; this module reads the two texts once
more and says what they share, by class: shared text, a shared quotation, the same figure for the same thing, named
events and names, the terms of the topic, the dates. A membership prints what it finds here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from pipeline.folding import fold_marks
from pipeline.grouping.reports import Report
from pipeline.grouping.telling_words import singular, stop_words
from pipeline.model import Because

LONG_RUN = 10  # words in a row that two writers do not choose alike; set phrases and titles of office are shorter
QUOTED_RUN = 6
SHOWN_WORDS = 9  # of a run, in a reason
MOST_SHOWN = 5

_WORD = re.compile(r"\w+(?:'\w+)?(?:[,.]\d+)*")
_QUOTED = re.compile(r'"([^"]{20,2000}?)(?:"|$)', re.MULTILINE)
_NAME = re.compile(r"[A-Z][\w'&-]*(?:(?: of| and| the| for| on| to| in)* [A-Z][\w'&-]*)*")
_SENTENCE_START = re.compile(r'(?:^|[.!?:]["\')]*\s+|\n\s*|")$')
_SPEECH = re.compile(r" (?:said|says|added|told|called|warned|urged|welcomed|argued|insisted)\b|,? who\b")
_AMOUNT = re.compile(
    r"(?P<money>[£$€]|\b(?:GBP|USD|EUR) ?)?(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?:\s?(?P<scale>million|billion|trillion|thousand|mln|bn|tn|m|k)\b)?(?P<percent>\s?%|\sper ?cent\b)?"
    r"(?P<after>(?: [\w'-]+){0,4})"
)
_SCALE = {"thousand": 1e3, "k": 1e3, "million": 1e6, "mln": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}


class Told:
    """What one text tells, as evidence is found by it; each kind is taken when it is asked for, and once."""

    def __init__(self, title: str, text: str) -> None:
        self._text = fold_marks(text)
        self._whole = f"{fold_marks(title)}.\n{self._text}"

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words, folded, in order."""
        return tuple(_words(self._whole))

    @cached_property
    def quoted(self) -> frozenset[tuple[str, ...]]:
        """Runs of QUOTED_RUN words inside quotation marks."""
        return frozenset(
            run for quotation in _QUOTED.findall(self._whole) for run in _runs(_words(quotation), QUOTED_RUN)
        )

    @cached_property
    def names(self) -> dict[str, bool]:
        """Names of two words or more, each with whether it is said to speak or act, as people do."""
        return _names(self._text)

    @cached_property
    def amounts(self) -> frozenset[tuple[float, str]]:
        """(value, unit): GBP, USD, EUR, percent or the noun counted."""
        return frozenset(_amounts(self._whole))

    @cached_property
    def terms(self) -> dict[str, int]:
        """Words without their plural, each with the first place where it stands."""
        terms: dict[str, int] = {}
        for place, word in enumerate(self.words):
            terms.setdefault(singular(word), place)
        return terms


@lru_cache(maxsize=4_096)
def told(title: str, text: str) -> Told:
    """What a title and a text tell."""
    return Told(title, text)


def evidence(a: Report, b: Report) -> tuple[Because, ...]:
    """What a and b share, strongest class first. The weight, 0 to 1, is how rarely two events share as much.

    Topic and date are always there, so that every membership prints at least two classes.
    """
    one, other = told(a.title, a.told), told(b.title, b.told)
    found = [
        *_shared_text(one, other),
        *_shared_quotation(one, other),
        *_shared_figures(one, other),
        *_shared_names(one, other),
        _topic(one, other),
        _dates(a, b),
    ]
    return tuple(sorted(found, key=lambda because: -because.weight))


def long_runs(one: Told, other: Told, least: int = LONG_RUN) -> list[str]:
    """Runs of `least` words or more that stand in both, longest first; each word of `other` in one run at most."""
    known = set(_runs(one.words, least))
    spans: list[tuple[int, int]] = []
    for start, run in enumerate(_runs(other.words, least)):
        if run in known:
            if spans and start <= spans[-1][1] - least + 1:
                spans[-1] = (spans[-1][0], start + least)
            else:
                spans.append((start, start + least))
    return sorted((" ".join(other.words[start:end]) for start, end in spans), key=lambda run: (-run.count(" "), run))


def shared_names(one: Told, other: Told) -> list[str]:
    """Names of two words or more in both texts that neither treats as a speaker: events, laws, databases, places."""
    return sorted(name for name in one.names.keys() & other.names.keys() if not (one.names[name] or other.names[name]))


def spoken_of(text: str) -> frozenset[str]:
    """The names of two words or more in a text with folded marks that it does not treat as a speaker."""
    return frozenset(name for name, speaks in _names(text).items() if not speaks)


def _shared_text(one: Told, other: Told) -> Iterable[Because]:
    quoted = one.quoted | other.quoted
    plain = [run for run in long_runs(one, other) if not any(part in quoted for part in _runs(run.split(), QUOTED_RUN))]
    if plain:
        words = sum(run.count(" ") + 1 for run in plain)
        yield Because(
            kind="shared_text",
            detail=f"{words} words in runs of {LONG_RUN} or more stand in both: “{_shown(plain[0])}”",
            weight=min(1.0, words / 60),
        )


def _shared_quotation(one: Told, other: Told) -> Iterable[Because]:
    said_once = one.quoted & set(_runs(other.words, QUOTED_RUN)) | other.quoted & set(_runs(one.words, QUOTED_RUN))
    if said_once:
        runs = [run for run in long_runs(one, other, QUOTED_RUN) if set(_runs(run.split(), QUOTED_RUN)) & said_once]
        yield Because(
            kind="shared_quotation",
            detail=f"the same words are quoted: “{_shown(runs[0])}”",
            weight=min(1.0, 0.5 + len(runs[0].split()) / 40),
        )


def _shared_figures(one: Told, other: Told) -> Iterable[Because]:
    shared = sorted(one.amounts & other.amounts, key=lambda amount: (amount[1].islower(), -amount[0], amount[1]))
    if shared:
        shown = ", ".join(_amount_shown(value, unit) for value, unit in shared[:MOST_SHOWN])
        weight = 0.3 + 0.1 * len(shared) + 0.2 * any(not unit.islower() for _, unit in shared)
        yield Because(kind="shared_figure", detail=f"both give {shown}", weight=min(0.9, weight))


def _shared_names(one: Told, other: Told) -> Iterable[Because]:
    events = shared_names(one, other)
    people = sorted(one.names.keys() & other.names.keys() - set(events))
    if events:
        longest = sorted(events, key=lambda name: (-name.count(" "), name))[:MOST_SHOWN]
        yield Because(
            kind="named_event", detail="both name " + ", ".join(longest), weight=min(0.8, 0.2 + 0.1 * len(events))
        )
    if people:
        yield Because(
            kind="names", detail="in both: " + ", ".join(people[:MOST_SHOWN]), weight=min(0.5, 0.1 + 0.1 * len(people))
        )


def _topic(one: Told, other: Told) -> Because:
    shared = {
        term
        for word in set(one.words)
        if len(word) > 2 and word not in stop_words() and (term := singular(word)) in other.terms
    }
    early = sorted(shared, key=lambda term: (other.terms[term], term))
    share = len(shared) / max(1, min(len(one.terms), len(other.terms)))
    detail = "both tell of " + ", ".join(early[: MOST_SHOWN + 2]) if early else "no term in common"
    return Because(kind="topic", detail=detail, weight=min(0.5, share))


def _dates(a: Report, b: Report) -> Because:
    if a.published_at is None or b.published_at is None:
        return Because(kind="date", detail="one of them has no date, which speaks neither way", weight=0.0)
    days = abs((a.published_at.date() - b.published_at.date()).days)
    detail = (
        f"both published on {a.published_at:%-d %B %Y}" if not days else f"published {days} day{'s' * (days > 1)} apart"
    )
    return Because(kind="date", detail=detail, weight=max(0.0, 0.3 - 0.05 * days))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _runs(words: Iterable[str], size: int) -> list[tuple[str, ...]]:
    words = tuple(words)
    return [words[start : start + size] for start in range(len(words) - size + 1)]


def _names(text: str) -> dict[str, bool]:
    names: dict[str, bool] = {}
    for match in _NAME.finditer(text):
        name = match.group()
        before = text[max(0, match.start() - 4) : match.start()]
        if _SENTENCE_START.search(before) or match.start() == 0:
            name = name.partition(" ")[2] if singular(name.partition(" ")[0]) in _COMMON_STARTS else name
        if " " not in name or not name[0].isupper():
            continue
        speaks = bool(_SPEECH.match(text, match.end())) or name.split()[0] in _TITLES
        names[name] = names.get(name, False) or speaks
    return names


_TITLES = frozenset(
    {"Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Dame", "Lord", "Lady", "Baroness", "President", "Prince", "King"}
)
_COMMON_STARTS = frozenset(
    {"the", "a", "an", "in", "on", "at", "but", "and", "this", "it", "we", "for", "as", "when", "our"}
)


def _amounts(text: str) -> Iterable[tuple[float, str]]:
    for match in _AMOUNT.finditer(text):
        value = float(match["number"].replace(",", "")) * _SCALE.get(match["scale"] or "", 1.0)
        if match["money"]:
            yield value, {"£": "GBP", "$": "USD", "€": "EUR"}.get(match["money"], match["money"].strip())
        elif match["percent"]:
            yield value, "PERCENT"
        elif value >= 10 and not (1900 <= value <= 2100 and "," not in match["number"]):
            nouns = [word for word in match["after"].casefold().split() if word not in stop_words() and len(word) > 3]
            if nouns:
                yield value, singular(nouns[0])


def _amount_shown(value: float, unit: str) -> str:
    number = (
        f"{value:,.10g}"
        if value < 1e6
        else next(f"{value / size:,.4g} {name}" for name, size in (("billion", 1e9), ("million", 1e6)) if value >= size)
    )
    sign = {"GBP": "£", "USD": "$", "EUR": "€"}.get(unit)
    return f"{sign}{number}" if sign else f"{number}%" if unit == "PERCENT" else f"{number} {unit}"


def _shown(run: str) -> str:
    words = run.split()
    return " ".join(words[:SHOWN_WORDS]) + (" …" if len(words) > SHOWN_WORDS else "")
