"""Near-duplicate groups → stories: reports of one event in different words, each membership with its reasons.

    reports + groups → works → neighbours → clusters → corrected → stories

Stories are a pure function of the set of reports in an open window and of the editors' corrections: the order in which
they arrived changes nothing, twice is once. What became of them from one run to the next is told by the warehouse's
view story_lineage.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.grouping.corrections import Correction, corrected
from pipeline.grouping.first_sight import heaviest_terms
from pipeline.grouping.linkage import clusters, expectation, relative
from pipeline.grouping.near_duplicates import text_words
from pipeline.grouping.neighbours import Neighbours, neighbours
from pipeline.grouping.related import related_works
from pipeline.grouping.reports import Report, first_published
from pipeline.grouping.sameness import sameness
from pipeline.grouping.story_evidence import evidence
from pipeline.grouping.vectors import Floats, TermStatistics, term_rows
from pipeline.model import Because, Membership, NearDuplicateGroup, Story, StoryLink, derived_id


@dataclass(frozen=True, slots=True)
class Grouped:
    """Stories in the order of their first published report, and the links between them."""

    stories: tuple[Story, ...]
    links: tuple[StoryLink, ...]


Ties = Mapping[int, list[tuple[float, int]]]  # work → (−strength, other work), strongest first


@dataclass(frozen=True, slots=True)
class _Works:
    """One report for each near-duplicate group: the fullest, dated by the first published."""

    reports: tuple[Report, ...]
    members: tuple[tuple[Report, ...], ...]  # of each group, first published first
    near: Neighbours


def story_id_of(reports: Iterable[Report]) -> str:
    """Derived from the first published report, so that a story keeps its id when it grows."""
    return derived_id("story", min(reports, key=first_published).article_id)


def cluster(
    reports: Iterable[Report],
    groups: Iterable[NearDuplicateGroup],
    corrections: Iterable[Correction] = (),
    touched: Collection[str] | None = None,
) -> Grouped:
    """Each report on exactly one story.

    groups   of the same text, each report in exactly one (near_duplicates.group)
    touched  article ids: only stories that hold one of them come back, with their links. All are put together, but
             saying why takes three quarters of the time
    raises   ValueError when the groups do not hold the same reports, or one twice
    """
    groups = tuple(groups)
    works = _works({report.article_id: report for report in reports}, groups)
    labels = clusters(works.near, len(works.reports)).tolist()
    found: dict[int, set[str]] = {}
    for work, label in enumerate(labels):
        found.setdefault(label, set()).update(report.article_id for report in works.members[work])
    kept = corrected([frozenset(members) for members in found.values()], corrections)

    work_of = {report.article_id: work for work, members in enumerate(works.members) for report in members}
    report_of = {report.article_id: report for members in works.members for report in members}
    group_of = {article_id: group.group_id for group in groups for article_id in group.article_ids}
    ties = ties_of(works.near, relative(works.near, expectation(works.near, len(works.reports))))
    full = dict(enumerate(works.reports))
    story_of: dict[str, str] = {}
    wanted: dict[str, list[Report]] = {}  # story → its reports, first published first
    for members in kept:
        ordered = sorted((report_of[article_id] for article_id in members), key=first_published)
        story_id = story_id_of(ordered)
        story_of.update(dict.fromkeys(members, story_id))
        if touched is None or not members.isdisjoint(touched):
            wanted[story_id] = ordered
    stories = tuple(
        Story(story_id=story_id, memberships=memberships(story_id, ordered, full, work_of, group_of, ties))
        for story_id, ordered in sorted(wanted.items(), key=lambda each: first_published(each[1][0]))
    )
    of_works = [story_of[members[0].article_id] for members in works.members]
    return Grouped(stories, related_works(works.reports, works.near, of_works, wanted))


def _works(reports: Mapping[str, Report], groups: Sequence[NearDuplicateGroup]) -> _Works:
    told = [
        tuple(sorted((reports[article_id] for article_id in group.article_ids), key=first_published))
        for group in groups
        if all(article_id in reports for article_id in group.article_ids)
    ]
    listed = [article_id for group in groups for article_id in group.article_ids]
    if len(listed) != len(reports) or set(listed) != reports.keys():
        raise ValueError("the near-duplicate groups and the reports do not hold the same articles, each once")
    told.sort(key=lambda members: first_published(members[0]))
    lengths = {
        report.article_id: len(words)
        for members in told
        if len(members) > 1
        for report, words in zip(members, text_words([report.text for report in members]), strict=True)
    }
    fullest = [max(members, key=lambda report: lengths.get(report.article_id, 0)) for members in told]
    dated = [redated(work, members[0]) for work, members in zip(fullest, told, strict=True)]
    rows = term_rows(dated)
    carried_by_one = np.array([len({copy.outlet for copy in members}) == 1 for members in told], np.bool_)
    rows = replace(rows, outlet=np.where(carried_by_one, rows.outlet, 0))
    by = TermStatistics().with_rows(rows).weights()
    near = Neighbours.joined(list(neighbours(rows.take, heaviest_terms(rows, by), rows.day, by)))
    return _Works(tuple(dated), tuple(told), near)


def redated(work: Report, first: Report) -> Report:
    """The report of a work, dated by the first published of its copies."""
    return Report(
        article_id=work.article_id,
        title=work.title,
        text=work.text,
        standfirst=work.standfirst,
        published_at=first.published_at,
        outlet=work.outlet,
    )


def ties_of(near: Neighbours, strength: Floats) -> Ties:
    """Each work's neighbours, strongest first."""
    ties: dict[int, list[tuple[float, int]]] = {}
    for (a, b), value in zip(near.pairs.tolist(), strength.tolist(), strict=True):
        ties.setdefault(a, []).append((-value, b))
        ties.setdefault(b, []).append((-value, a))
    return {work: sorted(tied) for work, tied in ties.items()}


