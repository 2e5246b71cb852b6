"""Reports → groups of the same text: agency copies under other headlines, cut, edited, inside page furniture.

Three-word runs of each text are sketched by 64 minima (MinHash, Broder 1997); two texts that share two minima are
compared exactly. Sketches are stored: a new day is sketched once and looked up among the window's stored sketches.

    same text    three-word runs, words and their order mostly agree, measured against the shorter of the two same
    story   other words for the same event: runs of words agree hardly at all, stories.py sees to them template
    "Five injured in … shooting", market reports: long shared runs, but other words around, or other numbers
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq
from rensa import RMinHash
from scipy import sparse
from scipy.cluster.hierarchy import DisjointSet
from scipy.sparse.csgraph import connected_components

from pipeline.folding import fold
from pipeline.grouping.reports import MOST_CHARACTERS, Report, first_published
from pipeline.grouping.word_checksums import IS_NUMBER, IS_QUOTED, Words, stop_checksums, word_checksums
from pipeline.model import NearDuplicateGroup, derived_id

Ints = npt.NDArray[np.int64]

RUN_WORDS = 3
MINIMA = 64
MOSTLY_CONTAINED = 0.75
SEED = 20170216
SHARED_MINIMA = 2  # of 64: finds 99.9 % of pairs that share 15 % of runs, 97 % of those that share 8 %
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

_CROWD = 16  # a minimum that more texts share is a phrase of the trade; its texts are compared with their next three
_NEXT = 3
_ROWS_A_PART = 250_000  # whose pairs are counted together: memory for millions of sketches
_SIEVE = np.uint32(1 << 22)
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


def runs(words: Words) -> npt.NDArray[np.uint64]:
    """Hashes of the three-word runs in order, with repeats; a shorter text has one run, of all it has."""
    if len(words) < RUN_WORDS:
        words = np.concatenate([words, np.zeros(RUN_WORDS - len(words), np.uint32)])
    mixed = words[: len(words) - RUN_WORDS + 1].astype(np.uint64)
    for offset in range(1, RUN_WORDS):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[offset : len(words) - RUN_WORDS + 1 + offset]
    return (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)


def sketches(texts: Sequence[Words]) -> npt.NDArray[np.uint32]:
    """(n, 64) minima of each text's runs. The share of equal places estimates the resemblance."""
    each = [runs(words & ~IS_QUOTED) for words in texts]
    if not each:
        return np.empty((0, MINIMA), np.uint32)
    ends = np.cumsum([0, *map(len, each)]).astype(np.uint64)
    found = RMinHash.digest_matrix_from_flat_token_hashes(np.concatenate(each), ends, MINIMA, SEED)
    return np.array(found.to_rows(), dtype=np.uint32)


def candidate_pairs(sketched: npt.NDArray[np.uint32], new_from: int = 0) -> Ints:
    """(m, 3): two rows, smaller first, and how many places they share, SHARED_MINIMA or more; one is new_from or later.

    A place whose value a crowd shares (a phrase of the trade, or two hundred copies of one text) links only those next
    to each other whose next place agrees as well: the copies still hang together, the phrase links almost nothing.
    """
    size = len(sketched)
    parts = 1 + size // _ROWS_A_PART
    kept: list[list[Ints]] = [[np.empty(0, np.int64)] for _ in range(parts)]
    for place in range(MINIMA):
        for smaller, larger in _at_a_place(sketched, place, new_from):
            key, part = smaller * size + larger, smaller % parts
            for number, of_part in enumerate(kept):
                of_part.append(key[part == number])
    return np.concatenate([_often_enough(kept.pop(0), size) for _ in range(parts)])


def _at_a_place(sketched: npt.NDArray[np.uint32], place: int, new_from: int) -> Iterator[tuple[Ints, Ints]]:
    """The pairs of rows, smaller and larger, that share the minimum at this place; the larger is new_from or later."""
    rows = _sharing(sketched[:, place], new_from)
    then = sketched[rows, (place + 1) % MINIMA]
    order = np.argsort(sketched[rows, place].astype(np.uint64) << np.uint64(32) | then, kind="stable")
    rows, then = rows[order], then[order]
    value = sketched[rows, place]
    starts = np.flatnonzero(np.concatenate([[True], value[1:] != value[:-1]])) if len(rows) else rows
    length = np.diff(np.concatenate([starts, [len(rows)]]))
    crowd = np.repeat(length > _CROWD, length)
    end = np.repeat(starts + length, length)
    near = np.arange(len(rows))
    for step in range(1, _CROWD):
        near = near[near + step < end[near]]  # few values are shared by many rows: the steps cost ever less
        pairs = near[~crowd[near] | (then[near] == then[near + step])] if step <= _NEXT else near[~crowd[near]]
        smaller, larger = np.minimum(rows[pairs], rows[pairs + step]), np.maximum(rows[pairs], rows[pairs + step])
        yield smaller[larger >= new_from], larger[larger >= new_from]


