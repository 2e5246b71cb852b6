"""Articles labelled by hand with all their quotes and figures, and how well a reading of them agrees with the labels.

A labelled article is a text file: a head of `key: value` lines, `---`, the text, `---`, the speakers.

    ⟪1|words⟫        a quote's words; the same number again is one more part of the same quote
    [[words|label]]  a figure; label is "VALUE UNIT [BOUND]" (exact when no bound is given), LOW..HIGH for a range,
                     "-" for the value of a vague one, and "?" where two careful people would not agree
    1 = Speaker      alternatives parted by " / ", a role after " | "; "?" for marks that are nobody's or doubtful
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, get_args

from pipeline.evidence.figures import extract_figures
from pipeline.evidence.lexicon import Lexicon
from pipeline.evidence.quotes import extract_quotes
from pipeline.model import Article, Bound, Excerpt, Figure, Kind, Quote
from tests.made_up import article

DOUBTFUL = "?"
Range = tuple[int, int]


@dataclass
class LabelledQuote:
    """A quote as a person marked it: who may rightly be called its speaker, and where each part stands."""

    speakers: tuple[str, ...]
    role: str | None
    parts: list[Range] = field(default_factory=list)


class LabelledFigure(NamedTuple):
    """A figure as a person marked it, and where it stands; doubtful ones count neither way."""

    low: float | None
    high: float | None
    unit: str
    bound: str
    at: Range
    doubtful: bool


class Labelled(NamedTuple):
    """An article with its labels."""

    name: str
    article: Article
    quotes: list[LabelledQuote]
    figures: list[LabelledFigure]


class Score(NamedTuple):
    """Counts of one or several articles; what went wrong is told in `wrong`."""

    quotes: int
    right_speaker: int
    exact_span: int
    invented: int
    figures: int
    figures_right: int
    figures_found: int
    wrong: tuple[str, ...]


_LABEL = re.compile(rf"(\S+) (.+?)(?: ({'|'.join(get_args(Bound))}))?")
_MARK = re.compile(r"⟪(?P<quote>\d+)\||⟫|\[\[|\|(?P<label>[^|\[\]]*)\]\]")


def read_labelled(path: Path) -> Labelled:
    """A labelled article from its file."""
    head, marked, speakers = path.read_text("utf-8").split("\n---\n")
    about = dict(line.split(": ", 1) for line in head.splitlines())
    called = {}
    for line in speakers.strip().splitlines():
        number, _, who = line.partition(" = ")
        names, _, role = who.partition(" | ")
        called[number.strip()] = LabelledQuote(tuple(names.split(" / ")), role or None)
    text, quotes_open, figures_open, figures = "", [], [], []
    at = 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark["quote"]:
            quotes_open.append((mark["quote"], len(text)))
        elif mark.group() == "⟫":
            number, start = quotes_open.pop()
            called.get(number, LabelledQuote((DOUBTFUL,), None)).parts += _paragraphs(text, start)
        elif mark.group() == "[[":
            figures_open.append(len(text))
        else:
            figures.append(_figure(mark["label"], (figures_open.pop(), len(text))))
    text += marked[at:]
    others: dict[str, object] = {key: about[key] for key in ("release_type", "issuer") if key in about}
    if "standfirst" in about:
        others["standfirst"] = Excerpt(about["standfirst"])
    given = article(
        text,
        title=about["title"],
        day=about["day"],
        kind=Kind(about.get("kind", "article")),
        article_id=path.stem,
        **others,
    )
    assert given.text == text.strip(), f"{path.name} has white space that an article has not"
    return Labelled(path.stem, given, list(called.values()), sorted(figures, key=lambda one: one.at))


def _paragraphs(text: str, start: int) -> list[Range]:
    return [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text[start:])]


def _figure(label: str, at: Range) -> LabelledFigure:
    if label == DOUBTFUL:
        return LabelledFigure(None, None, "", "", at, doubtful=True)
    value, unit, bound = _LABEL.fullmatch(label).groups(default="exact")  # type: ignore[union-attr]
    low, _, high = value.partition("..")
    return LabelledFigure(
        None if low == "-" else float(low), float(high) if high else None, unit, bound, at, doubtful=False
    )


def score(labelled: Labelled, lexicon: Lexicon) -> Score:
    """How well the article's own reading agrees with its labels."""
    quotes = extract_quotes(labelled.article, lexicon)
    figures = [one for one in extract_figures(labelled.article) if one.where == "text"]
    wrong: list[str] = []
    speaker, exact, invented, sure = _score_quotes(labelled, quotes, wrong)
    right, found, asked = _score_figures(labelled, figures, wrong)
    return Score(
        sure, speaker, exact, invented, asked, right, found, tuple(f"{labelled.name}: {line}" for line in wrong)
    )


