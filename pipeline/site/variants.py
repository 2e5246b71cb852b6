"""Quotation → its variants side by side: what each article carried, word by word against the fullest.

Every word that is shown stands in an article letter by letter, so each passage has its bytes. Of a newspaper's text at
most 25 words are shown: those around the differences, and where there is none, the first clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.digests.clauses import clip
from pipeline.digests.digest_model import Witness
from pipeline.digests.telling import RELEASE_WORDS
from pipeline.digests.witnesses import in_text
from pipeline.evidence.quote_differences import departures
from pipeline.folding import words
from pipeline.model import Article, Kind, Quotation, Quote

Mark = Literal["", "cut", "own"]
CROWN = frozenset({Kind.PRESS_RELEASE, Kind.SPEECH, Kind.LETTER, Kind.COVERAGE_REPORT})
_WORD = re.compile(r"\S+")
_CONTEXT_WORDS = 2  # equal words shown on either side of a difference
_HEAD_WORDS, _TAIL_WORDS = 5, 4  # of one difference: a cut of two paragraphs is shown by its beginning and its end
_PASSAGE_SHARE = 0.25  # a variant of so little of the fullest is a passage of it: what is around it was not cut


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row: the same in both, "cut" (only the fullest has them) or "own" (only this variant has them)."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that stand together in an article, and where."""

    runs: tuple[Run, ...]
    witness: Witness
    opens: bool  # whether nothing was left out before it
    closes: bool  # whether nothing was left out behind it


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantView:
    """What one article carried of a quotation, and who else carried the very same words."""

    quote: Quote
    article: Article
    also: tuple[tuple[str, Article], ...]  # (quote id, article)
    passages: tuple[Passage, ...]
    carried_percent: int
    word_count: int
    missing_count: int  # words of the fullest that it lacks
    own_count: int  # words that the fullest lacks
    is_passage: bool  # a few words of it


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationView:
    """An utterance with its variants, the fullest first."""

    quotation: Quotation
    variants: tuple[VariantView, ...]
    article_count: int


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    start: int  # characters of Article.text
    end: int
    fragment: int


def quotation_view(
    quotation: Quotation, quotes: Mapping[str, Quote], articles: Mapping[str, Article], *, max_press_words: int
) -> QuotationView | None:
    """The quotation as a page shows it; None when none of its variants is in these articles."""
    held = [quotes[one.quote_id] for one in quotation.variants if one.quote_id in quotes]
    held = [quote for quote in held if quote.article_id in articles]
    if not held:
        return None
    told = {quote.quote_id: _words(quote, articles[quote.article_id]) for quote in held}
    full, *others = _alike(held, told)
    fullest = told[full[0].quote_id]
    cut, altered = set[int](), set[int]()
    views = []
    for group in others:
        own = told[group[0].quote_id]
        found = _compared(fullest, own)
        is_passage = group[0].kind == "fragment" or len(own) < _PASSAGE_SHARE * len(fullest)
        if not is_passage:
            cut |= found.missing
            altered |= found.altered
        marks = _marks(own, found.own, "own")
        near = [_clusters(found.own), [] if is_passage else _clusters(found.gaps)]
        shown = _shown(own, near, articles[group[0].article_id], max_press_words)
        missing = 0 if is_passage else len(found.missing)
        views.append(_view(group, articles, own, marks, shown, (len(fullest), missing, len(found.own)), is_passage))
    near = [_clusters(altered), _clusters(cut - altered)]
    shown = _shown(fullest, near, articles[full[0].article_id], max_press_words)
    whole = (len(fullest), 0, 0)
    first = _view(full, articles, fullest, _marks(fullest, cut, "cut"), shown, whole, full[0].kind == "fragment")
    return QuotationView(
        quotation=quotation, variants=(first, *views), article_count=len({quote.article_id for quote in held})
    )


def _alike(held: Sequence[Quote], told: Mapping[str, Sequence[_Word]]) -> list[list[Quote]]:
    """Quotes of the very same words together, in the order given."""
    found: dict[tuple[str, ...], list[Quote]] = {}
    for quote in held:
        found.setdefault(tuple(word.folded for word in told[quote.quote_id]), []).append(quote)
    return list(found.values())


def _words(quote: Quote, article: Article) -> list[_Word]:
    return [
        _Word(" ".join(words(found[0])), found.start(), found.end(), number)
        for number, (start, end) in enumerate(quote.fragments)
        for found in _WORD.finditer(article.text, start, end)
    ]


