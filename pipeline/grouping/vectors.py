"""Articles → term rows → how alike two articles are, with weights learned from the stream itself.

A term row is the compact form of an article: its terms, how often, whether in the title or the lead, whether used as a
name. It depends on nothing but the article and is stored; weights depend on the stream (`TermStatistics`) and are
worked out when they are needed. What makes two articles alike, from 0 to 1, is the sum of six parts:

    words   0.40  cosine over all terms, weighted (1 + ln count) · idf; the title counts twice
    names   0.15  the same over the terms that this stream writes with a capital inside sentences
    lead    0.15  cosine over the terms of title and first 60 words
    title   0.05  cosine over the terms of the title
    told    0.15  how much of one's lead the other tells anywhere, the better way round
    headed  0.10  how much of one's title the other tells anywhere, the worse way round

Particulars (particulars.py) speak for or against it beside the words. Measured on seven sets of 5,346 articles with one
setting: mean B-cubed F1 0.959, without particulars 0.957, words alone 0.948. The surface is flat: halving or doubling a
share moves the mean by at most 0.004. What did not help: an idf of another corpus, idf anew within the busy piece that
a saga makes (−0.006 to −0.04), bigrams, stemming beyond the plural, numbers as a part of their own, sentence embeddings
(MiniLM: +0.002 for fifty times the time), and pair classifiers trained on the other sets (−0.003 to −0.02).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.grouping.particulars import (
    WEEKDAY_BITS,
    Particulars,
    calendar_bits,
    calendar_terms,
    is_long_number,
    outlet_number,
    speaking_for,
)
from pipeline.grouping.reports import Report
from pipeline.grouping.word_codes import CAPITAL, DIGIT, ENDS, TERM_SPACE, Codes, has, terms_of, word_codes

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

IN_TITLE, IN_LEAD, AS_NAME, NOT_AS_NAME = 1, 2, 4, 8
IS_NUMBER, SAYS_WHEN = 32, 64  # a number in title or lead; a weekday there, or a month anywhere

LEAD_WORDS = 60
TITLE_WORDS = 15  # of a text without a title, its first words stand in for one
MOST_WORDS = 1_200  # what a text says after that changes no score on the sets; a live page has 20,000

SHARES = {"words": 0.40, "names": 0.15, "lead": 0.15, "title": 0.05, "told": 0.15, "headed": 0.10}

_NAMES, _LEAD, _TITLE = 1, 2, 3
COSINE_SHARES = np.array([SHARES[part] for part in ("words", "names", "lead", "title")], dtype=np.float32)

# Two events of one kind (a shooting in another town) share every word but the names: two articles with names of their
# own and hardly one in common are much less alike. On the seven sets this costs 0.0008, most of it where each has but
# one name; with a veto of 0.3 one short report of five towns makes one story. 0.1 in common costs 0.0005 more.
ENOUGH_NAMES = 1
NAMES_APART = 0.05
VETO = 0.6

DOUBT = 0.45
FEWEST_TERMS = 5

_ALL = 1 - 1e-6  # the parts of one text sum to 1 but for rounding, which the root in the doubt makes 3e-4 of

_LOG_COUNT = (1 + np.log(np.maximum(np.arange(256), 1))).astype(np.float32)
_TWICE = 16  # a mention in the title counts twice
_TOLD_BITS = 6
_TERM_BITS = 22

_TABLE = 1 << 21  # cells of four bytes: the terms of some thirty articles at once, by all terms of a chunk
_TERMS_AT_ONCE = 200_000
_ROWS_AT_ONCE = 250  # their mentions fit into a processor's cache
_ROWS_WEIGHED_AT_ONCE = 2_000  # of 40,000 rows at once, two thirds of the time went into fresh memory


@dataclass(frozen=True, slots=True)
class TermRows:
    """The terms of n articles, column by column. Row i has the places starts[i] to starts[i + 1]."""

    starts: Ints  # (n + 1,)
    term: npt.NDArray[np.int32]  # rising within a row
    count: npt.NDArray[np.uint8]  # in title (twice) and text, at most 255
    place: npt.NDArray[np.uint8]  # IN_TITLE | IN_LEAD | AS_NAME | NOT_AS_NAME | IS_NUMBER | SAYS_WHEN
    day: npt.NDArray[np.float64]  # (n,) days since 1970 with fraction, NaN when not dated
    outlet: Ints  # (n,) outlet_number, 0 when not known

    def __len__(self) -> int:
        return len(self.day)

    def take(self, rows: npt.ArrayLike) -> TermRows:
        """The given rows, in the given order."""
        rows = np.asarray(rows, dtype=np.int64)
        lengths = self.starts[rows + 1] - self.starts[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        places = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], lengths)
        return TermRows(
            starts, self.term[places], self.count[places], self.place[places], self.day[rows], self.outlet[rows]
        )

    @staticmethod
    def joined(parts: Sequence[TermRows]) -> TermRows:
        """One below the other."""
        lengths = [np.diff(part.starts) for part in parts]
        return TermRows(
            np.cumsum(np.concatenate([np.zeros(1, np.int64), *lengths])),
            np.concatenate([np.empty(0, np.int32), *(part.term for part in parts)]),
            np.concatenate([np.empty(0, np.uint8), *(part.count for part in parts)]),
            np.concatenate([np.empty(0, np.uint8), *(part.place for part in parts)]),
            np.concatenate([np.empty(0, np.float64), *(part.day for part in parts)]),
            np.concatenate([np.empty(0, np.int64), *(part.outlet for part in parts)]),
        )


def term_rows(reports: Iterable[Report]) -> TermRows:
    """The term rows of some reports, in their order; empty where a report holds no term."""
    parts = [_term_rows(some) for some in _batches(reports)]
    return TermRows.joined(parts)


def _batches(reports: Iterable[Report]) -> Iterator[list[Report]]:
    waiting = iter(reports)
    while some := list(islice(waiting, _ROWS_AT_ONCE)):
        yield some


def _term_rows(reports: Sequence[Report]) -> TermRows:
    """One sort for all of them: each mention of a term is a number of article, term and what the mention tells."""
    titles = [word_codes(report.title) for report in reports]
    texts = [word_codes(report.told)[:MOST_WORDS] for report in reports]
    title_owner, _ = _owners(titles)
    owner, place = _owners(texts)
    titled = np.zeros(len(reports), np.bool_)
    title = _together(titles)
    titled[title_owner[terms_of(title) > 0]] = True

    text = _together(texts)
    term = terms_of(text)
    inside = ~has(text, DIGIT) & (place > 0)  # inside a sentence: not its first word
    inside[1:] &= ~has(text[:-1], ENDS)
    capital = has(text, CAPITAL)
    stands_in = ~titled[owner] & (place < TITLE_WORDS)
    told = (
        (stands_in * IN_TITLE)
        | (((place < LEAD_WORDS) | stands_in) * IN_LEAD)
        | ((inside & capital) * AS_NAME)
        | ((inside & ~capital) * NOT_AS_NAME)
        | (((place < LEAD_WORDS) & has(text, DIGIT)) * IS_NUMBER)
    )
    mentions = np.concatenate(
        [
            _mentions(title_owner, terms_of(title), IN_TITLE | IN_LEAD | _TWICE | (has(title, DIGIT) * IS_NUMBER)),
            _mentions(owner, term, told),
        ]
    )
    mentions.sort()

    keys = mentions >> _TOLD_BITS
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.empty(0, np.int64)
    each = mentions & ((1 << _TOLD_BITS) - 1)

    def times(mark: int) -> Ints:
        return np.add.reduceat((each & mark) // mark, first) if len(first) else first

    named, plain = times(AS_NAME), times(NOT_AS_NAME)
    term = (keys[first] & (TERM_SPACE - 1)).astype(np.int32)
    places = np.bitwise_or.reduceat(each, first) & (IN_TITLE | IN_LEAD | IS_NUMBER) if len(first) else first
    places |= AS_NAME * (named > plain) | NOT_AS_NAME * (plain > named)
    numbers = np.flatnonzero(places & IS_NUMBER)
    places[numbers[~is_long_number(term[numbers])]] &= ~IS_NUMBER
    when = calendar_bits(term)
    places |= SAYS_WHEN * ((when > WEEKDAY_BITS) | ((when > 0) & (places & IN_LEAD > 0)))
    count = np.diff(np.concatenate([first, [len(keys)]])) + times(_TWICE)
    return TermRows(
        np.searchsorted(keys[first] >> _TERM_BITS, np.arange(len(reports) + 1)).astype(np.int64),
        term,
        np.minimum(count, 255).astype(np.uint8),
        places.astype(np.uint8),
        np.array([report.day for report in reports], dtype=np.float64),
        np.array([outlet_number(report.outlet) for report in reports], dtype=np.int64),
    )


def _mentions(owner: Ints, term: npt.NDArray[np.int32], told: Ints | int) -> Ints:
    mention: Ints = (((owner << _TERM_BITS) | term) << _TOLD_BITS) | told
    return mention[term > 0]


def _together(codes: Sequence[Codes]) -> Codes:
    return np.concatenate([np.empty(0, np.int32), *codes])


def _owners(codes: Sequence[Codes]) -> tuple[Ints, Ints]:
    """For each code of all: whose it is, and its place among those of its owner."""
    lengths = np.array([len(each) for each in codes], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    return np.repeat(np.arange(len(codes)), lengths), np.arange(lengths.sum()) - np.repeat(starts, lengths)


@dataclass(frozen=True, slots=True)
class TermStatistics:
    """How the stream uses each term: from these, and nothing else, the weights are learned. Sums of what days had."""

    articles: int = 0
    holding: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(TERM_SPACE, np.int32))  # articles with it
    naming: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(TERM_SPACE, np.int32))  # … as a name
    plain: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(TERM_SPACE, np.int32))  # … as a plain word

    def with_rows(self, come: TermRows, gone: TermRows | None = None) -> TermStatistics:
        """The statistics of the stream with some rows added, and others, which are in it, taken out."""
        changed = [(rows, by) for rows, by in ((come, 1), (gone, -1)) if rows is not None and len(rows)]
        if not changed:
            return self

        def counted(before: npt.NDArray[np.int32], mark: int = 0) -> npt.NDArray[np.int32]:
            column = before.copy()
            for rows, by in changed:
                np.add.at(column, rows.term[(rows.place & mark) > 0] if mark else rows.term, np.int32(by))
            return column

        naming = counted(self.naming, AS_NAME)
        naming[calendar_terms()] = 0  # two towns' reports that both say "on Monday" name nothing in common
        return TermStatistics(
            self.articles + sum(by * len(rows) for rows, by in changed),
            counted(self.holding),
            naming,
            counted(self.plain, NOT_AS_NAME),
        )

    def weights(self) -> TermWeights:
        """What they make of each term."""
        held = np.arange(int(self.holding.max(initial=0)) + 1)
        idf = (np.log((1 + self.articles) / (1 + held)) + 1).astype(np.float32)
        return TermWeights(self, idf[self.holding], self.naming > self.plain)


@dataclass(frozen=True, slots=True)
class TermWeights:
    """The weight of each term, worked out once for all rows: asked of three columns a term, a quarter of what it costs
    to compare a day's articles went into waiting for memory."""

    statistics: TermStatistics
    idf: Floats  # (TERM_SPACE,) ln((1 + articles) / (1 + articles with the term)) + 1
    is_name: npt.NDArray[np.bool_]  # (TERM_SPACE,) mostly written with a capital where no sentence begins


