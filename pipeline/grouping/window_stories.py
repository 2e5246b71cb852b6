"""The open window → what became of its articles: which stories changed, and those explained.

A window of a national press holds hundreds of thousands of texts, an hour changes the stories of a few: only these are
read again, for their reasons and links. What readers were told before counts: a story whose first report has left the
window keeps its id.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from functools import reduce
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.grouping.corrections import Correction, corrected
from pipeline.grouping.linkage import expectation, relative
from pipeline.grouping.near_duplicates import copies_because
from pipeline.grouping.neighbours import Neighbours
from pipeline.grouping.open_window import OpenWindow
from pipeline.grouping.related import could_be_one, related_works
from pipeline.grouping.reports import Report, first_published
from pipeline.grouping.stories import Grouped, memberships, redated, ties_of
from pipeline.grouping.vectors import AS_NAME, Ints, TermRows
from pipeline.grouping.word_codes import terms_of, word_codes
from pipeline.model import NearDuplicateGroup, Story

Strings = npt.NDArray[np.object_]


class Place(NamedTuple):
    """Where an article stands: its group of copies and its story, by id."""

    group_id: str
    story_id: str


Places = Mapping[str, Place]  # by article id
Reader = Callable[[Collection[str]], Mapping[str, Report]]  # article ids → reports


def places(window: OpenWindow, corrections: Iterable[Correction], told: Places) -> dict[str, Place]:
    """The place of each article of the window.

    told   places as readers see them
    """
    story = _corrected(window, list(corrections))
    before = [told.get(article) for article in window.ids]
    story_ids = _named(window, story, window.story_ids, [place.story_id if place else None for place in before])
    group_ids = _named(window, window.group, window.group_ids, [place.group_id if place else None for place in before])
    return dict(zip(window.ids, map(Place, group_ids, story_ids), strict=True))


def changed_stories(now: Places, told: Places, own: Set[str]) -> set[str]:
    """The stories that readers have to be told of: of an article of `own`, or of one that stood elsewhere."""
    return {place.story_id for article, place in now.items() if article in own or told.get(article) != place}


def explained(window: OpenWindow, now: Places, stories: Set[str], read: Reader) -> Grouped:
    """Some of the window's stories with the reasons of each membership, and the links from and to them.

    now    place of each article of the window
    read   gives reports with their texts, which the window does not keep
    """
    ids = window.ids
    text_of = window.fullest()
    story_of = np.array([now[article].story_id for article in ids], dtype=object)
    wanted = np.flatnonzero([story in stories for story in story_of])
    linked = _linked(window, story_of, wanted)
    works = np.unique(np.concatenate([text_of[wanted], linked]))
    first_of = window.first_published(window.group)
    needed = np.unique(np.concatenate([wanted, works, first_of[works]]))
    report_of = read([ids[row] for row in needed.tolist()])
    full = {row: redated(report_of[ids[row]], report_of[ids[int(first_of[row])]]) for row in works.tolist()}
    near, strength = _among(window, works)
    told = _told({ids[int(row)]: int(text_of[row]) for row in wanted}, now, report_of, full, ties_of(near, strength))
    place = np.full(len(ids), -1, np.int32)
    place[works] = np.arange(len(works))
    links = related_works(
        list(full.values()),
        Neighbours(place[near.pairs], near.likeness),
        story_of[works].tolist(),
        stories,
        naming=lambda names: _naming(window.rows, text_of, names),
        stream=len(np.unique(text_of)),
    )
    return Grouped(told, links)


def groups_of(window: OpenWindow, now: Places, stories: Set[str]) -> tuple[NearDuplicateGroup, ...]:
    """The groups of copies of some stories, in the order of their first published article."""
    wanted = [row for row, article in enumerate(window.ids) if now[article].story_id in stories]
    members: dict[int, list[int]] = defaultdict(list)
    for row in sorted(wanted, key=lambda row: _when(window, row)):
        members[int(window.group[row])].append(row)
    return tuple(
        NearDuplicateGroup(
            group_id=now[window.ids[rows[0]]].group_id,
            article_ids=tuple(window.ids[row] for row in rows),
            because=tuple(copies_because([window.ids[row] for row in rows], [window.words[row] for row in rows])),
        )
        for rows in members.values()
    )


def _corrected(window: OpenWindow, corrections: Sequence[Correction]) -> Ints:
    """(n,) for each row, a row of its story as editors corrected it; only stories that they spoke of are looked at."""
    named = {article for each in corrections for article in (*each.article_ids, *each.apart_from)}
    rows = [row for row, article in enumerate(window.ids) if article in named] if named else []
    story = window.story.copy()
    spoken_of = np.flatnonzero(np.isin(story, story[np.array(rows, np.int64)]))
    row_of = {window.ids[row]: row for row in spoken_of.tolist()}
    members: dict[int, list[str]] = defaultdict(list)
    for article, row in row_of.items():
        members[int(story[row])].append(article)
    for together in corrected([frozenset(ids) for ids in members.values()], corrections):
        those = [row_of[article] for article in together]
        story[those] = min(those)
    return story


def _named(window: OpenWindow, label: Ints, own: Sequence[str], told: Sequence[str | None]) -> list[str]:
    """(n,) id of each row's set: its own, of the first published, unless that one was told under an id whose first
    article has left the window. Of two sets with a claim to one id, the earlier has it.

    own    (n,) the id of a set that begins with the row
    told   (n,) the id that readers know
    """
    first = window.first_published(label).tolist()
    name = list(own)
    known, taken = set(own), set()
    claims = [row for row in set(first) if told[row] not in (None, own[row]) and told[row] not in known]
    for row in sorted(claims, key=lambda row: _when(window, row)):
        if (before := told[row]) is not None and before not in taken:
            taken.add(before)
            name[row] = before
    return [name[row] for row in first]


def _when(window: OpenWindow, row: int) -> tuple[bool, float, str]:
    """The order of first publication (reports.first_published)."""
    day = float(window.rows.day[row])
    undated = math.isnan(day)
    return (undated, 0.0 if undated else day, window.ids[row])


def _linked(window: OpenWindow, story_of: Strings, wanted: Ints) -> Ints:
    """The texts of both sides of each pair that could link one of the wanted rows' stories with another story."""
    is_wanted = np.zeros(len(story_of), np.bool_)
    is_wanted[wanted] = True
    pairs = window.near.pairs[could_be_one(window.near, window.first_day())]
    touching = is_wanted[pairs].any(axis=1) & (story_of[pairs[:, 0]] != story_of[pairs[:, 1]])
    linked: Ints = pairs[touching].ravel().astype(np.int64)
    return linked


