"""pipeline quality, and the step that writes the report: from the partitions of the newest batch, published or held."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipeline.auditing.quality import QualityReport, Source, red_alert, report_of
from pipeline.digests.rendering import render
from pipeline.edges.atomic import written_aside
from pipeline.edges.partitions import Partitions
from pipeline.errors import Misuse, PipelineError
from pipeline.model import DocumentRecord, QualityResult, Quarantined, StageCount
from pipeline.plain import to_plain
from pipeline.settings import ROOT, Settings, settings

_SQL = ROOT / "warehouse" / "quality"
_MOST_SOURCES = 20


def batch_report(here: Settings, batch: str) -> QualityReport:
    """The report on one batch, whether it was published or is held."""
    partitions = Partitions.of(here)
    results = partitions.read_batch("quality_results", batch, QualityResult)
    records = partitions.read_batch("documents", batch, DocumentRecord)
    until = max((record.first_seen_at for record in records), default=None)
    day = until.astimezone(here.zone).date() if until else None
    holds = partitions.read(f"holds/{batch}", QualityResult) if partitions.exists(f"holds/{batch}") else []
    return report_of(
        batch,
        results,
        partitions.read_batch("quarantine", batch, Quarantined),
        partitions.read_batch("stage_counts", batch, StageCount),
        day=day,
        held_rules=[hold.rule for hold in holds],
        trends=_trends(here, batch, until) if until else None,
        sources=_sources(partitions, batch, results),
    )


def rendered(report: QualityReport, form: str) -> str:
    """The report in one of its forms."""
    if form == "json":
        return json.dumps(to_plain(report), ensure_ascii=False, indent=1, default=_iso) + "\n"
    return render(f"quality.{form}.j2", escape=form == "html", report=report)


def alert(report: QualityReport) -> tuple[str, str, str] | None:
    """Subject, text and HTML of the mail for a batch that is held or could not be checked; None when all is well."""
    found = red_alert(report)
    return (found[0], rendered(report, "md"), rendered(report, "html")) if found else None


def write_report(here: Settings, batch: str) -> tuple[Path, ...]:
    """The report as HTML, Markdown and JSON under quality/; Great Expectations' own pages if a setting asks."""
    report = batch_report(here, batch)
    paths = []
    for form in ("html", "md", "json"):
        path = here.data_dir / "quality" / f"report.{form}"
        paths.append(path)
        with written_aside(path) as aside:
            aside.write_text(rendered(report, form), encoding="utf-8")
    (here.data_dir / "quality" / "newest_batch").write_text(batch, encoding="utf-8")
    if here.keep_data_docs:
        write_data_docs(batch, here.data_dir / "quality" / "data_docs")
    return tuple(paths)


def quality_report(day: str | None, *, form: str) -> str:
    """The newest report, or the one of the batch that a day's sources came with."""
    if form not in ("md", "html", "json"):
        raise Misuse(f"expected md, html or json; {form} came", about="--format")
    here = settings()
    return rendered(batch_report(here, _batch_of(here, day) if day else newest_batch(here)), form)


def write_data_docs(batch: str | None, folder: Path) -> Path:
    """Great Expectations' own pages on a batch, the newest when none is named: the technical annex; its first page."""
    from pipeline.auditing.data_docs import build

    here = settings()
    return build(Partitions.of(here), batch or newest_batch(here), here, folder)


def newest_batch(here: Settings) -> str:
    """The batch that was checked last."""
    path = here.data_dir / "quality" / "newest_batch"
    if not path.exists():
        raise PipelineError("nothing has been checked yet; make run checks the seeds", about="quality")
    return path.read_text(encoding="utf-8")


def _trends(here: Settings, batch: str, until: datetime) -> dict[str, list[tuple[date, float]]]:
    """rule → (day, its number) of the batches before this one, as far as they are in the published copy."""
    from pipeline.edges import warehouse

    found: dict[str, list[tuple[date, float]]] = {}
    if not here.published_path.exists():
        return found
    with warehouse.reader(here.published_path) as connection:
        connection.execute("set variable zone = $zone", {"zone": here.timezone})
        rows = connection.execute(
            (_SQL / "trends.sql").read_text(encoding="utf-8"), {"batch": batch, "until": until}
        ).fetchall()
    for rule, day, value in rows:
        found.setdefault(rule, []).append((day, value))
    return found


def _sources(partitions: Partitions, batch: str, results: Sequence[QualityResult]) -> list[Source]:
    """Feeds and outlets, those in trouble first, then those whose newest article is oldest."""
    feeds = [
        Source(name=name, article_count=0, usual="feed", newest=None, trouble=trouble or "needs a look")
        for result in results
        if result.dataset == "feeds" and result.level == "group" and result.outcome == "missed"
        for name, _, trouble in (example.partition(": ") for example in result.examples)
    ]
    if not partitions.exists(f"article_profiles/{batch}"):
        return feeds
    held = set(partitions.keys("holds")) - {batch}
    profiles = [
        os.fspath(partitions.path(f"article_profiles/{key}"))
        for key in partitions.keys("article_profiles")
        if key not in held
    ]
    with duckdb.connect(":memory:") as connection:
        rows = connection.execute(
            (_SQL / "sources.sql").read_text(encoding="utf-8"), {"profiles": profiles, "batch": batch}
        ).fetchall()
    troubles: dict[str, list[str]] = {}
    for result in results:
        if result.dataset == "outlets" and result.outcome == "missed":
            for example in result.examples:
                troubles.setdefault(example.partition(": ")[0], []).append(result.description)
    outlets = [
        Source(
            name=outlet,
            article_count=mine,
            usual=f"{month} in 30 days, " + ("summaries only" if words is None else f"{words:.0f} words at the median"),
            newest=newest,
            trouble=" ".join(troubles.get(outlet, ())),
        )
        for outlet, mine, month, _, newest, words in rows
    ]
    outlets.sort(key=lambda source: (not source.trouble, source.newest or date.min, source.name))
    return [*feeds, *outlets][:_MOST_SOURCES]


def _iso(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _batch_of(here: Settings, day: str) -> str:
    """The batch that brought a day's sources last, published or held."""
    from pipeline.edges import warehouse
    from pipeline.edges.publication import read_publication

    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise Misuse(f"expected a day as YYYY-MM-DD; {day} came", about="--date") from error
    now = read_publication(here)
    if now and now.state == "held" and on in now.notice_days:
        return now.batch
    with warehouse.reader(here.published_path) as connection:
        rows = connection.execute(
            "select arg_max(batches.batch, batches.loaded_no) from placements join articles using (article_id) "
            "join batch_documents using (document_id) join batches on batches.batch = batch_documents.batch "
            "where placements.covered_on = $day",
            {"day": on},
        ).fetchall()
    if rows[0][0] is None:
        raise Misuse("no sources of that day are held", about=day)
    return str(rows[0][0])
