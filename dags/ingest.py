"""From text documents, web archives and the feeds that are due to articles.

Every hour, or once by hand: what is new is kept raw, then read. Each batch that comes out of it (of the documents, of
the feeds, of the archives) is a partition of the asset *articles*, on which the DAG *relate* waits. A branch that has
nothing to read is skipped. A feed that fails is a row of quarantine and never stops the others.
"""

from __future__ import annotations

from airflow.sdk import Param, dag, task
from assets import ARTICLES, COMMON, announcing, by_the_clock, skipping

from pipeline import feed_steps, steps
from pipeline.settings import settings


@dag(
    schedule=by_the_clock("5 * * * *"),
    **COMMON,
    render_template_as_native_obj=True,
    params={
        "paths": Param(
            [str(settings().seeds_dir)],
            type="array",
            items={"type": "string"},
            title="Documents",
            description="Files and folders of text documents, pages or web archives to read.",
        ),
        "feeds": Param(
            "due" if settings().scheduled else "none",
            enum=["due", "all", "none"],
            title="Feeds",
            description="Ask those that are due, all that may be asked, or none.",
        ),
        "at": Param(
            "",
            type="string",
            title="Instant of the round",
            description="With its offset, as 2026-09-07T18:00:00+00:00; the clock's when empty.",
        ),
    },
    doc_md=__doc__,
)
def ingest() -> None:
    """Sources → articles."""
    announced = announcing(steps.extract_branches, ARTICLES)

    documents = task(skipping(steps.register_documents))("{{ params.paths }}")
    articles = task(steps.read_documents)(documents)
    task(announced, outlets=[ARTICLES])(articles)

    due = task(skipping(feed_steps.find_due_feeds))("{{ params.feeds }}", "{{ params.at }}")
    polled = task(feed_steps.fetch_feeds).expand(feeds=due)
    entries = task(feed_steps.parse_feeds)(polled)
    pages = task(feed_steps.fetch_pages)(entries)
    read = task(feed_steps.extract_articles)(pages)
    task(announced, outlets=[ARTICLES], task_id="extract_branches_of_feeds")(read)

    archived = task(skipping(feed_steps.replay_archives))("{{ params.paths }}")
    read_again = task(feed_steps.extract_articles, task_id="extract_archived").expand(pages=archived)
    task(announced, outlets=[ARTICLES], task_id="extract_branches_of_archives").expand(ref=read_again)


ingest()
