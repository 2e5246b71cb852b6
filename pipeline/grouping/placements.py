"""Stories → placements: the work, the story and the day that each article counts for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.model import Article, Evidence, Placement, Story

REACH_DAYS = 21  # three times as far as two reports of one story stand apart: beyond it nothing can change a grouping
OPEN_DAYS = 8  # of a press of hundreds of thousands of articles, no more is held open: three weeks would fill 2 GB
TOUCH_DAYS = 7  # reports further apart are not on one story (fading.WINDOW_DAYS)


def placements_of(stories: Iterable[Story], articles: Iterable[Article], *, zone: ZoneInfo) -> tuple[Placement, ...]:
    """A placement for each article of the stories, in the order of their ids.

    An article without a date counts for the day of the article that it is tied to most closely, marked inferred; where
    no article of the story has a day, it counts for none.
    """
    days = {article.article_id: _day(article, zone) for article in articles}
    how = {article.article_id: article.dated_by for article in articles}
    found = []
    for story in stories:
        dated = [days[member.article_id] for member in story.memberships if days[member.article_id]]
        for member in story.memberships:
            own = days[member.article_id]
            tied = days.get(member.tied_to) if member.tied_to else None
            covered_on = own or tied or min((day for day in dated if day), default=None)
            inferred = Evidence.INFERRED if covered_on else None
            found.append(
                Placement(
                    article_id=member.article_id,
                    group_id=member.group_id,
                    story_id=story.story_id,
                    covered_on=covered_on,
                    covered_by=how[member.article_id] if own else inferred,
                    tied_to=member.tied_to,
                    because=member.because,
                )
            )
    return tuple(sorted(found, key=lambda placement: placement.article_id))


def _day(article: Article, zone: ZoneInfo) -> date | None:
    return article.published_at.astimezone(zone).date() if article.published_at else None


def around(instants: Sequence[datetime], *, days: int = REACH_DAYS) -> list[tuple[datetime, datetime]]:
    """The stretches of time within so many days of any of the instants, joined where they overlap, in order."""
    reach = timedelta(days=days)
    found: list[tuple[datetime, datetime]] = []
    for instant in sorted(instants):
        if found and instant - reach <= found[-1][1]:
            found[-1] = (found[-1][0], instant + reach)
        else:
            found.append((instant - reach, instant + reach))
    return found


def is_touched(article: Article, batch: Sequence[tuple[datetime, datetime]]) -> bool:
    """Whether a batch can change the article's story: it has no date, or was published within a week of the batch.

    batch  stretches of time within TOUCH_DAYS of the batch's articles (`around`)
    """
    at = article.published_at
    return at is None or any(start <= at <= end for start, end in batch)
