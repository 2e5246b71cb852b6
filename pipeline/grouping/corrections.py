"""Editors' corrections of stories: merged, split, undone. They survive every later run.

A correction names articles, never stories: stories are a function of the articles held and their ids may change, what
an editor said of two articles stays true. The latest word on two articles counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.model import derived_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What an editor said, when and why. Kept for good; an undo is a correction of its own."""

    correction_id: str
    action: Literal["merge", "split", "undo"]
    article_ids: tuple[str, ...]  # merge: on one story; split: the one article to part
    apart_from: tuple[str, ...] = ()  # split: the articles it was with
    undoes: str | None = None  # undo: a correction_id
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """What the corrections say of two articles."""

    a: str
    b: str
    same_story: bool
    correction_id: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a grouping agrees with what editors said, before their corrections are applied."""

    joined_and_should: int
    joined_and_should_not: int
    apart_and_should: int
    apart_and_should_not: int

    @property
    def share(self) -> float | None:
        """Pairs on which they agree, as a share of all that are labelled; None when nothing is."""
        agreed = self.joined_and_should + self.apart_and_should
        total = agreed + self.joined_and_should_not + self.apart_and_should_not
        return agreed / total if total else None


def merge(article_ids: Iterable[str], *, by: str, at: datetime, why: str) -> Correction:
    """These articles are on one story. The ids may be one of each of the stories to be merged.

    raises   ValueError when fewer than two articles are named
    """
    ids = tuple(sorted(set(article_ids)))
    if len(ids) < 2:
        raise ValueError(f"a merge needs two articles or more, not {len(ids)}")
    return Correction(
        correction_id=derived_id("correction", "merge", *ids, by, at.isoformat()),
        action="merge",
        article_ids=ids,
        by=by,
        at=at,
        why=why,
    )


def split(members: Iterable[str], article_id: str, *, by: str, at: datetime, why: str) -> Correction:
    """This article is not on the story that has these members.

    raises   ValueError when the story has no other article
    """
    others = tuple(sorted(set(members) - {article_id}))
    if not others:
        raise ValueError(f"{article_id} is alone on its story already")
    return Correction(
        correction_id=derived_id("correction", "split", article_id, *others, by, at.isoformat()),
        action="split",
        article_ids=(article_id,),
        apart_from=others,
        by=by,
        at=at,
        why=why,
    )


def undo(correction: Correction, *, by: str, at: datetime, why: str) -> Correction:
    """Take back a merge, a split or an undo."""
    return Correction(
        correction_id=derived_id("correction", "undo", correction.correction_id, by, at.isoformat()),
        action="undo",
        article_ids=correction.article_ids,
        undoes=correction.correction_id,
        by=by,
        at=at,
        why=why,
    )


def standing(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The merges and splits that no later correction took back, in the order they were said."""
    said = sorted(set(corrections), key=lambda correction: (correction.at, correction.correction_id))
    undone: set[str] = set()
    for correction in reversed(said):  # an undo that was itself undone undoes nothing
        if correction.undoes is not None and correction.correction_id not in undone:
            undone.add(correction.undoes)
    return tuple(each for each in said if each.action != "undo" and each.correction_id not in undone)


def labelled_pairs(corrections: Iterable[Correction]) -> tuple[LabelledPair, ...]:
    """Every pair of articles that the standing corrections speak of, with the latest word on each."""
    latest: dict[tuple[str, str], LabelledPair] = {}
    for correction in standing(corrections):
        if correction.action == "merge":
            ids = correction.article_ids
            pairs = [(a, b) for place, a in enumerate(ids) for b in ids[place + 1 :]]
        else:
            pairs = [(correction.article_ids[0], other) for other in correction.apart_from]
        for a, b in pairs:
            key = (min(a, b), max(a, b))
            latest[key] = LabelledPair(*key, correction.action == "merge", correction.correction_id)
    return tuple(latest[key] for key in sorted(latest))


def agreement(story_of: Mapping[str, str], pairs: Iterable[LabelledPair]) -> Agreement:
    """How well a grouping made without the corrections agrees with them.

    story_of  article id → story id; pairs of articles that it does not hold are left out
    """
    counts = {(joined, should): 0 for joined in (True, False) for should in (True, False)}
    for pair in pairs:
        if pair.a in story_of and pair.b in story_of:
            counts[story_of[pair.a] == story_of[pair.b], pair.same_story] += 1
    return Agreement(counts[True, True], counts[True, False], counts[False, False], counts[False, True])


def corrected(stories: Sequence[frozenset[str]], corrections: Iterable[Correction]) -> tuple[frozenset[str], ...]:
    """The stories with the standing corrections applied in the order they were said; articles not held are ignored.

    A merge joins the whole stories of the articles it names. A split moves its article to a story of its own if any of
    those it was parted from is on its story, also when a later merge of others would bring them together again.
    """
    story_of = {article: frozenset(members) for members in stories for article in members}
    said = standing(corrections)
    for correction in said:
        if correction.action == "merge":
            held = [article for article in correction.article_ids if article in story_of]
            joined = frozenset().union(*(story_of[article] for article in held))
            story_of.update(dict.fromkeys(joined, joined))
        else:
            _part(story_of, correction)
    for place, correction in enumerate(said):
        merged_later = {a for later in said[place:] if later.action == "merge" for a in later.article_ids}
        if correction.action == "split" and not merged_later & set(correction.article_ids):
            _part(story_of, correction)
    return tuple(sorted(set(story_of.values()), key=lambda members: min(members)))


def _part(story_of: dict[str, frozenset[str]], correction: Correction) -> None:
    article = correction.article_ids[0]
    if story_of.get(article, frozenset()) & set(correction.apart_from):
        rest = story_of[article] - {article}
        story_of.update(dict.fromkeys(rest, rest))
        story_of[article] = frozenset({article})
