"""Article → report: the little that copies and stories are found by, whatever the article came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from pipeline.model import Article

MOST_CHARACTERS = 100_000  # a live page of a day; what comes after them is not compared

_DAY_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One outlet's text, as grouping sees it. Title or date may be missing; the text may be a headline's summary."""

    article_id: str
    title: str
    text: str  # the body, without the standfirst
    standfirst: str = ""
    published_at: datetime | None = None  # aware
    outlet: str | None = None

    @property
    def told(self) -> str:
        """Standfirst and body: what stories are compared by."""
        text = self.text[:MOST_CHARACTERS]
        return f"{self.standfirst[:MOST_CHARACTERS]}\n\n{text}" if self.standfirst else text

    @property
    def day(self) -> float:
        """Days since 1970 with their fraction; NaN when not dated."""
        return float("nan") if self.published_at is None else self.published_at.timestamp() / _DAY_SECONDS


def report_of(article: Article, zone: tzinfo = UTC) -> Report:
    """What grouping needs of an article; its instant in the zone whose days its evidence is printed in."""
    return Report(
        article_id=article.article_id,
        title=article.title.text,
        text=article.text,
        standfirst=article.standfirst.text if article.standfirst else "",
        published_at=article.published_at.astimezone(zone) if article.published_at else None,
        outlet=article.outlet,
    )


def first_published(report: Report) -> tuple[bool, float, str]:
    """Sort key: dated reports by instant, then those without a date; equals by id."""
    undated = report.published_at is None
    return (undated, 0.0 if undated else report.day, report.article_id)
