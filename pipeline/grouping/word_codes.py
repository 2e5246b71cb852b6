"""Text → word codes: one number a word, of which term rows are built (vectors.py).

    bits 0–21  term number: the singular of the word, 0 for stop words
    bit  22    CAPITAL   written with a capital
    bit  23    ENDS      a sentence or paragraph ends after it
    bit  24    DIGIT     begins with a digit
    bit  25    MARK      no word, marks only: a dash that stands alone, the end of a paragraph

Codes depend on nothing but the word, so that they can be stored and compared across runs and machines. Two terms share
a number once in four million; a day's vocabulary of 300,000 terms then holds some 11,000 that share, nearly all rare.
"""

from __future__ import annotations

import re
import zlib

import numpy as np
import numpy.typing as npt

from pipeline.folding import fold
from pipeline.grouping.telling_words import singular, stop_words

Codes = npt.NDArray[np.int32]

TERM_SPACE = 1 << 22
CAPITAL, ENDS, DIGIT, MARK = (1 << bit for bit in range(22, 26))

_MOST_TOKENS_REMEMBERED = 600_000  # 90 MB; a million articles have some ten million

# Texts are split at white space, which is four times as fast as a regular expression; each distinct token is then taken
# apart once. Dashes and strokes part words, an apostrophe's ending ("minister's", "don't") is dropped.
_PARTING = ("-", "–", "—", "/", "…")
_PARAGRAPH = "\u2029"
_SENTENCE_ENDS = frozenset(".!?:;" + _PARAGRAPH)
_INSIDE = re.compile(r"\w(?:.*\w)?", re.DOTALL)
_ENDING = re.compile(r"['’](?:s|t|re|ve|ll|d|m)?$", re.IGNORECASE)
_UNSPOKEN = re.compile(r"[^\w]")


def _checksum(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _code(token: str) -> int:
    if token.isalnum():
        word, after = token, ""
    else:
        found = _INSIDE.search(token)
        word = _ENDING.sub("", found.group()) if found else ""
        after = token[found.end() :] if found else token
    ends = ENDS if any(mark in _SENTENCE_ENDS for mark in after) else 0
    if not word:
        return ends | MARK
    digit = word[0].isdigit()
    plain = fold(word)
    if not digit and not plain.isalnum():  # a number keeps its commas and its decimal point
        plain = _UNSPOKEN.sub("", plain)
    says_nothing = plain in stop_words() or (len(plain) < 2 and not digit)
    term = 0 if says_nothing else _checksum(singular(plain)) % (TERM_SPACE - 1) + 1
    return term | ends | (CAPITAL if word[0].isupper() else 0) | (DIGIT if digit else 0)


class _Remembered(dict[str, int]):
    """Token → code, worked out when it is first asked for: in real news every article has some twenty new tokens."""

    def __missing__(self, token: str) -> int:
        code = self[token] = _code(token)
        return code


_remembered = _Remembered()


def word_codes(text: str) -> Codes:
    """The codes of a text's words, in order; marks that stand alone are told by the word before them."""
    for mark in _PARTING:
        text = text.replace(mark, " ")
    tokens = text.replace("\n", f" {_PARAGRAPH} ").split(" ") if "\n" in text else text.split(" ")
    if len(_remembered) > _MOST_TOKENS_REMEMBERED:
        _remembered.clear()
    codes = np.fromiter(map(_remembered.__getitem__, tokens), dtype=np.int32, count=len(tokens))
    marks = np.flatnonzero(codes & MARK)
    if len(marks):
        told = marks[marks > 0]
        for step in range(1, 4):  # up to three marks in a row, as between paragraphs
            earlier = told[told >= step]
            codes[earlier - step] |= codes[earlier] & ENDS
        codes = codes[(codes & MARK) == 0]
    return codes


def terms_of(codes: Codes) -> npt.NDArray[np.int32]:
    """Term numbers, one a word; 0 for stop words."""
    return codes & np.int32(TERM_SPACE - 1)


def has(codes: Codes, flag: int) -> npt.NDArray[np.bool_]:
    """Which codes carry the flag CAPITAL, ENDS or DIGIT."""
    carried: npt.NDArray[np.bool_] = (codes & flag) != 0
    return carried
