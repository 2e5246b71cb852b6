"""Does a feed look like the corpus? A score from 0 to 1, its parts in words.

The corpus is the press office's own: whatever documents lie in seeds/. Nothing here knows what a Home Office is. What a
feed is *about* decides (words, names and offices that documents of the corpus share); what it *looks like* (news or
recipes, fresh or dead, full text or titles) only moves that by a third. So a fresh, well-made feed of recipes stays
near nought, and a slow blog on the department's subject does not.

Every weight of a word or name is a mean over documents, so that one document more or less moves a score by a bounded
amount: the long list page of ten releases weighs as much as a short article.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from pipeline.folding import fold_marks, words
from pipeline.model import Entry

# What a part counts for. Topic alone ranks the eight made-up subjects of the tests right; names part the department
# from the rest of politics; statements part politics from sport and trade.
ABOUT = {"topic": 0.50, "names": 0.35, "statements": 0.15}
LOOKS = {"kind": 0.50, "freshness": 0.25, "text": 0.25}
LOOKS_SHARE = 0.35  # how much a feed that looks like nothing we want loses of what it is about

_PASSAGE_WORDS = 30  # a title and two sentences: what a feed item has
_SHORTEST = 0.35  # a headline alone, ten words, is read as a third of a passage and not less
_SHORTEST_DOCUMENT = 300  # words; in a shorter one every word would be a subject
_LEAST_USUAL = 0.5  # a corpus whose documents share less has no common subject, and nothing is like it
_OFTEN = 1 / 500  # a word that stands once in 500 is one of the document's subjects
_SPREAD = 1.5  # what two documents share counts for more than twice what one of them holds
_PHRASE_WEIGHT = 2.0  # "child abuse" says more than "child"
_FRESH = timedelta(days=2)
_DEAD = timedelta(days=30)
_FULL_TEXT_WORDS, _SUMMARY_WORDS = 150, 15

_NAME = re.compile(
    r"(?<![.!?:\n\"'] )(?<=[a-z,;)’' ] )"
    r"((?:[A-Z][\w'&-]+)(?:(?: (?:of|for|and|on|the) | )[A-Z][\w'&-]+)+|[A-Z]{3,6}\b)"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """How items of a kind are worded, and words that say nothing about a subject. Data: seeds/item_wording.csv."""

    statements: tuple[re.Pattern[str], ...]
    not_news: tuple[re.Pattern[str], ...]
    function_words: frozenset[str]
    news_words: frozenset[str]

    @classmethod
    def read(cls, rows: Iterable[Mapping[str, str]]) -> Wording:
        """Wording from rows with the columns kind and pattern. Raises ValueError for another kind."""
        found: dict[str, list[str]] = {"statement": [], "not_news": [], "function_words": [], "news_words": []}
        for row in rows:
            if row["kind"] not in found:
                raise ValueError(f"expected one of {', '.join(found)}, got {row['kind']!r}")
            found[row["kind"]].append(row["pattern"])
        return cls(
            tuple(re.compile(pattern, re.IGNORECASE) for pattern in found["statement"]),
            tuple(re.compile(pattern, re.IGNORECASE) for pattern in found["not_news"]),
            frozenset(" ".join(found["function_words"]).split()),
            frozenset(" ".join(found["news_words"]).split()),
        )


@dataclass(frozen=True, slots=True)
class Profile:
    """What the corpus is about."""

    terms: Mapping[str, float]  # word or phrase → weight, 0 to 1
    names: Mapping[str, float]  # name or office as written → weight, 0 to 1
    usual_topic: float  # summed weight of terms in a passage of the corpus, seen from its other documents


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: its value and what was seen, in words."""

    value: float
    because: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a feed looks like the corpus."""

    score: float
    parts: Mapping[str, Part]


def profile(texts: Sequence[str], wording: Wording) -> Profile:
    """What a corpus is about. Raises ValueError when it holds no words.

    A term's weight is the mean over documents of how much it is one of the document's subjects: 0 where it does not
    stand, 1 where it stands more often than once in some hundred words.
    """
    documents = [(_terms(text, wording), max(_SHORTEST_DOCUMENT, len(words(text)))) for text in texts if text.strip()]
    if not documents:
        raise ValueError("the corpus holds no words: seeds/ is empty")
    named = [Counter(_NAME.findall(fold_marks(text))) for text in texts if text.strip()]
    return Profile(
        terms=_weights(documents),
        names=_weights([(names, length) for names, (_, length) in zip(named, documents, strict=True)]),
        usual_topic=_usual_topic([text for text in texts if text.strip()], documents, wording),
    )


def likeness(entries: Sequence[Entry], corpus: Profile, wording: Wording, *, now: datetime) -> Likeness:
    """The score of a feed by its entries. A feed without entries scores 0: nothing is known about it."""
    if not entries:
        return Likeness(0.0, {name: Part(0.0, "no items") for name in (*ABOUT, *LOOKS)})
    texts = [f"{entry.title}. {entry.summary or entry.content}" for entry in entries]
    parts = {
        "topic": _topic(texts, corpus, wording),
        "names": _names(texts, corpus),
        "statements": _statements(texts, wording),
        "kind": _kind(entries, texts, wording),
        "freshness": _freshness(entries, now),
        "text": _text(entries),
    }
    about = sum(weight * parts[name].value for name, weight in ABOUT.items())
    looks = sum(weight * parts[name].value for name, weight in LOOKS.items())
    return Likeness(round(about * (1 - LOOKS_SHARE + LOOKS_SHARE * looks), 3), parts)


# --------------------------------------------------------------------------------------------------- the corpus


def _terms(text: str, wording: Wording) -> Counter[str]:
    """Words that say what a text is about, and pairs of neighbours: "home" says nothing, "home office" does."""
    found = [word if word.isalpha() else "" for word in words(text)]
    empty = wording.function_words | {""}
    silent = empty | wording.news_words
    single = (word for word in found if len(word) > 2 and word not in silent)
    neighbours = (pair for pair in pairwise(found) if not empty.intersection(pair) and not silent.issuperset(pair))
    return Counter((*single, *(" ".join(pair) for pair in neighbours)))


def _weights(documents: Sequence[tuple[Counter[str], int]]) -> Mapping[str, float]:
    total: dict[str, float] = {}
    for counts, length in documents:
        for term, count in counts.items():
            total[term] = total.get(term, 0.0) + 1 - math.exp(-count / length / _OFTEN)
    return {term: (weight / len(documents)) ** _SPREAD for term, weight in total.items()}


def _usual_topic(texts: Sequence[str], documents: Sequence[tuple[Counter[str], int]], wording: Wording) -> float:
    """The median passage of each document, weighed by the other documents; the median of those."""
    seen = []
    for number, text in enumerate(texts):
        others = [*documents[:number], *documents[number + 1 :]] or list(documents)
        weights = _weights(others)
        tokens = text.split()
        passages = [" ".join(tokens[start : start + _PASSAGE_WORDS]) for start in range(0, len(tokens), _PASSAGE_WORDS)]
        seen.append(median(_weight_of(_terms(passage, wording), weights) for passage in passages))
    return max(median(seen), _LEAST_USUAL)


def _weight_of(terms: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(term, 0.0) * (_PHRASE_WEIGHT if " " in term else 1.0) for term in set(terms))


# ------------------------------------------------------------------------------------------------------ the parts


def _topic(texts: Sequence[str], corpus: Profile, wording: Wording) -> Part:
    """How near the mean item comes to a usual passage of the corpus."""
    total = 0.0
    seen: Counter[str] = Counter()
    for text in texts:
        terms = set(_terms(text, wording))
        weight = _weight_of(terms, corpus.terms)
        length = min(1.0, max(_SHORTEST, len(text.split()) / _PASSAGE_WORDS))
        total += min(1.0, weight / (corpus.usual_topic * length))
        for term in terms:
            if term in corpus.terms:
                seen[term] += 1
    best = sorted(seen, key=lambda term: -seen[term] * corpus.terms[term])[:5]
    return Part(total / len(texts), f"shares {', '.join(repr(term) for term in best)}" if best else "shares no subject")


def _names(texts: Sequence[str], corpus: Profile) -> Part:
    total = 0.0
    seen: Counter[str] = Counter()
    most = max(corpus.names.values(), default=1.0)
    for text in texts:
        plain = fold_marks(text)
        held = [name for name in corpus.names if name in plain]
        total += min(1.0, sum(corpus.names[name] for name in held) / most)
        seen.update(held)
    best = sorted(seen, key=lambda name: -seen[name] * corpus.names[name])[:4]
    count = sum(any(name in fold_marks(text) for name in best) for text in texts)
    because = f"{count} of {len(texts)} items name {', '.join(best)}" if best else "names nobody whom the corpus names"
    return Part(total / len(texts), because)


def _statements(texts: Sequence[str], wording: Wording) -> Part:
    hits = [any(pattern.search(text) for pattern in wording.statements) for text in texts]
    return Part(sum(hits) / len(texts), f"{sum(hits)} of {len(texts)} items announce, report or answer something")


def _kind(entries: Sequence[Entry], texts: Sequence[str], wording: Wording) -> Part:
    odd = [any(pattern.search(text) for pattern in wording.not_news) for text in texts]
    bare = [len(entry.title.split()) < 3 for entry in entries]
    news = sum(not (one or other) for one, other in zip(odd, bare, strict=True))
    return Part(news / len(entries), f"{news} of {len(entries)} items are worded as news")


def _freshness(entries: Sequence[Entry], now: datetime) -> Part:
    dated = [entry.published_at for entry in entries if entry.published_at]
    if not dated:
        return Part(0.5, "no item is dated")
    age = now - max(dated)
    value = 1 - (age - _FRESH) / (_DEAD - _FRESH)
    return Part(
        min(1.0, max(0.0, value)), f"the newest item is {max(age, timedelta(0)) / timedelta(days=1):.0f} days old"
    )


def _text(entries: Sequence[Entry]) -> Part:
    full = sum(len(entry.content.split()) >= _FULL_TEXT_WORDS for entry in entries)
    summed = sum(len(entry.summary.split()) >= _SUMMARY_WORDS for entry in entries) - full
    value = (full + 0.5 * max(0, summed)) / len(entries)
    return Part(value, f"{full} of {len(entries)} items carry their full text, {max(0, summed)} a summary")
