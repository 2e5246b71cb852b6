"""Pairs worth comparing → neighbours: the pairs of articles that could be on one story, and how alike they are given
their dates. Pairs come block by block (first_sight.py), in bounded memory, and are compared in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse

from pipeline.grouping.fading import fading
from pipeline.grouping.first_sight import Likely, candidate_pairs, likely_stories
from pipeline.grouping.vectors import Floats, Ints, TermRows, TermWeights, Weighed, alike

Pairs = npt.NDArray[np.int32]

LEAST_LIKENESS = 0.10  # below it two articles share what any two do; down to 0.06 changes no score, 0.12 costs 0.001

_PAIRS_AT_ONCE = 200_000
_OPEN_PAIRS_AT_ONCE = 50_000  # of as many different articles as pairs


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

    def compared(pairs: Ints, at_once: int = _OPEN_PAIRS_AT_ONCE) -> Iterator[Neighbours]:
        for start in range(0, len(pairs), at_once):
            yield _compared(take, pairs[start : start + at_once], day, by)

    for found in candidate_pairs(index, day, 0 if story is None else len(story)):
        yield from compared(found, _PAIRS_AT_ONCE)
    for likely in likely_stories(index, day, story) if story is not None and len(story) else ():
        yield from _of_stories(likely, compared)


def _of_stories(likely: Likely, compared: Callable[[Ints], Iterator[Neighbours]]) -> Iterator[Neighbours]:
    """The neighbours among likely pairs. A story whose likeliest member is no neighbour is not compared further."""
    firsts = likely.pairs[likely.first]
    near = Neighbours.joined(list(compared(firsts[np.lexsort(firsts.T)])))
    yield near
    width = likely.pairs.max(initial=0) + 1
    found = np.isin(firsts @ [width, 1], near.pairs.astype(np.int64) @ [width, 1])
    numbers = likely.story[likely.first][found]
    rest = likely.pairs[np.isin(likely.story, numbers) & ~likely.first]
    yield from compared(rest[np.lexsort(rest.T)])


def _compared(
    take: Callable[[Ints], TermRows], pairs: Ints, day: npt.NDArray[np.float64], by: TermWeights
) -> Neighbours:
    named = np.zeros(len(day), np.bool_)
    named[pairs] = True
    rows = np.flatnonzero(named)
    weighed = Weighed.of(take(rows), by)
    number = np.cumsum(named) - 1
    likeness = alike(weighed, weighed, number[pairs[:, ::-1]]) * fading(day[pairs[:, 0]] - day[pairs[:, 1]])
    near = likeness >= LEAST_LIKENESS
    return Neighbours(pairs[near].astype(np.int32), likeness[near].astype(np.float32))
