"""Text → word codes: one 64-bit number a word, from which copies and stories are found without touching the text again.

A code holds what the later steps ask of a word, so that one pass over a text serves them all:

    bits 0–31   checksum of the folded word: runs of words are compared by these (near_duplicates)
    bits 32–53  term number: the singular of the word, 0 for stop words; vectors are built of these
    bit  54     written with a capital
    bit  55     not a word but a mark: the end of a sentence or line, a quotation mark
    bit  56     holds a digit
    bit  57     a mark that opens a quotation
    bit  58     a mark that closes one; the end of a line closes what is open

Codes depend on nothing but the word, so that they can be stored and compared across runs and machines. Two terms share
a number once in four million; a day's vocabulary of 300,000 terms then holds some 11,000 that share, nearly all rare.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from pipeline.folding import fold
from pipeline.settings import ROOT

Codes = npt.NDArray[np.uint64]

TERM_SPACE = 1 << 22
CAPITAL = 1 << 54
BREAK = 1 << 55
DIGIT = 1 << 56
OPENS = 1 << 57
CLOSES = 1 << 58

IS_NUMBER = np.uint32(1)
IS_QUOTED = np.uint32(2)

_TERM_SHIFT = 32
_MOST_WORDS_REMEMBERED = 400_000  # 60 MB; a million articles have some five million spellings

# A number keeps its commas and its decimal point; an apostrophe parts a word, which is twice as fast as keeping it.
# A straight quotation mark opens after white space and closes elsewhere.
_TOKEN = re.compile(r'\w+(?:[,.]\d+)*|\s"|[.!?:;\n“”"]')
_MARKS = {"“": BREAK | OPENS, "”": BREAK | CLOSES, '"': BREAK | CLOSES, "\n": BREAK | CLOSES}


def singular(word: str) -> str:
    """The folded word without its plural: "Ministers" → "minister", "inquiries" → "inquiry"."""
    word = fold(word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """seeds/stop_words.csv: the words that never make two texts alike."""
    lines = (ROOT / "seeds" / "stop_words.csv").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _checksum(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _code(token: str) -> int:
    if len(token) == 2 and token[1] == '"':
        return BREAK | OPENS
    if not (token[0].isalnum() or token[0] == "_"):
        return _MARKS.get(token, BREAK)
    folded = fold(token)
    says_nothing = folded in stop_words() or (len(folded) < 2 and not folded.isdigit())
    term = 0 if says_nothing else _checksum(singular(token)) % (TERM_SPACE - 1) + 1
    capital = CAPITAL if token[0].isupper() else 0
    digit = DIGIT if token[0].isdigit() else 0
    return _checksum(folded) | term << _TERM_SHIFT | capital | digit


_remembered: dict[str, int] = {}


def word_codes(text: str) -> Codes:
    """The codes of a text's words and sentence ends, in order."""
    tokens = _TOKEN.findall(text)
    try:
        return np.fromiter(map(_remembered.__getitem__, tokens), dtype=np.uint64, count=len(tokens))
    except KeyError:
        if len(_remembered) > _MOST_WORDS_REMEMBERED:
            _remembered.clear()
        for token in tokens:
            if token not in _remembered:
                _remembered[token] = _code(token)
        return np.fromiter(map(_remembered.__getitem__, tokens), dtype=np.uint64, count=len(tokens))


def words_only(codes: Codes) -> npt.NDArray[np.uint32]:
    """The words as copies are compared by them, without marks: checksums whose two lowest bits are IS_NUMBER, IS_QUOTED."""
    kept = (codes & np.uint64(BREAK)) == 0
    words: npt.NDArray[np.uint32] = (codes[kept] & np.uint64(0xFFFFFFFC)).astype(np.uint32)
    words[has(codes[kept], DIGIT)] |= IS_NUMBER
    words[_quoted(codes)[kept]] |= IS_QUOTED
    return words


def _quoted(codes: Codes) -> npt.NDArray[np.bool_]:
    """Which codes stand inside quotation marks."""
    inside = np.zeros(len(codes), np.bool_)
    opened = -1
    for place in np.flatnonzero(codes & np.uint64(OPENS | CLOSES)).tolist():
        if opened >= 0:
            inside[opened:place] = True
        opened = place if int(codes[place]) & OPENS else -1
    if opened >= 0:
        inside[opened:] = True
    return inside


@lru_cache(maxsize=1)
def stop_checksums() -> npt.NDArray[np.uint32]:
    """The stop words as `words_only` gives them, rising; none is a number."""
    return np.sort(words_only(word_codes(" ".join(stop_words()))))


def terms_of(codes: Codes) -> npt.NDArray[np.int32]:
    """Term numbers, one a code; 0 for stop words and sentence ends."""
    return ((codes >> np.uint64(_TERM_SHIFT)) & np.uint64(TERM_SPACE - 1)).astype(np.int32)


def has(codes: Codes, flag: int) -> npt.NDArray[np.bool_]:
    """Which codes carry the flag CAPITAL, BREAK or DIGIT."""
    carried: npt.NDArray[np.bool_] = (codes & np.uint64(flag)) != 0
    return carried
