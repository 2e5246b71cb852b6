"""Texts → checksums of their words, by which copies are compared: many texts at once, without a Python step a word.

A word is a run of letters and digits, lower-cased, and a number keeps its commas and its decimal point: last month's
7.8 % and this month's 7.9 % share none. Its checksum is a polynomial over its bytes, taken for all words of
all texts from one running sum. The lowest bits say IS_NUMBER (it begins with a digit), IS_QUOTED (it stands inside
quotation marks; a quotation that is not closed ends with its paragraph) and IS_NAME (it has a capital inside a
sentence; only A to Z are seen). Four times as fast as a regular
expression.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from pipeline.grouping.telling_words import stop_words

Words = npt.NDArray[np.uint32]

IS_NUMBER = np.uint32(1)
IS_QUOTED = np.uint32(2)
IS_NAME = np.uint32(4)
HOW_IT_STANDS = IS_QUOTED | IS_NAME  # of one word, now so, now otherwise

_BYTES_AT_ONCE = 400_000
_FACTOR = 0x9E3779B97F4A7C15  # odd, so that its powers can be divided out again
_END, _OPEN, _CLOSE = "\x03", "\x01", "\x02"
_PLAIN = {
    **dict.fromkeys("“«", _OPEN),
    **dict.fromkeys("”»", _CLOSE),
    **dict.fromkeys("–—…£€\u00a0", " "),
    **dict.fromkeys("‘’", "'"),
}


@dataclass(frozen=True, slots=True)
class WordRows:
    """The words of n texts end to end: text i has those from starts[i] to starts[i + 1]."""

    starts: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))  # (n + 1,)
    words: Words = field(default_factory=lambda: np.empty(0, np.uint32))

    @staticmethod
    def of(texts: Sequence[Words]) -> WordRows:
        """Those of some texts."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        return WordRows(np.concatenate([[0], np.cumsum(lengths)]), np.concatenate([np.empty(0, np.uint32), *texts]))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Words:
        return self.words[self.starts[row] : self.starts[row + 1]]

    @property
    def lengths(self) -> npt.NDArray[np.int64]:
        """(n,) how many words each text has."""
        return np.diff(self.starts)

    def and_then(self, more: WordRows) -> WordRows:
        """With more texts below."""
        return WordRows(
            np.concatenate([self.starts, self.starts[-1] + more.starts[1:]]), np.concatenate([self.words, more.words])
        )

    def only(self, kept: npt.NDArray[np.bool_]) -> WordRows:
        """(n,) kept: the texts for which it is true."""
        lengths = self.lengths
        return WordRows(np.concatenate([[0], np.cumsum(lengths[kept])]), self.words[np.repeat(kept, lengths)])


def word_checksums(texts: Sequence[str]) -> list[Words]:
    """The words of each text, in order."""
    found: list[Words] = []
    waiting: list[tuple[bytes, bytes]] = []
    size = 0
    for text in texts:
        waiting.append(_plain(text))
        size += len(waiting[-1][0])
        if size > _BYTES_AT_ONCE:
            found += _checksums(waiting)
            waiting, size = [], 0
    return found + _checksums(waiting)


@lru_cache(maxsize=1)
def stop_checksums() -> Words:
    """The checksums of the stop words, rising."""
    return np.sort(np.concatenate(word_checksums(sorted(stop_words()))))


@lru_cache(maxsize=1)
def calendar_checksums() -> Words:
    """The checksums of the weekdays and months, which are names of no one and of nowhere, rising."""
    return np.sort(np.concatenate(word_checksums([*calendar.day_name, *calendar.month_name[1:]])))


def _plain(text: str) -> tuple[bytes, bytes]:
    """The text lower-cased and as it is written, byte for byte; a text whose letters change their length when they are
    lower-cased (a few in a million) is told as lower-cased twice, without names."""
    text = text.replace(_END, " ")
    for mark, plain in _PLAIN.items():
        text = text.replace(mark, plain)
    lower, written = text.lower().encode("utf-8", "replace"), text.encode("utf-8", "replace")
    return lower, written if len(written) == len(lower) else lower


