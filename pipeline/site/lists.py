"""Rows of the warehouse → what the pages of people, outlets and the archive list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pipeline.digests.clauses import clip, was_clipped
from pipeline.digests.digest_data import short_name, sort_name
from pipeline.digests.telling import RELEASE_WORDS
from pipeline.model import Evidence
from pipeline.site.site_model import DayLine, Item, Named, Saying, SiteRows, slug
from pipeline.site.variants import CROWN

MOST_LISTED = 200  # of an outlet's items and a person's: the search has the others
_MIN_NAMED_IN = 2  # a name that one article gives once, without role or words, has no page


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story as lists show it."""

    story_id: str
    title: str
    first_on: date | None
    last_on: date | None
    items: tuple[Item, ...]  # newest first
    outlets: tuple[str, ...]

    @property
    def headlines(self) -> tuple[str, ...]:
        """All its headlines, each once."""
        return tuple(dict.fromkeys(item.title for item in self.items))


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """A role that a person has in the articles held, and when."""

    role: str
    by_text: bool  # the article gives it; else the list of office holders does, by date
    first_on: date | None
    last_on: date | None
    article_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLine:
    """What a person said, as far as a list quotes it, and where."""

    saying: Saying
    item: Item
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """A person: in which roles, what they said where, and where they are named."""

    name: str
    path: str
    roles: tuple[RoleLine, ...]
    said: tuple[tuple[date | None, tuple[SaidLine, ...]], ...]
    named_in: tuple[Item, ...]
    named_count: int
    said_count: int
    is_spokesperson: bool

    @property
    def newest_role(self) -> str | None:
        """The role of the newest day."""
        return self.roles[0].role if self.roles else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletPage:
    """An outlet and what it carried."""

    name: str
    path: str
    days: tuple[tuple[date | None, tuple[Item, ...]], ...]
    item_count: int
    story_count: int
    first_count: int  # stories in which it was the first of several outlets
    configured_count: int  # items whose outlet is not in their text


def stories_of(rows: SiteRows) -> tuple[StoryLine, ...]:
    """Every story in one line, the newest first."""
    by_story: dict[str, list[Item]] = {}
    for item in rows.items:
        by_story.setdefault(item.story_id, []).append(item)
    found = [_story(story_id, items) for story_id, items in by_story.items()]
    return tuple(sorted(found, key=lambda one: (-(one.last_on or date.min).toordinal(), one.story_id)))


def _story(story_id: str, items: Sequence[Item]) -> StoryLine:
    first = min(items, key=lambda item: (item.published_at is None, item.published_at, item.article_id))
    days = [item.covered_on for item in items if item.covered_on]
    outlets = {short_name(item.outlet) for item in items if item.outlet and item.is_coverage}
    return StoryLine(
        story_id=story_id,
        title=first.title,
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        items=tuple(items),
        outlets=tuple(sorted(outlets, key=sort_name)),
    )


def people_of(rows: SiteRows, *, max_press_words: int) -> tuple[PersonPage, ...]:
    """People with a page: those who are quoted, have a role, or are named in more than one article; by name."""
    items = {item.article_id: item for item in rows.items}
    named: dict[str, list[Named]] = {}
    for mention in rows.named:
        named.setdefault(mention.name, []).append(mention)
    said: dict[str, list[Saying]] = {}
    for saying in rows.sayings:
        if saying.speaker in named or "spokes" in saying.speaker.casefold():
            said.setdefault(saying.speaker, []).append(saying)
    found = []
    for name in sorted({*named, *said}):
        mentions, sayings = named.get(name, []), said.get(name, [])
        if sayings or len(mentions) >= _MIN_NAMED_IN or any(mention.role for mention in mentions):
            found.append(_person(name, mentions, sayings, items, max_press_words))
    return tuple(sorted(found, key=lambda one: (one.name.split()[-1].casefold(), one.name)))


