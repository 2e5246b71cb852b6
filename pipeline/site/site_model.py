"""The nouns of the press room: rows of the warehouse as lists show them, and the page that comes out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.digests.digest_data import StoryData
from pipeline.digests.digest_model import Witness
from pipeline.model import Because, Evidence, Kind, derived_id

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 48
_COVERAGE = (Kind.ARTICLE, Kind.SUMMARY_ONLY)


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the site: its path from the site's folder, and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article as lists show it."""

    article_id: str
    document_id: str
    story_id: str
    group_id: str
    title: str
    outlet: str | None
    outlet_by: Evidence | None
    issuer: str | None
    kind: Kind
    url: str | None
    published_at: datetime | None
    date_precision: str | None
    covered_on: date | None
    covered_by: Evidence | None

    @property
    def is_coverage(self) -> bool:
        """Whether an outlet carried it: releases and reports on coverage are none."""
        return self.kind in _COVERAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A person whom an article names, in the role it has there."""

    article_id: str
    name: str
    role: str | None
    role_by: Evidence | None
    mention_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A quote as lists show it; `opening` is enough of its words for a clause."""

    quote_id: str
    article_id: str
    speaker: str
    speaker_by: Evidence | None
    role: str | None
    role_by: Evidence | None
    organisation: str | None
    kind: str
    opening: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """A day that has a digest, in one line."""

    digest_on: date
    department: str
    state: str
    state_reasons: tuple[str, ...]
    run_id: str
    sha256: str  # of the digest's JSON form: the same digest is the same page
    story_count: int
    placement_count: int
    outlet_count: int
    release_count: int
    coverage_report_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence of a digest with its evidence; `pipeline trace` takes its id."""

    digest_on: date
    sentence_id: str
    section: str
    story_id: str | None
    text: str
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedStory:
    """Another story that belongs beside this one."""

    other_id: str
    kind: str
    other_is: str  # earlier or later
    title: str
    first_on: date | None
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRows:
    """Everything that a story's page is made of."""

    story: StoryData
    related: tuple[RelatedStory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTable:
    """The register of feeds as the warehouse has it: columns with what they mean, and rows as text."""

    columns: tuple[tuple[str, str], ...]  # (name in words, comment)
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRows:
    """What the quality page shows: rows of warehouse/site/*.sql by their column names."""

    checks: tuple[Mapping[str, object], ...]
    turned_away: tuple[Mapping[str, object], ...]
    counts: tuple[Mapping[str, object], ...]
    not_known: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRows:
    """Everything that the pages beside the stories are made of."""

    items: tuple[Item, ...]
    named: tuple[Named, ...]
    organisations: Mapping[str, tuple[str, ...]]  # article id → names
    sayings: tuple[Saying, ...]
    days: tuple[DayLine, ...]
    quality: QualityRows
    feeds: FeedTable | None  # None where the warehouse has no register of feeds


def slug(name: str) -> str:
    """A name as part of an address: plain letters, and six hex digits that keep names apart that look alike.

    "Suella Braverman" → "suella-braverman-" and a hash; the same name is the same address in every site.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    readable = _NOT_PLAIN.sub("-", plain).strip("-")[:_SLUG_LENGTH].strip("-")
    return f"{readable}-{derived_id('slug', name)[:6]}" if readable else derived_id("slug", name)[:12]