def _checksums(texts: Sequence[tuple[bytes, bytes]]) -> list[Words]:
    letters, written = (
        np.frombuffer(_END.encode().join([b"", *(text[which] for text in texts), b""]), dtype=np.uint8)
        for which in (0, 1)
    )
    in_word = _tables().word[letters]
    before = np.concatenate([[False], in_word[:-1]])
    starts = np.flatnonzero(in_word & ~before)
    ends = np.flatnonzero(before & ~in_word)
    starts, ends = _whole_numbers(letters, starts, ends)
    powers, inverse = _powers(1 << (len(letters) - 1).bit_length())
    running = np.concatenate([np.zeros(1, np.uint64), np.cumsum(letters * powers[: len(letters)], dtype=np.uint64)])
    sums = (running[ends] - running[starts]) * inverse[starts]
    sums ^= sums >> np.uint64(31)
    words = ((sums * np.uint64(0xBF58476D1CE4E5B9)) >> np.uint64(32)).astype(np.uint32) & ~(IS_NUMBER | HOW_IT_STANDS)
    words |= _tables().digit[letters[starts]] * IS_NUMBER
    words |= _quoted(letters, in_word, starts) * IS_QUOTED
    words |= _names(letters, written, in_word, starts) * IS_NAME
    of_text = np.searchsorted(starts, np.flatnonzero(letters == ord(_END)))
    return [words[start:end] for start, end in zip(of_text[:-1].tolist(), of_text[1:].tolist(), strict=True)]


def _whole_numbers(
    letters: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Starts and ends of the words, with the parts of one number as one word."""
    if not len(starts):
        return starts, ends
    digit, point = _tables().digit, _tables().point
    goes_on = (starts[1:] == ends[:-1] + 1) & point[letters[ends[:-1]]]
    goes_on &= (digit[letters[ends[:-1] - 1]] & digit[letters[starts[1:]]]).astype(np.bool_)
    return starts[np.concatenate([[True], ~goes_on])], ends[np.concatenate([~goes_on, [True]])]


def _quoted(letters: npt.NDArray[np.uint8], in_word: npt.NDArray[np.bool_], starts: npt.NDArray[np.int64]) -> Words:
    """1 for each word whose last mark before it opens a quotation, else 0."""
    marks = np.flatnonzero(_tables().mark[letters])
    after_is_word = in_word[np.minimum(marks + 1, len(letters) - 1)]
    before_is_space = letters[np.maximum(marks - 1, 0)] <= ord(" ")
    opens = (letters[marks] == ord(_OPEN)) | ((letters[marks] == ord('"')) & after_is_word & before_is_space)
    last = np.searchsorted(marks, starts) - 1
    quoted: Words = (opens[np.maximum(last, 0)] & (last >= 0)).astype(np.uint32)
    return quoted


def _names(
    letters: npt.NDArray[np.uint8],
    written: npt.NDArray[np.uint8],
    in_word: npt.NDArray[np.bool_],
    starts: npt.NDArray[np.int64],
) -> Words:
    """1 for each word with a capital that follows a word or a comma, else 0."""
    before = np.maximum(starts - 2, 0)
    inside = (letters[starts - 1] == ord(" ")) & (in_word[before] | (letters[before] == ord(",")))
    named: Words = (inside & (written[starts] != letters[starts]) & (letters[starts] < 128)).astype(np.uint32)
    return named


class _Tables:
    """What each byte is. Bytes of 128 and more are parts of letters: the marks among them are replaced beforehand."""

    def __init__(self) -> None:
        alphabet = b"abcdefghijklmnopqrstuvwxyz0123456789"
        self.word = np.zeros(256, np.bool_)
        self.word[np.frombuffer(alphabet, np.uint8)] = True
        self.word[128:] = True
        self.digit = np.zeros(256, np.uint32)
        self.digit[ord("0") : ord("9") + 1] = 1
        self.point = np.zeros(256, np.bool_)
        self.point[[ord("."), ord(",")]] = True
        self.mark = np.zeros(256, np.bool_)
        self.mark[[ord(_OPEN), ord(_CLOSE), ord(_END), ord('"'), ord("\n")]] = True


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    return _Tables()


@lru_cache(maxsize=8)
def _powers(size: int) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """The first `size` powers of _FACTOR, and of its inverse, modulo 2⁶⁴."""
    factors = (_FACTOR, pow(_FACTOR, -1, 1 << 64))
    powers, inverse = (
        np.cumprod(np.concatenate([np.ones(1, np.uint64), np.full(size - 1, factor, np.uint64)]), dtype=np.uint64)
        for factor in factors
    )
    return powers, inverse
