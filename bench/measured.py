"""What the benchmarks share: labelled sets read from PRESS_BENCH_DATA, and one JSON line a result."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.commands.grouping_command import instant_of
from pipeline.grouping.reports import Report

STORY_SETS = ("allsides", "violent", "ecbplus", "headlines_day", "basil", "newswcl50", "fnc1")


@dataclass(frozen=True, slots=True)
class Labelled:
    """Reports with the group each belongs to; sagas: rows of different groups that share one are neither right nor
    wrong."""

    name: str
    reports: tuple[Report, ...]
    gold: dict[str, str]
    sagas: dict[str, frozenset[str]]


def data_folder() -> Path | None:
    """The folder with the labelled sets, or None: then only the made-up corpus is measured."""
    folder = Path(os.environ.get("PRESS_BENCH_DATA", ""))
    return folder if os.environ.get("PRESS_BENCH_DATA") and folder.is_dir() else None


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzip file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def story_set(folder: Path, name: str) -> Labelled:
    """One of STORY_SETS. Rows are numbered, because one set gives several rows the same id."""
    reports, gold, sagas = [], {}, {}
    for number, row in enumerate(read_rows(folder / "stories" / f"{name}.jsonl.gz")):
        if str(row.get("excluded")) == "True":
            continue
        article_id = f"{number:05d}"
        reports.append(
            Report(
                article_id=article_id,
                title=row.get("title") or "",
                text=row.get("text") or "",
                published_at=instant_of(row.get("date") or ""),
                outlet=row.get("source") or None,
            )
        )
        gold[article_id] = row["gold_cluster"]
        named = row.get("gold_saga") or []
        sagas[article_id] = frozenset(json.loads(named) if isinstance(named, str) else named)
    return Labelled(name, tuple(reports), gold, sagas)


def tell(**result: object) -> None:
    """Print one result as a JSON line."""
    print(
        json.dumps({key: round(value, 4) if isinstance(value, float) else value for key, value in result.items()}),
        flush=True,
    )


def resident_mb() -> int:
    """The most memory that this program has held. Of a child ru_maxrss counts what its parent held when it forked."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024  # type: ignore[index]
