"""Feeds that look like ours and that nobody follows yet: found on the sites of our articles and in lists, and scored.

Every Monday, or by hand. Candidates that look like the corpus are followed from then on; the others are listed with the
parts of their score and not ingested.
"""

from __future__ import annotations

from airflow.sdk import Param, dag, task
from assets import COMMON, WAREHOUSE_POOL, by_the_clock

from pipeline import discover_steps


@dag(
    schedule=by_the_clock("20 3 * * 1"),
    **COMMON,
    render_template_as_native_obj=True,
    params={
        "lists": Param(
            [],
            type="array",
            items={"type": "string"},
            title="Lists",
            description="OPML files whose feeds are looked at beside those of our articles' sites.",
        ),
    },
    doc_md=__doc__,
)
def discover() -> None:
    """Sites and lists → candidates."""
    candidates = task(discover_steps.score_candidates)("{{ params.lists }}")
    followed = task(discover_steps.follow_candidates)(candidates)
    task(discover_steps.load_candidates, pool=WAREHOUSE_POOL)(followed)


discover()
