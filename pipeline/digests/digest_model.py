"""The nouns of a digest. Every sentence is made of parts, and every part that claims something has its witnesses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Claim = Literal["plain", "name", "number", "quote", "count", "date", "share"]
Medium = Literal["document", "page", "configured"]
State = Literal["complete", "partial", "held"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Where the words of a claim stand. For a text document the bytes of the raw file, for a web page those of its
    stored text (`medium`), so that anybody can read them again."""

    article_id: str
    document_id: str  # sha256 of the raw bytes
    medium: Medium
    byte_start: int
    byte_end: int
    words: str  # what stands there


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a sentence. `plain` words are ours and claim nothing; a `count` counts the ids that it names."""

    text: str
    claim: Claim = "plain"
    witnesses: tuple[Witness, ...] = ()
    counted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence or line of a digest."""

    sentence_id: str
    section: str
    story_id: str | None
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The sentence as it is read."""
        return "".join(part.text for part in self.parts)

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """All its witnesses, each once, in their order."""
        return tuple(dict.fromkeys(witness for part in self.parts for witness in part.witnesses))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryItem:
    """A story in the digest."""

    story_id: str
    heading: Sentence
    outlets: Sentence
    reported: tuple[Sentence, ...] = ()
    figures: tuple[Sentence, ...] = ()
    voices: tuple[Sentence, ...] = ()
    our_line: tuple[Sentence, ...] = ()
    release: tuple[Sentence, ...] = ()
    differences: tuple[Sentence, ...] = ()
    related: tuple[Sentence, ...] = ()
    articles: tuple[ArticleLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """An article as a digest lists it."""

    article_id: str
    title: str
    outlet: str | None
    url: str | None
    when: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseItem:
    """A release line by line: each line with who carried it and how."""

    release_id: str
    heading: Sentence
    lines: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A sentence that was taken out because its evidence does not hold."""

    sentence_id: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under named columns; all cells are text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What the sources held carried about a department on one day."""

    department: str
    day: date
    window: str
    state: State
    state_reasons: tuple[str, ...]
    run_id: str  # derived from the inputs: the same inputs are the same run
    in_brief: tuple[Sentence, ...]
    leading: tuple[StoryItem, ...]
    to_check: tuple[Sentence, ...] = ()
    also_covered: tuple[Sentence, ...] = ()
    broadcast: tuple[Sentence, ...] = ()
    releases: tuple[Sentence, ...] = ()
    release_lines: tuple[ReleaseItem, ...] = ()  # the table under it
    numbers: Table
    volume: tuple[tuple[date, int], ...] = ()  # placements of the day and the seven before it
    watched: tuple[Sentence, ...] = ()  # what the watchlists caught
    ahead: tuple[Sentence, ...] = ()
    not_known: Table
    corrections: tuple[Sentence, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    left_out: int = 0  # sentences that the length of the main text has no room for
    inputs: tuple[str, ...] = ()  # hashes of the sources it is made of
    code_version: str
    queries: tuple[tuple[str, str], ...] = field(default=())  # (section, SQL that gives its rows)

    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, in the order of the page; corrections stand on top."""
        stories: list[Sentence] = []
        for item in self.leading:
            stories += [item.heading, item.outlets, *item.reported, *item.figures, *item.voices, *item.our_line]
            stories += [*item.release, *item.differences, *item.related]
        lines = tuple(line for item in self.release_lines for line in item.lines)
        rest = (self.to_check, self.also_covered, self.broadcast, self.releases, lines, self.watched, self.ahead)
        return (*self.in_brief, *self.corrections, *stories, *(sentence for section in rest for sentence in section))
