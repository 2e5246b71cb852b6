"""Reports → groups of the same text: agency copies under other headlines, cut, edited, inside page furniture.

Three-word runs of each text are sketched by 64 minima (MinHash, Broder 1997); two texts that share two minima are
compared exactly. Sketches are stored: a new day is sketched once and looked up among the window's stored sketches.

    same text    three-word runs, words and their order mostly agree, measured against the shorter of the two same
    story   other words for the same event: runs of words agree hardly at all, stories.py sees to them template
    "Five injured in … shooting", market reports: long shared runs, but other words around, or other numbers
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq
from scipy import sparse
from scipy.cluster.hierarchy import DisjointSet
from scipy.sparse.csgraph import connected_components

from pipeline.folding import fold
from pipeline.grouping.reports import MOST_CHARACTERS, Report, first_published
from pipeline.grouping.sketches import RUN_WORDS, candidate_pairs, runs, sketches
from pipeline.grouping.word_checksums import IS_NUMBER, IS_QUOTED, Words, stop_checksums, word_checksums
from pipeline.model import NearDuplicateGroup, derived_id

Ints = npt.NDArray[np.int64]

MOSTLY_CONTAINED = 0.75
SHARED_WHEN_EQUAL = (
    4  # of texts of about one length, where neither was cut: 0.2 % of those with 30 % edited share fewer
)
CUT_RATIO = 1.5
FEWEST_WORDS = 12  # a shorter text is a copy only of the very same text
MOST_WORDS = 5_000
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

ENOUGH_OWN_WORDS = 40
OWN_CONTAINMENT = (
    0.20  # runs that two texts must share outside what they quote: two reports of one statement are no copies
)

_PAIRS_AT_ONCE = 200_000
_TEXTS_AT_HAND = 20_000  # 150 MB


@dataclass(frozen=True, slots=True)
class Sameness:
    """What two texts have in common, each measure from 0 to 1; 0 where an earlier measure has decided already."""

    resemblance: float  # shared runs, of all runs of both
    containment: float  # shared runs, of the runs of the shorter text
    words: float = 0.0  # shared words that are no stop words, of those of the shorter text
    in_order: float = 0.0  # words in the same order, of those of the shorter text
    own: float = 0.0  # containment outside quotations; 1 where one of them does little but quote
    other_numbers: bool = False  # each has its own numbers where the other has others
    ratio: float = 1.0  # words of the longer by words of the shorter
    shorter: int = 0  # words of the shorter

    @property
    def score(self) -> float:
        """0 to 1; SAME_TEXT and above are copies, unless the numbers or the lengths say otherwise."""
        return float(self.in_order * self.words * self.containment**0.5)

    def is_copy(self, days_apart: float) -> bool:
        """Whether the two are one text; days_apart is NaN when one has no date."""
        if self.own < OWN_CONTAINMENT or self.other_numbers or self.ratio > LARGEST_RATIO:
            return False
        if abs(days_apart) > WINDOW_DAYS or self.shorter < A_SUMMARY:
            return self.score >= SAME_TEXT_FOR_CERTAIN
        return self.score >= SAME_TEXT or self.score * self.in_order >= SAME_TEXT_IN_ORDER


def text_words(texts: Sequence[str]) -> list[Words]:
    """The words that copies are compared by, the first MOST_WORDS of each text."""
    return [words[:MOST_WORDS] for words in word_checksums([text[:MOST_CHARACTERS] for text in texts])]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text's words with what each of its comparisons needs again."""

    words: Words
    whole: Words  # without the mark of what is quoted
    runs: npt.NDArray[np.uint64]  # distinct, rising

    @staticmethod
    def of(words: Words) -> _Text:
        whole = words & ~IS_QUOTED
        return _Text(words, whole, _distinct(runs(whole)))


def sameness(a: Words, b: Words) -> Sameness:
    """What two texts have in common, exactly. Each measure is taken only where it can still decide."""
    return _sameness(_Text.of(a), _Text.of(b))


