"""Texts → sketches → the pairs of texts that could be copies of each other.

A sketch is the 64 minima of a text's three-word runs (MinHash, Broder 1997). Sketches are stored: a new day is sketched
once and looked up among those of its week, at a cost that follows the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from pipeline.grouping.word_checksums import HOW_IT_STANDS, Words

Ints = npt.NDArray[np.int64]
Sketches = npt.NDArray[np.uint32]  # (n, MINIMA)

RUN_WORDS = 3
MINIMA = 64
SEED = 20170216
SHARED_MINIMA = 2  # of 64: finds 99.9 % of pairs that share 15 % of runs, 97 % of those that share 8 %

_CROWD = 16  # a minimum that more texts share is a phrase of the trade; its texts are compared with their next three
_NEXT = 3
_ROWS_A_PART = 250_000  # whose pairs are counted together: memory for millions of sketches
_SIEVE = np.uint32((1 << 20) - 1)
_FACTOR = 0x9E3779B1  # odd: spreads a value over the bits that the sieve looks at


def runs(words: Words) -> npt.NDArray[np.uint64]:
    """Hashes of the three-word runs in order, with repeats; a shorter text has one run, of all it has."""
    if len(words) < RUN_WORDS:
        words = np.concatenate([words, np.zeros(RUN_WORDS - len(words), np.uint32)])
    mixed = words[: len(words) - RUN_WORDS + 1].astype(np.uint64)
    for offset in range(1, RUN_WORDS):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[offset : len(words) - RUN_WORDS + 1 + offset]
    return (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)


def sketches(texts: Sequence[Words]) -> Sketches:
    """(n, 64) minima of each text's runs. The share of equal places estimates the resemblance."""
    each = [runs(words & ~HOW_IT_STANDS) for words in texts]
    if not each:
        return np.empty((0, MINIMA), np.uint32)
    ends = np.cumsum([0, *map(len, each)]).astype(np.uint64)
    found = RMinHash.digest_matrix_from_flat_token_hashes(np.concatenate(each), ends, MINIMA, SEED)
    return np.array(found.to_rows(), dtype=np.uint32, order="F")


def one_below_the_other(parts: Sequence[Sketches]) -> Sketches:
    """All of them, place by place in memory: read across, the columns of a day and its week took 0.2 of 0.65 s."""
    return np.concatenate([part.T for part in parts], axis=1).T


def candidate_pairs(sketched: Sketches, new_from: int = 0) -> Ints:
    """(m, 3): two rows, smaller first, and how many places they share, SHARED_MINIMA or more; one is new_from or later.

    A place whose value a crowd shares (a phrase of the trade, or two hundred copies of one text) links only those next
    to each other whose next place agrees as well: the copies still hang together, the phrase links almost nothing.
    """
    size = len(sketched)
    parts = 1 + size // _ROWS_A_PART
    kept: list[list[Ints]] = [[np.empty(0, np.int64)] for _ in range(parts)]
    columns = sketched.T
    for place in range(MINIMA):
        for smaller, larger in _at_a_place(columns, place, new_from):
            key, part = smaller * size + larger, smaller % parts
            for number, of_part in enumerate(kept):
                of_part.append(key[part == number])
    return np.concatenate([_often_enough(kept.pop(0), size) for _ in range(parts)])


def _at_a_place(columns: npt.NDArray[np.uint32], place: int, new_from: int) -> Iterator[tuple[Ints, Ints]]:
    """The pairs of rows, smaller and larger, that share the minimum at this place; the larger is new_from or later.

    Old rows that share it with no new one are left out beforehand, so that the cost of a new day follows the day.
    """
    column, next_column = columns[place], columns[(place + 1) % MINIMA]
    old = np.flatnonzero(_sieved(column[new_from:], column[:new_from])) if new_from else np.empty(0, np.int64)
    rows = np.concatenate([old, np.arange(new_from, len(column))])
    value, rows = _apart(np.sort(_joined(column[rows], rows)))
    starts = np.flatnonzero(np.concatenate([[True], value[1:] != value[:-1]])) if len(rows) else rows
    length = np.diff(np.concatenate([starts, [len(rows)]]))
    crowd = np.repeat(length > _CROWD, length)
    yield from _side_by_side(value[~crowd], rows[~crowd], _CROWD - 1, new_from)

    value, rows = value[crowd], rows[crowd]
    then = next_column[rows]
    mixed = value.astype(np.uint32) * np.uint32(_FACTOR) ^ then
    wanted = np.flatnonzero(_sieved(mixed[rows >= new_from], mixed))  # on a day and its week, one in four
    both = _joined(value[wanted], then[wanted])
    order = np.argsort(both, kind="stable")
    yield from _side_by_side(both[order], rows[wanted[order]], _NEXT, new_from)


def _joined(high: npt.NDArray[Any], low: npt.NDArray[Any]) -> npt.NDArray[np.uint64]:
    return high.astype(np.uint64) << np.uint64(32) | low.astype(np.uint64)


def _apart(joined: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.uint64], Ints]:
    return joined >> np.uint64(32), (joined & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _side_by_side(
    values: npt.NDArray[np.uint64], rows: Ints, most_apart: int, new_from: int
) -> Iterator[tuple[Ints, Ints]]:
    """The pairs of rows of one value that stand at most so many places apart, where the values are in order."""
    near = np.arange(len(rows))
    for step in range(1, most_apart + 1):
        near = near[near + step < len(rows)]
        near = near[values[near] == values[near + step]]  # few values are shared by many rows: the steps cost ever less
        one, other = rows[near], rows[near + step]
        larger = np.maximum(one, other)
        new = larger >= new_from
        yield np.minimum(one, other)[new], larger[new]


def _often_enough(keys: list[Ints], size: int) -> Ints:
    """(m, 3): the pairs that share SHARED_MINIMA places or more, and how many, out of one key for each place shared."""
    key, count = np.unique(np.concatenate(keys), return_counts=True)
    enough = count >= SHARED_MINIMA
    return np.stack([key[enough] // size, key[enough] % size, count[enough]], axis=1).astype(np.int64)


def _sieved(values: npt.NDArray[np.uint32], asked: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Which of those asked could be among the values, by their lowest bits: one in a hundred of the others passes."""
    told = np.zeros(_SIEVE + 1, np.bool_)
    told[values & _SIEVE] = True
    could: npt.NDArray[np.bool_] = told[asked & _SIEVE]
    return could
