"""The state of the publication on the disk: published or held, and the notices that stand in for digests meanwhile."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pipeline.auditing.held_notice import HeldNotice, hold_id, is_notice, notice_of, rendered_notice
from pipeline.edges.atomic import written_aside
from pipeline.edges.partitions import Partitions
from pipeline.model import DocumentRecord, QualityResult
from pipeline.settings import Settings

_FORMS = ("html", "md", "json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What readers have. While it is held they have the last good one."""

    state: Literal["published", "held"]
    batch: str  # that was published or held last
    notice_days: tuple[date, ...] = ()  # whose digest is a notice
    redo_days: tuple[date, ...] = ()  # whose notice is to be replaced, now that something was published again

    @property
    def today(self) -> date | None:
        """The newest day that has a notice."""
        return max(self.notice_days, default=None)


def read_publication(here: Settings) -> Publication | None:
    """The state as it was left; None before the first run."""
    path = _path(here)
    if not path.exists():
        return None
    row = json.loads(path.read_text(encoding="utf-8"))
    return Publication(
        state=row["state"],
        batch=row["batch"],
        notice_days=tuple(date.fromisoformat(day) for day in row["notice_days"]),
        redo_days=tuple(date.fromisoformat(day) for day in row["redo_days"]),
    )


def hold(here: Settings, partitions: Partitions, batch: str) -> tuple[Path, ...]:
    """Note that the batch is held, and write a notice for its days and for the day on which it came.

    A day that has a digest keeps it: it is the last good one.
    """
    stops = partitions.read(f"holds/{batch}", QualityResult)
    days, count = _days_of(partitions, batch)
    records = partitions.read_batch("documents", batch, DocumentRecord)
    # A batch without any source is of today: nobody can say when nothing came.
    came_on = max((record.received_on for record in records), default=datetime.now(here.zone).date())
    written = []
    noticed = []
    for day in sorted({*days, came_on}):
        paths = [here.data_dir / "digests" / f"{day.isoformat()}.{form}" for form in _FORMS]
        if paths[-1].exists() and not is_notice(paths[-1]):
            continue
        noticed.append(day)
        notice = _notice(here, day, batch, stops, days, count)
        for path, form in zip(paths, _FORMS, strict=True):
            with written_aside(path) as aside:
                aside.write_text(rendered_notice(notice, form), encoding="utf-8")
            written.append(path)
    before = read_publication(here)
    kept = {day for day in (*before.notice_days, *before.redo_days) if day not in noticed} if before else set()
    _save(here, Publication(state="held", batch=batch, notice_days=tuple(noticed), redo_days=tuple(sorted(kept))))
    return tuple(written)


def lift(here: Settings, batch: str) -> None:
    """Note that the batch was published: notices that stand are to be replaced by digests."""
    before = read_publication(here)
    redo = {*before.notice_days, *before.redo_days} if before else set()
    _save(here, Publication(state="published", batch=batch, redo_days=tuple(sorted(redo))))


def replaced(here: Settings, days: set[date]) -> None:
    """Note that the notices of these days are gone."""
    now = read_publication(here)
    if now and now.redo_days:
        left = tuple(day for day in now.redo_days if day not in days)
        _save(here, Publication(state=now.state, batch=now.batch, notice_days=now.notice_days, redo_days=left))


def withdraw(here: Settings, day: date) -> None:
    """Take the notice of a day away that has nothing to tell."""
    paths = [here.data_dir / "digests" / f"{day.isoformat()}.{form}" for form in _FORMS]
    if is_notice(paths[-1]):
        for path in paths:
            path.unlink(missing_ok=True)


def current_notice(here: Settings, day: date | None) -> HeldNotice | None:
    """The notice that stands where the digest of a day, or of the newest day, would stand; None when none does."""
    now = read_publication(here)
    if now is None or now.state != "held" or (day is not None and day not in now.notice_days):
        return None
    partitions = Partitions.of(here)
    if not partitions.exists(f"holds/{now.batch}"):
        return None
    days, count = _days_of(partitions, now.batch)
    stops = partitions.read(f"holds/{now.batch}", QualityResult)
    on = day or now.today or max(days, default=None)
    return _notice(here, on, now.batch, stops, days, count) if on else None


def _notice(
    here: Settings, day: date, batch: str, stops: list[QualityResult], days: list[date], count: int
) -> HeldNotice:
    return notice_of(
        day,
        department=here.department,
        batch=batch,
        stops=stops,
        release_ids=[hold_id(stop) for stop in stops],
        days=days,
        article_count=count,
    )


def _days_of(partitions: Partitions, batch: str) -> tuple[list[date], int]:
    """Days that the articles of a batch are of, and how many articles there are."""
    if not partitions.exists(f"article_profiles/{batch}"):
        return [], 0
    import pyarrow.parquet as pq

    column = pq.read_table(partitions.path(f"article_profiles/{batch}"), columns=["published_on"])["published_on"]
    return sorted({day for day in column.to_pylist() if day is not None}), len(column)


def _path(here: Settings) -> Path:
    return here.data_dir / "publication.json"


def _save(here: Settings, publication: Publication) -> None:
    row = {
        "state": publication.state,
        "batch": publication.batch,
        "notice_days": [day.isoformat() for day in publication.notice_days],
        "redo_days": [day.isoformat() for day in publication.redo_days],
    }
    with written_aside(_path(here)) as aside:
        aside.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8")
