"""Stories → links: a preview, a follow-up, context. Beside each other in the digest, never one story.

Two reports of different stories are related when they are as alike as two reports of one story could be, within a week,
and something specific shows it: a passage that stands in both, a named event, law or database that few others name, or
the day of the one announced in the other. People do not link stories: a minister speaks on everything.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from pipeline.folding import fold_marks
from pipeline.grouping.fading import fading
from pipeline.grouping.link_signs import Signs, announces, share_a_run, shared_long_names, signs_of
from pipeline.grouping.linkage import SAME_STORY
from pipeline.grouping.neighbours import Neighbours
from pipeline.grouping.reports import Report
from pipeline.grouping.story_evidence import Told, long_runs, told
from pipeline.model import Because, StoryLink

FEWEST_NAMING = 4  # a name that so few reports hold is specific, in a stream of any size …
LARGEST_SHARE = 0.005  # … and so is one that one report in two hundred holds
MOST_SHOWING = 4  # pairs of two stories that are read for what links them: two large stories have hundreds
SAME_HEADING = 0.3

Kind = Literal["preview", "follow_up", "context"]

_CAPITALISED = re.compile(r"[A-Z][\w'&-]*")


def related_works(
    reports: Sequence[Report],
    near: Neighbours,
    story_of: Sequence[str],
    touched: Collection[str] | None = None,
    *,
    naming: Callable[[Collection[str]], Mapping[str, int]] | None = None,
    stream: int | None = None,
) -> tuple[StoryLink, ...]:
    """The links between stories, by the pairs of reports that show them.

    reports   one for each work, in the rows of `near`
    story_of  (n,) the story of each
    touched   stories: only links from or to one of them; all when not given
    naming    names → how many works of the whole stream hold each; counted in `reports` when not given
    stream    how many works the whole stream has, when it has more than `reports`
    """
    pairs = [
        (a, b) if _is_before(reports[a], reports[b]) else (b, a)
        for a, b in _strongest(reports, near, story_of)
        if touched is None or story_of[a] in touched or story_of[b] in touched
    ]
    signs = signs_of({row: reports[row] for row in sorted({row for pair in pairs for row in pair})})
    long_names = _long_names(pairs, signs)
    all_names = {name for names in long_names for name in names}
    held = naming(all_names) if naming else _naming(reports, all_names)
    specific = max(FEWEST_NAMING, LARGEST_SHARE * (stream or len(reports)))
    shown: dict[tuple[str, str], list[tuple[Kind, tuple[str, str], tuple[Because, ...]]]] = defaultdict(list)
    for (earlier, later), names in zip(pairs, long_names, strict=True):
        telling = sorted(name for name in names if held[name] <= specific)
        because = tuple(_because(reports, signs, earlier, later, telling))
        if because:
            kind = _kind(reports[earlier], reports[later], because)
            ids = (reports[earlier].article_id, reports[later].article_id)
            shown[story_of[earlier], story_of[later]].append((kind, ids, because))
    return tuple(_link(stories, found) for stories, found in sorted(_one_way(shown).items()))


def _long_names(pairs: Sequence[tuple[int, int]], signs: Mapping[int, Signs]) -> list[frozenset[str]]:
    """The long names that both of each pair hold, by those of the report that stands in more pairs: of a day's pairs
    with its week, one in three reports is asked for its own."""
    times = Counter(row for pair in pairs for row in pair)
    return [
        shared_long_names(signs[a], signs[b]) if times[a] >= times[b] else shared_long_names(signs[b], signs[a])
        for a, b in pairs
    ]


def _naming(reports: Sequence[Report], names: Collection[str]) -> Counter[str]:
    """How many reports hold each of the names. Taking all names out of a report is dear: most do not have the words."""
    by_last: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        by_last[name.rpartition(" ")[2]].append(name)
    found: Counter[str] = Counter()
    for report in reports if names else ():
        text = fold_marks(report.told)
        some = [name for last in by_last.keys() & set(_CAPITALISED.findall(text)) for name in by_last[last]]
        if any(name in text for name in some):
            found.update(name for name in some if name in _told(report).names)
    return found


def _strongest(reports: Sequence[Report], near: Neighbours, story_of: Sequence[str]) -> list[tuple[int, int]]:
    """Of pairs whose likeness, before days faded it, could have made one story of two: of each two, the MOST_SHOWING
    most alike."""
    day = np.array([report.day for report in reports])
    could = np.flatnonzero(could_be_one(near, day))
    by_likeness = could[np.argsort(-near.likeness[could], kind="stable")]
    shown: Counter[tuple[str, str]] = Counter()
    found = []
    for a, b in near.pairs[by_likeness].tolist():
        stories = (min(story_of[a], story_of[b]), max(story_of[a], story_of[b]))
        if stories[0] != stories[1] and shown[stories] < MOST_SHOWING:
            shown[stories] += 1
            found.append((a, b))
    return sorted(found)


def could_be_one(near: Neighbours, day: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which pairs are so alike, before days faded it, that they could have made one story."""
    sure: npt.NDArray[np.bool_] = near.likeness / fading(np.diff(day[near.pairs], axis=1)[:, 0]) >= SAME_STORY
    return sure


