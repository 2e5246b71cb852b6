"""Term rows → the pairs of articles that are worth comparing in full, found by each article's heaviest terms alone.

Comparing all pairs of a national press day (100,000 articles against a week) is out of reach. What is new is looked up
among itself by all of its heaviest terms, and among what is open by the rarest of them. On the seven sets this finds
97 % of the pairs whose likeness is above 0.15, and looks at one in 58 of all pairs. On 12,000 real articles of one
beat, dated within ten hours, an article has 27 neighbours where a made-up one has five.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse
from sparse_dot_topn import sp_matmul_topn

from pipeline.grouping.article_likeness import COSINE_SHARES
from pipeline.grouping.fading import WINDOW_DAYS, fading
from pipeline.grouping.vectors import Ints, TermRows, TermWeights, Weighed
from pipeline.grouping.word_codes import TERM_SPACE

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
SURE_AT_FIRST_SIGHT = 0.05  # … from here on, and of open rows only these
# Of the stories that a new article could be on, so many are looked at: a day of 13,000 against a week of 70,000 then
# takes a quarter less (9.9 → 7.6 CPU seconds) and leaves 0.9995 (B-cubed) of the grouping as it was; in dense coverage
# of one beat 0.989, where four leave 0.981. The seven sets, arriving in batches, score the same with four as with all.
STORIES_COMPARED = 8
# An open row that shares one common term costs as much to look up as any other, and few such are neighbours. Of a day
# of 40,000 on a week of 209,000, all terms find 28,000 rows for each new one (15 CPU seconds), the rarest that so many
# rows hold 3,000 (1.7 seconds), and the stories are as good (B-cubed F1 0.938). Of the 12,000 real articles, the last
# 2,400 on those before leave 0.951 of the grouping of all at once; 3,000 leave 0.945, all terms 0.955.
MOST_LOOKED_UP = 4_000
FEWEST_LOOKED_UP = 6  # … and so many terms at least
MOST_OPEN_NEIGHBOURS = 100
_ROWS_AT_ONCE = 8_192
_NEW_ROWS_AT_ONCE = 16_384  # and 45,000 open ones that could be on a story with them, weighed together in 200 MB


def heaviest_terms(rows: TermRows, by: TermWeights, day: npt.NDArray[np.float64] | None = None) -> sparse.csr_matrix:
    """(n, TERM_SPACE) float32: each article's HEAVIEST_TERMS telling terms, by which its neighbours are looked up.

    day   of all articles of the stream, where the rows are some of them
    """
    weighed = Weighed.of(rows, by)
    weight = np.sqrt(np.square(weighed.weights) @ COSINE_SHARES)
    near = _share_near(rows.day if day is None else day)
    most = min(max(FEWEST_HOLDING, LARGEST_SHARE * near * by.statistics.articles), MOST_HOLDING) / near
    weight[by.statistics.holding[rows.term] > most] = 0
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


def candidate_pairs(index: sparse.csr_matrix, day: npt.NDArray[np.float64], new_from: int = 0) -> Iterator[Ints]:
    """Pairs of rows from new_from on that are worth comparing in full, in chunks of (m, 2), all within WINDOW_DAYS.

    index  (n, TERM_SPACE), see heaviest_terms
    """
    order = _by_day(day, new_from)
    for start in range(0, len(order), _ROWS_AT_ONCE):
        block = order[start : start + _ROWS_AT_ONCE]
        near = order[: start + len(block)]
        earliest = day[block[0]] - WINDOW_DAYS
        if not np.isnan(day[block]).any():  # a block that ends in undated rows looks everywhere
            near = near[~(day[near] < earliest)]
        near = np.sort(near)
        found = _looked_up(index[block], index[near].T.tocsr(), MOST_NEIGHBOURS, LEAST_AT_FIRST_SIGHT)
        counts = np.diff(found.indptr)
        rank = np.arange(found.nnz) - np.repeat(found.indptr[:-1], counts)
        kept = (rank <= FEW) | (found.data >= SURE_AT_FIRST_SIGHT)  # the row itself stands first
        a, b = np.repeat(block, counts)[kept], near[found.indices[kept]]
        within = (a != b) & ~(np.abs(day[a] - day[b]) > WINDOW_DAYS)
        key = np.unique(np.maximum(a, b)[within] * len(day) + np.minimum(a, b)[within])
        yield np.stack([key % len(day), key // len(day)], axis=1)


@dataclass(frozen=True, slots=True)
class Likely:
    """Pairs of an open row and a new one that are worth comparing in full, by the story that the open one is on.

    By new row, then by story, and of these the likeliest first.
    """

    pairs: Ints  # (m, 2): row before len(story), row from there on
    first: npt.NDArray[np.bool_]  # (m,) whether it is the likeliest of its new row and story, which begin with it


def likely_stories(index: sparse.csr_matrix, day: npt.NDArray[np.float64], story: Ints) -> Iterator[Likely]:
    """For the rows from len(story) on, the pairs with their likeliest STORIES_COMPARED stories.

    index  (n, TERM_SPACE), see heaviest_terms
    story  of each open row
    """
    opened, order = len(story), _by_day(day, len(story))
    columns = index[:opened].T.tocsr()
    holding = np.bincount(index.indices[: index.indptr[opened]], minlength=TERM_SPACE)
    for start in range(0, len(order), _NEW_ROWS_AT_ONCE):
        block = order[start : start + _NEW_ROWS_AT_ONCE]
        found = _looked_up(_rarest(index[block], holding), columns, MOST_OPEN_NEIGHBOURS, SURE_AT_FIRST_SIGHT)
        row, of = np.repeat(block, np.diff(found.indptr)), found.indices.astype(np.int64)
        sight = found.data * fading(day[row] - day[of])
        sure = sight >= SURE_AT_FIRST_SIGHT
        yield _likeliest(np.stack([of, row], axis=1)[sure], sight[sure], story)


def _by_day(day: npt.NDArray[np.float64], new_from: int) -> Ints:
    """The rows from new_from on, those not dated last."""
    new = np.arange(new_from, len(day))
    ordered: Ints = new[np.argsort(day[new], kind="stable")]
    return ordered


def _looked_up(rows: sparse.csr_matrix, columns: sparse.csr_matrix, most: int, least: float) -> sparse.csr_matrix:
    """The `most` best columns of each row, best first, with their likeness at first sight: `least` or more."""
    return sp_matmul_topn(rows, columns, most, threshold=least, sort=True)


def _rarest(rows: sparse.csr_matrix, holding: Ints) -> sparse.csr_matrix:
    """The rows with their rarest terms alone: as many as MOST_LOOKED_UP rows hold all in all, and FEWEST_LOOKED_UP."""
    held, lengths = holding[rows.indices], np.diff(rows.indptr)
    order = np.lexsort((held, np.repeat(np.arange(len(lengths)), lengths)))
    before = np.concatenate([[0], np.cumsum(held[order])])
    so_far = before[1:] - np.repeat(before[rows.indptr[:-1]], lengths)
    rank = np.arange(len(order)) - np.repeat(rows.indptr[:-1], lengths)
    kept = np.zeros(len(order), np.bool_)
    kept[order] = (so_far <= MOST_LOOKED_UP) | (rank < FEWEST_LOOKED_UP)
    starts = np.concatenate([[0], np.cumsum(kept)])[rows.indptr]
    return sparse.csr_matrix((rows.data[kept], rows.indices[kept], starts), shape=rows.shape)


def _likeliest(pairs: Ints, sight: npt.NDArray[np.float64], story: Ints) -> Likely:
    """Of the pairs, those with the likeliest STORIES_COMPARED stories of each new row.

    A story is as likely as its likeliest member, and is compared whole: average linkage counts a member that was not
    compared as nothing alike.
    """
    key = pairs[:, 1] * len(story) + story[pairs[:, 0]]
    order = np.lexsort((-sight, key))
    pairs, sight, key = pairs[order], sight[order], key[order]
    first = np.concatenate([[True], key[1:] != key[:-1]])[: len(key)]
    number = np.cumsum(first) - 1
    row_of = pairs[first, 1]
    ranked = np.lexsort((-sight[first], row_of))
    rank = np.empty(len(ranked), np.int64)
    rank[ranked] = np.arange(len(ranked)) - np.searchsorted(row_of, row_of)  # from where each row's stories begin
    wanted = (rank < STORIES_COMPARED)[number]
    return Likely(pairs[wanted], first[wanted])
