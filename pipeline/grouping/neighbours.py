"""Term rows → neighbours: the pairs of articles that could be on one story, and how alike they are given their dates.

Comparing all pairs of a national press day (100,000 articles against a week) is out of reach, so pairs are first found
by each article's heaviest terms alone, in blocks of days, in bounded memory; those found are then compared in full.
On the seven sets this finds 97 % of the pairs whose likeness is above 0.15, and looks at one in 58 of all pairs. On
12,000 real articles of one beat, dated within ten hours, an article has 27 neighbours where a made-up one has five.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse
from sparse_dot_topn import sp_matmul_topn

from pipeline.grouping.vectors import COSINE_SHARES, Floats, Ints, TermRows, TermStatistics, Weighed, alike
from pipeline.grouping.word_codes import TERM_SPACE

Pairs = npt.NDArray[np.int32]

WINDOW_DAYS = 7.0  # nine in ten stories of the sets end within a day of their first report, 99 % within a week
LEAST_LIKENESS = 0.10  # below it two articles share what any two do; down to 0.06 changes no score, 0.12 costs 0.001

HEAVIEST_TERMS = 48
# Of the articles within WINDOW_DAYS of one; those of other days cost nothing. Of 12,000 real articles, neighbours found
# by terms of 300 articles at most leave 0.91 (B-cubed) of the grouping by all terms when they lie within ten hours, by
# terms of 1,200 they leave 0.99 at a fifth more; spread over four years, terms of 300 of all leave 0.95.
FEWEST_HOLDING = 1_200  # a term that so few hold is always looked up
LARGEST_SHARE = 0.02  # a term that more of them hold finds too many …
MOST_HOLDING = 4_000  # … and so does one that more than this many hold
LEAST_AT_FIRST_SIGHT = 0.02  # 0.04 misses pairs that are worth 0.003
MOST_NEIGHBOURS = 200
FEW = 60  # the best so many at first sight are compared in full, others only …
SURE_AT_FIRST_SIGHT = 0.05  # … from here on; see _looked_up
# Of the stories that a new article could be on, so many are looked at: a day of 13,000 against a week of 70,000 then
# takes a quarter less (9.9 → 7.6 CPU seconds) and leaves 0.9995 (B-cubed) of the grouping as it was; in dense coverage
# of one beat 0.989, where four leave 0.981. The seven sets, arriving in batches, score the same with four as with all.
STORIES_COMPARED = 8
_ROWS_AT_ONCE = 8_192
_PAIRS_AT_ONCE = 100_000


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


def fading(days_apart: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """What is left of a likeness when two articles are so many days apart: 1 at once, 0.79 after a day, 0.53 after six.

    An article without a date fades from nothing. The first fifth goes within hours, because a day's rolling story
    changes its event by then; the rest halves in ten days. With one half-life of eight days for all of it, the sets
    lose 0.001, without any fading 0.008.
    """
    apart = np.where(np.isnan(days_apart), 0.0, np.abs(days_apart))
    return np.where(apart > WINDOW_DAYS, 0.0, (0.8 + 0.2 * 0.5 ** (apart / 0.5)) * 0.5 ** (apart / 10))


def heaviest_terms(
    rows: TermRows, statistics: TermStatistics, day: npt.NDArray[np.float64] | None = None
) -> sparse.csr_matrix:
    """(n, TERM_SPACE) float32: each article's HEAVIEST_TERMS telling terms, by which its neighbours are looked up.

    day   of all articles of the stream, where the rows are some of them
    """
    weighed = Weighed.of(rows, statistics)
    weight = np.sqrt(np.square(weighed.weights) @ COSINE_SHARES)
    near = _share_near(rows.day if day is None else day)
    most = min(max(FEWEST_HOLDING, LARGEST_SHARE * near * statistics.articles), MOST_HOLDING) / near
    weight[statistics.holding[rows.term] > most] = 0
    telling = np.flatnonzero(weight > 0)
    row = np.repeat(np.arange(len(rows)), np.diff(rows.starts))[telling]
    order = np.lexsort((-weight[telling], row))  # of equals, the lower term first, as they stand
    first = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(rows)))])
    rank = np.arange(len(order)) - first[row]
    kept = np.sort(telling[order[rank < HEAVIEST_TERMS]])
    starts = np.concatenate([[0], np.cumsum(np.minimum(np.diff(first), HEAVIEST_TERMS))])
    return sparse.csr_matrix((weight[kept].astype(np.float32), rows.term[kept], starts), shape=(len(rows), TERM_SPACE))


def _share_near(day: npt.NDArray[np.float64]) -> float:
    """The share of a stream that was published within WINDOW_DAYS of an article, in the mean; those not dated are near
    all."""
    dated = np.sort(day[~np.isnan(day)])
    if not len(dated):
        return 1.0
    ends = np.searchsorted(dated, dated + WINDOW_DAYS, side="right")
    near = (ends - np.searchsorted(dated, dated - WINDOW_DAYS)).mean() + len(day) - len(dated)
    return float(near / len(day))


def candidate_pairs(
    index: sparse.csr_matrix,
    day: npt.NDArray[np.float64],
    new_from: int = 0,
    story: Ints | None = None,
    threads: int = 1,
) -> Iterator[Ints]:
    """Pairs worth comparing in full, in chunks of (m, 2): a row of new_from or later with any row, within WINDOW_DAYS.

    index     (n, TERM_SPACE), see heaviest_terms
    new_from  rows before it have been compared with each other already
    story     (new_from,) the stories that those rows are on: a new row is compared with its likeliest STORIES_COMPARED
    """
    new = np.arange(new_from, len(day))
    order = new[np.argsort(day[new], kind="stable")]  # NaN, not dated, comes last
    turn = np.full(len(day), -1)
    turn[order] = np.arange(len(order))
    for start in range(0, len(order), _ROWS_AT_ONCE):
        block = order[start : start + _ROWS_AT_ONCE]
        earliest = day[block[0]] - WINDOW_DAYS  # a block that ends in undated rows looks everywhere
        before = np.isnan(day) | ~(day < earliest) if not np.isnan(day[block]).any() else np.ones(len(day), bool)
        near = np.flatnonzero(before & (turn < start + len(block)))
        pairs, sight = _looked_up(index, day, block, near, threads)
        yield (
            pairs
            if story is None
            else pairs[_of_likely_stories(pairs, sight * fading(np.diff(day[pairs])[:, 0]), story)]
        )


def _looked_up(
    index: sparse.csr_matrix, day: npt.NDArray[np.float64], block: Ints, near: Ints, threads: int
) -> tuple[Ints, Floats]:
    """Each row's FEW best, and of the next those that are sure, with their likeness at first sight.

    In dense coverage of one beat most are neither.
    """
    found = sp_matmul_topn(
        index[block],
        index[near].T.tocsr(),
        MOST_NEIGHBOURS,
        threshold=LEAST_AT_FIRST_SIGHT,
        sort=True,
        n_threads=threads,
    )
    counts = np.diff(found.indptr)
    rank = np.arange(found.nnz) - np.repeat(found.indptr[:-1], counts)
    kept = (rank <= FEW) | (found.data >= SURE_AT_FIRST_SIGHT)  # the row itself stands first
    a, b = np.repeat(block, counts)[kept], near[found.indices[kept]]
    within = (a != b) & ~(np.abs(day[a] - day[b]) > WINDOW_DAYS)
    key, first = np.unique(np.minimum(a, b)[within] * len(day) + np.maximum(a, b)[within], return_index=True)
    return np.stack([key // len(day), key % len(day)], axis=1), found.data[kept][within][first]


def _of_likely_stories(pairs: Ints, sight: npt.NDArray[np.float64], story: Ints) -> npt.NDArray[np.bool_]:
    """Which pairs are worth comparing: those of two new rows, and those with the likeliest stories of each new row.

    A story is as likely as its likeliest member, and is compared whole: average linkage counts a member that was not
    compared as nothing alike.
    """
    wanted = pairs[:, 0] >= len(story)
    old = np.flatnonzero(~wanted)
    if not len(old):
        return wanted
    row, of = pairs[old, 1], story[pairs[old, 0]]
    order = np.argsort(row * len(story) + of)
    starts = np.flatnonzero(np.concatenate([[True], (np.diff(row[order]) != 0) | (np.diff(of[order]) != 0)]))
    best, row_of = np.maximum.reduceat(sight[old][order], starts), row[order][starts]
    ranked = np.lexsort((-best, row_of))
    first = np.searchsorted(row_of[ranked], row_of[ranked])  # where each row's stories begin
    likely = np.zeros(len(starts), np.bool_)
    likely[ranked] = np.arange(len(ranked)) - first < STORIES_COMPARED
    wanted[old[order]] = np.repeat(likely, np.diff(np.concatenate([starts, [len(old)]])))
    return wanted


def neighbours(
    take: Callable[[Ints], TermRows],
    index: sparse.csr_matrix,
    day: npt.NDArray[np.float64],
    statistics: TermStatistics,
    new_from: int = 0,
    story: Ints | None = None,
    threads: int = 1,
) -> Iterator[Neighbours]:
    """The neighbours of the rows from new_from on, block by block; together, each pair once.

    take   row numbers → term rows, from memory or from disk
    story  the stories of the rows before new_from, see candidate_pairs
    """
    number = np.zeros(len(day), np.int64)  # of each row among those of one chunk
    for found in candidate_pairs(index, day, new_from, story, threads):
        for start in range(0, len(found), _PAIRS_AT_ONCE):
            pairs = found[start : start + _PAIRS_AT_ONCE]
            number[pairs] = 1
            rows = np.flatnonzero(number)
            number[rows] = np.arange(len(rows))
            weighed = Weighed.of(take(rows), statistics)
            likeness = alike(weighed, weighed, number[pairs]) * fading(day[pairs[:, 0]] - day[pairs[:, 1]])
            number[rows] = 0
            near = likeness >= LEAST_LIKENESS
            yield Neighbours(pairs[near].astype(np.int32), likeness[near].astype(np.float32))