def _among(window: OpenWindow, works: Ints) -> tuple[Neighbours, npt.NDArray[np.float32]]:
    """The pairs of which both are among the works, and their strength in the whole window."""
    inside = np.zeros(len(window.ids), np.bool_)
    inside[works] = True
    kept = inside[window.near.pairs].all(axis=1)
    strength = relative(window.near, expectation(window.near, len(window.ids)))
    return Neighbours(window.near.pairs[kept], window.near.likeness[kept]), strength[kept]


def _told(
    work_of: Mapping[str, int],
    now: Places,
    report_of: Mapping[str, Report],
    full: Mapping[int, Report],
    ties: Mapping[int, list[tuple[float, int]]],
) -> tuple[Story, ...]:
    members: dict[str, list[Report]] = defaultdict(list)
    for article in work_of:
        members[now[article].story_id].append(report_of[article])
    group_of = {article: now[article].group_id for article in work_of}
    ordered = {story_id: sorted(reports, key=first_published) for story_id, reports in members.items()}
    return tuple(
        Story(story_id=story_id, memberships=memberships(story_id, reports, full, work_of, group_of, ties))
        for story_id, reports in sorted(ordered.items(), key=lambda each: first_published(each[1][0]))
    )


def _naming(rows: TermRows, text_of: Ints, names: Collection[str]) -> Counter[str]:
    """How many texts hold all words of each name as names. That they stand in a row is not seen: the texts are not
    read, so that a name of common words is taken for more common than it is, and shows less."""
    terms = {name: np.unique(terms_of(word_codes(name))) for name in sorted(names)}
    terms = {name: found[found > 0] for name, found in terms.items()}
    asked = np.unique(np.concatenate([np.empty(0, np.int32), *terms.values()]))
    held = np.flatnonzero(np.isin(rows.term, asked) & ((rows.place & AS_NAME) > 0))
    row = np.searchsorted(rows.starts, held, side="right") - 1
    is_text = text_of[row] == row
    held, row = held[is_text], row[is_text]
    order = np.argsort(rows.term[held], kind="stable")
    term, row = rows.term[held][order], row[order]
    rows_of = (
        dict(zip(asked.tolist(), np.split(row, np.searchsorted(term, asked[1:])), strict=True)) if len(asked) else {}
    )
    return Counter(
        {
            name: len(reduce(np.intersect1d, [rows_of[each] for each in found.tolist()])) if len(found) else 0
            for name, found in terms.items()
        }
    )