@dataclass(frozen=True, slots=True)
class Weighed:
    """Term rows with the weights of one stream: each part's vectors have length 1 (or 0)."""

    rows: TermRows
    weights: Floats  # (k, 4) of each place of the rows: its words, names, lead and title part

    @staticmethod
    def of(rows: TermRows, by: TermWeights) -> Weighed:
        """The rows, weighed."""
        weights = np.empty((len(rows.term), len(COSINE_SHARES)), np.float32)
        for start in range(0, len(rows), _ROWS_WEIGHED_AT_ONCE):
            some = rows.take(np.arange(start, min(start + _ROWS_WEIGHED_AT_ONCE, len(rows))))
            weights[rows.starts[start] : rows.starts[start] + len(some.term)] = _weights(some, by)
        return Weighed(rows, weights)


def _weights(rows: TermRows, by: TermWeights) -> Floats:
    idf = by.idf[rows.term]
    words = _LOG_COUNT[rows.count] * idf
    parts = (
        words,
        words * by.is_name[rows.term],
        idf * ((rows.place & IN_LEAD) > 0),
        idf * ((rows.place & IN_TITLE) > 0),
    )
    return np.stack([_unit(part, rows) for part in parts], axis=1)


def _unit(weights: Floats, rows: TermRows) -> Floats:
    """The weights, each row divided by its length; a row of nothing stays nothing."""
    lengths = np.diff(rows.starts)
    held = np.flatnonzero(lengths)
    squares = np.zeros(len(rows))
    if len(held):
        squares[held] = np.add.reduceat(np.square(weights, dtype=np.float64), rows.starts[held])
    norm = np.sqrt(squares).astype(np.float32)
    norm[norm == 0] = 1
    return (weights / np.repeat(norm, lengths)).astype(np.float32, copy=False)


