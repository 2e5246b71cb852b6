"""What a digest says → the page of its day: the same sentences with the same ids, beside links to the stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.site.site_model import DayLine, Told

_OF_A_STORY = ("heading", "outlets", "reported", "figures", "voices", "our line", "release", "differences", "related")
_TITLES = {
    "check": "To check",
    "also": "Also covered",
    "broadcast": "Broadcast and Parliament",
    "releases": "Our releases and their pick-up",
    "ahead": "Ahead",
    "corrections": "Corrections since earlier issues",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DayStory:
    """A leading story of a day."""

    story_id: str
    heading: Told
    outlets: tuple[Told, ...]
    reported: tuple[Told, ...]
    rows: tuple[tuple[str, tuple[Told, ...]], ...]  # (title, sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPage:
    """A day as its page shows it."""

    line: DayLine
    brief: tuple[Told, ...]
    stories: tuple[DayStory, ...]
    sections: tuple[tuple[str, tuple[Told, ...]], ...]  # (title, sentences)


def day_page(line: DayLine, told: Sequence[Told]) -> DayPage:
    """The page of a day out of the sentences of its digest, in their order. Sections not known by name keep theirs."""
    by_story: dict[str, dict[str, list[Told]]] = {}
    sections: dict[str, list[Told]] = {}
    for sentence in told:
        if sentence.section in _OF_A_STORY and sentence.story_id:
            by_story.setdefault(sentence.story_id, {}).setdefault(sentence.section, []).append(sentence)
        else:
            sections.setdefault(sentence.section, []).append(sentence)
    brief = tuple(sections.pop("brief", ()))
    stories = [
        DayStory(
            story_id=story_id,
            heading=own["heading"][0],
            outlets=tuple(own.get("outlets", ())),
            reported=tuple(own.get("reported", ())),
            rows=tuple((name.capitalize(), tuple(own[name])) for name in _OF_A_STORY[3:] if name in own),
        )
        for story_id, own in by_story.items()
        if "heading" in own
    ]
    return DayPage(
        line=line,
        brief=brief,
        stories=tuple(stories),
        sections=tuple((_TITLES.get(name, name.capitalize()), tuple(own)) for name, own in sections.items()),
    )
