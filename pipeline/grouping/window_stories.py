"""The open window → what became of its articles: which stories changed, and those explained.

A window of a national press holds hundreds of thousands of texts, an hour changes the stories of a few: only these are
read again, for their reasons and links. What readers were told before counts: a story whose first report has left the
window keeps its id.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import reduce

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
from pipeline.model import NearDuplicateGroup, Story, derived_id

Strings = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands: its group of copies and its story, by id."""

    group_id: str
    story_id: str


Places = Mapping[str, Place]  # by article id
Reader = Callable[[Collection[str]], Mapping[str, Report]]  # article ids → reports


def places(window: OpenWindow, corrections: Iterable[Correction], told: Places) -> dict[str, Place]:
    """The place of each article of the window.

    told   places as readers see them
    """
    report_of = {report.article_id: report for report in window.reports}
    stories = corrected([frozenset(ids) for ids in _members(window, window.story)], corrections)
    groups = [frozenset(ids) for ids in _members(window, window.group)]
    story_of = _named("story", stories, report_of, {article: place.story_id for article, place in told.items()})
    group_of = _named(
        "near_duplicate_group", groups, report_of, {article: place.group_id for article, place in told.items()}
    )
    return {article: Place(group_of[article], story_of[article]) for article in report_of}


def changed_stories(now: Places, told: Places, own: Set[str]) -> set[str]:
    """The stories that readers have to be told of: of an article of `own`, or of one that stood elsewhere."""
    return {place.story_id for article, place in now.items() if article in own or told.get(article) != place}


def explained(window: OpenWindow, now: Places, stories: Set[str], read: Reader) -> Grouped:
    """Some of the window's stories with the reasons of each membership, and the links from and to them.

    now    place of each article of the window
    read   gives reports with their texts, which the window does not keep
    """
    ids = [report.article_id for report in window.reports]
    text_of = window.fullest()
    story_of = np.array([now[article].story_id for article in ids], dtype=object)
    wanted = np.flatnonzero([story in stories for story in story_of])
    linked = _linked(window, story_of, wanted)
    works = np.unique(np.concatenate([text_of[wanted], linked]))
    first_of = _first_of(window)
    needed = np.unique(np.concatenate([wanted, works, [first_of[int(window.group[row])] for row in works]]))
    report_of = read([ids[int(row)] for row in needed])
    full = {
        int(row): redated(report_of[ids[int(row)]], report_of[ids[first_of[int(window.group[row])]]]) for row in works
    }
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
    members: dict[int, list[int]] = defaultdict(list)
    for row, group in enumerate(window.group.tolist()):
        if now[window.reports[row].article_id].story_id in stories:
            members[group].append(row)
    ordered = [sorted(rows, key=lambda row: first_published(window.reports[row])) for rows in members.values()]
    ordered.sort(key=lambda rows: first_published(window.reports[rows[0]]))
    return tuple(
        NearDuplicateGroup(
            group_id=now[window.reports[rows[0]].article_id].group_id,
            article_ids=tuple(window.reports[row].article_id for row in rows),
            because=tuple(copies_because(window.reports, window.words, rows)),
        )
        for rows in ordered
    )


def _members(window: OpenWindow, label: Ints) -> list[list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for report, of in zip(window.reports, label.tolist(), strict=True):
        found[of].append(report.article_id)
    return list(found.values())


def _named(
    noun: str, sets: Iterable[frozenset[str]], report_of: Mapping[str, Report], told: Mapping[str, str]
) -> dict[str, str]:
    """Article → id of its set: derived from the first published, unless that one was told under an id whose first
    article has left the window. Of two sets with a claim to one id, the earlier has it."""
    own = {derived_id(noun, article) for article in report_of}
    ordered = [sorted(members, key=lambda article: first_published(report_of[article])) for members in sets]
    named: dict[str, str] = {}
    taken: set[str] = set()
    for members in sorted(ordered, key=lambda members: first_published(report_of[members[0]])):
        before = told.get(members[0])
        keeps = before is not None and before not in own and before not in taken
        set_id = before if before is not None and keeps else derived_id(noun, members[0])
        taken.add(set_id)
        named.update(dict.fromkeys(members, set_id))
    return named


def _linked(window: OpenWindow, story_of: Strings, wanted: Ints) -> Ints:
    """The texts of both sides of each pair that could link one of the wanted rows' stories with another story."""
    is_wanted = np.zeros(len(story_of), np.bool_)
    is_wanted[wanted] = True
    pairs = window.near.pairs[could_be_one(window.near, window.first_day())]
    touching = is_wanted[pairs].any(axis=1) & (story_of[pairs[:, 0]] != story_of[pairs[:, 1]])
    linked: Ints = pairs[touching].ravel().astype(np.int64)
    return linked


def _first_of(window: OpenWindow) -> dict[int, int]:
    """Group → the row of its first published report."""
    first: dict[int, int] = {}
    for row, group in enumerate(window.group.tolist()):
        if group not in first or first_published(window.reports[row]) < first_published(window.reports[first[group]]):
            first[group] = row
    return first


def _among(window: OpenWindow, works: Ints) -> tuple[Neighbours, npt.NDArray[np.float32]]:
    """The pairs of which both are among the works, and their strength in the whole window."""
    inside = np.zeros(len(window.reports), np.bool_)
    inside[works] = True
    kept = inside[window.near.pairs].all(axis=1)
    strength = relative(window.near, expectation(window.near, len(window.reports)))
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