def alike(left: Weighed, right: Weighed, pairs: npt.NDArray[np.int64]) -> Floats:
    """How alike the pairs are for certain: (m,) from 0 to 1, regardless of their dates.

    The sum of the parts, less VETO of it where the names speak against it, times what particulars speak for or against
    it, less DOUBT standard errors of a share
    counted over the terms of the shorter: a headline with its summary has some twenty terms, of which a few agree by
    chance. On the day of 332 such items this gains 0.009 of B-cubed F1, on long texts it changes nothing.

    left, right  weighed by the same statistics; may be the same object
    pairs        (m, 2) row of left, row of right; quickest where those of one left row stand together
    """
    total, shared_names, shared_numbers = _parts_summed(left, right, pairs)
    names = _name_counts(left)
    named = np.minimum(names[pairs[:, 0]], (names if right is left else _name_counts(right))[pairs[:, 1]])
    total = total * np.where((named >= ENOUGH_NAMES) & (shared_names <= NAMES_APART), 1 - VETO, 1)
    ours = _particulars(left.rows)
    theirs = ours if right is left else _particulars(right.rows)
    total = np.clip(np.clip(total, 0, 1) * speaking_for(ours, theirs, pairs, shared_numbers), 0, 1)
    total[total > _ALL] = 1
    terms = np.minimum(np.diff(left.rows.starts)[pairs[:, 0]], np.diff(right.rows.starts)[pairs[:, 1]])
    error = np.sqrt(total * (1 - total) / np.maximum(terms, FEWEST_TERMS)).astype(np.float32)
    certain: Floats = np.maximum(total - np.float32(DOUBT) * error, 0)
    return certain


