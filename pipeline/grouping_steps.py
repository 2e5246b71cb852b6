"""Articles → copies and stories: the steps of a batch that look at the weeks around it. One function a task.

A few weeks of a press office's feeds are grouped anew at each batch: what comes out is a function of the articles held.
From `regroup_articles` on that would cost more than an hour's news may, and the batch is brought into an open window
that is kept from one to the next (grouping/open_window.py).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.edges.partitions import Partitions, key_of
from pipeline.logs import logger
from pipeline.model import Article, NearDuplicateGroup, Placement, Quarantined, StoryLink
from pipeline.settings import Settings, settings

if TYPE_CHECKING:
    from pipeline.grouping.corrections import Correction
    from pipeline.grouping.open_window import OpenWindow
    from pipeline.grouping.reports import Report
    from pipeline.grouping.window_stories import Place

log = logger()
Ref = str

_MANY = 100_000  # articles in three weeks; of more, those of OPEN_DAYS are held open


def group_near_duplicates(articles: Ref, *, judged: bool = False) -> Ref:
    """articles, with those of the window around them → near_duplicate_groups.

    judged   whether the gate has spoken on this batch: then its quarantine counts
    """
    from pipeline.grouping import near_duplicates
    from pipeline.grouping.reports import report_of
    from pipeline.grouping.window_stories import groups_of

    here, key = settings(), key_of(articles)
    marks = _listed(here, key, judged=judged)
    if len(marks) > here.regroup_articles:
        window, now, touched = _open_window(here, key, marks)
        held, groups = len(window.ids), groups_of(window, now, touched)
    else:
        reports = [report_of(article, here.zone) for article in _around(here, key, judged=judged)]
        held, groups = len(reports), near_duplicates.group(reports)
    log.info("stage_done", stage="group_near_duplicates", batch=key, articles=held, works=len(groups))
    return Partitions.of(here).replace(f"near_duplicate_groups/{key}", NearDuplicateGroup, groups)


def cluster_stories(groups: Ref, *, judged: bool = False) -> Ref:
    """near_duplicate_groups → placements and story_links of the stories that the batch touches."""
    from pipeline.grouping import stories
    from pipeline.grouping.placements import TOUCH_DAYS, around, is_touched, placements_of
    from pipeline.grouping.reports import report_of
    from pipeline.grouping.window_stories import explained

    here, key = settings(), key_of(groups)
    partitions = Partitions.of(here)
    marks = _listed(here, key, judged=judged)
    if len(marks) > here.regroup_articles:
        window, now, touched = _open_window(here, key, marks)
        read: dict[str, Article] = {}

        def reports_of(ids: Collection[str]) -> Mapping[str, Report]:
            read.update(articles_of(here, key, ids))
            return {article_id: report_of(article, here.zone) for article_id, article in read.items()}

        grouped = explained(window, now, touched, reports_of)
        held, articles = len(window.ids), list(read.values())
    else:
        articles = _around(here, key, judged=judged)
        batch = partitions.read(f"articles/{key}", Article)
        week = around([article.published_at for article in batch if article.published_at], days=TOUCH_DAYS)
        grouped = stories.cluster(
            [report_of(article, here.zone) for article in articles],
            partitions.read(groups, NearDuplicateGroup),
            corrections=_corrections(here),
            touched={article.article_id for article in articles if is_touched(article, week)},
        )
        held = len(articles)
    log.info("stage_done", stage="cluster_stories", batch=key, articles=held, stories=len(grouped.stories))
    partitions.replace(f"story_links/{key}", StoryLink, grouped.links)
    return partitions.replace(f"placements/{key}", Placement, placements_of(grouped.stories, articles, zone=here.zone))


def articles_of(here: Settings, key: str, ids: Collection[str]) -> dict[str, Article]:
    """The articles that have these ids, as a batch sees them, in the order of their ids; none of a batch held."""
    partitions = Partitions.of(here)
    wanted = set(ids)
    found = {each.article_id: each for each in partitions.read(f"articles/{key}", Article)}
    if beside := sorted(wanted - found.keys()):
        held = {*partitions.keys("holds"), key}
        others = partitions.read_around("articles", Article, (), ids=beside, nulls=False, without=held)
        found |= {each.article_id: each for each in others}
    return {article_id: found[article_id] for article_id in sorted(found.keys() & wanted)}


def _listed(here: Settings, key: str, *, judged: bool) -> dict[str, int]:
    """The articles of `_around`, with the marks of their partitions. Empty when all that is held would be few, and for
    an hour without news, which is to leave the window as it was."""
    import pyarrow.parquet as pq

    from pipeline.edges.window_files import listed
    from pipeline.grouping.placements import OPEN_DAYS, REACH_DAYS

    partitions = Partitions.of(here)
    newest_first = (partitions.path(f"articles/{each}") for each in reversed(partitions.keys("articles")))
    held_so_far = accumulate(pq.read_metadata(path).num_rows for path in newest_first)
    if all(held <= here.regroup_articles for held in held_so_far) or not partitions.ids("articles", key):
        return {}
    held = set(partitions.keys("holds")) - {key}
    named = _corrected_articles(here)
    marks: dict[str, int] = {}
    for days in (REACH_DAYS, OPEN_DAYS):
        marks = listed(partitions, key, _stretches(partitions, key, days=days), named=named, without=held)
        if len(marks) <= _MANY:
            break
    away = _away(here, key, judged=judged)
    return {article_id: mark for article_id, mark in marks.items() if article_id not in away}


def _open_window(
    here: Settings, key: str, marks: Mapping[str, int]
) -> tuple[OpenWindow, Mapping[str, Place], set[str]]:
    """The open window with the batch brought in, the places of its articles, and the stories that the batch touches.

    Those of stories that this batch touched before are touched again, so that a batch that runs twice leaves what it
    left once.
    """
    from pipeline.edges.window_files import read_window, told_places, write_window
    from pipeline.grouping.open_window import arrived, without
    from pipeline.grouping.reports import report_of
    from pipeline.grouping.window_stories import changed_stories, places

    partitions = Partitions.of(here)
    kept = read_window(here.window_path)
    stale = {article_id for article_id, mark in kept.marks.items() if marks.get(article_id) != mark}
    window = without(kept.window, stale | kept.window.bereft(stale))
    missing = marks.keys() - set(window.ids)
    if stale or missing:
        new = articles_of(here, key, missing).values()
        window = arrived(window, [report_of(article, here.zone) for article in new])
        write_window(here.window_path, window, marks)

    told = told_places(here.published_path, marks.keys())
    now = places(window, _corrections(here), told)
    own = set(partitions.ids("articles", key))
    if partitions.exists(f"placements/{key}"):
        own |= set(partitions.ids("placements", key))
    return window, now, changed_stories(now, told, own)


def _around(here: Settings, key: str, *, judged: bool) -> list[Article]:
    """The articles of a batch and those published within three weeks of them, without those in quarantine; each once.

    Articles without a date belong to every window: only their story can give them a day. Batches that are held are not
    there: nothing of theirs is published.
    """
    from pipeline.grouping.placements import REACH_DAYS

    partitions = Partitions.of(here)
    batch = partitions.read(f"articles/{key}", Article)
    held = set(partitions.keys("holds")) - {key}
    beside = partitions.read_around(
        "articles",
        Article,
        _stretches(partitions, key, days=REACH_DAYS),
        ids=_corrected_articles(here),
        without=held,
    )
    found = {article.article_id: article for article in (*beside, *batch)}
    away = _away(here, key, judged=judged)
    return [article for article_id, article in sorted(found.items()) if article_id not in away]


def _stretches(partitions: Partitions, key: str, *, days: int) -> list[tuple[datetime, datetime]]:
    from pipeline.grouping.placements import around

    return around([at for at in partitions.ids("articles", key, column="published_at") if at], days=days)


def _away(here: Settings, key: str, *, judged: bool) -> set[str]:
    """Ids of articles that the gate keeps from this batch's stories."""
    partitions = Partitions.of(here)
    elsewhere = _turned_away(here, partitions) - set(partitions.ids("articles", key))
    return elsewhere | _turned_away(here, partitions, key) if judged else elsewhere


def _turned_away(here: Settings, partitions: Partitions, batch: str | None = None) -> set[str]:
    """Ids of articles that the gate keeps in quarantine: of one batch, or of all. What was released is not kept."""
    from pipeline.edges.release_log import read_releases

    released = {release.quarantine_id for release in read_releases(here.releases_path)}
    return {
        row.subject
        for key in partitions.keys("quarantine")
        if key.endswith(".check") and batch in (None, key.removesuffix(".check"))
        for row in partitions.read(f"quarantine/{key}", Quarantined)
        if row.dataset == "articles" and row.quarantine_id not in released
    }


def _corrected_articles(here: Settings) -> list[str]:
    return sorted({article_id for said in _corrections(here) for article_id in said.article_ids})


def _corrections(here: Settings) -> list[Correction]:
    from pipeline.edges.correction_log import read_corrections

    return read_corrections(here.corrections_path)