def _sameness(a: _Text, b: _Text) -> Sameness:
    if len(a.words) > len(b.words):
        a, b = b, a
    containment = _share(a.runs, b.runs)
    shared_runs = round(containment * min(len(a.runs), len(b.runs)))
    resemblance = shared_runs / (len(a.runs) + len(b.runs) - shared_runs)
    ratio, shorter = len(b.words) / max(1, len(a.words)), len(a.words)
    if containment**0.5 < SAME_TEXT:
        return Sameness(resemblance, containment, ratio=ratio, shorter=shorter)
    a_words, b_words = _distinct(a.whole), _distinct(b.whole)
    words = _share(_without(a_words, stop_checksums()), _without(b_words, stop_checksums()))
    if words * containment**0.5 < SAME_TEXT:
        return Sameness(resemblance, containment, words=words, ratio=ratio, shorter=shorter)
    if containment >= MOSTLY_CONTAINED:
        in_order = _in_shared_runs(a.whole, b.runs)
    else:
        in_order = LCSseq.similarity(a.whole.tolist(), b.whole.tolist()) / max(1, len(a.words))
    numbers = tuple(each[each & IS_NUMBER > 0] for each in (a_words, b_words))
    own = tuple(each.words[each.words & IS_QUOTED == 0] for each in (a, b))
    return Sameness(
        resemblance,
        containment,
        words=words,
        in_order=in_order,
        own=_share(*(_distinct(runs(each)) for each in own)) if min(map(len, own)) >= ENOUGH_OWN_WORDS else 1.0,
        other_numbers=_other_numbers(numbers[0], numbers[1], shorter),
        ratio=ratio,
        shorter=shorter,
    )


def _other_numbers(a: Words, b: Words, shorter: int) -> bool:
    fewest, shared = min(len(a), len(b)), _share(a, b)
    if shorter < A_SHORT_REPORT and fewest >= FEW_NUMBERS and not shared:
        return True
    return fewest >= ENOUGH_NUMBERS and shared < SHARED_NUMBERS


def _in_shared_runs(words: Words, other_runs: npt.NDArray[np.uint64]) -> float:
    """Share of the words that stand in a run of `other_runs`."""
    if len(words) < RUN_WORDS:
        return 1.0
    shared = _held(runs(words), other_runs)
    covered = np.zeros(len(words), np.bool_)
    for offset in range(RUN_WORDS):
        covered[offset : offset + len(shared)] |= shared
    return float(covered.mean())


def _distinct(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The distinct values, rising; on a text's few hundred words five times as fast as np.unique."""
    rising = np.sort(values)
    kept = np.ones(len(rising), np.bool_)
    kept[1:] = rising[1:] != rising[:-1]
    return rising[kept]


def _held(values: npt.NDArray[Any], rising: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Which values stand in the rising array."""
    if not len(rising):
        return np.zeros(len(values), np.bool_)
    held: npt.NDArray[np.bool_] = rising[np.minimum(np.searchsorted(rising, values), len(rising) - 1)] == values
    return held


def _without(values: Words, rising: Words) -> Words:
    return values[~_held(values, rising)]


def _share(a: npt.NDArray[Any], b: npt.NDArray[Any]) -> float:
    """Shared members of two sets, each rising, as a share of the smaller."""
    if len(a) > len(b):
        a, b = b, a
    return float(_held(a, b).sum()) / max(1, len(a))


def copies(
    sketched: npt.NDArray[np.uint32],
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
    text_of = lru_cache(maxsize=_TEXTS_AT_HAND)(lambda row: _Text.of(words_of(row)))
    old = 0 if known is None else len(known)
    joined = DisjointSet(())
    found = []
    for a, b in _told_of(_worth_comparing(candidate_pairs(sketched, old), lengths), progress):
        for row in (a, b):
            joined.add(row)
            if known is not None and row < old:
                joined.add(int(known[row]))
                joined.merge(row, int(known[row]))
        if joined.connected(a, b):
            continue
        same = _sameness(text_of(a), text_of(b))
        if same.is_copy(day[a] - day[b]):
            joined.merge(a, b)
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