@dataclass(frozen=True, slots=True)
class _Departure:
    """Places of words where a variant departs from the fullest."""

    missing: set[int]  # words of the fullest that it lacks
    altered: set[int]  # those of them that other words stand for
    own: set[int]  # words of the variant that the fullest lacks
    gaps: set[int]  # words of the variant beside which others were cut


def _compared(full: Sequence[_Word], own: Sequence[_Word]) -> _Departure:
    found = _Departure(set(), set(), set(), set())
    for a0, a1, b0, b1 in departures([word.folded for word in full], [word.folded for word in own]):
        missing = {place for place in range(a0, a1) if full[place].folded}
        found.missing.update(missing)
        found.own.update(place for place in range(b0, b1) if own[place].folded)
        if b0 == b1:
            found.gaps.update(place for place in (b0 - 1, b0) if missing and 0 <= place < len(own))
        elif len(missing) <= _HEAD_WORDS + _TAIL_WORDS:
            found.altered.update(missing)
    return found


def _marks(told: Sequence[_Word], places: set[int], mark: Mark) -> list[Mark]:
    return [mark if place in places else "" for place in range(len(told))]


def _view(
    group: Sequence[Quote],
    articles: Mapping[str, Article],
    own: Sequence[_Word],
    marks: Sequence[Mark],
    shown: Sequence[int],
    counts: tuple[int, int, int],
    is_passage: bool,
) -> VariantView:
    """One variant. counts: words of the fullest, those of them that it lacks, and words of its own."""
    quote = group[0]
    article = articles[quote.article_id]
    full_count, missing, own_count = counts
    return VariantView(
        quote=quote,
        article=article,
        also=tuple((one.quote_id, articles[one.article_id]) for one in group[1:]),
        passages=tuple(_passages(own, shown, marks, article)),
        carried_percent=round(100 * (full_count - missing) / full_count) if full_count else 100,
        word_count=len(own),
        missing_count=missing,
        own_count=own_count,
        is_passage=is_passage,
    )


def _shown(
    own: Sequence[_Word], near: Sequence[Sequence[list[int]]], article: Article, max_press_words: int
) -> list[int]:
    """Places of the words to show, in order: all of a short quote, else what is around its differences.

    near   clusters of differences, the more telling kind first: words that were changed before words that were cut
    """
    limit = RELEASE_WORDS if article.kind in CROWN else max_press_words
    if len(own) <= limit:
        return list(range(len(own)))
    chosen: set[int] = set()
    for cluster in (cluster for kind in near for cluster in kind):
        wanted = {*cluster[:_HEAD_WORDS], *cluster[-_TAIL_WORDS:]}
        wanted |= {
            *range(cluster[0] - _CONTEXT_WORDS, cluster[0]),
            *range(cluster[-1], cluster[-1] + _CONTEXT_WORDS + 1),
        }
        wanted &= {*range(len(own))}
        wanted |= {place for place in range(len(own)) if place - 1 in wanted and place + 1 in wanted}
        if len(chosen | wanted) <= limit:
            chosen |= wanted
    if not chosen:
        first = [word for word in own if word.fragment == own[0].fragment]
        clause = clip(article.text[first[0].start : first[-1].end], max_words=limit)
        chosen = set(range(min(limit, len(_WORD.findall(clause)))))
    return sorted(chosen)


def _clusters(places: Iterable[int]) -> list[list[int]]:
    """Places that stand together or nearly so, in order."""
    found: list[list[int]] = []
    for place in sorted(places):
        if found and place - found[-1][-1] <= _CONTEXT_WORDS + 1:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def _passages(own: Sequence[_Word], shown: Sequence[int], marks: Sequence[Mark], article: Article) -> Iterable[Passage]:
    stretch: list[int] = []
    for place in [*shown, -1]:
        follows = stretch and place == stretch[-1] + 1 and own[place].fragment == own[place - 1].fragment
        if stretch and not follows:
            first, last = stretch[0], stretch[-1]
            runs = _runs([(article.text[own[at].start : own[at].end], marks[at]) for at in stretch])
            yield Passage(
                runs=tuple(runs),
                witness=in_text(article, own[first].start, own[last].end),
                opens=first == 0 or first - 1 in shown,
                closes=last == len(own) - 1 or last + 1 in shown,
            )
            stretch = []
        if place >= 0:
            stretch.append(place)


def _runs(marked: Iterable[tuple[str, Mark]]) -> list[Run]:
    found: list[Run] = []
    for text, mark in marked:
        if found and found[-1].mark == mark:
            found[-1] = Run(f"{found[-1].text} {text}", mark)
        else:
            found.append(Run(text, mark))
    return found
