"""Neighbours → clusters: average linkage over how alike two articles are for the two of them.

A likeness of 0.2 means much to an article that resembles nothing else, and nothing to one that has twins at 0.6. So
each likeness is set against what the less connected of the two articles could have had: its best two neighbours. This
alone takes the seven sets from 0.944 to 0.948; there 0.19 is a neighbour in a lonely pair and noise within a busy
saga.

Average linkage cuts into independent pieces: clusters can only grow along pairs at or above the threshold, so each
connected piece of such pairs is clustered by itself, and a new day recomputes only the pieces that it touches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse
from scipy.cluster.hierarchy import linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from pipeline.grouping.neighbours import Neighbours, Pairs
from pipeline.grouping.vectors import Floats, Ints

SAME_STORY = 0.15  # 0.135 to 0.155 cost at most 0.002 of mean B-cubed F1 over the seven sets, 0.12 or 0.165 cost 0.006
LEAST_EXPECTED = 0.18  # an article without good neighbours is measured as if its best two were this alike
MOST_EXPECTED = 0.60  # beyond it they are copies of one text
_BONUS = 1.2  # a pair far above what the two expect counts a fifth more, not more

LARGEST_PIECE = 3_000  # 36 MB and one second; a larger piece is cut at its weaker pairs first
_NEXT_CUT = 1.15
_SMALL = 150  # members of small pieces that are clustered together: a call of its own costs each as much as 60 do


def expectation(near: Neighbours, size: int) -> Floats:
    """What each of `size` articles can expect: the mean of its two best likenesses, within the two bounds."""
    best, second, times = np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, np.int64)
    for row in near.pairs.T:
        np.maximum.at(best, row, near.likeness)
    for row in near.pairs.T:
        is_best = near.likeness == best[row]
        times += np.bincount(row[is_best], minlength=size)
        np.maximum.at(second, row[~is_best], near.likeness[~is_best])
    second = np.where(times > 1, best, second)
    expected: Floats = np.clip((best + second) / 2, LEAST_EXPECTED, MOST_EXPECTED).astype(np.float32)
    return expected


def relative(near: Neighbours, expected: Floats) -> Floats:
    """The likeness of each pair, times how it compares with what the less connected of the two expects."""
    least = np.minimum(expected[near.pairs[:, 0]], expected[near.pairs[:, 1]])
    return np.minimum(near.likeness * np.minimum(near.likeness / least, _BONUS), 1).astype(np.float32)


def clusters(
    near: Neighbours,
    size: int,
    threshold: float = SAME_STORY,
    before: Ints | None = None,
    touched: npt.NDArray[np.bool_] | None = None,
) -> Ints:
    """(size,) cluster of each article, named by its first member: average linkage of the relative likeness.

    A pair that is no neighbour counts as nothing alike. With `before` (clusters of an earlier call) and `touched` (the
    articles that are new or have new neighbours), only the pieces that hold a touched article are clustered again.
    """
    strength = relative(near, expectation(near, size))
    labels = np.arange(size) if before is None else before.copy()
    for members, pairs, value in _packed(_pieces(near.pairs, strength, size, threshold, touched)):
        labels[members] = members[_first_of_each(_average_linkage(len(members), pairs, value, threshold))]
    if before is not None:  # what was one piece may have become two, of which only one was touched
        labels = _first_of_each(_connected(near.pairs[strength >= threshold], size).astype(np.int64) * size + labels)
    return labels


def _pieces(
    pairs: Pairs, strength: Floats, size: int, cut: float, touched: npt.NDArray[np.bool_] | None
) -> list[tuple[Ints, Pairs, Floats]]:
    """Connected pieces of two articles or more: (members rising, pairs by place among the members, strength)."""
    found = []
    waiting: list[tuple[Ints, Pairs, Floats, float]] = [(np.arange(size), pairs, strength, cut)]
    while waiting:
        members, pairs, strength, cut = waiting.pop()
        piece = _connected(pairs[strength >= cut], len(members))
        sizes = np.bincount(piece)
        wanted = sizes > 1
        if touched is not None:
            wanted &= np.bincount(piece, weights=touched[members], minlength=len(sizes)) > 0
        by_piece = np.argsort(piece, kind="stable")
        ends = np.cumsum(sizes)
        place = np.empty(len(members), np.int32)
        place[by_piece] = np.arange(len(members)) - np.repeat(ends - sizes, sizes)
        of_pair = piece[pairs[:, 0]]
        of_pair[of_pair != piece[pairs[:, 1]]] = -1
        large = sizes > LARGEST_PIECE
        for each in np.flatnonzero(wanted & large):  # by itself, because it can hold nearly all pairs of a million
            own, chosen = by_piece[ends[each] - sizes[each] : ends[each]], of_pair == each
            waiting.append((members[own], place[pairs[chosen]], strength[chosen], cut * _NEXT_CUT))
        inside = np.flatnonzero((wanted & ~large)[of_pair] & (of_pair >= 0))
        inside = inside[np.argsort(of_pair[inside], kind="stable")]
        pair_ends = np.searchsorted(of_pair[inside], np.arange(len(sizes) + 1))
        for each in np.flatnonzero(wanted & ~large):
            own = by_piece[ends[each] - sizes[each] : ends[each]]
            chosen = inside[pair_ends[each] : pair_ends[each + 1]]
            found.append((members[own], place[pairs[chosen]], strength[chosen]))
    return found


def _packed(pieces: Iterable[tuple[Ints, Pairs, Floats]]) -> Iterator[tuple[Ints, Pairs, Floats]]:
    """The pieces, small ones put together: they share no pair, so that none joins another."""
    waiting: list[tuple[Ints, Pairs, Floats]] = []
    held = 0
    for piece in pieces:
        if held + len(piece[0]) > _SMALL and waiting:
            yield _one_piece(waiting)
            waiting, held = [], 0
        waiting.append(piece)
        held += len(piece[0])
    if waiting:
        yield _one_piece(waiting)


def _one_piece(pieces: Sequence[tuple[Ints, Pairs, Floats]]) -> tuple[Ints, Pairs, Floats]:
    sizes = [len(members) for members, _, _ in pieces]
    offsets = np.cumsum([0, *sizes[:-1]])
    return (
        np.concatenate([members for members, _, _ in pieces]),
        np.concatenate([pairs + offset for (_, pairs, _), offset in zip(pieces, offsets, strict=True)]),
        np.concatenate([strength for _, _, strength in pieces]),
    )


def _connected(pairs: Pairs, size: int) -> npt.NDArray[np.int32]:
    graph = sparse.coo_matrix((np.ones(len(pairs), np.int8), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    piece: npt.NDArray[np.int32] = connected_components(graph, directed=False)[1]
    return piece


def _average_linkage(size: int, pairs: Pairs, strength: Floats, threshold: float) -> Ints:
    """(size,) cluster numbers of one piece."""
    if size == 2:
        return np.array([0, 0] if len(strength) and strength[0] >= threshold else [0, 1])
    distance = np.ones((size, size))
    distance[pairs[:, 0], pairs[:, 1]] = distance[pairs[:, 1], pairs[:, 0]] = 1 - strength.astype(np.float64)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    return _cut(tree, size, 1 - threshold + 1e-12)


def _cut(tree: npt.NDArray[np.float64], size: int, most: float) -> Ints:
    """(size,) a number for each cluster of the tree's merges up to the distance `most`: what SciPy's fcluster tells,
    without its checks, which cost as much as the tree."""
    merged = np.flatnonzero(tree[:, 2] <= most)  # rising, as average linkage merges: no merge before one that it holds
    above = np.arange(size + len(tree))
    above[tree[merged, :2].astype(np.int64).ravel()] = np.repeat(size + merged, 2)
    while (above[above] != above).any():
        above = above[above]
    return above[:size]


def _first_of_each(labels: Ints) -> Ints:
    """For each place, the first place with the same label."""
    _, first, which = np.unique(labels, return_index=True, return_inverse=True)
    members: Ints = first[which].astype(np.int64)
    return members
