"""What the gate found in a batch that it holds → the notice that stands where the digest would stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.digests.rendering import render
from pipeline.model import QualityResult, derived_id
from pipeline.plain import to_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldNotice:
    """A digest that is not there, and why."""

    department: str
    day: date
    state: str  # "held"
    state_reasons: tuple[str, ...]  # a sentence for each expectation that was missed
    batch: str
    article_count: int  # of the batch
    days: tuple[date, ...]  # that the batch would have told of
    checks: tuple[QualityResult, ...]  # those that hold it, with rows and what to do
    release_ids: tuple[str, ...]  # one for each check: what `pipeline quarantine release` takes


def hold_id(result: QualityResult) -> str:
    """Id of the quarantine row that stands for a batch that is held by a rule."""
    return derived_id("hold", result.batch, result.rule)


def notice_of(
    day: date,
    *,
    department: str,
    batch: str,
    stops: Sequence[QualityResult],
    release_ids: Sequence[str],
    days: Sequence[date],
    article_count: int,
) -> HeldNotice:
    """The notice for a day."""
    return HeldNotice(
        department=department,
        day=day,
        state="held",
        state_reasons=tuple(f"{stop.description.rstrip('.')} – found: {stop.observed}" for stop in stops),
        batch=batch,
        article_count=article_count,
        days=tuple(days),
        checks=tuple(stops),
        release_ids=tuple(release_ids),
    )


def rendered_notice(notice: HeldNotice, form: str) -> str:
    """The notice as md, html, json or text."""
    if form == "json":
        plain = to_plain(notice)
        plain["day"] = notice.day.isoformat()
        plain["days"] = [day.isoformat() for day in notice.days]
        return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
    return render(f"held.{'html' if form == 'html' else 'md'}.j2", escape=form == "html", notice=notice)


def is_notice(path: Path) -> bool:
    """Whether a digest's JSON file is a notice that it is held."""
    return path.exists() and json.loads(path.read_text(encoding="utf-8")).get("state") == "held"
