"""Which line above an article is its title: menus, teasers and section names stand there too.

Each candidate is weighed by what an editor would look at: whether the article takes up its words, how far above it the
line stands, whether a byline or a date follows, whether the page says it twice.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence

from pipeline.folding import fold, words
from pipeline.reading.layout import Block, ends_sentence

_OPENING = 3  # paragraphs that mostly say again what the title says
_BELOW = 4  # lines below a title in which byline and date stand
_ADDRESS = re.compile(r"https?:|www\.|\w@\w|©|[|»›>]|\s[·•]\s")
# Learnt on the titles of 784 page texts made by seven tools; of outlets not learnt from, 0.83 of the titles are found.
WEIGHTS: Mapping[str, float] = {
    "taken_up": 1.09,
    "taken_up_count": 1.09,
    "opening": 0.59,
    "opening_count": 1.28,
    "distance": 0.93,
    "candidates_below": -0.52,
    "short": -2.08,
    "length": 1.55,
    "long": -2.41,
    "twice": -0.11,
    "often": -0.16,
    "label_below": 1.58,
    "label_next": 1.02,
    "sentence": -0.53,
    "address": -1.24,
    "capitals": -0.55,
    "small": -0.31,
}


def weigh(
    blocks: Sequence[Block], candidates: Sequence[int], *, article: Sequence[int], labels: Container[int]
) -> dict[int, float]:
    """How much speaks for each candidate; only differences count.

    article  places of its paragraphs
    labels   places of dates, bylines and the like
    """
    return {
        place: sum(WEIGHTS.get(name, 0.0) * value for name, value in found.items())
        for place, found in looks(blocks, candidates, article=article, labels=labels).items()
    }


def looks(
    blocks: Sequence[Block], candidates: Sequence[int], *, article: Sequence[int], labels: Container[int]
) -> dict[int, dict[str, float]]:
    """What is seen of each candidate, by name."""
    texts = [_content(blocks[place].text) for place in article]
    own = {word for text in texts for word in text}
    opening = {word for text in texts[:_OPENING] for word in text}
    elsewhere = Counter(word for place in candidates for word in set(_content(blocks[place].text)))
    copies = Counter(fold(block.text) for block in blocks)
    begin = article[0] if article else len(blocks)
    found = {}
    for order, place in enumerate(candidates):
        text = blocks[place].text
        content = _content(text) or words(text)
        count = len(words(text))
        rarity = {word: 1 / elsewhere[word] if elsewhere[word] else 1.0 for word in content}
        total = sum(rarity.values()) or 1.0
        times = copies[fold(text)]
        found[place] = {
            "taken_up": sum(rarity[word] for word in rarity if word in own) / total,
            "taken_up_count": math.log1p(sum(word in own for word in rarity)),
            "opening": sum(rarity[word] for word in rarity if word in opening) / total,
            "opening_count": math.log1p(sum(word in opening for word in rarity)),
            "distance": math.log1p(max(begin - place, 0)),
            "candidates_below": math.log1p(len(candidates) - 1 - order),
            "short": float(count <= 3),
            "length": min(count, 8) / 8,
            "long": float(count > 20),
            "twice": float(times == 2),
            "often": float(times > 2),
            "label_below": float(any(below in labels for below in range(place + 1, place + 1 + _BELOW))),
            "label_next": float(place + 1 in labels),
            "sentence": float(ends_sentence(text)),
            "address": float(_ADDRESS.search(text) is not None),
            "capitals": float(text.isupper()),
            "small": float(text[:1].islower()),
        }
    return found


def _content(text: str) -> list[str]:
    return [word for word in words(text) if len(word) > 3]
