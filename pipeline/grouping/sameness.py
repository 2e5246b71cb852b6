"""Two texts → what they have in common, and whether they are one text: the judgement behind near_duplicates.py."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

from pipeline.grouping.sketches import RUN_WORDS, runs
from pipeline.grouping.word_checksums import (
    HOW_IT_STANDS,
    IS_NAME,
    IS_NUMBER,
    IS_QUOTED,
    Words,
    calendar_checksums,
    stop_checksums,
)

MOSTLY_CONTAINED = 0.75
CUT_RATIO = 1.5
WINDOW_DAYS = 7.0  # a reprint can come days later; later still, only all but the very same text counts

SAME_TEXT = 0.26
# Over 668 labelled pairs and 3,000 edited texts: other reports of one event reach 0.25, templates 0.24, copies begin at
# 0.55; of texts with 30 % of their words changed 1 % are below 0.32, cut to half as well 1 % below 0.26.
SAME_TEXT_IN_ORDER = 0.15
# The score times the words in order: finds 14 of 17 edited texts of 60 to 220 words that the score alone misses, out of
# 1,800; other reports of one event reach 0.144, templates 0.13.
SAME_TEXT_FOR_CERTAIN = 0.60  # much later, and of summaries, whose few words agree by chance
A_SUMMARY = 40  # words
LARGEST_RATIO = 4.0  # a text more than four times as long includes the other (a live page, a roundup), it is no copy
ENOUGH_NUMBERS = 6
SHARED_NUMBERS = 1 / 3  # two reports with six numbers each that share fewer are one template filled twice …
FEW_NUMBERS = 2  # … and so are two short ones with two each, none of them in both: an age and an hour
A_SHORT_REPORT = 80  # words; in longer texts that were edited, two numbers can both be gone by chance
SHARED_NAMES = 0.2  # one short report of five towns, each with its own names, a "Street" in common at most

ENOUGH_OWN_WORDS = 40
OWN_CONTAINMENT = (
    0.20  # runs that two texts must share outside what they quote: two reports of one statement are no copies
)

# Two articles with a gallery's captions, a posted message or a statement in both share long passages and nothing
# between them; a copy that was edited or cut shares words all over, or begins alike. Of 40 pairs that were joined among
# 12,000 articles of a hundred outlets 25 were no copies: 17 shared captions, 8 what somebody had posted or stated.
PASSAGE = 15  # runs on end
SOME_PASSAGES = 0.2  # of the shorter text
NEARLY_ALL = 0.8
SHARED_BETWEEN = 0.15  # of the runs outside passages; copies begin at 0.17, pairs with captions end at 0.07
BEGINNING = 60  # words
BEGINS_ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class Sameness:
    """What two texts have in common, each measure from 0 to 1; 0 where an earlier measure has decided already."""

    resemblance: float  # shared runs, of all runs of both
    containment: float  # shared runs, of the runs of the shorter text
    words: float = 0.0  # shared words that are no stop words, of those of the shorter text
    in_order: float = 0.0  # words in the same order, of those of the shorter text
    own: float = 0.0  # containment outside quotations; 1 where one of them does little but quote
    other_numbers: bool = False  # each has its own numbers where the other has others
    other_names: bool = False  # … or, in a short report, its own names
    ratio: float = 1.0  # words of the longer by words of the shorter
    shorter: int = 0  # words of the shorter
    passages: float = 0.0  # runs of the shorter in long passages of the longer; 0 where these cannot decide
    between: float = 1.0  # shared runs, of those of the shorter outside long passages

    @property
    def score(self) -> float:
        """0 to 1; SAME_TEXT and above are copies, unless the numbers or the lengths say otherwise."""
        return float(self.in_order * self.words * self.containment**0.5)

    def is_copy(self, days_apart: float) -> bool:
        """Whether the two are one text; days_apart is NaN when one has no date."""
        if self.own < OWN_CONTAINMENT or self.other_numbers or self.other_names or self.ratio > LARGEST_RATIO:
            return False
        if self.between < SHARED_BETWEEN and SOME_PASSAGES <= self.passages < NEARLY_ALL:
            return False
        if abs(days_apart) > WINDOW_DAYS or self.shorter < A_SUMMARY:
            return self.score >= SAME_TEXT_FOR_CERTAIN
        return self.score >= SAME_TEXT or self.score * self.in_order >= SAME_TEXT_IN_ORDER


@dataclass(frozen=True, slots=True)
class Text:
    """A text's words with what each of its comparisons needs again."""

    words: Words
    whole: Words  # without the marks of how each stands in the text
    runs: npt.NDArray[np.uint64]  # distinct, rising

    @staticmethod
    def of(words: Words) -> Text:
        """The text of these words."""
        whole = words & ~HOW_IT_STANDS
        return Text(words, whole, distinct(runs(whole)))


def sameness(a: Words, b: Words) -> Sameness:
    """What the texts of these words have in common."""
    return compared(Text.of(a), Text.of(b))


