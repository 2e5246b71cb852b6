"""Figures → what agrees, what cannot both be right, and which headline amounts their text never gives.

An amount is compared as the interval that its words allow: "36%" is 35.5 to 36.5, "£1.9 billion" 1.85 to 1.95
billion, "more than 11,000" anything above it. Intervals that meet agree, however they are spelt; only those that do not
meet, for the same thing, are a conflict. The same thing: the same unit, and places that share their words and names.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.evidence.bounds import MONEY_UNITS
from pipeline.evidence.lexicon import flatten
from pipeline.evidence.number_words import word_of
from pipeline.model import Article, Figure, FigureConflict, Kind
from pipeline.sentences import Range, paragraphs

# Two places speak of one thing when the words around their amounts share so many content words, and this share of the
# fewer. Comparing whole sentences gave 57 pairs on 400 American stories, some four of them conflicts; this gives seven.
MIN_SHARED_WORDS = 4
MIN_SHARED_SHARE = 0.5
WINDOW_WORDS = 12  # on either side of an amount
MIN_SUBJECT_WORDS = 2
MIN_SUBJECT_SHARE = 0.75
MAX_RATIO_BETWEEN = 2.0  # amounts further apart than this are two things, not two accounts of one
MAX_RATIO_WITHIN = 1.2  # one text seldom contradicts itself by more
MAX_RATIO_HEADLINE = 3.0
MIN_DIGITS = 2  # of an amount that may be another misprinted
NEXT_WORDS = 3  # on either side of it
_LISTED_THINGS = frozenset({"things", "ways", "reasons", "questions", "takeaways", "facts", "tips", "words", "charts"})
_MIN_DURATION = 1_000  # shorter ones are sentences, deadlines and ages, each its own
_DURATIONS = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades"})


@dataclass(frozen=True)
class _Account:
    """One figure with what its paragraph says, as it is compared. Words are looked at only where amounts disagree."""

    figure: Figure
    article: Article
    low: float
    high: float
    paragraph: int
    begin: int  # of the paragraph, in the article's text
    end: int

    @cached_property
    def words(self) -> frozenset[str]:
        text = self.article.text
        return _content(_around(text[self.begin : self.figure.start], text[self.figure.end : self.end]))

    @cached_property
    def beside(self) -> frozenset[str]:
        text = self.article.text
        before, after = text[self.begin : self.figure.start].split(), text[self.figure.end : self.end].split()
        return _content(" ".join((*before[-NEXT_WORDS:], *after[:NEXT_WORDS])))

    @cached_property
    def subject(self) -> frozenset[str]:
        return _content(self.figure.subject)

    @cached_property
    def names(self) -> frozenset[str]:
        return _names(self.article.text[self.begin : self.end])


def interval(figure: Figure) -> tuple[float, float]:
    """What the words of an amount allow: lowest and highest value. Bounds open it, rounding widens it."""
    if figure.value is None:
        return -math.inf, math.inf
    if figure.value_max is not None:
        return figure.value, figure.value_max
    half = _quantum(figure) / 2
    low, high = figure.value - half, figure.value + half
    match figure.bound:
        case "more_than" | "at_least":
            return low, math.inf
        case "less_than" | "up_to" | "within":
            return -math.inf, high
        case "almost":
            return figure.value * 0.9, high
        case "approx":
            return min(low, figure.value * 0.9), max(high, figure.value * 1.1)
        case _:
            return low, high


def agree(a: Figure, b: Figure) -> bool:
    """Whether two amounts of one unit can both be right."""
    (a_low, a_high), (b_low, b_high) = interval(a), interval(b)
    return a.unit == b.unit and a_low < b_high and b_low < a_high


def unsupported_headlines(article: Article, figures: Sequence[Figure]) -> tuple[FigureConflict, ...]:
    """Amounts of the title that neither text nor standfirst gives: "30,000 hours" in a headline only.

    Of an item whose text is not held, only a summary, nobody can say so.
    """
    if article.kind is Kind.SUMMARY_ONLY:
        return ()
    told = [figure for figure in figures if figure.article_id == article.article_id and figure.where != "title"]
    flat = flatten(article.text)
    found = []
    for figure in figures:
        if figure.article_id != article.article_id or figure.where != "title" or figure.value is None:
            continue
        if figure.unit in _LISTED_THINGS or any(_supports(figure, other) for other in told) or _stands_in(figure, flat):
            continue
        detail = f"“{figure.text}” is in the headline; the text gives no such amount"
        found.append(
            FigureConflict(
                kind="headline", figure_ids=(figure.figure_id,), article_ids=(article.article_id,), detail=detail
            )
        )
    return tuple(found)


def _supports(title: Figure, told: Figure) -> bool:
    same_sort = title.unit == told.unit or not ({title.unit, told.unit} & (MONEY_UNITS | {"percent", "ratio"}))
    if told.value is None or not same_sort:
        return False
    (low, high), (told_low, told_high) = interval(title), interval(told)
    near = (
        told.value <= (title.value or 0) * MAX_RATIO_HEADLINE and (title.value or 0) <= told.value * MAX_RATIO_HEADLINE
    )
    return low < told_high and told_low < high and near


def _stands_in(figure: Figure, flat: str) -> bool:
    word = word_of(figure.value or 0.0)
    if word is not None and re.search(rf"\b{word}\b", flat, re.IGNORECASE):
        return True
    digits = re.search(r"\d[\d,.]*\d|\d", flatten(figure.text))
    return digits is not None and bool(re.search(rf"(?<![\d,.]){re.escape(digits.group())}(?![\d]|,\d)", flat))


def conflicts(articles: Sequence[Article], figures: Iterable[Figure]) -> tuple[FigureConflict, ...]:
    """Amounts for the same thing that cannot both be right, within one article and between articles.

    articles  of one story or release; the figures of any others are passed over
    """
    accounts = _accounts(articles, figures)
    found: dict[tuple[str, ...], FigureConflict] = {}
    by_unit: dict[str, list[_Account]] = defaultdict(list)
    for account in accounts:
        by_unit[account.figure.unit].append(account)
    for same_unit in by_unit.values():
        for index, a in enumerate(same_unit):
            for b in same_unit[index + 1 :]:
                if (_disagree(a, b) and _same_thing(a, b) and not _both_given(a, b, same_unit)) or _is_misprint(a, b):
                    conflict = _conflict(a, b)
                    found.setdefault(tuple(sorted((a.figure.text, b.figure.text, *conflict.article_ids))), conflict)
    return tuple(found.values())


def _accounts(articles: Sequence[Article], figures: Iterable[Figure]) -> list[_Account]:
    by_id = {article.article_id: article for article in articles}
    outlines: dict[str, list[Range]] = {}
    found = []
    for figure in figures:
        article = by_id.get(figure.article_id)
        if article is None or figure.value is None or figure.where != "text" or figure.unit in {"ratio", "count"}:
            continue
        if figure.unit in _DURATIONS and figure.value < _MIN_DURATION:
            continue
        if article.article_id not in outlines:
            outlines[article.article_id] = paragraphs(article.text)
        whole = outlines[article.article_id]
        paragraph = _index(whole, figure.start)
        begin, end = whole[paragraph]
        low, high = interval(figure)
        found.append(
            _Account(
                figure=figure,
                article=article,
                low=low,
                high=high,
                paragraph=paragraph,
                begin=begin,
                end=end,
            )
        )
    return found


def _index(ranges: list[Range], position: int) -> int:
    return max(bisect_right(ranges, (position, math.inf)) - 1, 0)


def _around(before: str, after: str) -> str:
    """The words on either side of an amount, within its paragraph and not beyond the next amount."""
    left = re.split(r"[£$€]?\d[\d,.]*%?", before)[-1].split()[-WINDOW_WORDS:]
    right = re.split(r"[£$€]?\d[\d,.]*%?", after)[0].split()[:WINDOW_WORDS]
    return " ".join((*left, *right))


def _both_given(a: _Account, b: _Account, same_unit: list[_Account]) -> bool:
    """Whether one of two articles gives the other's amount as well: then they are two amounts, not two accounts."""
    if a.article.article_id == b.article.article_id:
        return False
    for one, other in ((a, b), (b, a)):
        for third in same_unit:
            if third.article is other.article and one.low < third.high and third.low < one.high:
                return True
    return False


