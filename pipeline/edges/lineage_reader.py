"""Partitions and the warehouse → what is there of each batch, for lineage events."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow.parquet as pq

from pipeline.edges.partitions import Partitions
from pipeline.edges.warehouse import SQL, reader
from pipeline.exports.open_lineage import BatchRun
from pipeline.model import DocumentRecord, QualityResult
from pipeline.settings import Settings


def batch_runs(here: Settings) -> list[BatchRun]:
    """Every batch in the order of its instant: those that were loaded, and those that the gate stopped."""
    partitions = Partitions.of(here)
    with reader(here.published_path) as connection:
        loaded: dict[str, datetime] = dict(
            connection.execute((SQL / "exports" / "runs.sql").read_text(encoding="utf-8")).fetchall()
        )
    runs = []
    for batch in sorted({*loaded, *partitions.keys("quality_results")}):
        at = loaded.get(batch) or _came_at(partitions, batch)
        if at is not None:
            runs.append(
                BatchRun(
                    batch=batch,
                    at=at.astimezone(UTC),
                    row_counts=_row_counts(partitions, batch),
                    is_loaded=batch in loaded,
                    is_stopped=partitions.exists(f"holds/{batch}") or _is_unchecked(partitions, batch),
                )
            )
    return sorted(runs, key=lambda run: (run.at, run.batch))


def _came_at(partitions: Partitions, batch: str) -> datetime | None:
    records = partitions.read_batch("documents", batch, DocumentRecord)
    return max((record.first_seen_at for record in records), default=None)


def _is_unchecked(partitions: Partitions, batch: str) -> bool:
    results = partitions.read_batch("quality_results", batch, QualityResult)
    return any(result.outcome == "error" for result in results)


def _row_counts(partitions: Partitions, batch: str) -> dict[str, int]:
    """dataset → rows, read from the ends of the files; datasets of which the batch has no partition are not there."""
    return {
        folder.name: sum(pq.read_metadata(path).num_rows for path in files)
        for folder in sorted(partitions.root.iterdir())
        if folder.is_dir() and (files := partitions.of_batch(folder.name, batch))
    }
