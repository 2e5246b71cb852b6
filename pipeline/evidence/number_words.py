"""Number words and magnitudes → values: "two and a half million" is 2,500,000."""

from __future__ import annotations

import re

_UNITS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split(),
        range(1, 20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_MAGNITUDES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "tn": 1e12,
    "trn": 1e12,
}
_ONES = "|".join(_UNITS)
_TEN = "|".join(_TENS)
SMALL_NUMBER = rf"(?:(?:{_TEN})(?:[- ](?:{'|'.join(list(_UNITS)[:9])}))?|{_ONES})"
LONG_MAGNITUDE = r"(?:trillion|billion|million|thousand|hundred|dozen)"
ANY_MAGNITUDE = r"(?:[Tt]rillion|[Bb]illion|[Mm]illion|[Tt]housand|tn|trn|TN|bln|bn|BN|mln|mn|MN|m|M|b|B|k|K)"
_HUNDREDS = rf"(?:an?|{SMALL_NUMBER}) hundred(?: and {SMALL_NUMBER})?"
_AND_PART = r" and a (?:half|quarter)"
NUMBER_WORDS = (
    rf"(?:(?:half a|a quarter of a|an?|{SMALL_NUMBER})(?:{_AND_PART})? {LONG_MAGNITUDE}(?: {LONG_MAGNITUDE})?"
    rf"(?:(?: and)? {_HUNDREDS}| and {SMALL_NUMBER}(?: {LONG_MAGNITUDE})?)?|{SMALL_NUMBER}(?:{_AND_PART}(?= \w+s\b))?)"
)

# One of these is in every phrase that says a number in words. "One" counts only before another of them, or "in ten".
_SITES = (
    *list(_UNITS)[1:12],
    "teen",
    *_TENS,
    *("hundred", "thousand", "million", "billion", "trillion", "dozen", "scores"),
    *("half", "third", "quarter", "fifth", "tenth", "sixth", "eighth", "one in", "one out of"),
)


def number_word_sites(text: str) -> list[int]:
    """Places of a text where a number is said in words, and some where none is; quick, because most texts have few."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter whose small form is longer: places would be off
        return list(range(0, len(text), 50))
    sites = []
    for word in _SITES:
        at = lowered.find(word)
        while at >= 0:
            if word == "teen" or at == 0 or not lowered[at - 1].isalpha():
                sites.append(at)
            at = lowered.find(word, at + len(word))
    return sorted(sites)


def magnitude(word: str | None) -> float:
    """What a magnitude multiplies by: "bn" → 1,000,000,000. None → 1."""
    return _MAGNITUDES[word.lower()] if word else 1.0


def word_of(value: float) -> str | None:
    """The word for a small whole number: 3 → "three"; None above nineteen and for fractions."""
    return next((word for word, number in _UNITS.items() if number == value), None)


def value_of_words(words: str) -> float:
    """The value of a match of NUMBER_WORDS. Raises ValueError for words that say no number."""
    text = words.lower().replace("-", " ")
    total = current = 0.0
    seen = False
    text = re.sub(r"\ba quarter of an? ", "quarter ", re.sub(r"\bhalf an? (?=\w)", "half ", text))
    for word in text.split():
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "half":
            current += 0.5
        elif word == "quarter":
            current += 0.25
        elif word in {"a", "an"}:
            current += 0.0 if seen else 1.0
        elif word in _MAGNITUDES and len(word) > 4:
            current = (current or 1.0) * _MAGNITUDES[word]
            if _MAGNITUDES[word] >= 1e3:
                total, current = total + current, 0.0
        elif word not in {"and", "of"}:
            raise ValueError(f"{word!r} in {words!r} is no number")
        seen = seen or word not in {"and", "of"}
    return total + current