def _often_enough(keys: list[Ints], size: int) -> Ints:
    """(m, 3): the pairs that share SHARED_MINIMA places or more, and how many, out of one key for each place shared."""
    key, count = np.unique(np.concatenate(keys), return_counts=True)
    enough = count >= SHARED_MINIMA
    return np.stack([key[enough] // size, key[enough] % size, count[enough]], axis=1).astype(np.int64)


def _sharing(column: npt.NDArray[np.uint32], new_from: int) -> Ints:
    """The rows whose value one of the new rows has, so that the cost of a new day follows the day."""
    if not new_from:
        return np.arange(len(column))
    told = np.zeros(_SIEVE, np.bool_)  # by the lowest bits, which lets through one old row in a hundred too many
    told[column[new_from:] % _SIEVE] = True
    maybe = np.flatnonzero(told[column % _SIEVE])
    return maybe[_held(column[maybe], _distinct(column[new_from:]))]


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
    day: npt.NDArray[np.float64],
    new_from: int = 0,
    progress: Callable[[str], None] = lambda message: None,
) -> list[tuple[int, int, Sameness]]:
    """Pairs of rows that are one text, enough of them to join each group: two that others joined are not compared.

    Texts of fewer than FEWEST_WORDS words are left to `same_words`.
    words_of  row → its words, from memory or from disk
    day       (n,) days since 1970, NaN when not dated: an undated text may be a copy of any
    """
    text_of = lru_cache(maxsize=_TEXTS_AT_HAND)(lambda row: _Text.of(words_of(row)))
    joined = DisjointSet(())
    found = []
    for a, b, shared in _told_of(candidate_pairs(sketched, new_from), progress):
        joined.add(a)
        joined.add(b)
        one, other = text_of(a), text_of(b)
        fewest, most = sorted((len(one.words), len(other.words)))
        too_little = shared < SHARED_WHEN_EQUAL and most < CUT_RATIO * fewest
        if too_little or fewest < FEWEST_WORDS or joined.connected(a, b):
            continue
        same = _sameness(one, other)
        if same.is_copy(day[a] - day[b]):
            joined.merge(a, b)
            found.append((a, b, same))
    return found


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
    found = copies(sketches(words), words.__getitem__, day)
    label = same_group(
        len(ordered), [(a, b) for a, b, _ in found] + same_words(ordered, [len(each) < FEWEST_WORDS for each in words])
    )
    members: dict[int, list[int]] = {}
    for row, group_of_row in enumerate(label.tolist()):
        members.setdefault(group_of_row, []).append(row)
    return tuple(
        NearDuplicateGroup(
            group_id=derived_id("near_duplicate_group", ordered[rows[0]].article_id),
            article_ids=tuple(ordered[row].article_id for row in rows),
            because=tuple(copies_because(ordered, words, rows)),
        )
        for rows in members.values()
    )


def same_group(size: int, pairs: Iterable[tuple[int, int]]) -> Ints:
    """(size,) group of each row: rows joined by pairs, directly or through others."""
    joined = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    graph = sparse.coo_matrix((np.ones(len(joined), np.int8), (joined[:, 0], joined[:, 1])), shape=(size, size))
    label: Ints = connected_components(graph, directed=False)[1].astype(np.int64)
    return label


def same_words(reports: Sequence[Report], short: Sequence[bool]) -> list[tuple[int, int]]:
    """Pairs among the short texts (a headline and a line) that are the very same, headline included."""
    first: dict[tuple[str, str], int] = {}
    pairs = []
    for row in (row for row, is_short in enumerate(short) if is_short):
        told = (fold(reports[row].title), fold(reports[row].text))
        if any(told) and first.setdefault(told, row) != row:
            pairs.append((first[told], row))
    return pairs


def copies_because(reports: Sequence[Report], words: Sequence[Words], rows: Sequence[int]) -> Iterable[str]:
    """For each row but the fullest of a group, what it shares with the fullest, in words."""
    fullest = max(rows, key=lambda row: (len(words[row]), -row))
    for row in rows:
        if row != fullest:
            same = sameness(words[row], words[fullest])
            yield (
                f"{reports[row].article_id}: {same.containment:.0%} of the three-word runs and {same.in_order:.0%} of "
                f"the words in the same order as {reports[fullest].article_id}"
            )
