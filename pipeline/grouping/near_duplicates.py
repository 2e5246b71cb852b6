"""Reports → groups of the same text: agency copies under other headlines, cut, edited, inside page furniture.

Three-word runs of each text are sketched by 64 minima (MinHash, Broder 1997); two texts that share two minima are
compared exactly. Sketches are stored: a new day is sketched once and looked up among the window's stored sketches.

    same text   three-word runs, words and their order mostly agree, measured against the shorter of the two
    same story  other words for the same event: runs of words agree hardly at all, stories.py sees to them
    template    "Five injured in … shooting", market reports: long shared runs, but other numbers or names
    beside it   the captions of one gallery, a posted message in both: long passages, and nothing between them
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.cluster.hierarchy import DisjointSet
from scipy.sparse.csgraph import connected_components

from pipeline.folding import fold
from pipeline.grouping.reports import MOST_CHARACTERS, Report, first_published
from pipeline.grouping.sameness import CUT_RATIO, Sameness, Text, compared, sameness
from pipeline.grouping.sketches import Sketches, candidate_pairs, sketches
from pipeline.grouping.word_checksums import Words, word_checksums
from pipeline.model import NearDuplicateGroup, derived_id

Ints = npt.NDArray[np.int64]

SHARED_WHEN_EQUAL = (
    4  # of texts of about one length, where neither was cut: 0.2 % of those with 30 % edited share fewer
)
FEWEST_WORDS = 12  # a shorter text is a copy only of the very same text
MOST_WORDS = 5_000

_PAIRS_AT_ONCE = 200_000
_TEXTS_AT_HAND = 20_000  # 150 MB


def text_words(texts: Sequence[str]) -> list[Words]:
    """The words that copies are compared by, the first MOST_WORDS of each text."""
    return [words[:MOST_WORDS] for words in word_checksums([text[:MOST_CHARACTERS] for text in texts])]


def copies(
    sketched: Sketches,
    words_of: Callable[[int], Words],
    lengths: Ints,
    day: npt.NDArray[np.float64],
    known: Ints | None = None,
    progress: Callable[[str], None] = lambda message: None,
) -> list[tuple[int, int, Sameness]]:
    """Pairs of rows that are one text, enough of them to join each group: two that others joined are not compared.

    Texts of fewer than FEWEST_WORDS words are left to `same_words`.
    words_of  row → its words, from memory or from disk
    lengths   (n,) how many words each text has
    day       (n,) days since 1970, NaN when not dated: an undated text may be a copy of any
    known     groups of the first so many rows, which have been compared with each other already
    """
    text_of = lru_cache(maxsize=_TEXTS_AT_HAND)(lambda row: Text.of(words_of(row)))
    known = np.empty(0, np.int64) if known is None else known
    label = np.concatenate([known, np.arange(len(known), len(sketched))])
    pairs = _worth_comparing(candidate_pairs(sketched, len(known)), lengths)
    joined = DisjointSet(np.unique(label[pairs]).tolist())
    found = []
    for a, b, of_a, of_b in _told_of(np.concatenate([pairs, label[pairs]], axis=1), progress):
        if joined.connected(of_a, of_b):
            continue
        same = compared(text_of(a), text_of(b))
        if same.is_copy(day[a] - day[b]):
            joined.merge(of_a, of_b)
            found.append((a, b, same))
    return found


def _worth_comparing(pairs: Ints, lengths: Ints) -> Ints:
    """(m, 2): the pairs, of (n, 3), that share enough places for texts of their lengths."""
    fewest, most = np.sort(lengths[pairs[:, :2]], axis=1).T
    too_little = (pairs[:, 2] < SHARED_WHEN_EQUAL) & (most < CUT_RATIO * fewest)
    return pairs[~too_little & (fewest >= FEWEST_WORDS), :2]


def _told_of(pairs: Ints, progress: Callable[[str], None]) -> Iterator[list[int]]:
    """The rows as lists; a part at a time, because lists of a million articles' pairs take half a gigabyte."""
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        yield from pairs[start : start + _PAIRS_AT_ONCE].tolist()
        progress(f"compared {min(start + _PAIRS_AT_ONCE, len(pairs)):,} of {len(pairs):,} pairs that could be copies")


def group(reports: Iterable[Report]) -> tuple[NearDuplicateGroup, ...]:
    """Each article in exactly one group; groups in the order of their first published article.

    The order of the reports changes nothing. A group says for each copy what it shares with the fullest of its text.
    """
    ordered = sorted(reports, key=first_published)
    words = text_words([report.text for report in ordered])
    day = np.array([report.day for report in ordered])
    lengths = np.array([len(each) for each in words], np.int64)
    found = copies(sketches(words), words.__getitem__, lengths, day)
    short = {row: (ordered[row].title, ordered[row].text) for row in np.flatnonzero(lengths < FEWEST_WORDS).tolist()}
    label = same_group(len(ordered), [(a, b) for a, b, _ in found] + same_words(short))
    members: dict[int, list[int]] = {}
    for row, group_of_row in enumerate(label.tolist()):
        members.setdefault(group_of_row, []).append(row)
    return tuple(
        NearDuplicateGroup(
            group_id=derived_id("near_duplicate_group", ordered[rows[0]].article_id),
            article_ids=tuple(ordered[row].article_id for row in rows),
            because=tuple(copies_because([ordered[row].article_id for row in rows], [words[row] for row in rows])),
        )
        for rows in members.values()
    )


def same_group(size: int, pairs: Sequence[tuple[int, int]] | Ints) -> Ints:
    """(size,) group of each row: rows joined by pairs, directly or through others."""
    joined = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    graph = sparse.coo_matrix((np.ones(len(joined), np.int8), (joined[:, 0], joined[:, 1])), shape=(size, size))
    label: Ints = connected_components(graph, directed=False)[1].astype(np.int64)
    return label


def same_words(short: Mapping[int, tuple[str, str]]) -> list[tuple[int, int]]:
    """Pairs among the short texts (a headline and a line) that are the very same, headline included.

    short   row → title and text
    """
    first: dict[tuple[str, str], int] = {}
    pairs = []
    for row, (title, text) in short.items():
        told = (fold(title), fold(text))
        if any(told) and first.setdefault(told, row) != row:
            pairs.append((first[told], row))
    return pairs


def copies_because(ids: Sequence[str], words: Sequence[Words]) -> Iterable[str]:
    """For each copy of a text but the fullest, what it shares with the fullest, in words; first published first."""
    fullest = max(range(len(ids)), key=lambda number: (len(words[number]), -number))
    for number, article_id in enumerate(ids):
        if number != fullest:
            same = sameness(words[number], words[fullest])
            yield (
                f"{article_id}: {same.containment:.0%} of the three-word runs and {same.in_order:.0%} of "
                f"the words in the same order as {ids[fullest]}"
            )