def _disagree(a: _Account, b: _Account) -> bool:
    if a.low < b.high and b.low < a.high:
        return False
    same_article = a.article.article_id == b.article.article_id
    smaller, larger = sorted((abs(a.figure.value or 0.0), abs(b.figure.value or 0.0)))
    if smaller == 0 or larger / smaller > (MAX_RATIO_WITHIN if same_article else MAX_RATIO_BETWEEN):
        return False
    return not same_article or a.paragraph != b.paragraph


def _same_thing(a: _Account, b: _Account) -> bool:
    if a.names and b.names and not a.names & b.names:
        return False
    shared = a.words & b.words
    shorter = min(len(a.words), len(b.words))
    if len(shared) >= MIN_SHARED_WORDS and len(shared) >= MIN_SHARED_SHARE * shorter:
        return True
    subject = a.subject & b.subject
    longer = max(len(a.subject), len(b.subject))
    return len(subject) >= MIN_SUBJECT_WORDS and len(subject) >= MIN_SUBJECT_SHARE * longer


def _is_misprint(a: _Account, b: _Account) -> bool:
    """Whether one sum is the other with two digits exchanged, beside the same words: £24.6m and £26.4m of a fund.

    Sums, and in paragraphs of their own: shares and sums of one paragraph were two things in all of 12 cases that 8,000
    articles gave.
    """
    if a.figure.unit not in MONEY_UNITS or (a.article is b.article and a.paragraph == b.paragraph):
        return False
    ours, theirs = _digits(a.figure), _digits(b.figure)
    if len(ours) < MIN_DIGITS or sorted(ours) != sorted(theirs):
        return False
    unlike = [place for place, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other]
    if len(unlike) != 2 or _quantum(a.figure) != _quantum(b.figure):
        return False
    return len(a.beside & b.beside) >= (1 if len(ours) > MIN_DIGITS else 2)


