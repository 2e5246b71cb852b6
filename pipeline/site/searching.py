"""Stories, people, outlets and days → the index that search.js looks through, as a script: it works from a disk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from pipeline.digests.digest_data import short_name
from pipeline.digests.rendering import long_day
from pipeline.site.lists import OutletPage, PersonPage, StoryLine
from pipeline.site.site_model import DayLine, Page

_MOST_HEADLINES = 12  # of a story: a text that a hundred papers carried is found by the first few
Entry = tuple[str, str, str, str, str]  # kind, address, title, line under it, words that it is also found by


def search_index(
    stories: Iterable[StoryLine],
    people: Iterable[PersonPage],
    outlets: Iterable[OutletPage],
    days: Iterable[DayLine],
    *,
    named: Mapping[str, Sequence[str]],
) -> Page:
    """search-index.js: stories first, the newest first.

    named   article id → people and organisations that it names
    """
    entries = [_story(story, named) for story in stories]
    entries += [
        ("Person", person.path, person.name, person.newest_role or "", " ".join(role.role for role in person.roles))
        for person in people
    ]
    entries += [("Outlet", outlet.path, short_name(outlet.name), _items(outlet.item_count), "") for outlet in outlets]
    entries += [
        ("Day", f"days/{day.digest_on}.html", long_day(day.digest_on), _items(day.placement_count), str(day.digest_on))
        for day in days
    ]
    # Escaped beyond what JSON asks for, so that no browser and no editor can read markup or a line end into it.
    text = json.dumps(entries, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return Page("search-index.js", f"window.PRESS_INDEX = {text};\n")


def _story(story: StoryLine, named: Mapping[str, Sequence[str]]) -> Entry:
    names = {name for item in story.items for name in named.get(item.article_id, ())}
    releases = {item.issuer for item in story.items if item.issuer}
    other = [title for title in story.headlines if title != story.title][:_MOST_HEADLINES]
    where = ", ".join(story.outlets[:4]) or ", ".join(sorted(releases))
    when = long_day(story.last_on) if story.last_on else "day not known"
    under = f"{when} · {where}" if where else when
    words = " ".join((*other, *story.outlets, *sorted(releases), *sorted(names), str(story.last_on or "")))
    return ("Story", f"stories/{story.story_id}.html", story.title, under, words)


def _items(count: int) -> str:
    return f"{count} item{'' if count == 1 else 's'}"