def _name_counts(weighed: Weighed) -> Ints:
    """How many names each row holds."""
    row = np.repeat(np.arange(len(weighed.rows)), np.diff(weighed.rows.starts))
    return np.bincount(row[weighed.weights[:, _NAMES] > 0], minlength=len(weighed.rows))


def _particulars(rows: TermRows) -> Particulars:
    row = np.repeat(np.arange(len(rows)), np.diff(rows.starts))
    says = np.flatnonzero(rows.place & SAYS_WHEN)
    said = np.zeros(len(rows), np.int32)
    np.bitwise_or.at(said, row[says], calendar_bits(rows.term[says]))
    return Particulars(rows.outlet, np.bincount(row[(rows.place & IS_NUMBER) > 0], minlength=len(rows)), said)


def _parts_summed(left: Weighed, right: Weighed, pairs: npt.NDArray[np.int64]) -> tuple[Doubles, Doubles, Doubles]:
    """The parts, each times its share, summed; the names by themselves; and how many numbers are shared.

    Scatters the terms of some left rows into a table, then looks up in it those of all right rows that they are paired
    with: three times as fast as products of sparse matrices.
    """
    size, left_number = _numbered(left.rows.term, right.rows.term)
    right_number = left_number if right is left else _numbered(right.rows.term, left.rows.term)[1]
    is_number = (right.rows.place & IS_NUMBER) > 0
    lengths = np.diff(right.rows.starts)[pairs[:, 1]]
    left_lengths = np.diff(left.rows.starts)
    table = np.full(max(1, _TABLE // size) * size, -1, np.int32)
    total, names, numbers = (np.zeros(len(pairs)) for _ in range(3))
    for start, end in _stretches(pairs[:, 0], lengths, len(table) // size):
        some, length = pairs[start:end], lengths[start:end]
        turn = np.concatenate([[0], np.cumsum(some[1:, 0] != some[:-1, 0])]) * size
        first = np.flatnonzero(np.concatenate([[True], turn[1:] != turn[:-1]]))
        rows = some[first, 0]
        scattered = _spans(left.rows.starts[rows], left_lengths[rows])
        cells = np.repeat(turn[first], left_lengths[rows]) + left_number[scattered]
        table[cells] = scattered
        looked_up = _spans(right.rows.starts[some[:, 1]], length)
        found = table[np.repeat(turn, length) + right_number[looked_up]]
        table[cells] = -1
        shared = np.flatnonzero(found >= 0)
        pair = np.repeat(np.arange(end - start), length)[shared]
        of_left, of_right = found[shared], looked_up[shared]
        total[start:end], names[start:end] = _shares_of(
            left.weights[of_left], right.weights[of_right], pair, end - start
        )
        number = np.flatnonzero(is_number[of_right])
        number = number[(left.rows.place[of_left[number]] & IS_NUMBER) > 0]
        numbers[start:end] = np.bincount(pair[number], minlength=end - start)
    return total, names, numbers


def _shares_of(a: Floats, b: Floats, pair: Ints, size: int) -> tuple[Doubles, Doubles]:
    """All parts and the names of `size` pairs, by the weights of shared terms: (k, 4) of one, of the other, whose."""

    def summed(values: npt.NDArray[Any]) -> Doubles:
        return np.bincount(pair, weights=values, minlength=size).astype(np.float64)

    told = np.maximum(summed(a[:, _LEAD] ** 2), summed(b[:, _LEAD] ** 2))
    headed = np.minimum(summed(a[:, _TITLE] ** 2), summed(b[:, _TITLE] ** 2))
    total = summed((a * b) @ COSINE_SHARES) + SHARES["told"] * told + SHARES["headed"] * headed
    return total, summed(a[:, _NAMES] * b[:, _NAMES])


def _numbered(column: npt.NDArray[np.int32], beside: npt.NDArray[np.int32]) -> tuple[int, npt.NDArray[np.int32]]:
    """How many distinct terms two columns hold, one at least, and the first with these numbered from 0."""
    held = np.zeros(TERM_SPACE, np.bool_)
    held[column] = True
    if beside is not column:
        held[beside] = True
    distinct = np.flatnonzero(held)
    number = np.empty(TERM_SPACE, np.int32)  # filled where asked: a running sum took half the time of few pairs
    number[distinct] = np.arange(len(distinct))
    return max(1, len(distinct)), number[column]


def _stretches(left: Ints, lengths: Ints, most_rows: int) -> Iterator[tuple[int, int]]:
    """Pairs from start to end with so many left rows at most, and _TERMS_AT_ONCE terms to look up if none has more."""
    turn = np.cumsum(np.concatenate([[1], left[1:] != left[:-1]])) if len(left) else left
    terms = np.cumsum(lengths)
    start = 0
    while start < len(left):
        before = int(terms[start - 1]) if start else 0
        end = min(
            int(np.searchsorted(turn, turn[start] + most_rows)),
            int(np.searchsorted(terms, before + _TERMS_AT_ONCE, side="right")),
        )
        yield start, max(start + 1, end)
        start = max(start + 1, end)


def _spans(starts: Ints, lengths: Ints) -> Ints:
    """The places of stretches, one stretch after the other: starts[0], starts[0] + 1, …, lengths[0] of them first."""
    ends = np.cumsum(lengths)
    places: Ints = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - lengths), lengths)
    return places
