"""What each task made of each batch → OpenLineage run events (https://openlineage.io, spec 2-0-2), a line each.

The events say what is known of a run afterwards: one that starts and one that completes it, at the instant that the
batch stands for; a batch that the gate holds, or could not check, has a check that failed. The same batch is the same
run, so that the file can be made again and be the same.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

PRODUCER = "urn:x-press:press-morning"
_SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
_STATISTICS = "https://openlineage.io/spec/facets/1-0-2/OutputStatisticsOutputDatasetFacet.json"
_NAMESPACE = "press-morning"
_RUNS = uuid.UUID("6f1b6f0e-6d0a-5c58-9d5b-3f6b8f1f4c11")  # ours, drawn once: runs of other programs never meet ours
_WAREHOUSE = "warehouse"

# task → datasets that it reads and writes, in the order of the path. It ran where the first that it writes is there.
_TASKS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "fetch_feeds": (("feeds",), ("feed_documents",)),
    "parse_feeds": (("feed_documents",), ("entries", "feed_runs")),
    "fetch_pages": (("entries",), ("pages",)),
    "extract_articles": (("pages", "entries"), ("articles", "documents")),
    "read_documents": (("documents",), ("articles",)),
    "extract_branches": (("articles",), ("quotes", "figures", "mentions")),
    "group_near_duplicates": (("articles",), ("near_duplicate_groups",)),
    "cluster_stories": (("articles", "near_duplicate_groups"), ("placements", "story_links")),
    "check": (("articles", "placements", "quotes", "figures", "mentions"), ("quality_results", "quarantine")),
    "follow_releases": (("placements", "quotes", "figures"), ("release_lines", "release_coverage")),
    "load_warehouse": (
        ("articles", "quotes", "figures", "mentions", "placements", "story_links", "release_lines", "release_coverage"),
        (_WAREHOUSE,),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRun:
    """What is there of one batch."""

    batch: str
    at: datetime  # the instant that the batch stands for
    row_counts: Mapping[str, int]  # dataset → rows of its partitions of this batch
    is_loaded: bool
    is_stopped: bool  # by the gate: held, or not checked


def run_events(runs: Iterable[BatchRun]) -> Iterator[dict[str, Any]]:
    """Two events a batch and task, in the order of the batches and of the path."""
    for run in runs:
        for task, (reads, writes) in _TASKS.items():
            if not _ran(task, run):
                continue
            end: Literal["FAIL", "COMPLETE"] = "FAIL" if task == "check" and run.is_stopped else "COMPLETE"
            for state in ("START", end):
                yield {
                    "eventType": state,
                    "eventTime": run.at.isoformat(),
                    "run": {"runId": str(uuid.uuid5(_RUNS, f"{run.batch}/{task}"))},
                    "job": {"namespace": _NAMESPACE, "name": task},
                    "inputs": [_dataset(name, run) for name in reads if name in run.row_counts],
                    "outputs": [
                        _dataset(name, run) | _statistics(name, run)
                        for name in writes
                        if name in run.row_counts or name == _WAREHOUSE
                    ],
                    "producer": PRODUCER,
                    "schemaURL": _SPEC,
                }


def _ran(task: str, run: BatchRun) -> bool:
    if task == "load_warehouse":
        return run.is_loaded
    if task == "follow_releases" and run.is_stopped:
        return False
    if task == "read_documents" and "pages" in run.row_counts:
        return False  # its articles came out of pages
    if task == "extract_articles" and "pages" not in run.row_counts:
        return False
    return _TASKS[task][1][0] in run.row_counts


def _dataset(name: str, run: BatchRun) -> dict[str, Any]:
    return {"namespace": _NAMESPACE, "name": name if name == _WAREHOUSE else f"{name}/{run.batch}"}


def _statistics(name: str, run: BatchRun) -> dict[str, Any]:
    if name not in run.row_counts:
        return {}
    counted = {"_producer": PRODUCER, "_schemaURL": _STATISTICS, "rowCount": run.row_counts[name]}
    return {"outputFacets": {"outputStatistics": counted}}
