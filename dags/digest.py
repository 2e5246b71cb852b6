"""From the warehouse to the digests of the days that a batch touched, and to the press room beside them.

Runs for each batch that *relate* has published.
"""

from __future__ import annotations

from datetime import UTC, datetime

from airflow.sdk import PartitionedAssetTimetable, dag, task
from assets import DEFAULTS, WAREHOUSE, WAREHOUSE_POOL

from pipeline import steps


@dag(
    schedule=PartitionedAssetTimetable(assets=WAREHOUSE),
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    tags=["press"],
    doc_md=__doc__,
)
def digest() -> None:
    """Warehouse → digests → press room."""
    composed = task(steps.compose_digests, pool=WAREHOUSE_POOL)("warehouse/{{ partition_key }}")
    task(steps.build_site)(composed)


digest()
