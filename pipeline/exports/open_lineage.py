"""What each stage of each batch made → OpenLineage run events (https://openlineage.io, spec 2-0-2), a line each.

The events say what is known of a run afterwards: one that starts and one that completes it, at the instant that the
batch stands for. The same batch is the same run, so that the file can be made again and be the same.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

PRODUCER = "urn:x-press:press-morning"
_SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
_STATISTICS = "https://openlineage.io/spec/facets/1-0-2/OutputStatisticsOutputDatasetFacet.json"
_NAMESPACE = "press-morning"
_RUNS = uuid.UUID("6f1b6f0e-6d0a-5c58-9d5b-3f6b8f1f4c11")  # ours, drawn once: runs of other programs never meet ours

# stage → datasets that it reads and writes
_STAGES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "read_documents": (("documents",), ("articles", "quarantine")),
    "check": (("articles", "placements", "quotes", "figures"), ("quality_results", "quarantine")),
}


def run_events(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Two events a batch and stage, in the order of the rows (warehouse/exports/runs.sql)."""
    stages: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        stages[row["batch"], row["stage"]].append(row)
    for (batch, stage), counts in stages.items():
        reads, writes = _STAGES.get(stage, ((), ()))
        kept = counts[-1]["kept_count"]  # of the finest unit: items rather than documents
        for state in ("START", "COMPLETE"):
            yield {
                "eventType": state,
                "eventTime": counts[0]["known_at"].isoformat(),
                "run": {"runId": str(uuid.uuid5(_RUNS, f"{batch}/{stage}"))},
                "job": {"namespace": _NAMESPACE, "name": stage},
                "inputs": [{"namespace": _NAMESPACE, "name": f"{name}/{batch}"} for name in reads],
                "outputs": [_output(name, batch, kept if place == 0 else None) for place, name in enumerate(writes)],
                "producer": PRODUCER,
                "schemaURL": _SPEC,
            }


def _output(name: str, batch: str, kept: int | None) -> dict[str, Any]:
    output: dict[str, Any] = {"namespace": _NAMESPACE, "name": f"{name}/{batch}"}
    if kept is not None:
        statistics = {"_producer": PRODUCER, "_schemaURL": _STATISTICS, "rowCount": kept}
        output["outputFacets"] = {"outputStatistics": statistics}
    return output
