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

Measured on seven sets of 5,346 articles with one setting: mean B-cubed F1 0.957, where words alone reach 0.948. The
surface is flat: halving or doubling a share moves the mean by at most 0.004. What did not help: an idf of another
corpus, bigrams, stemming beyond the plural, numbers as a part of their own, sentence embeddings (MiniLM: +0.002 for
fifty times the time), and pair classifiers trained on the other sets (−0.003 to −0.02).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse

from pipeline.grouping.reports import Report
from pipeline.grouping.word_codes import CAPITAL, DIGIT, ENDS, TERM_SPACE, Codes, has, terms_of, word_codes

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

IN_TITLE, IN_LEAD, AS_NAME, NOT_AS_NAME = 1, 2, 4, 8

LEAD_WORDS = 60
TITLE_WORDS = 15  # of a text without a title, its first words stand in for one
MOST_WORDS = 1_200  # what a text says after that changes no score on the sets; a live page has 20,000

SHARES = {"words": 0.40, "names": 0.15, "lead": 0.15, "title": 0.05, "told": 0.15, "headed": 0.10}

DOUBT = 0.45
FEWEST_TERMS = 5

_PAIRS_AT_ONCE = 20_000  # some 100 MB


@dataclass(frozen=True, slots=True)
class TermRows:
    """The terms of n articles, column by column. Row i has the places starts[i] to starts[i + 1]."""

    starts: Ints  # (n + 1,)
    term: npt.NDArray[np.int32]  # rising within a row
    count: npt.NDArray[np.uint8]  # in title (twice) and text, at most 255
    place: npt.NDArray[np.uint8]  # IN_TITLE | IN_LEAD | AS_NAME | NOT_AS_NAME
    day: npt.NDArray[np.float64]  # (n,) days since 1970 with fraction, NaN when not dated

    def __len__(self) -> int:
        return len(self.day)

    def take(self, rows: npt.ArrayLike) -> TermRows:
        """The given rows, in the given order."""
        rows = np.asarray(rows, dtype=np.int64)
        lengths = self.starts[rows + 1] - self.starts[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        places = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], lengths)
        return TermRows(starts, self.term[places], self.count[places], self.place[places], self.day[rows])

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
        )


def term_row(title: Codes, text: Codes) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """(term, count, place) of one article from its word codes, terms rising; empty when they hold no term."""
    title_terms = terms_of(title)
    title_terms = title_terms[title_terms > 0]
    text = text[:MOST_WORDS]
    terms = terms_of(text)
    spoken = terms > 0
    heading = title_terms if len(title_terms) else terms[:TITLE_WORDS][spoken[:TITLE_WORDS]]
    inside = spoken & ~has(text, DIGIT)  # inside a sentence: not its first word
    inside[1:] &= ~has(text[:-1], ENDS)
    inside[:1] = False
    capital = has(text, CAPITAL)

    row, where = np.unique(np.concatenate([title_terms, terms[spoken]]), return_inverse=True)
    count = np.bincount(where, minlength=len(row)) + np.bincount(where[: len(title_terms)], minlength=len(row))
    place = np.zeros(len(row), dtype=np.uint8)
    place[np.searchsorted(row, heading)] |= IN_TITLE | IN_LEAD
    place[np.searchsorted(row, terms[:LEAD_WORDS][spoken[:LEAD_WORDS]])] |= IN_LEAD
    named = np.bincount(np.searchsorted(row, terms[inside & capital]), minlength=len(row))
    plain = np.bincount(np.searchsorted(row, terms[inside & ~capital]), minlength=len(row))
    place[named > plain] |= AS_NAME
    place[plain > named] |= NOT_AS_NAME
    return row.astype(np.int32), np.minimum(count, 255).astype(np.uint8), place


def term_rows(reports: Iterable[Report]) -> TermRows:
    """The term rows of some reports, in their order."""
    rows = [(*term_row(word_codes(report.title), word_codes(report.told)), report.day) for report in reports]
    return TermRows(
        np.cumsum([0, *(len(row[0]) for row in rows)]).astype(np.int64),
        np.concatenate([np.empty(0, np.int32), *(row[0] for row in rows)]),
        np.concatenate([np.empty(0, np.uint8), *(row[1] for row in rows)]),
        np.concatenate([np.empty(0, np.uint8), *(row[2] for row in rows)]),
        np.array([row[3] for row in rows], dtype=np.float64),
    )


