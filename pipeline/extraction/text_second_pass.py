"""How likely each line of a page text is body → how likely it is once that of all the others is known.

The first pass looks at words and markup, its line and a few lines around. The second looks at likelihoods only: what
share of the words around a line is likely body, whether it stands in the run of likely body, how likely the likeliest
lines of this text are. So a text of which everything looked doubtful is judged by its own measure, and a short line
between two paragraphs of body is taken for their subheading. Weights are learnt by bench/learn_furniture.py, from what
the first pass said of outlets it had not seen, and lie in seeds/second_pass_weights.csv.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import accumulate

from pipeline.extraction.text_features import CONSTANT, Features, likely_core
from pipeline.extraction.text_units import PROSE_WORDS

_SUREST = 12.0  # logits; a line that is surer says nothing more by it
_NEAR = 3.0  # logits within which a line is in doubt
_REACHES = (1, 2, 4, 8, 16)  # lines on either side
_LONGEST = 60  # words that count of one line
_BEST_SHARE = 20  # the likeliest lines of a text are one in so many
_FEW_WORDS = 3

OF_THE_LINE = (
    *("logit", "likelihood", "logit_above_zero", "logit_in_doubt"),
    *("short", "length", "few_words", "ends_sentence"),
    *("main_part", "main_part_logit", "main_part_short", "main_part_in_run"),
    *("in_run", "in_run_logit", "in_run_short", "in_run_ends_sentence"),
    *("above_run", "below_run", "long_outside", "outside_share"),
)
OF_THE_TEXT = ("run_share", "run_length", "likely_words", "best", "below_best")
AROUND = tuple(
    f"{short}{side}_{reach}" for reach in _REACHES for side in ("emptier", "fuller") for short in ("", "short_")
)
NAMES = (*OF_THE_LINE, *OF_THE_TEXT, *AROUND)


def second_features(
    logits: Sequence[float], words: Sequence[float], found: Sequence[Features], *, main_part: float
) -> list[list[float]]:
    """For each line its features, in the order of NAMES.

    logits      what the first pass says of each line; positive speaks for body
    words       of each line
    found       features of each line, from the first pass
    main_part   how much the text looks like the main part of a page, 0 to 1
    """
    if not logits:
        return []
    firsts = [min(max(value, -_SUREST), _SUREST) for value in logits]
    likely = [1 / (1 + math.exp(-value)) for value in firsts]
    counts = [min(count, _LONGEST) for count in words]
    body = [0.0, *accumulate(p * count for p, count in zip(likely, counts, strict=True))]
    space = [0.0, *accumulate(count + 1.0 for count in counts)]
    start, end = likely_core(likely, counts)
    total = body[-1]
    share = (body[end] - body[start]) / (total + 1e-6)
    top = sorted(firsts)[-max(1, len(firsts) // _BEST_SHARE) :]
    best = math.fsum(top) / len(top)
    of_the_text = (share, math.log1p(end - start), math.log1p(total), best)
    rows = []
    for place, (value, p, count, own) in enumerate(zip(firsts, likely, words, found, strict=True)):
        inside = start <= place < end
        short = count < PROSE_WORDS
        ends = "ends_sentence" in own
        row = [
            *(value, p, max(value, 0.0), min(max(value, -_NEAR), _NEAR)),
            *(float(short), math.log1p(min(count, 100)), float(count <= _FEW_WORDS), float(ends)),
            *(main_part, main_part * value, main_part * short, main_part * inside),
            *(float(inside), inside * value, float(inside and short), float(inside and ends)),
            *(math.log1p(max(start - place, 0)), math.log1p(max(place - end + 1, 0))),
            *(float(not inside and not short), 0.0 if inside else share),
            *of_the_text,
            value - best,
        ]
        row += _around(place, short, body, space)
        rows.append(row)
    return rows


def _around(place: int, short: bool, body: Sequence[float], space: Sequence[float]) -> list[float]:
    """The share of likely body in the words above and below, nearer and farther: the emptier and the fuller side."""
    found: list[float] = []
    last = len(body) - 1
    for reach in _REACHES:
        low, high = max(place - reach, 0), min(place + 1 + reach, last)
        above = (body[place] - body[low]) / (space[place] - space[low] + 1e-6)
        below = (body[high] - body[place + 1]) / (space[high] - space[place + 1] + 1e-6)
        emptier, fuller = (above, below) if above < below else (below, above)
        found += (emptier, emptier, fuller, fuller) if short else (emptier, 0.0, fuller, 0.0)
    return found


def second_logits(
    logits: Sequence[float],
    words: Sequence[float],
    found: Sequence[Features],
    *,
    main_part: float,
    weights: Mapping[str, float],
) -> list[float]:
    """Logits once more, knowing those of all lines; `weights` by name, other arguments as in second_features."""
    constant = weights.get(CONSTANT, 0.0)
    ordered = [weights.get(name, 0.0) for name in NAMES]
    return [
        constant + sum(weight * value for weight, value in zip(ordered, row, strict=True))
        for row in second_features(logits, words, found, main_part=main_part)
    ]
