"""From the warehouse to the digests of the days that a batch touched, to their readers and to the press room.

Runs for each batch that *relate* has published. Each reader gets the digest of a day once, from the hour of issue on;
*morning* sees to it on days on which nothing new came.
"""

from __future__ import annotations

from airflow.sdk import PartitionedAssetTimetable, dag, task
from assets import COMMON, WAREHOUSE, WAREHOUSE_POOL, by_the_clock

from pipeline import steps
from pipeline.settings import settings

_AT_ISSUE = f"{settings().issue_time.minute} {settings().issue_time.hour} * * *"


@dag(
    schedule=PartitionedAssetTimetable(assets=WAREHOUSE),
    **COMMON,
    doc_md=__doc__,
)
def digest() -> None:
    """Warehouse → digests → readers and press room."""
    digests = task(steps.compose_digests, pool=WAREHOUSE_POOL)("warehouse/{{ partition_key }}")
    task(steps.deliver_digest)(digests)
    task(steps.build_site)(digests)


@dag(
    schedule=by_the_clock(_AT_ISSUE, settings().timezone),
    **COMMON,
    doc_md=__doc__,
)
def morning() -> None:
    """Digests → readers, at the hour of issue."""
    task(steps.deliver_digest)("digests/morning")


digest()
morning()
