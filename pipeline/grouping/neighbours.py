"""Pairs worth comparing → neighbours: the pairs of articles that could be on one story, and how alike they are given
their dates. Pairs come block by block (first_sight.py), in bounded memory, and are compared in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse

from pipeline.grouping.article_likeness import Comparable, alike
from pipeline.grouping.fading import fading
from pipeline.grouping.first_sight import Likely, candidate_pairs, likely_stories
from pipeline.grouping.vectors import Floats, Ints, TermRows, TermWeights

Pairs = npt.NDArray[np.int32]

LEAST_LIKENESS = 0.10  # below it two articles share what any two do; down to 0.06 changes no score, 0.12 costs 0.001

_PAIRS_AT_ONCE = 200_000
_ROWS_TAKEN_AT_ONCE = 2_000  # of 80,000 at once, five sixths of the time went into fresh memory


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Pairs of articles by row, left < right, each once, with their likeness after the fading of days."""

    pairs: Pairs  # (m, 2)
    likeness: Floats  # (m,) LEAST_LIKENESS … 1

    @staticmethod
    def joined(parts: list[Neighbours]) -> Neighbours:
        """All pairs of the parts, which share none."""
        return Neighbours(
            np.concatenate([part.pairs for part in parts]) if parts else np.empty((0, 2), np.int32),
            np.concatenate([part.likeness for part in parts]) if parts else np.empty(0, np.float32),
        )


def neighbours(
    take: Callable[[Ints], TermRows],
    index: sparse.csr_matrix,
    day: npt.NDArray[np.float64],
    by: TermWeights,
    story: Ints | None = None,
) -> Iterator[Neighbours]:
    """The neighbours of all rows, or of those that come after open ones, block by block; together, each pair once.

    take   row numbers → term rows, from memory or from disk
    story  (k,) of the first rows, which have been compared with each other already
    """

    def comparing(pairs: Ints) -> Callable[[Ints], Floats]:
        return _comparing(take, pairs, day, by)

    for found in candidate_pairs(index, day, 0 if story is None else len(story)):
        for start in range(0, len(found), _PAIRS_AT_ONCE):
            some = found[start : start + _PAIRS_AT_ONCE]
            yield _near(some, comparing(some)(some))
    for likely in likely_stories(index, day, story) if story is not None and len(story) else ():
        yield _near(likely.pairs, _of_stories(likely, comparing(likely.pairs)))


def _of_stories(likely: Likely, compare: Callable[[Ints], Floats]) -> Floats:
    """The likeness of likely pairs. A story whose likeliest member is no neighbour is not compared further: 0."""
    likeness = np.zeros(len(likely.pairs), np.float32)
    of_first = compare(likely.pairs[likely.first])
    likeness[likely.first] = of_first
    story = np.cumsum(likely.first) - 1  # number of each pair's story among those of its new row and of all others
    rest = ~likely.first & (of_first >= LEAST_LIKENESS)[story]
    likeness[rest] = compare(likely.pairs[rest])
    return likeness


def _comparing(
    take: Callable[[Ints], TermRows], pairs: Ints, day: npt.NDArray[np.float64], by: TermWeights
) -> Callable[[Ints], Floats]:
    """What tells the likeness of some of the pairs, after the fading of days; their articles are weighed once."""
    named = np.zeros(len(day), np.bool_)
    named[pairs] = True
    rows = np.flatnonzero(named)
    parts = [take(rows[start : start + _ROWS_TAKEN_AT_ONCE]) for start in range(0, len(rows), _ROWS_TAKEN_AT_ONCE)]
    articles = Comparable.of(TermRows.joined(parts), by)
    number = np.cumsum(named) - 1

    def compare(some: Ints) -> Floats:
        faded = alike(articles, number[some[:, ::-1]]) * fading(day[some[:, 0]] - day[some[:, 1]])
        return faded.astype(np.float32)

    return compare


def _near(pairs: Ints, likeness: Floats) -> Neighbours:
    near = likeness >= LEAST_LIKENESS
    return Neighbours(pairs[near].astype(np.int32), likeness[near])