def total(scores: list[Score]) -> Score:
    """The counts of several articles together."""
    counts = [sum(values) for values in zip(*(one[:-1] for one in scores), strict=True)]
    return Score(*counts, tuple(line for one in scores for line in one.wrong))


def _overlap(a: list[Range], b: tuple[Range, ...]) -> int:
    return sum(max(0, min(end, stop) - max(start, begin)) for start, end in a for begin, stop in b)


def _score_quotes(labelled: Labelled, quotes: tuple[Quote, ...], wrong: list[str]) -> tuple[int, int, int, int]:
    text = labelled.article.text
    speaker = exact = sure = 0
    for label in labelled.quotes:
        if label.speakers == (DOUBTFUL,):
            continue
        sure += 1
        words = text[label.parts[0][0] : label.parts[-1][1]][:60]
        best = max(quotes, key=lambda quote: _overlap(label.parts, quote.fragments), default=None)
        if best is None or not _overlap(label.parts, best.fragments):
            wrong.append(f"missed {label.speakers[0]}: {words!r}")
            continue
        right = best.speaker is not None and any(_same_person(best.speaker, name) for name in label.speakers)
        role = label.role is None or (best.role is not None and best.role.lower() == label.role.lower())
        speaker += right
        same = list(best.fragments) == label.parts
        exact += same
        if not right:
            wrong.append(f"speaker {best.speaker!r}, not {label.speakers[0]!r}: {words!r}")
        if right and not role:
            wrong.append(f"role {best.role!r}, not {label.role!r}: {words!r}")
        if not same:
            wrong.append(f"span {[text[s:e] for s, e in best.fragments]}, not {[text[s:e] for s, e in label.parts]}")
    everything = [part for label in labelled.quotes for part in label.parts]
    more = [quote for quote in quotes if not _overlap(everything, quote.fragments)]
    wrong += [f"invented {quote.speaker}: {quote.text[:60]!r}" for quote in more]
    return speaker, exact, len(more), sure


def _same_person(found: str, label: str) -> bool:
    a, b = found.lower(), label.lower()
    return a == b or (" " not in label and b in a.split()) or (label[0].islower() and (a in b or b in a))


def _score_figures(labelled: Labelled, figures: list[Figure], wrong: list[str]) -> tuple[int, int, int]:
    text = labelled.article.text
    sure = [one for one in labelled.figures if not one.doubtful]
    doubtful = [one.at for one in labelled.figures if one.doubtful]
    right, used = 0, set()
    for label in sure:
        match = next(
            (n for n, one in enumerate(figures) if n not in used and _meets(label.at, one) and _agrees(label, one)),
            None,
        )
        if match is None:
            near = [(one.value, one.value_max, one.unit, one.bound) for one in figures if _meets(label.at, one)]
            context = text[max(0, label.at[0] - 25) : label.at[1] + 25]
            wrong.append(f"figure {label[:4]} found as {near}: {context!r}")
        else:
            right += 1
            used.add(match)
    counted = [n for n, one in enumerate(figures) if n in used or not any(_meets(at, one) for at in doubtful)]
    for n in counted:
        if n not in used and not any(_meets(label.at, figures[n]) for label in sure):
            one = figures[n]
            wrong.append(f"figure invented {(one.value, one.unit, one.bound)}: {text[one.start - 25 : one.end + 25]!r}")
    return right, len(counted), len(sure)


def _meets(at: Range, figure: Figure) -> bool:
    return figure.start < at[1] and at[0] < figure.end


def _agrees(label: LabelledFigure, figure: Figure) -> bool:
    def near(a: float | None, b: float | None) -> bool:
        return a == b or (a is not None and b is not None and abs(a - b) <= 0.01 * abs(a))

    return (
        near(label.low, figure.value)
        and near(label.high, figure.value_max)
        and (label.unit.lower(), label.bound)
        == (
            figure.unit.lower(),
            figure.bound,
        )
    )
