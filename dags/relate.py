"""From a batch of articles to copies, stories and the published warehouse.

Runs for each batch that *ingest* announces. Nothing reaches readers unchecked: rows that miss an expectation go to
quarantine, a dataset that misses one holds the publication, the last good copy stays, and readers
are told that it is held.
"""

from __future__ import annotations

from airflow.sdk import PartitionedAssetTimetable, dag, task
from assets import ARTICLES, COMMON, WAREHOUSE, WAREHOUSE_POOL, announcing

from pipeline import grouping_steps, steps


@dag(
    schedule=PartitionedAssetTimetable(assets=ARTICLES),
    **COMMON,
    doc_md=__doc__,
)
def relate() -> None:
    """Articles → stories in the warehouse."""
    groups = task(grouping_steps.group_near_duplicates)("articles/{{ partition_key }}")
    placements = task(grouping_steps.cluster_stories)(groups)
    checked = task(steps.check)(placements)
    followed = task(steps.follow_releases)(checked)
    loaded = task(announcing(steps.load_warehouse, WAREHOUSE), outlets=[WAREHOUSE], pool=WAREHOUSE_POOL)(followed)
    report = task(steps.report_quality, trigger_rule="all_done")("quality/{{ partition_key }}")
    loaded >> report
    checked >> task(steps.notify_held, trigger_rule="one_failed")("quality/{{ partition_key }}")


relate()
