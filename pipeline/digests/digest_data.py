"""What a digest is composed of: the day's stories with their articles and what was read out of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipeline.digests.broadcasts import Programmes
from pipeline.model import Article, Coverage, Figure, Kind, Mention, Placement, Quote, ReleaseLine, StoryLink
from pipeline.reading.line_rules import LineRules
from pipeline.reading.outlets import OutletDirectory
from pipeline.watching.watchlist import Watchlist

COVERAGE = frozenset({Kind.ARTICLE, Kind.SUMMARY_ONLY})


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryData:
    """A story as it stood at the end of a day: `articles` first published first, `today` those of the day."""

    story_id: str
    articles: tuple[Article, ...]
    placements: Mapping[str, Placement]
    today: frozenset[str]
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    mentions: tuple[Mention, ...] = ()
    links: tuple[tuple[StoryLink, Article], ...] = ()  # with the first article of the other story
    release_lines: tuple[ReleaseLine, ...] = ()  # of the releases among its articles
    release_coverage: tuple[Coverage, ...] = ()

    def of_today(self, *kinds: Kind) -> tuple[Article, ...]:
        """Its articles of the day, of these kinds or of any."""
        return tuple(a for a in self.articles if a.article_id in self.today and (not kinds or a.kind in kinds))

    @property
    def coverage(self) -> tuple[Article, ...]:
        """Reports of the day: what outlets carried, not releases and not reports on coverage."""
        return tuple(
            article for article in self.articles if article.article_id in self.today and article.kind in COVERAGE
        )

    @property
    def outlets(self) -> tuple[str, ...]:
        """Names of the day's outlets, in order; those not known are not among them."""
        return tuple(sorted({article.outlet for article in self.coverage if article.outlet}, key=sort_name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something of the batch that is missing from the digest, as its state line says it."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentRelease:
    """A release of the days before the day, with the ids of the reports of its story that are held."""

    release: Article
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A text that changed after the first issue of its day had gone out: what it was and what it is now."""

    covered_on: date
    old: Article
    new: Article
    old_quotes: tuple[Quote, ...] = ()
    new_quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayData:
    """Everything that the digest of a day is made of, as it was known at `as_of` (None: all that is known)."""

    day: date
    as_of: datetime | None
    stories: tuple[StoryData, ...]
    volume: tuple[tuple[date, int], ...]  # placements per day: the seven days before, then the day
    base_median: float | None  # of the placements of the seven days before; None when none of them has any
    releases_before: tuple[SilentRelease, ...] = ()  # of the two days before the day, reported or not
    corrections: tuple[Correction, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    stopped: tuple[str, ...] = ()  # why the publication is held, in words; empty when it is not

    @property
    def articles(self) -> Iterator[Article]:
        """All articles that a sentence of the digest can rest on; one can come in several versions."""
        for story in self.stories:
            yield from story.articles
            yield from (article for _, article in story.links)
        yield from (article for one in self.corrections for article in (one.old, one.new))
        yield from (one.release for one in self.releases_before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """Whose digest it is, by all its names, with the offices that belong to it."""

    name: str
    aliases: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()

    def is_named(self, name: str | None) -> bool:
        """Whether a name is one of the department's own, or begins with one: a joint release names its lead first."""
        if name is None:
            return False
        folded, own = name.casefold(), {alias.casefold() for alias in (self.name, *self.aliases)}
        return folded in own or any(folded.startswith((f"{alias}, ", f"{alias} and ")) for alias in own)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRules:
    """Settings and seed data that composing goes by."""

    department: Department
    zone: ZoneInfo
    neutral: Mapping[str, str]
    programmes: Programmes
    stances: LineRules
    outlets: OutletDirectory
    code_version: str
    watchlists: tuple[Watchlist, ...] = ()
    max_press_words: int = 25  # of one quotation from a newspaper, in anything that leaves the house
    max_words: int = 600  # of the main text
    brief_words: int = 250
    max_leading: int = 5
    min_leading: int = 3


def sort_name(outlet: str) -> str:
    """An outlet's place in a list: without "The"."""
    return short_name(outlet).casefold()


def short_name(outlet: str) -> str:
    """An outlet as a digest prints it: without "The"."""
    return outlet[4:] if outlet.startswith("The ") else outlet
