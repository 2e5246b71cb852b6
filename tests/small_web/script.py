"""stories.txt → the articles of every outlet, with the instants from which each version can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

FIRST_DAY = date(2026, 9, 7)  # a Monday
LAST_DAY = 10
LONDON = ZoneInfo("Europe/London")

_HEAD = re.compile(
    r"== (?P<what>release|agency|own|runs|edit)(?: (?P<outlet>[a-z-]+))? day (?P<day>\d+) (?P<clock>\d\d:\d\d)"
    r"(?: keep (?P<keep>\d+))?(?: seen day (?P<seen_day>\d+) (?P<seen_clock>\d\d:\d\d))?(?: by (?P<by>.+))?"
)
_DEPARTMENT, _AGENCY, _CREDIT = "home-office", "kingdom-press", "Kingdom Press"

# What else the outlets print: none of it is about the department.
_OTHER = (
    (
        "{town} win late at Harrow Park",
        "A goal in stoppage time gave {town} a third win in a row. The manager praised the crowd.",
    ),
    (
        "Library in {town} to open on Sundays",
        "The council has found £12,000 to open the library on Sundays until March.",
    ),
    (
        "Ferry to the islands cancelled until noon",
        "High winds have stopped the morning ferry. Passengers can use their tickets tomorrow.",
    ),
    (
        "Bake-off winner opens shop in {town}",
        "The winner of this year’s village bake-off has opened a shop. The queue went round the corner.",
    ),
    (
        "Rail works close line through {town}",
        "Trains will be replaced by buses at the weekend while engineers renew two miles of track.",
    ),
    (
        "{town} museum shows rare bus tickets",
        "A collection of 4,000 bus tickets goes on show on Friday. Entry is free.",
    ),
)
_TOWNS = ("Eastmoor", "Wexcombe", "Hallam Bridge", "Coldwater", "Northmere")


@dataclass(frozen=True, slots=True)
class Version:
    """What an article says from an instant on."""

    since: datetime
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article of an outlet. The first version is the published one."""

    outlet: str
    event: str  # key of the event; the truth about which articles belong together
    number: int  # unique within the outlet
    published_at: datetime
    seen_from: datetime  # when it appears in the feed
    byline: str | None
    is_copy: bool  # the agency's text, perhaps cut or with an addition
    versions: tuple[Version, ...]

    def at(self, now: datetime) -> Version | None:
        """The version that can be read at an instant; None before the item appears."""
        if now < self.seen_from:
            return None
        return [version for version in self.versions if version.since <= now][-1]

    @property
    def path(self) -> str:
        """Its address within the outlet: it keeps its first headline, as addresses do."""
        words = re.findall(r"[a-z0-9]+", self.versions[0].title.lower())
        return f"/{self.published_at:%Y/%m/%d}/{'-'.join(words[:7])}-{self.number}"


def instant(day: int, clock: str) -> datetime:
    """London wall time of a day of the ten."""
    hour, minute = map(int, clock.split(":"))
    on = FIRST_DAY + timedelta(days=day - 1)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=LONDON)


@cache
def items() -> tuple[Item, ...]:
    """Every article of the ten days, by outlet and instant."""
    found: dict[tuple[str, str], Item] = {}
    numbers: dict[str, int] = {}
    text = (Path(__file__).parent / "stories.txt").read_text("utf-8")
    for section in text.split("\n# ")[1:]:
        event, _, rest = section.partition("\n")
        for block in rest.split("\n== ")[1:]:
            _add_block(found, numbers, event.strip(), f"== {block}")
    made = [*found.values(), *_other_items(numbers)]
    return tuple(sorted(made, key=lambda item: (item.outlet, item.published_at, item.number)))


def _add_block(found: dict[tuple[str, str], Item], numbers: dict[str, int], event: str, block: str) -> None:
    first, _, body = block.partition("\n")
    head = _HEAD.fullmatch(first)
    assert head is not None, first
    title, _, rest = body.strip().partition("\n")
    paragraphs = tuple(part.strip() for part in rest.split("\n\n") if part.strip())
    at = instant(int(head["day"]), head["clock"])
    outlet = {"release": _DEPARTMENT, "agency": _AGENCY}.get(head["what"], head["outlet"] or "")
    if head["what"] == "edit":
        found[event, outlet] = _edited(found[event, outlet], at, title, rest)
        return
    if head["what"] == "runs":
        added = tuple(part.removeprefix("+ ") for part in paragraphs)
        paragraphs = (*found[event, _AGENCY].versions[0].paragraphs[: int(head["keep"] or 99)], *added)
    numbers[outlet] = numbers.get(outlet, 1000) + 1
    found[event, outlet] = Item(
        outlet=outlet,
        event=event,
        number=numbers[outlet],
        published_at=at,
        seen_from=instant(int(head["seen_day"]), head["seen_clock"]) if head["seen_day"] else at,
        byline=head["by"] or (_CREDIT if head["what"] in ("agency", "runs") else None),
        is_copy=head["what"] in ("agency", "runs"),
        versions=(Version(at, title, paragraphs),),
    )


def _edited(item: Item, at: datetime, title: str, rest: str) -> Item:
    text = "\n\n".join(item.versions[-1].paragraphs)
    for line in rest.splitlines():
        before, arrow, after = line.partition(" => ")
        if arrow:
            assert before in text, before
            text = text.replace(before, after)
        elif line.startswith("+ "):
            text += f"\n\n{line[2:]}"
    return replace(item, versions=(*item.versions, Version(at, title, tuple(text.split("\n\n")))))


def _other_items(numbers: dict[str, int]) -> list[Item]:
    outlets = ("harbour-herald", "daily-courier", "north-post", "valley-gazette", "channel-one", "silent-mail")
    made = []
    for day in range(1, LAST_DAY + 1):
        for place, outlet in enumerate(outlets):
            if outlet == "silent-mail" and day > 3:
                continue
            title, text = _OTHER[(day + place) % len(_OTHER)]
            town = _TOWNS[(3 * day + place) % len(_TOWNS)]
            numbers[outlet] = numbers.get(outlet, 1000) + 1
            at = instant(day, f"{6 + place:02}:{10 + day:02}")
            version = Version(
                at, title.format(town=town), (text.format(town=town), "More on this story as we have it.")
            )
            made.append(
                Item(outlet=outlet, event=f"other-{day}-{place}", number=numbers[outlet], published_at=at, seen_from=at,
                     byline=None, is_copy=False, versions=(version,))
            )  # fmt: skip
    return made
