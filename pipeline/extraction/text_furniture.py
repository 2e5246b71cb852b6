"""Paragraphs of a page → article or furniture, each with the reason.

A logistic regression over readable features says for each line how likely it is body; for page texts a second one looks
at these likelihoods (text_second_pass.py). Then the run of the page that holds most body is found, and what stands far
outside of it must be surer than what stands inside. Weights are learnt by bench/learn_furniture.py and lie in
seeds/furniture_weights.csv with what each feature means.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extraction.line_cues import LineCues
from pipeline.extraction.text_features import CONSTANT, Features, features, likely_core
from pipeline.extraction.text_runs import add_runs
from pipeline.extraction.text_second_pass import second_logits
from pipeline.extraction.text_units import Unit, count_words, units

# Chosen by cross-validation over six tools that make texts of pages; F1 moves by less than 0.002 when one is halved.
STEPS = (0.8, 3.0)  # logits that a line inside the run is given, and that one outside must make up for
# After the second pass, which knows of the run already: of outlets not learnt from, all eight kinds of texts lost up to
# 0.003 by the whole steps.
SECOND_STEPS = (0.3, 1.5)
# Of 3,549 short lines with one of these cues 50 were body. Among paragraphs, where the weights have seen few of them,
# they are held to be furniture a little more: two logits cost no page set anything.
_PROMPTS, _SHORT_CUE = ("subscribe", "form", "social", "comments", "related", "advert", "tags"), 2.0
_LIKELY, _CERTAIN = 2.0, -6.0  # logits: a likelihood of 0.88; one of 0.0025
# A text that was cut to its main part holds few short lines; there, what is short is body more often. Share of
# paragraphs among the lines: 0.06 to 0.42 in whole pages, 0.23 to 0.89 in main parts.
_WHOLE_PAGE, _MAIN_PART = 0.15, 0.6


@dataclass(frozen=True, slots=True)
class FurnitureModel:
    """What the features of a line weigh, in logits; positive speaks for body."""

    cues: LineCues
    text: Mapping[str, float]  # lines of a page text
    main_part: Mapping[str, float]  # added to these the more the text looks like the main part of a page
    second: Mapping[str, float]  # second pass over a page text; empty: there is none
    page: Mapping[str, float]  # blocks of an HTML page
    meanings: Mapping[str, str]  # feature → what it means, in words


@dataclass(frozen=True, slots=True)
class LineLabel:
    """What a line was taken for."""

    is_body: bool
    reason: str  # for furniture: what gave it away; for body: "body"
    confidence: float  # from 0.5 to 1


def model_of(
    cue_rows: Iterable[tuple[str, str]],
    weight_rows: Iterable[tuple[str, str, float, float, float]],
    second_rows: Iterable[tuple[str, float]] = (),
) -> FurnitureModel:
    """The model from rows (cue, pattern), (feature, meaning, text, main_part, page) and (feature, weight)."""
    rows = list(weight_rows)
    return FurnitureModel(
        cues=LineCues.of(cue_rows),
        text={name: weight for name, _, weight, _, _ in rows if weight},
        main_part={name: weight for name, _, _, weight, _ in rows if weight},
        second=dict(second_rows),
        page={name: weight for name, _, _, _, weight in rows if weight},
        meanings={name: meaning for name, meaning, _, _, _ in rows},
    )


def label_lines(
    lines: Sequence[str], *, model: FurnitureModel, against: Mapping[int, float] | None = None
) -> list[LineLabel]:
    """For each line of a page text whether it is the article's body; blank lines are furniture without a reason.

    against   index of a line → logits of further evidence against it (learned_furniture.evidence)
    """
    given = units(lines)
    found = line_features(given, model.cues)
    weights = mixed(model, found)
    logits = [logit(own, weights) for own in found]
    counts = words_of(found)
    steps = STEPS
    if model.second:
        steps = SECOND_STEPS
        share = main_part_share(found[0].get("page_prose", 0.0)) if found else 0.0
        logits = second_logits(logits, counts, found, main_part=share, weights=model.second)
    logits = [value - prompt_cost(own) for value, own in zip(logits, found, strict=True)]
    if against:
        logits = [
            value - max((against.get(place, 0.0) for place in range(unit.first, unit.last + 1)), default=0.0)
            for value, unit in zip(logits, given, strict=True)
        ]
    labels = [LineLabel(False, "", 1.0)] * len(lines)
    decoded = with_signature([unit.text for unit in given], decode(logits, counts, steps))
    for unit, own, value in zip(given, found, decoded, strict=True):
        label = LineLabel(value > 0, "body" if value > 0 else why(own, weights, model.meanings), likelihood(abs(value)))
        for place in range(unit.first, unit.last + 1):
            if lines[place].strip():
                labels[place] = label
    return labels


def line_features(given: Sequence[Unit], cues: LineCues) -> list[Features]:
    """What the model knows of each paragraph of a page text."""
    found = features(given, cues)
    add_runs(given, found)
    return found


def prompt_cost(own: Features) -> float:
    """Logits against a short line with a cue that hardly any line of an article has."""
    return _SHORT_CUE if any(f"cue_{name}" in own and f"cue_{name}_long" not in own for name in _PROMPTS) else 0.0


def mixed(model: FurnitureModel, found: Sequence[Features]) -> Mapping[str, float]:
    """The weights for a page text: those of whole pages, and of main parts in so far as it looks like one."""
    if not found:
        return model.text
    share = main_part_share(found[0].get("page_prose", 0.0))
    names = model.text.keys() | model.main_part.keys()
    return {name: model.text.get(name, 0.0) + share * model.main_part.get(name, 0.0) for name in names}


def main_part_share(prose: float) -> float:
    """How much a text looks like the main part of a page, from its share of paragraphs among the lines; 0 to 1."""
    return min(max((prose - _WHOLE_PAGE) / (_MAIN_PART - _WHOLE_PAGE), 0.0), 1.0)


def logit(own: Features, weights: Mapping[str, float]) -> float:
    """Evidence for body, before the neighbourhood has its say."""
    weight = weights.get
    total = weight(CONSTANT, 0.0)
    for name, value in own.items():  # a million times in a hundred pages: a generator would cost half as much again
        total += weight(name, 0.0) * value
    return total


def likelihood(value: float) -> float:
    """Logit → probability."""
    return 1 / (1 + math.exp(-min(max(value, -30.0), 30.0)))


def words_of(found: Sequence[Features]) -> list[float]:
    """Words of each line, from its feature."""
    return [math.expm1(own.get("length", 0.0)) for own in found]


def decode(logits: Sequence[float], words: Sequence[float], steps: tuple[float, float] = STEPS) -> list[float]:
    """Logits once more, knowing the run of the page that holds most body.

    steps   logits that a line inside of the run is given, and that one outside of it must make up for
    """
    inside, outside = steps
    start, end = likely_core([likelihood(value) for value in logits], words)
    return [value + inside if start <= place < end else value - outside for place, value in enumerate(logits)]


_VALEDICTION = re.compile(
    r"(?:yours (?:sincerely|faithfully|truly|ever|etc)|(?:kind|best|warm) (?:regards|wishes)|with (?:kind|best|warm) "
    r"(?:regards|wishes)|sincerely|respectfully)[,.]?",
    re.IGNORECASE,
)
_SIGNATURE_LINES, _SIGNATURE_WORDS = 4, 10  # name, title, office


def with_signature(texts: Sequence[str], logits: Sequence[float]) -> list[float]:
    """Logits with those of a letter's end raised: the valediction and the name and title below it are its body."""
    found = list(logits)
    for place, text in enumerate(texts):
        if place and found[place - 1] > 0 and _VALEDICTION.fullmatch(text.strip()):
            for at in range(place, min(place + 1 + _SIGNATURE_LINES, len(texts))):
                if at > place and (count_words(texts[at]) > _SIGNATURE_WORDS or found[at] < _CERTAIN):
                    break
                found[at] = max(found[at], _LIKELY)
    return found


_OF_THE_PAGE = ("page_", "length", "prose_above", CONSTANT, "lower_case", "function_words")


def why(own: Features, weights: Mapping[str, float], meanings: Mapping[str, str]) -> str:
    """The meaning of what speaks loudest against a line: its own words and markup before what stands around it."""
    against = sorted((weights.get(name, 0.0) * value, name) for name, value in own.items())
    told = [name for weight, name in against if weight < 0 and not name.startswith(_OF_THE_PAGE)]
    of_its_own = [name for name in told if name.startswith(("cue_", "h:near_", "h:title", "headline", "in_comments"))]
    first = next(iter(of_its_own or told), None)
    return meanings.get(first, "") if first else "outside of the article"
