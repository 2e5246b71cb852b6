"""pipeline quality, and the step that writes the report: from the partitions of the newest batch, published or held."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.auditing.quality import QualityReport, report_of
from pipeline.digests.rendering import render
from pipeline.edges.partitions import Partitions, to_plain, written_aside
from pipeline.errors import Misuse, PipelineError
from pipeline.model import QualityResult, Quarantined, StageCount
from pipeline.settings import Settings, settings


def batch_report(here: Settings, batch: str) -> QualityReport:
    """The report on one batch, whether it was published or is held."""
    partitions = Partitions(here.data_dir / "partitions")

    return report_of(
        batch,
        partitions.read_batch("quality_results", batch, QualityResult),
        partitions.read_batch("quarantine", batch, Quarantined),
        partitions.read_batch("stage_counts", batch, StageCount),
    )


def rendered(report: QualityReport, form: str) -> str:
    """The report in one of its forms."""
    if form == "json":
        return json.dumps(to_plain(report), ensure_ascii=False, indent=1) + "\n"
    return render(f"quality.{form}.j2", escape=form == "html", report=report)


def write_report(here: Settings, batch: str) -> tuple[Path, ...]:
    """The report as HTML, Markdown and JSON under quality/."""
    report = batch_report(here, batch)
    paths = []
    for form in ("html", "md", "json"):
        path = here.data_dir / "quality" / f"report.{form}"
        paths.append(path)
        with written_aside(path) as aside:
            aside.write_text(rendered(report, form), encoding="utf-8")
    (here.data_dir / "quality" / "newest_batch").write_text(batch, encoding="utf-8")
    return tuple(paths)


def quality_report(day: str | None, *, form: str) -> str:
    """The newest report, or the one of the batch that a day's sources came with."""
    if form not in ("md", "html", "json"):
        raise Misuse(f"expected md, html or json; {form} came", about="--format")
    here = settings()
    return rendered(batch_report(here, _batch_of(here, day) if day else _newest_batch(here)), form)


def _newest_batch(here: Settings) -> str:
    path = here.data_dir / "quality" / "newest_batch"
    if not path.exists():
        raise PipelineError("nothing has been checked yet; make run checks the seeds", about="quality")
    return path.read_text(encoding="utf-8")


def _batch_of(here: Settings, day: str) -> str:
    from pipeline.edges import warehouse

    with warehouse.reader(here.published_path) as connection:
        rows = connection.execute(
            "select arg_max(batches.batch, batches.loaded_no) from placements join articles using (article_id) "
            "join batch_documents using (document_id) join batches on batches.batch = batch_documents.batch "
            "where placements.covered_on = cast($day as date)",
            {"day": day},
        ).fetchall()
    if rows[0][0] is None:
        raise Misuse("no sources of that day are held", about=day)
    return str(rows[0][0])