def _person(
    name: str, mentions: Sequence[Named], sayings: Sequence[Saying], items: Mapping[str, Item], max_press_words: int
) -> PersonPage:
    lines = [_said(saying, items[saying.article_id], max_press_words) for saying in sayings]
    lines.sort(key=lambda line: (_newest(line.item), line.saying.quote_id))
    places = sorted({items[mention.article_id] for mention in mentions}, key=_newest)
    return PersonPage(
        name=name,
        path=f"people/{slug(name)}.html",
        roles=tuple(_roles(mentions, items)),
        said=tuple(
            (day, tuple(own)) for day, own in groupby(lines[:MOST_LISTED], key=lambda line: line.item.covered_on)
        ),
        named_in=tuple(places[:MOST_LISTED]),
        named_count=len(places),
        said_count=len(lines),
        is_spokesperson="spokes" in name.casefold(),
    )


def _said(saying: Saying, item: Item, max_press_words: int) -> SaidLine:
    whole = " ".join(saying.opening.split())
    cut = clip(whole, max_words=RELEASE_WORDS if item.kind in CROWN else max_press_words)
    left_out = was_clipped(whole, cut) or len(saying.opening) >= 600
    return SaidLine(saying=saying, item=item, text=cut.rstrip(".,;:") + (" …" if left_out else ""))


def _roles(mentions: Iterable[Named], items: Mapping[str, Item]) -> list[RoleLine]:
    """Each role once, the newest first; one role at two times is one line from the first day to the last."""
    by_role: dict[str, list[Named]] = {}
    for mention in mentions:
        if mention.role:
            by_role.setdefault(" ".join(mention.role.split()), []).append(mention)
    found = []
    for role, own in by_role.items():
        days = [day for mention in own if (day := items[mention.article_id].covered_on)]
        by_text = any(mention.role_by is Evidence.TEXT for mention in own)
        first_on, last_on = min(days, default=None), max(days, default=None)
        found.append(RoleLine(role=role, by_text=by_text, first_on=first_on, last_on=last_on, article_count=len(own)))
    return sorted(found, key=lambda one: (-(one.last_on or date.min).toordinal(), one.role))


def outlets_of(rows: SiteRows) -> tuple[OutletPage, ...]:
    """Outlets that carried something, by name without "The"."""
    carried: dict[str, list[Item]] = {}
    for item in rows.items:
        if item.outlet and item.is_coverage:
            carried.setdefault(item.outlet, []).append(item)
    firsts = Counter(_first_outlets(rows.items))
    found = [
        OutletPage(
            name=name,
            path=f"outlets/{slug(name)}.html",
            days=tuple((day, tuple(own)) for day, own in groupby(items[:MOST_LISTED], key=lambda one: one.covered_on)),
            item_count=len(items),
            story_count=len({item.story_id for item in items}),
            first_count=firsts[name],
            configured_count=sum(item.outlet_by is Evidence.CONFIGURED for item in items),
        )
        for name, items in carried.items()
    ]
    return tuple(sorted(found, key=lambda one: (sort_name(one.name), one.name)))


def _first_outlets(items: Iterable[Item]) -> list[str]:
    """For each story that several outlets carried, the one known to have it first: by the minute, and no tie."""
    by_story: dict[str, list[Item]] = {}
    for item in items:
        if item.outlet and item.is_coverage and item.published_at and item.date_precision == "minute":
            by_story.setdefault(item.story_id, []).append(item)
    found = []
    for own in by_story.values():
        times = sorted((item.published_at, item.outlet or "") for item in own if item.published_at)
        if len({outlet for _, outlet in times}) > 1 and times[0][0] < times[1][0]:
            found.append(times[0][1])
    return found


def years_of(days: Iterable[DayLine]) -> list[tuple[int, list[tuple[date, list[DayLine]]]]]:
    """Days by year and month, the newest first; a month stands as its first day."""
    return [
        (year, [(first, list(own)) for first, own in groupby(months, key=lambda line: line.digest_on.replace(day=1))])
        for year, months in ((year, list(own)) for year, own in groupby(days, key=lambda line: line.digest_on.year))
    ]


def _newest(item: Item) -> tuple[int, float, str]:
    """Newest first, what has no day last."""
    instant = item.published_at.timestamp() if item.published_at else 0.0
    return -(item.covered_on or date.min).toordinal(), -instant, item.article_id
