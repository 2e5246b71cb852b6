"""From text documents, web archives and the feeds that are due to articles.

Every hour, or once by hand: what is new is kept raw, then read. The batch that comes out of it is a partition of the
asset *articles*, on which the DAG *relate* waits.
"""

from __future__ import annotations

from datetime import UTC, datetime

from airflow.sdk import CronTriggerTimetable, Param, dag, task
from assets import ARTICLES, DEFAULTS, announcing

from pipeline import steps
from pipeline.settings import settings


@dag(
    schedule=CronTriggerTimetable("5 * * * *", timezone="UTC") if settings().scheduled else None,
    start_date=datetime(2026, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    render_template_as_native_obj=True,
    params={
        "paths": Param(
            [str(settings().seeds_dir)],
            type="array",
            items={"type": "string"},
            title="Documents",
            description="Files and folders of text documents, pages or web archives to read.",
        )
    },
    tags=["press"],
    doc_md=__doc__,
)
def ingest() -> None:
    """Sources → articles."""
    documents = task(steps.register_documents)("{{ params.paths }}")
    articles = task(steps.read_documents)(documents)
    task(announcing(steps.extract_branches, ARTICLES), outlets=[ARTICLES])(articles)


ingest()
