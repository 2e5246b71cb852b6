"""Articles → term rows → weights, learned from the stream itself.

A term row is the compact form of an article: its terms, how often, whether in the title or the lead, whether used as a
name. It depends on nothing but the article and is stored; weights depend on the stream (`TermStatistics`) and are
worked out when they are needed. What two articles are alike by them, article_likeness.py says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import numpy.typing as npt

from pipeline.grouping.particulars import (
    WEEKDAY_BITS,
    calendar_bits,
    calendar_terms,
    is_long_number,
    outlet_number,
)
from pipeline.grouping.reports import Report
from pipeline.grouping.word_codes import CAPITAL, DIGIT, ENDS, TERM_SPACE, Codes, has, terms_of, word_codes

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

IN_TITLE, IN_LEAD, AS_NAME, NOT_AS_NAME = 1, 2, 4, 8
IS_NUMBER, SAYS_WHEN = 32, 64  # a number in title or lead; a weekday there, or a month anywhere

LEAD_WORDS = 60
TITLE_WORDS = 15  # of a text without a title, its first words stand in for one
MOST_WORDS = 1_200  # what a text says after that changes no score on the sets; a live page has 20,000

WORDS, NAMES, LEAD, TITLE = range(4)  # the parts of a vector
PARTS = 4

_LOG_COUNT = (1 + np.log(np.maximum(np.arange(256), 1))).astype(np.float32)
_TWICE = 16  # a mention in the title counts twice
_TOLD_BITS = 6
_TERM_BITS = 22

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
        places = np.repeat(self.starts[rows] - starts[:-1], lengths)
        places += np.arange(starts[-1])
        return TermRows(
            starts, self.term[places], self.count[places], self.place[places], self.day[rows], self.outlet[rows]
        )

    def between(self, start: int, end: int) -> TermRows:
        """The rows from start to end, in the same memory."""
        some = slice(self.starts[start], self.starts[end])
        return TermRows(
            self.starts[start : end + 1] - self.starts[start],
            self.term[some],
            self.count[some],
            self.place[some],
            self.day[start:end],
            self.outlet[start:end],
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
    weights: Floats  # (k, PARTS) of each place of the rows: its words, names, lead and title part

    @staticmethod
    def of(rows: TermRows, by: TermWeights) -> Weighed:
        """The rows, weighed."""
        weights = np.empty((len(rows.term), PARTS), np.float32)
        for start in range(0, len(rows), _ROWS_WEIGHED_AT_ONCE):
            some = rows.between(start, min(start + _ROWS_WEIGHED_AT_ONCE, len(rows)))
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
