"""pipeline correct: what editors say of stories, recorded, applied, exported, and compared with the grouping."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from pipeline import grouping_steps, steps
from pipeline.edges import warehouse
from pipeline.edges.correction_log import add_correction, read_corrections
from pipeline.edges.partitions import Partitions
from pipeline.errors import Misuse, PipelineError
from pipeline.grouping.corrections import Correction, agreement, labelled_pairs, merge, split, standing, undo
from pipeline.model import Article
from pipeline.settings import Settings, settings

Say = Callable[[str], None]
_SHORTEST = 6  # characters of an id that are enough to name it, when they name only one
# Grouping, the gate, loading and the digests: what a correction changes. Reading is not touched by it.
_APPLIED_BY = (
    grouping_steps.group_near_duplicates,
    grouping_steps.cluster_stories,
    steps.check,
    steps.load_warehouse,
    steps.compose_digests,
    steps.report_quality,
)


def say_merge(ids: Sequence[str], *, by: str, why: str) -> Correction:
    """Record that these articles, or the stories that are named, are one story.

    raises   Misuse when an id is not known, names several, or fewer than two stories are named
    """
    here = settings()
    placed = _placed(here)
    chosen = [_named(given, placed)[0] for given in ids]
    return _recorded(here, lambda at: merge(chosen, by=by or _user(), at=at, why=why))


def say_split(given: str, *, by: str, why: str) -> Correction:
    """Record that an article is not on the story that it is on now."""
    here = settings()
    placed = _placed(here)
    article_id = _resolved(given, placed, "article")
    members = [other for other, story in placed.items() if story == placed[article_id]]
    return _recorded(here, lambda at: split(members, article_id, by=by or _user(), at=at, why=why))


def say_undo(given: str, *, by: str, why: str) -> Correction:
    """Record that a correction is taken back."""
    here = settings()
    said = {one.correction_id: one for one in read_corrections(here.corrections_path)}
    found = said[_resolved(given, said, "correction")]
    return _recorded(here, lambda at: undo(found, by=by or _user(), at=at, why=why))


def applied(corrections: Sequence[Correction], *, say: Say) -> list[str]:
    """Group the batches of the articles that corrections name again, load them and write their digests anew; the
    batches."""
    here = settings()
    batches = _batches_of({article_id for one in corrections for article_id in one.article_ids}, here)
    for batch in batches:
        ref = f"articles/{batch}"
        for step in _APPLIED_BY:
            say(f"{step.__name__.replace('_', ' ')} …")
            ref = step(ref)
    return batches


def days_of(correction: Correction) -> list[str]:
    """The days whose digests tell of the articles that a correction names."""
    query = (
        "select distinct covered_on from placements where covered_on is not null and story_id in "
        "(select story_id from placements where article_id in (select unnest($ids))) order by 1"
    )
    with warehouse.reader(settings().published_path) as connection:
        rows = connection.execute(query, {"ids": list(correction.article_ids)}).fetchall()
    return [day.isoformat() for (day,) in rows]


def listed() -> Iterator[dict[str, Any]]:
    """Every correction in the order they were said, with whether it still stands."""
    said = read_corrections(settings().corrections_path)
    stands = {one.correction_id for one in standing(said)}
    for one in said:
        yield {
            "correction_id": one.correction_id,
            "action": one.action,
            "stands": one.correction_id in stands,
            "by": one.by,
            "at": one.at.isoformat(),
            "why": one.why,
            "article_ids": list(one.article_ids),
            "apart_from": list(one.apart_from),
            "undoes": one.undoes,
        }


def exported() -> Iterator[dict[str, Any]]:
    """Pairs of articles with what the standing corrections say of them: labels to measure and to learn from."""
    here = settings()
    titles = _titles(here)
    for pair in labelled_pairs(read_corrections(here.corrections_path)):
        yield {
            "a": pair.a,
            "b": pair.b,
            "same_story": pair.same_story,
            "correction_id": pair.correction_id,
            "title_a": titles.get(pair.a),
            "title_b": titles.get(pair.b),
        }


def agreed() -> dict[str, Any]:
    """How the grouping without corrections agrees with what editors said."""
    from pipeline.grouping import near_duplicates, stories
    from pipeline.grouping.placements import around
    from pipeline.grouping.reports import report_of

    here = settings()
    pairs = labelled_pairs(read_corrections(here.corrections_path))
    ids = sorted({article_id for pair in pairs for article_id in (pair.a, pair.b)})
    partitions = Partitions.of(here)
    named = partitions.read_around("articles", Article, [], ids=ids)
    stretches = around([article.published_at for article in named if article.published_at])
    held = {article.article_id: article for article in partitions.read_around("articles", Article, stretches, ids=ids)}
    reports = [report_of(article, here.zone) for _, article in sorted(held.items())]
    grouped = stories.cluster(reports, near_duplicates.group(reports))
    found = agreement({each.article_id: s.story_id for s in grouped.stories for each in s.memberships}, pairs)
    return {
        "pairs": len(pairs),
        "joined_and_should": found.joined_and_should,
        "joined_and_should_not": found.joined_and_should_not,
        "apart_and_should": found.apart_and_should,
        "apart_and_should_not": found.apart_and_should_not,
        "share": found.share,
    }


def spelt(row: dict[str, Any]) -> str:
    """A row as a JSON line."""
    return json.dumps(row, ensure_ascii=False)


def _recorded(here: Settings, make: Callable[[datetime], Correction]) -> Correction:
    try:
        correction = make(datetime.now(UTC))
    except ValueError as error:
        raise Misuse(str(error), about="correct") from error
    add_correction(here.corrections_path, correction)
    return correction


def _placed(here: Settings) -> dict[str, str]:
    """article id → story id, as readers see it."""
    if not here.published_path.exists():
        raise PipelineError("nothing was published yet; run pipeline ingest first", about="correct")
    with warehouse.reader(here.published_path) as connection:
        return dict(connection.execute("select article_id, story_id from placements order by article_id").fetchall())


def _titles(here: Settings) -> dict[str, str]:
    if not here.published_path.exists():
        return {}
    with warehouse.reader(here.published_path) as connection:
        return dict(connection.execute("select article_id, title from articles").fetchall())


def _named(given: str, placed: dict[str, str]) -> list[str]:
    """The article of this id, or the articles of the story of this id."""
    stories = set(placed.values())
    found = _resolved(given, [*placed, *stories], "article or story")
    return [found] if found in placed else [article for article, story in placed.items() if story == found]


def _resolved(given: str, known: Any, what: str) -> str:
    if given in known:
        return given
    found = sorted({each for each in known if len(given) >= _SHORTEST and each.startswith(given)})
    if len(found) != 1:
        raise Misuse(f"expected the id of one {what}; {len(found)} begin with it", about=given)
    return str(found[0])


def _batches_of(article_ids: set[str], here: Settings) -> list[str]:
    partitions = Partitions.of(here)
    return [key for key in partitions.keys("articles") if not article_ids.isdisjoint(partitions.ids("articles", key))]


def _user() -> str:
    try:
        return os.environ.get("PRESS_EDITOR") or getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return "not known"
