"""From the warehouse to the digests of the days that a batch touched, to their readers and to the press room.

Runs for each batch that *relate* has published. Each reader gets the digest of a day once, from the hour of issue on;
*morning* sees to it on days on which nothing new came.
"""

from __future__ import annotations

from datetime import UTC, datetime

from airflow.sdk import CronTriggerTimetable, PartitionedAssetTimetable, dag, task
from assets import DEFAULTS, WAREHOUSE, WAREHOUSE_POOL

from pipeline import steps
from pipeline.settings import settings

_AT_ISSUE = f"{settings().issue_time.minute} {settings().issue_time.hour} * * *"


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
    """Warehouse → digests → readers and press room."""
    digests = task(steps.compose_digests, pool=WAREHOUSE_POOL)("warehouse/{{ partition_key }}")
    task(steps.deliver_digest)(digests)
    task(steps.build_site)(digests)


@dag(
    schedule=CronTriggerTimetable(_AT_ISSUE, timezone=settings().timezone) if settings().scheduled else None,
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    tags=["press"],
    doc_md=__doc__,
)
def morning() -> None:
    """Digests → readers, at the hour of issue."""
    task(steps.deliver_digest)("digests/morning")


digest()
morning()
