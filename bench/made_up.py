"""A made-up press: events × outlets, with rewrites, agency copies and look-alikes. Deterministic; nobody's words.

An event has a kind (a shooting, a vote, a recall …), a place, people, a body, figures and a day. An outlet reports it
with its own choice of facts, wordings and order, and sentences of its own; an agency text is run by several under other
headlines, cut, or inside page furniture. Events of one kind share their sentences (made_up.toml), as in real news.
"""

from __future__ import annotations

import itertools
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Kind = dict[str, Any]  # headlines and facts, see made_up.toml

START = datetime(2026, 3, 2, 6, tzinfo=UTC)

_MADE_OF = tomllib.loads((Path(__file__).parent / "made_up.toml").read_text(encoding="utf-8"))
_VOCABULARY = [
    *[
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "was",
        "that",
        "for",
        "on",
        "it",
        "with",
        "as",
        "by",
        "had",
        "at",
        "from",
        "were",
        "an",
    ],
    *(a + b + c for a in _MADE_OF["syllables"] for b in _MADE_OF["syllables"] for c in ("", "ing", "ed", "ly", "er")),
]
_WEIGHTS = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(_VOCABULARY))))


@dataclass(frozen=True, slots=True)
class MadeUp:
    """One made-up article with what is true of it."""

    article_id: str
    title: str
    text: str
    outlet: str
    published_at: datetime
    story: str
    work: str  # the same for copies of one text

    def line(self) -> dict[str, str]:
        """The object that `pipeline group` reads."""
        return {
            "id": self.article_id,
            "title": self.title,
            "text": self.text,
            "outlet": self.outlet,
            "date": self.published_at.isoformat(),
        }


def articles(
    count: int, *, days: float = 3.0, seed: int = 11, copied: float = 0.3, start: datetime = START
) -> Iterator[MadeUp]:
    """`count` articles over `days` days: one to nine reports an event, the share `copied` of them an agency text."""
    number = 0
    event = 0
    while number < count:
        for each in _event(random.Random(f"{seed}:{event}"), event, days, copied, start):
            if number < count:
                yield each
                number += 1
        event += 1


def _event(rng: random.Random, event: int, days: float, copied: float, start: datetime) -> Iterator[MadeUp]:
    kind = rng.choice(_MADE_OF["kind"])
    facts = _facts(rng)
    begun = start + timedelta(days=rng.random() * days)
    agency: tuple[str, str] | None = None
    for report in range(min(9, 1 + int(rng.expovariate(0.5)))):
        outlet = f"Outlet {rng.randrange(60)}"
        title, text = _report(rng, kind, facts)
        work = f"{event}-{report}"
        if agency is not None and rng.random() < copied:
            title, text, work = _copy(rng, title, *agency)
        elif agency is None:
            agency = (text, work)
        published = begun + timedelta(hours=rng.expovariate(1 / 8))
        yield MadeUp(f"a{event:07d}-{report}", title, text, outlet, published, f"s{event}", work)


def _facts(rng: random.Random) -> dict[str, str]:
    place = _name(rng)
    return {
        "place": place,
        "street": f"{_name(rng)} {rng.choice(('Road', 'Street', 'Lane', 'Avenue'))}",
        "person": f"{rng.choice(_MADE_OF['first_names'])} {_name(rng)}",
        "witness": f"{rng.choice(_MADE_OF['first_names'])} {_name(rng)}",
        "body": f"{place} {rng.choice(_MADE_OF['bodies'])}",
        "project": f"{rng.choice((place, _name(rng)))} {rng.choice(_MADE_OF['projects'])}",
        "product": rng.choice(_MADE_OF["products"]),
        "colour": rng.choice(_MADE_OF["colours"]),
        "money": f"£{rng.randrange(2, 900)}{rng.choice((' million', 'm', ',000'))}",
        "weekday": rng.choice(_MADE_OF["weekdays"]),
        "hour": f"{rng.randrange(1, 12)}{rng.choice(('am', 'pm'))}",
        "n": str(rng.randrange(2, 60)),
        "m": str(rng.randrange(2, 40)),
        "p": str(rng.randrange(3, 70)),
        "age": str(rng.randrange(16, 80)),
    }


def _name(rng: random.Random) -> str:
    return (
        rng.choice(_MADE_OF["syllables"]) + rng.choice(_MADE_OF["syllables"]) + rng.choice(_MADE_OF["endings"])
    ).capitalize()


def _report(rng: random.Random, kind: Kind, facts: dict[str, str]) -> tuple[str, str]:
    chosen = [
        rng.choice(wordings) for wordings in rng.sample(kind["facts"], k=rng.randrange(3, len(kind["facts"]) + 1))
    ]
    own = [_filler(rng, facts) for _ in range(rng.randrange(4, 11))]
    paragraphs = [chosen[0], *rng.sample(chosen[1:] + own, k=len(chosen) - 1 + len(own))]
    return rng.choice(kind["headlines"]).format(**facts), "\n\n".join(each.format(**facts) for each in paragraphs)


def _filler(rng: random.Random, facts: dict[str, str]) -> str:
    """A sentence of an outlet's own: background, a neighbour, last year's case; its words follow Zipf's law."""
    words = rng.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=rng.randrange(9, 20))
    words[rng.randrange(3, len(words))] = rng.choice(
        (facts["place"], f"{rng.choice(_MADE_OF['first_names'])} {_name(rng)}")
    )
    return " ".join(words).capitalize() + "."


def _copy(rng: random.Random, title: str, text: str, work: str) -> tuple[str, str, str]:
    words = text.split(" ")
    edited = " ".join(word for word in words if rng.random() > 0.04)
    paragraphs = edited.split("\n\n")
    way = rng.randrange(3)
    if way == 0 and len(paragraphs) > 5:
        edited = "\n\n".join(paragraphs[: len(paragraphs) * 2 // 3])
    elif way == 1:
        edited = "\n\n".join([rng.choice(_MADE_OF["furniture"]), *paragraphs, rng.choice(_MADE_OF["furniture"])])
    return title, edited, work