@dataclass(frozen=True, slots=True)
class TermStatistics:
    """How the stream uses each term: from these, and nothing else, the weights are learned. Sums of what days had."""

    articles: int = 0
    holding: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(TERM_SPACE, np.int32))  # articles with it
    naming: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(TERM_SPACE, np.int32))  # … as a name
    plain: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(TERM_SPACE, np.int32))  # … as a plain word

    def with_rows(self, rows: TermRows) -> TermStatistics:
        """The statistics of the stream with these rows added."""

        def counted(terms: npt.NDArray[np.int32], before: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
            return before + np.bincount(terms, minlength=TERM_SPACE).astype(np.int32)

        return TermStatistics(
            self.articles + len(rows),
            counted(rows.term, self.holding),
            counted(rows.term[(rows.place & AS_NAME) > 0], self.naming),
            counted(rows.term[(rows.place & NOT_AS_NAME) > 0], self.plain),
        )

    def idf(self, terms: npt.NDArray[np.int32]) -> Floats:
        """ln((1 + articles) / (1 + articles with the term)) + 1, for each of the terms."""
        weights: Floats = (np.log((1 + self.articles) / (1 + self.holding[terms])) + 1).astype(np.float32)
        return weights

    def is_name(self, terms: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
        """Whether the stream mostly writes the term with a capital where no sentence begins."""
        mostly: npt.NDArray[np.bool_] = self.naming[terms] > self.plain[terms] + 0.5
        return mostly


@dataclass(frozen=True, slots=True)
class Weighed:
    """Term rows with the weights of one stream: each part's vectors have length 1 (or 0)."""

    rows: TermRows
    words: Floats
    names: Floats
    lead: Floats
    title: Floats

    @staticmethod
    def of(rows: TermRows, statistics: TermStatistics) -> Weighed:
        """The rows, weighed."""
        idf = statistics.idf(rows.term)
        words = (1 + np.log(np.maximum(rows.count, 1))).astype(np.float32) * idf
        return Weighed(
            rows,
            _unit(words, rows),
            _unit(words * statistics.is_name(rows.term), rows),
            _unit(idf * ((rows.place & IN_LEAD) > 0), rows),
            _unit(idf * ((rows.place & IN_TITLE) > 0), rows),
        )


def _unit(weights: npt.NDArray[np.float32], rows: TermRows) -> Floats:
    """The weights, each row divided by its length."""
    return (weights / np.repeat(_lengths(weights, rows), np.diff(rows.starts))).astype(np.float32)


def _lengths(weights: Floats, rows: TermRows) -> Doubles:
    squares = np.concatenate([[0.0], np.cumsum(np.square(weights, dtype=np.float64))])
    lengths: Doubles = np.sqrt(np.maximum(squares[rows.starts[1:]] - squares[rows.starts[:-1]], 0))
    lengths[lengths < 1e-9] = 1
    return lengths


def alike(left: Weighed, right: Weighed, pairs: npt.NDArray[np.int64]) -> Floats:
    """How alike the pairs are for certain: (m,) from 0 to 1, regardless of their dates.

    The sum of the parts, less DOUBT standard errors of a share counted over the terms of the shorter: a headline with
    its summary has some twenty terms, of which a few agree by chance. On the day of 332 such items this gains 0.009
    of B-cubed F1, on long texts it changes nothing.

    left, right  weighed by the same statistics; may be the same object
    pairs        (m, 2) row of left, row of right
    """
    total = np.zeros(len(pairs), np.float32)
    for part, value in parts_alike(left, right, pairs).items():
        total += np.float32(SHARES[part]) * value
    total = np.clip(total, 0, 1)
    terms = np.minimum(np.diff(left.rows.starts)[pairs[:, 0]], np.diff(right.rows.starts)[pairs[:, 1]])
    error = np.sqrt(total * (1 - total) / np.maximum(terms, FEWEST_TERMS)).astype(np.float32)
    certain: Floats = np.maximum(total - np.float32(DOUBT) * error, 0)
    return certain


def parts_alike(left: Weighed, right: Weighed, pairs: npt.NDArray[np.int64]) -> dict[str, Floats]:
    """Each part of `alike` by itself, unweighted: name → (m,) from 0 to 1."""
    found: dict[str, list[Doubles]] = {part: [] for part in SHARES}
    a_at, b_at = _places(left.rows), _places(right.rows)
    for some in _chunks(pairs, _PAIRS_AT_ONCE):
        a, b = a_at[some[:, 0]], b_at[some[:, 1]]
        shared_a, shared_b = a.multiply(_pattern(b)).tocsr(), _pattern(a).multiply(b).tocsr()
        pair = np.repeat(np.arange(len(some)), np.diff(shared_a.indptr))
        at, bt = (shared_a.data - 1).astype(np.int64), (shared_b.data - 1).astype(np.int64)

        def summed(values: Floats, pair: Ints = pair, size: int = len(some)) -> Doubles:
            return np.bincount(pair, weights=values, minlength=size).astype(np.float64)

        for part in ("words", "names", "lead", "title"):
            found[part].append(summed(getattr(left, part)[at] * getattr(right, part)[bt]))
        found["told"].append(np.maximum(summed(left.lead[at] ** 2), summed(right.lead[bt] ** 2)))
        found["headed"].append(np.minimum(summed(left.title[at] ** 2), summed(right.title[bt] ** 2)))
    return {
        part: np.concatenate(values).astype(np.float32) if values else np.empty(0, np.float32)
        for part, values in found.items()
    }


def _places(rows: TermRows) -> sparse.csr_matrix:
    """(n, TERM_SPACE) matrix whose entries are 1 + where in the columns of `rows` the term stands."""
    return sparse.csr_matrix(
        (np.arange(1, len(rows.term) + 1, dtype=np.float64), rows.term, rows.starts), shape=(len(rows), TERM_SPACE)
    )


def _pattern(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.ones_like(matrix.data), matrix.indices, matrix.indptr), shape=matrix.shape)


def _chunks(pairs: npt.NDArray[np.int64], size: int) -> Iterator[npt.NDArray[np.int64]]:
    for start in range(0, len(pairs), size):
        yield pairs[start : start + size]
