"""What is looked for around the body of an article, and where it was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from pipeline.reading.dates import Dated, Undated
from pipeline.reading.furniture import Reasons
from pipeline.reading.layout import Block


@dataclass(frozen=True, slots=True)
class Zones:
    """What the meaning of a printed date depends on."""

    received_on: date
    zone: ZoneInfo
    abbreviations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """Words of one block: `text` is block.text[start:end]."""

    place: int
    start: int
    end: int
    text: str


@dataclass(slots=True)
class Header:
    """What was found, and for each block that holds it why it is not body (`roles`, by place)."""

    title: Found | None = None
    standfirst: Found | None = None
    captions: list[Found] = field(default_factory=list)
    dated: Dated | Undated | None = None
    date_words: Found | None = None
    author: str | None = None
    author_role: str | None = None
    issuer: str | None = None
    outlet: str | None = None
    outlet_words: Found | None = None  # where the page names it
    what: str | None = None  # "press release", "speech", … as the page labels itself
    roles: Reasons = field(default_factory=dict)


def whole(blocks: Sequence[Block], place: int) -> Found:
    """All words of a block."""
    text = blocks[place].text
    return Found(place, 0, len(text), text)
