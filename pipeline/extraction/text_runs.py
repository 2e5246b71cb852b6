"""Paragraphs of a page text → features of the list in which a line may stand.

Teasers, shop windows and lists of other articles are prose as well. What tells them from an article is that they are
cut to one length, that headline and summary are glued together, and that a page often shows them twice.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from pipeline.extraction.text_features import Features
from pipeline.extraction.text_units import LONG_WORDS, PROSE_WORDS, WORD, Unit
from pipeline.folding import fold_marks

_EVEN = 0.15  # lines whose lengths differ by less, as logarithms, are cut to one length
_LONG_ENOUGH = 6  # words; shorter lines are alike by chance
_PERIODS = (1, 2, 3, 4)  # lines of one entry of a list: headline, summary, date, author
_CUT_OFF = ("...", "…", "[…]", "[...]")
_GLUED = re.compile(r"[a-z)][A-Z][a-z]+ |[a-z][.?!’\"][A-Z][a-z]")
_ABOUT_WORDS = 6
_ABOUT = re.compile(
    r"(?i:about|über|zur person|sobre|acerca de|à propos de?|sull'autore|o autorze|om) (?i:the |o |a |el |la |l'|den )?"
    r"(?:(?i:authors?|writers?|autor\w*|auteur)|[A-Z]\w+ [A-Z]\w+)\W*$"
)


def add_runs(given: Sequence[Unit], found: Sequence[Features]) -> None:
    """Add to each unit's features whether it is cut off, glued, said twice, as long as its neighbours, of an author."""
    texts = [fold_marks(unit.text) for unit in given]
    keys = [" ".join(WORD.findall(text.lower())) for text in texts]
    times = Counter(keys)
    lengths = [math.log(max(len(text), 1)) for text in texts]
    about = len(texts)
    for place, own in enumerate(found):
        text = texts[place]
        count = keys[place].count(" ") + 1
        if count >= _LONG_ENOUGH:
            if text.endswith(_CUT_OFF):
                own["cut_off"] = 1.0
            if _GLUED.search(text):
                own["glued"] = 1.0
            if times[keys[place]] > 1 and _is_prose(count, own):
                own["repeated_prose"] = 1.0
            if even := sum(_even(lengths, place, period) for period in _PERIODS):
                own["even"] = float(even)
        if count <= _ABOUT_WORDS and _ABOUT.match(text):
            about = place
            own["about_author"] = 1.0
        elif place - about in (1, 2):
            own["below_about_author"] = 1.0


def _is_prose(count: int, own: Features) -> bool:
    return count >= LONG_WORDS or (count >= PROSE_WORDS and ("ends_sentence" in own or "inner_sentences" in own))


def _even(lengths: Sequence[float], place: int, period: int) -> bool:
    """Whether the lines one period above and below are as long."""
    above, below = place - period, place + period
    return (
        above >= 0
        and below < len(lengths)
        and abs(lengths[above] - lengths[place]) < _EVEN
        and abs(lengths[below] - lengths[place]) < _EVEN
    )
