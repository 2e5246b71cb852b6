"""Sites of our articles and lists → feeds that look like ours: the steps of `discover`, one function a task."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.feed_steps import INSTANT, read_instant
from pipeline.logs import logger
from pipeline.model import FeedCandidate
from pipeline.settings import settings

log = logger()
Ref = str


def score_candidates(lists: Sequence[str] = (), at: str = "") -> Ref:
    """Sites of our articles, and OPML files → feeds that nobody follows yet, each with its score.

    Every candidate is listed; those under the threshold are not ingested.
    """
    from pipeline.commands.score_command import front_pages, scored_candidates
    from pipeline.edges.partitions import Partitions
    from pipeline.edges.web_setup import instant_now

    here = settings()
    now = read_instant(at) if at else instant_now()
    batch = f"discover-{now:{INSTANT}}"
    unread: list[str] = []
    scored = scored_candidates(
        front_pages(here), here=here, say=unread.append, now=now, lists=[Path(path) for path in lists]
    )
    candidates = [
        FeedCandidate(
            batch=batch,
            url=candidate.url,
            title=candidate.title,
            found_in=candidate.found_in,
            how=candidate.how,
            score=found.score,
            admitted=found.score >= here.min_likeness,
            because=tuple(f"{name}: {part.because}" for name, part in found.parts.items()),
        )
        for candidate, found in scored
    ]
    log.info("stage_done", stage="score_candidates", batch=batch, kept=len(candidates), unread=unread)
    return Partitions.of(here).replace(f"feed_candidates/{batch}", FeedCandidate, candidates)


def follow_candidates(candidates: Ref) -> Ref:
    """feed_candidates → the register, where those that look like the corpus are followed from now on."""
    from pipeline.edges.partitions import Partitions
    from pipeline.edges.web_setup import instant_now, store_of
    from pipeline.gathering.register import new_feed

    here = settings()
    admitted = [one for one in Partitions.of(here).read(candidates, FeedCandidate) if one.admitted]
    store_of(here).add(
        new_feed(one.url, now=instant_now(), title=one.title or None, note=f"discovered in {one.found_in}")
        for one in admitted
    )
    return candidates


def load_candidates(candidates: Ref) -> Ref:
    """feed_candidates → the warehouse and its published copy."""
    from pipeline.edges import warehouse
    from pipeline.edges.partitions import Partitions

    here = settings()
    with warehouse.writer(here.warehouse_path, zone=here.timezone) as connection:
        warehouse.create(connection)
        warehouse.replace_batch(connection, "feed_candidates", [Partitions.of(here).path(candidates)])
    warehouse.publish(here.warehouse_path, here.published_path)
    return candidates