def _told(report: Report) -> Told:
    return told(report.title, report.told)


def _is_before(a: Report, b: Report) -> bool:
    if a.published_at is None or b.published_at is None:
        return a.article_id < b.article_id
    return (a.published_at, a.article_id) < (b.published_at, b.article_id)


def _because(
    reports: Sequence[Report], signs: Mapping[int, Signs], earlier: int, later: int, names: Sequence[str]
) -> Iterable[Because]:
    """The evidence that two reports are related. names: long ones that both hold and few others do."""
    if share_a_run(signs[earlier], signs[later]) and (
        runs := long_runs(_told(reports[earlier]), _told(reports[later]))
    ):
        yield Because(kind="shared_text", detail=f"a passage stands in both: “{runs[0]}”", weight=0.6)
    if names:
        yield Because(kind="named_event", detail="both name " + ", ".join(names), weight=0.5)
    day = announces(signs[earlier], signs[later])
    if day:
        yield Because(kind="date", detail=f"the earlier one announces something for {day:%A, %-d %B %Y}", weight=0.5)


def _kind(earlier: Report, later: Report, because: Iterable[Because]) -> Kind:
    if any(each.kind == "date" for each in because):
        return "preview"
    if earlier.published_at and later.published_at and later.published_at.date() > earlier.published_at.date():
        one, other = set(told(earlier.title, "").words), set(told(later.title, "").words)
        if one and other and len(one & other) / min(len(one), len(other)) >= SAME_HEADING:
            return "follow_up"
    return "context"


def _one_way(
    shown: dict[tuple[str, str], list[tuple[Kind, tuple[str, str], tuple[Because, ...]]]],
) -> dict[tuple[str, str], list[tuple[Kind, tuple[str, str], tuple[Because, ...]]]]:
    """Each pair of stories once: stories that run side by side are linked in the direction that more pairs show."""
    joined: dict[tuple[str, str], list[tuple[Kind, tuple[str, str], tuple[Because, ...]]]] = {}
    for a, b in sorted(shown):
        way = (a, b) if (len(shown[a, b]), a) >= (len(shown.get((b, a), [])), b) else (b, a)
        turned = [(kind, ids if way == (a, b) else ids[::-1], because) for kind, ids, because in shown[a, b]]
        joined.setdefault(way, []).extend(turned)
    return joined


def _link(stories: tuple[str, str], found: list[tuple[Kind, tuple[str, str], tuple[Because, ...]]]) -> StoryLink:
    kinds = [kind for kind, _, _ in found]
    order: tuple[Kind, ...] = ("preview", "follow_up", "context")
    return StoryLink(
        from_story_id=stories[0],
        to_story_id=stories[1],
        kind=next(kind for kind in order if kind in kinds),
        article_ids=tuple(sorted(ids for _, ids, _ in found)),
        because=tuple(dict.fromkeys(each for _, _, because in sorted(found, key=lambda f: f[1]) for each in because)),
    )
