"""Quality of stories: B-cubed F1 at one setting, beside TF-IDF with average linkage in the same run.

`python -m bench.stories` measures the made-up corpus, and the labelled sets when PRESS_BENCH_DATA names their folder.
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.made_up import articles
from bench.measured import STORY_SETS, Labelled, data_folder, story_set, tell
from pipeline.grouping.bcubed import BCubed, bcubed
from pipeline.grouping.near_duplicates import group
from pipeline.grouping.open_window import OpenWindow, arrived
from pipeline.grouping.reports import Report
from pipeline.grouping.stories import cluster

REFERENCE_DAYS = 4.0
REFERENCE_THRESHOLDS = np.arange(0.10, 0.30, 0.01)


def ours(reports: tuple[Report, ...]) -> dict[str, str]:
    """article id → story id."""
    grouped = cluster(reports, group(reports))
    return {each.article_id: story.story_id for story in grouped.stories for each in story.memberships}


def in_batches(reports: tuple[Report, ...], size: int, seed: int) -> dict[str, str]:
    """The same, arriving `size` at a time in any order."""
    shuffled = random.Random(seed).sample(reports, k=len(reports))
    window = OpenWindow()
    for start in range(0, len(shuffled), size):
        window = arrived(window, shuffled[start : start + size])
    return window.stories()


def reference(reports: tuple[Report, ...]) -> list[dict[str, int]]:
    """TF-IDF over title twice and text, average linkage within REFERENCE_DAYS: a grouping for each threshold."""
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(
        [f"{report.title} {report.title} {report.text}" for report in reports]
    )
    day = np.array([report.day for report in reports])
    apart = np.nan_to_num(np.abs(day[:, None] - day[None]), nan=0.0)
    alike = np.where(apart > REFERENCE_DAYS, 0.0, (vectors @ vectors.T).toarray())
    distance = np.clip(1 - (alike + alike.T) / 2, 0, None)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    return [
        dict(
            zip(
                [report.article_id for report in reports],
                fcluster(tree, 1 - threshold, "distance").tolist(),
                strict=True,
            )
        )
        for threshold in REFERENCE_THRESHOLDS
    ]


def without_sagas(found: Mapping[str, str], labelled: Labelled) -> BCubed:
    """B-cubed where rows of different groups that share a saga are neither right nor wrong."""
    members: dict[str, list[str]] = {}
    same: dict[str, list[str]] = {}
    for article_id, story in found.items():
        members.setdefault(story, []).append(article_id)
        same.setdefault(labelled.gold[article_id], []).append(article_id)
    precision = recall = 0.0
    for article_id, story in found.items():
        right = sum(labelled.gold[other] == labelled.gold[article_id] for other in members[story])
        wrong = sum(
            labelled.gold[other] != labelled.gold[article_id] and not labelled.sagas[other] & labelled.sagas[article_id]
            for other in members[story]
        )
        precision += right / (right + wrong)
        recall += right / len(same[labelled.gold[article_id]])
    return BCubed(precision / len(found), recall / len(found))


def made_up_set(count: int = 2_000) -> Labelled:
    """The shipped corpus."""
    made = list(articles(count, days=5.0))
    return Labelled(
        "made_up",
        tuple(
            Report(article_id=each.article_id, title=each.title, text=each.text, published_at=each.published_at)
            for each in made
        ),
        {each.article_id: each.story for each in made},
        {each.article_id: frozenset() for each in made},
    )


def main() -> None:
    """Measure and print."""
    folder = data_folder()
    sets = [made_up_set(), *([story_set(folder, name) for name in STORY_SETS] if folder else [])]
    scores, references, batches = {}, {}, {}
    for labelled in sets:
        started = time.process_time()
        found = ours(labelled.reports)
        seconds = time.process_time() - started
        score = bcubed(found, labelled.gold)
        scores[labelled.name] = score.f1
        references[labelled.name] = [bcubed(each, labelled.gold).f1 for each in reference(labelled.reports)]
        batches[labelled.name] = bcubed(
            in_batches(labelled.reports, max(5, len(labelled.reports) // 24), 1), labelled.gold
        ).f1
        tell(
            bench="stories",
            set=labelled.name,
            articles=len(labelled.reports),
            precision=score.precision,
            recall=score.recall,
            f1=score.f1,
            f1_without_sagas=without_sagas(found, labelled).f1 if any(labelled.sagas.values()) else None,
            f1_in_24_batches=batches[labelled.name],
            reference_f1_at_its_best=max(references[labelled.name]),
            cpu_seconds=seconds,
        )
    real = [labelled.name for labelled in sets if labelled.name != "made_up"]
    if real:
        means = np.mean([references[name] for name in real], axis=0)
        tell(
            bench="stories",
            set="mean of the labelled sets",
            f1=float(np.mean([scores[name] for name in real])),
            f1_in_24_batches=float(np.mean([batches[name] for name in real])),
            reference_f1=float(means.max()),
            reference_threshold=float(REFERENCE_THRESHOLDS[means.argmax()]),
            reference_by_set={name: round(references[name][int(means.argmax())], 4) for name in real},
        )


if __name__ == "__main__":
    main()