def compared(a: Text, b: Text) -> Sameness:
    """What two texts have in common, exactly. Each measure is taken only where it can still decide."""
    if len(a.words) > len(b.words):
        a, b = b, a
    containment = _share(a.runs, b.runs)
    shared_runs = round(containment * min(len(a.runs), len(b.runs)))
    resemblance = shared_runs / (len(a.runs) + len(b.runs) - shared_runs)
    ratio, shorter = len(b.words) / max(1, len(a.words)), len(a.words)
    if containment**0.5 < SAME_TEXT:
        return Sameness(resemblance, containment, ratio=ratio, shorter=shorter)
    a_words, b_words = distinct(a.whole), distinct(b.whole)
    words = _share(_without(a_words, stop_checksums()), _without(b_words, stop_checksums()))
    if words * containment**0.5 < SAME_TEXT:
        return Sameness(resemblance, containment, words=words, ratio=ratio, shorter=shorter)
    if containment >= MOSTLY_CONTAINED:
        in_order = _in_shared_runs(a.whole, b.runs)
    else:
        in_order = LCSseq.similarity(a.whole.tolist(), b.whole.tolist()) / max(1, len(a.words))
    measured = Sameness(resemblance, containment, words=words, in_order=in_order, ratio=ratio, shorter=shorter)
    if measured.score < SAME_TEXT and measured.score * in_order < SAME_TEXT_IN_ORDER:
        return measured
    numbers = tuple(each[each & IS_NUMBER > 0] for each in (a_words, b_words))
    could_be_passages = containment < NEARLY_ALL + SHARED_BETWEEN and not _begin_alike(a, b)
    passages, between = _passages(a.whole, b.runs) if could_be_passages else (0.0, 1.0)
    return replace(
        measured,
        own=_own_containment(a, b, containment),
        other_numbers=_other_numbers(numbers[0], numbers[1], shorter),
        other_names=shorter < A_SHORT_REPORT and ratio < CUT_RATIO and _other_names(_names_of(a), _names_of(b)),
        passages=passages,
        between=between,
    )


def _own_containment(a: Text, b: Text, containment: float) -> float:
    """The containment outside quotations; 1 where one of them does little but quote."""
    is_own = tuple(each.words & IS_QUOTED == 0 for each in (a, b))
    if min(np.count_nonzero(each) for each in is_own) < ENOUGH_OWN_WORDS:
        return 1.0
    if all(each.all() for each in is_own):
        return containment
    return _share(*(distinct(runs(text.whole[own])) for text, own in zip((a, b), is_own, strict=True)))


def _other_names(a: Words, b: Words) -> bool:
    return min(len(a), len(b)) > 0 and _share(a, b) < SHARED_NAMES


def _names_of(text: Text) -> Words:
    return _without(distinct(text.whole[text.words & IS_NAME > 0]), calendar_checksums())


def _passages(words: Words, other_runs: npt.NDArray[np.uint64]) -> tuple[float, float]:
    """The share of the words' runs in passages that stand in the other text, and of the other runs those that do."""
    shared = held(runs(words), other_runs)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], shared, [False]])))
    starts, ends = edges[::2], edges[1::2]
    long = ends - starts >= PASSAGE
    inside = int((ends - starts)[long].sum())
    outside = len(shared) - inside
    return inside / len(shared), float(shared.sum() - inside) / outside if outside else 1.0


def _begin_alike(a: Text, b: Text) -> bool:
    return all(held(runs(one.whole[:BEGINNING]), other.runs).mean() >= BEGINS_ALIKE for one, other in ((a, b), (b, a)))


def _other_numbers(a: Words, b: Words, shorter: int) -> bool:
    fewest, shared = min(len(a), len(b)), _share(a, b)
    if shorter < A_SHORT_REPORT and fewest >= FEW_NUMBERS and not shared:
        return True
    return fewest >= ENOUGH_NUMBERS and shared < SHARED_NUMBERS


def _in_shared_runs(words: Words, other_runs: npt.NDArray[np.uint64]) -> float:
    """Share of the words that stand in a run of `other_runs`."""
    if len(words) < RUN_WORDS:
        return 1.0
    shared = held(runs(words), other_runs)
    covered = np.zeros(len(words), np.bool_)
    for offset in range(RUN_WORDS):
        covered[offset : offset + len(shared)] |= shared
    return float(covered.mean())


def distinct(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The distinct values, rising; on a text's few hundred words five times as fast as np.unique."""
    rising = np.sort(values)
    kept = np.ones(len(rising), np.bool_)
    kept[1:] = rising[1:] != rising[:-1]
    return rising[kept]


def held(values: npt.NDArray[Any], rising: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Which values stand in the rising array."""
    if not len(rising):
        return np.zeros(len(values), np.bool_)
    held: npt.NDArray[np.bool_] = rising[np.minimum(np.searchsorted(rising, values), len(rising) - 1)] == values
    return held


def _without(values: Words, rising: Words) -> Words:
    return values[~held(values, rising)]


def _share(a: npt.NDArray[Any], b: npt.NDArray[Any]) -> float:
    """Shared members of two sets, each rising, as a share of the smaller."""
    if len(a) > len(b):
        a, b = b, a
    return float(held(a, b).sum()) / max(1, len(a))