def memberships(
    story_id: str,
    ordered: Sequence[Report],
    full: Mapping[int, Report],
    work_of: Mapping[str, int],
    group_of: Mapping[str, str],
    ties: Ties,
) -> tuple[Membership, ...]:
    """The memberships of one story, each tied to the report it is closest to of those placed before it.

    ordered  the story's reports, first published first
    full     work → its fullest report; work_of, group_of: article id → work, near-duplicate group
    """
    first_of: dict[int, Report] = {}
    for report in ordered:
        first_of.setdefault(work_of[report.article_id], report)
    tied_to: dict[str, str] = {}
    because: dict[str, tuple[Because, ...]] = {}
    for work, to in _strongest_tree(list(first_of), ties):
        report = first_of[work]
        if to is None:
            tied_to[report.article_id] = ordered[0].article_id
            because[report.article_id] = (Because(kind="correction", detail="an editor put them together", weight=1.0),)
        else:
            tied_to[report.article_id] = first_of[to].article_id
            because[report.article_id] = evidence(full[to], full[work])
    for report in ordered:
        first = first_of[work_of[report.article_id]]
        if report is not first:
            tied_to[report.article_id] = first.article_id
            because[report.article_id] = (_copy_of(first, report),)
    return tuple(
        Membership(
            article_id=report.article_id,
            story_id=story_id,
            group_id=group_of[report.article_id],
            tied_to=tied_to.get(report.article_id),
            because=because.get(report.article_id, ()),
        )
        for report in ordered
    )


def _strongest_tree(works: Sequence[int], ties: Ties) -> Iterator[tuple[int, int | None]]:
    """(work, the work it is tied to) for all but the first: the spanning tree of the strongest ties; None where no tie
    leads, because an editor joined what has no likeness."""
    missing = set(works[1:])
    open_ties = [(strength, other, works[0]) for strength, other in ties.get(works[0], ())]
    heapq.heapify(open_ties)
    while missing:
        while open_ties and open_ties[0][1] not in missing:
            heapq.heappop(open_ties)
        if open_ties:
            _, work, to = heapq.heappop(open_ties)
            yield work, to
        else:
            work = next(each for each in works if each in missing)
            yield work, None
        missing.remove(work)
        for strength, other in ties.get(work, ()):
            if other in missing:
                heapq.heappush(open_ties, (strength, other, work))


def _copy_of(first: Report, report: Report) -> Because:
    same = sameness(*text_words([first.text, report.text]))
    return Because(
        kind="shared_text",
        detail=f"the same text: {same.containment:.0%} of the three-word runs of the shorter one",
        weight=1.0,
    )