def _digits(figure: Figure) -> str:
    found = re.search(r"\d[\d,.]*", flatten(figure.text))
    return re.sub(r"\D", "", found.group()).rstrip("0") if found else ""


def _conflict(a: _Account, b: _Account) -> FigureConflict:
    same_article = a.article.article_id == b.article.article_id
    about = max(a.figure.subject, b.figure.subject, key=len)
    if same_article:
        detail = f"“{a.figure.text}” and “{b.figure.text}” in one text for the same thing"
    else:
        first, second = (x.article.outlet or x.article.issuer or x.article.title.text for x in (a, b))
        detail = f"{first} gives “{a.figure.text}”, {second} “{b.figure.text}” for the same thing"
    return FigureConflict(
        kind="within" if same_article else "between",
        figure_ids=(a.figure.figure_id, b.figure.figure_id),
        article_ids=tuple(dict.fromkeys((a.article.article_id, b.article.article_id))),
        detail=f"{detail}: {about}" if about else detail,
    )


_WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'-]+")
_STOP = frozenset(
    "the a an and or but of in on at to for from by with as is are was were be been has have had will would that this "
    "these those it its their there which who up than more over about into out not also per cent percent million "
    "billion "
    "said says say he she they we our his her new after before between during under all some can could may".split()
)
_SUFFIX = re.compile(r"(?:'s|s'|ies|ing|ed|es|s|ion|ions)$")
_CALENDAR = frozenset(
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday".split()
)
_CAPITALISED = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]{2,}\b")


def _content(text: str) -> frozenset[str]:
    """Words that carry meaning, cut to their stems: enough to see that two sentences speak of one thing."""
    words = (word.lower() for word in _WORD.findall(flatten(text)))
    return frozenset(_SUFFIX.sub("", word) for word in words if word not in _STOP and len(word) > 2)


def _names(text: str) -> frozenset[str]:
    return frozenset(_CAPITALISED.findall(flatten(text))) - _CALENDAR


def _quantum(figure: Figure) -> float:
    """The size of the last digit as written: 0.1 for 36.6, 100 million for £1.9bn, 1,000 for 11,000."""
    found = re.search(r"\d[\d,]*(?:\.(\d+))?", flatten(figure.text))
    if found is None or not figure.value:
        return 1.0
    written = float(found.group().replace(",", ""))
    scale = figure.value / written if written else 1.0
    if found.group(1):
        return float(scale * 10.0 ** -len(found.group(1)))
    digits = found.group().replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0")) if len(digits) > 3 else 0
    return float(scale * 10.0**zeros)
