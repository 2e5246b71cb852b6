"""A made-up press: events × outlets, with rewrites, agency copies and look-alike incidents. Deterministic; nobody's words.

An event has a kind (a shooting, a vote, a launch …), a place, people, a body, figures and a day. An outlet reports it with
its own choice of facts, sentences and order; an agency text is run by several under other headlines, cut, or inside page
furniture. Events of one kind share their templates, so that words alone tell look-alikes apart badly, as in real news.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 6, tzinfo=UTC)

_SYLLABLES = [
    "bar",
    "bel",
    "cor",
    "dan",
    "el",
    "fen",
    "gar",
    "hal",
    "hol",
    "is",
    "jor",
    "kel",
    "kin",
    "lan",
    "lor",
    "mar",
    "mel",
    "mor",
    "nor",
    "or",
    "pen",
    "quin",
    "ral",
    "ros",
    "sal",
    "sel",
    "tam",
    "tor",
    "ul",
    "van",
    "vel",
    "wen",
    "wil",
    "yar",
    "zan",
]
_ENDINGS = [
    "ford",
    "ham",
    "ton",
    "ley",
    "by",
    "worth",
    "field",
    "wick",
    "stead",
    "bridge",
    "mouth",
    "well",
    "dale",
    "combe",
    "minster",
]
_FIRST = [
    "Alan",
    "Beth",
    "Carl",
    "Dana",
    "Emir",
    "Faye",
    "Glen",
    "Hana",
    "Ivan",
    "Jude",
    "Kara",
    "Liam",
    "Mona",
    "Nils",
    "Olga",
    "Paul",
    "Rita",
    "Sean",
    "Tara",
    "Umar",
    "Vera",
    "Wade",
    "Yuri",
    "Zoe",
]
_BODIES = [
    "Council",
    "Police",
    "Hospital Trust",
    "Borough",
    "University",
    "Port Authority",
    "Water Company",
    "Rail Partnership",
    "Fire Service",
    "Museum",
]
_FURNITURE = (
    "Sign up for our morning briefing and never miss a story.",
    "Share this article with your friends.",
    "More from this section is listed below.",
    "Our journalism depends on readers like you.",
)


@dataclass(frozen=True, slots=True)
class _Kind:
    headlines: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...]  # each fact in several wordings


_KINDS = (
    _Kind(
        ("{n} hurt in {place} shooting", "Gunfire in {place}: {n} in hospital", "Police seek gunman after {street} attack"),
        (
            ("{n} people were wounded when a gunman opened fire on {street} in {place}.", "Shots were fired on {street}, {place}, leaving {n} injured."),
            ("Officers were called shortly after {hour} on {weekday}.", "The alarm was raised at about {hour}."),
            ("{person}, {age}, was taken to hospital in a critical condition.", "Among the wounded is {age}-year-old {person}."),
            ("Detectives of {body} believe that a {colour} car left the scene.", "{body} said that a {colour} vehicle was seen driving away."),
            ("“We heard {n} bangs and then people were running,” said {witness}.", "{witness}, who lives nearby, said: “We heard {n} bangs and then people were running.”"),
            ("Nobody has been arrested and the motive is not known.", "No arrests have been made so far."),
        ),
    ),
    _Kind(
        ("{body} approves {money} plan", "{place} backs {project} after long debate", "{project}: {money} scheme goes ahead"),
        (
            ("{body} voted by {n} to {m} for the {project}, which will cost {money}.", "The {project} will go ahead after {body} approved {money} by {n} votes to {m}."),
            ("Work on the site near {street} is to begin on {weekday}.", "Builders move in near {street} on {weekday}."),
            ("{person}, who leads the scheme, called it the largest in {place} for {age} years.", "It is the largest of its kind in {place} for {age} years, said {person}."),
            ("Critics led by {witness} say that {p}% of households will pay more.", "{witness} warned that bills would rise for {p}% of homes."),
            ("“This is a promise kept to the people of {place},” {person} said.", "{person} told members: “This is a promise kept to the people of {place}.”"),
            ("A review is due within {m} months.", "Auditors report back in {m} months."),
        ),
    ),
    _Kind(
        ("{body} recalls {n},000 {product}s", "Warning over {product} sold in {place}", "{product} recall after {m} complaints"),
        (
            ("{body} has recalled {n},000 {product}s after {m} complaints.", "Some {n},000 {product}s are being called back by {body}."),
            ("The fault was found at a workshop on {street} in {place}.", "Inspectors traced the fault to a {place} workshop on {street}."),
            ("Owners are asked not to use it and to call before {weekday}.", "Anyone who bought one should stop using it by {weekday}."),
            ("{person}, the safety director, put the cost at {money}.", "The recall costs {money}, said safety director {person}."),
            ("“We take this very seriously and are sorry,” said {person}.", "{person} said: “We take this very seriously and are sorry.”"),
            ("{witness}, who reported it first, waited {m} weeks for an answer.", "It took {m} weeks before {witness} had an answer."),
        ),
    ),
    _Kind(
        ("{person} wins {project} at {age}", "{place} cheers as {person} takes title", "{witness} beaten in {project} final"),
        (
            ("{person} beat {witness} by {n} points to {m} in {place} to win the {project}.", "The {project} went to {person}, {n}-{m} winner over {witness} in {place}."),
            ("It is a first title for the {age}-year-old, who trained on {street}.", "At {age}, the player from {street} has a first title."),
            ("A crowd of {n},{m}50 filled the ground by {hour}.", "The ground was full with {n},{m}50 people at {hour}."),
            ("“I have waited for this since I was a child,” {person} said.", "{person} said: “I have waited for this since I was a child.”"),
            ("The prize is worth {money}, up {p}% on last year.", "Prize money rose by {p}% to {money}."),
            ("{body} will hold a parade on {weekday}.", "A parade is planned by {body} for {weekday}."),
        ),
    ),
)  # fmt: skip

_COLOURS = ["red", "blue", "black", "silver", "white", "green"]
_PRODUCTS = ["heater", "pushchair", "ladder", "kettle", "charger", "helmet", "stove", "blanket"]
_PROJECTS = [
    "harbour bridge",
    "tram line",
    "town hall",
    "river path",
    "market square",
    "night school",
    "sea wall",
    "county cup",
    "winter league",
]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


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
    *(a + b + c for a in _SYLLABLES for b in _SYLLABLES for c in ("", "ing", "ed", "ly", "er")),
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


def articles(count: int, *, days: float = 3.0, seed: int = 11, copied: float = 0.3) -> Iterator[MadeUp]:
    """`count` articles over `days` days: one to nine reports an event, of which the share `copied` is an agency text."""
    number = 0
    event = 0
    while number < count:
        for each in _event(random.Random(f"{seed}:{event}"), event, days, copied):
            if number < count:
                yield each
                number += 1
        event += 1


def _event(rng: random.Random, event: int, days: float, copied: float) -> Iterator[MadeUp]:
    kind = rng.choice(_KINDS)
    facts = _facts(rng)
    begun = START + timedelta(days=rng.random() * days)
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
        "person": f"{rng.choice(_FIRST)} {_name(rng)}",
        "witness": f"{rng.choice(_FIRST)} {_name(rng)}",
        "body": f"{place} {rng.choice(_BODIES)}",
        "project": f"{rng.choice((place, _name(rng)))} {rng.choice(_PROJECTS)}",
        "product": rng.choice(_PRODUCTS),
        "colour": rng.choice(_COLOURS),
        "money": f"£{rng.randrange(2, 900)}{rng.choice((' million', 'm', ',000'))}",
        "weekday": rng.choice(_WEEKDAYS),
        "hour": f"{rng.randrange(1, 12)}{rng.choice(('am', 'pm'))}",
        "n": str(rng.randrange(2, 60)),
        "m": str(rng.randrange(2, 40)),
        "p": str(rng.randrange(3, 70)),
        "age": str(rng.randrange(16, 80)),
    }


def _name(rng: random.Random) -> str:
    return (rng.choice(_SYLLABLES) + rng.choice(_SYLLABLES) + rng.choice(_ENDINGS)).capitalize()


def _report(rng: random.Random, kind: _Kind, facts: dict[str, str]) -> tuple[str, str]:
    chosen = [rng.choice(wordings) for wordings in rng.sample(kind.facts, k=rng.randrange(3, len(kind.facts) + 1))]
    own = [_filler(rng, facts) for _ in range(rng.randrange(4, 11))]
    paragraphs = [chosen[0], *rng.sample(chosen[1:] + own, k=len(chosen) - 1 + len(own))]
    return rng.choice(kind.headlines).format(**facts), "\n\n".join(each.format(**facts) for each in paragraphs)


def _filler(rng: random.Random, facts: dict[str, str]) -> str:
    """A sentence of an outlet's own: background, a neighbour, last year's case; its words follow Zipf's law."""
    words = rng.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=rng.randrange(9, 20))
    words[rng.randrange(3, len(words))] = rng.choice((facts["place"], f"{rng.choice(_FIRST)} {_name(rng)}"))
    return " ".join(words).capitalize() + "."


def _copy(rng: random.Random, title: str, text: str, work: str) -> tuple[str, str, str]:
    words = text.split(" ")
    edited = " ".join(word for word in words if rng.random() > 0.04)
    paragraphs = edited.split("\n\n")
    way = rng.randrange(3)
    if way == 0 and len(paragraphs) > 5:
        edited = "\n\n".join(paragraphs[: len(paragraphs) * 2 // 3])
    elif way == 1:
        edited = "\n\n".join([rng.choice(_FURNITURE), *paragraphs, rng.choice(_FURNITURE)])
    return title, edited, work
