"""A story's rows → its page: timeline, what is reported, quotes, figures, releases, what to check, related stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.digests.digest_data import DigestRules, StoryData, short_name, sort_name
from pipeline.digests.digest_line import Line
from pipeline.digests.digest_model import Sentence, Witness
from pipeline.digests.story_figures import clearest, figure_witness
from pipeline.digests.story_item import story_item
from pipeline.digests.telling import sentence_around
from pipeline.digests.witnesses import Reread, fault, in_excerpt, in_text
from pipeline.evidence.figure_ledger import conflicts, unsupported_headlines
from pipeline.evidence.quotations import group_quotations
from pipeline.folding import fold, words
from pipeline.model import Article, Evidence, Figure, FigureConflict, Kind
from pipeline.site.releases import ReleaseView, release_views
from pipeline.site.site_model import RelatedStory, StoryRows
from pipeline.site.variants import QuotationView, VariantView, quotation_view

_MOST_FIGURES = 30
_MOST_QUOTATIONS = 40
_SUBJECT_WORDS = 12
_MONEY = frozenset({"GBP", "USD", "EUR"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """An article in a story's timeline."""

    article: Article
    outlet: str
    when: str
    day_note: str  # how its day is known when it is not in the text
    copy_of: str | None  # outlet of the first copy of the same text
    because: tuple[str, ...]
    witness: Witness  # of its headline


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineDay:
    """A day of a story; None for what has no day."""

    day: date | None
    items: tuple[TimelineItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """An amount with what it is of and who gives it."""

    amount: Sentence
    subject: Sentence | None
    outlets: tuple[str, ...]
    article_count: int
    out_of: int
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """A story as its page shows it."""

    story_id: str
    heading: Sentence
    first_on: date | None
    last_on: date | None
    outlets: tuple[str, ...]
    unknown_outlets: int
    article_count: int
    work_count: int
    release_count: int
    days: tuple[TimelineDay, ...]
    reported: tuple[Sentence, ...]
    our_line: tuple[Sentence, ...]
    differences: tuple[Sentence, ...]
    to_check: tuple[Sentence, ...]
    quotations: tuple[QuotationView, ...]
    more_quotations: int
    figures: tuple[FigureRow, ...]
    more_figures: int
    releases: tuple[ReleaseView, ...]
    related: tuple[RelatedStory, ...]
    taken_out: tuple[str, ...]  # why, one for each sentence that does not hold

    @property
    def sentences(self) -> Iterator[Sentence]:
        """All sentences that the page shows, each of which `pipeline trace` finds by its id."""
        yield self.heading
        yield from (*self.reported, *self.our_line, *self.differences, *self.to_check)
        yield from (sentence for row in self.figures for sentence in (row.amount, row.subject) if sentence is not None)


def story_page(rows: StoryRows, rules: DigestRules, *, reread: Reread) -> StoryPage:
    """The page of a story. What does not stand in its evidence any more is taken out, and the page says so."""
    story = rows.story
    quotations = group_quotations(story.quotes)
    first_on = min((p.covered_on for p in story.placements.values() if p.covered_on), default=None)
    last_on = max((p.covered_on for p in story.placements.values() if p.covered_on), default=None)
    item = story_item(story, quotations, day=first_on or date.min, rules=rules)
    articles = {article.article_id: article for article in story.articles}
    checked = _Checked(reread)
    quotes = {quote.quote_id: quote for quote in story.quotes}
    views = [
        view
        for one in quotations
        if (view := quotation_view(one, quotes, articles, max_press_words=rules.max_press_words)) is not None
        and _says_something(view)
    ]
    views.sort(key=lambda view: (-view.article_count, -view.variants[0].word_count, view.quotation.quotation_id))
    figures = _figures(story, rules)
    held = [held for view in views[:_MOST_QUOTATIONS] if (held := checked.quotation(view)) is not None]
    return StoryPage(
        story_id=story.story_id,
        heading=checked.one(item.heading)
        or replace(item.heading, parts=Line().say("Story").sentence(date.min, "").parts),
        first_on=first_on,
        last_on=last_on,
        outlets=tuple(short_name(outlet) for outlet in story.outlets),
        unknown_outlets=sum(article.outlet is None for article in story.coverage),
        article_count=len(story.articles),
        work_count=len({placement.group_id for placement in story.placements.values()}),
        release_count=len(story.of_today(Kind.PRESS_RELEASE)),
        days=tuple(_timeline(story, rules)),
        reported=checked.all(item.reported),
        our_line=checked.all(item.our_line),
        differences=checked.all(item.differences),
        to_check=checked.all(_to_check(story, first_on)),
        quotations=tuple(held),
        more_quotations=len(views[_MOST_QUOTATIONS:]),
        figures=tuple(row for row in figures[:_MOST_FIGURES] if checked.one(row.amount) is not None),
        more_figures=len(figures[_MOST_FIGURES:]),
        releases=tuple(release_views(story)),
        related=rows.related,
        taken_out=tuple(checked.reasons),
    )


def _says_something(view: QuotationView) -> bool:
    """Whether it is more than a word or two of nobody's."""
    return len(words(view.quotation.text)) >= 3 or view.quotation.speaker is not None


class _Checked:
    """Keeps what its evidence bears out, and why the rest was taken out."""

    def __init__(self, reread: Reread) -> None:
        self._reread = reread
        self.reasons: list[str] = []

    def one(self, sentence: Sentence) -> Sentence | None:
        reason = fault(sentence, self._reread)
        if reason is not None:
            self.reasons.append(f"Sentence {sentence.sentence_id}: {reason}.")
        return None if reason is not None else sentence

    def all(self, sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
        return tuple(kept for sentence in sentences if (kept := self.one(sentence)) is not None)

    def quotation(self, view: QuotationView) -> QuotationView | None:
        kept = tuple(variant for variant in view.variants if self._holds(variant))
        return replace(view, variants=kept) if kept else None

    def _holds(self, variant: VariantView) -> bool:
        for passage in variant.passages:
            there = self._reread(passage.witness)
            if there is None or fold(there) != fold(passage.witness.words):
                self.reasons.append(f"Quote {variant.quote.quote_id}: its words are no longer where they stood.")
                return False
        return True


# ----------------------------------------------------------------------------------------------------- the timeline


def _timeline(story: StoryData, rules: DigestRules) -> Iterable[TimelineDay]:
    """The days in order, what has no day last; within a day in order of publication."""
    by_day: dict[date | None, list[TimelineItem]] = {}
    first_of: dict[str, Article] = {}
    for article in story.articles:
        placement = story.placements[article.article_id]
        original = first_of.setdefault(placement.group_id, article)
        item = TimelineItem(
            article=article,
            outlet=short_name(article.outlet or article.issuer or "Outlet not known"),
            when=_when(article, rules),
            day_note=_day_note(article, placement.covered_by),
            copy_of=None if original is article else short_name(original.outlet or "the first copy"),
            because=tuple(one.detail for one in placement.because),
            witness=in_excerpt(article, article.title),
        )
        by_day.setdefault(placement.covered_on, []).append(item)
    for day in sorted(by_day, key=lambda on: on or date.max):
        yield TimelineDay(day=day, items=tuple(by_day[day]))


def _when(article: Article, rules: DigestRules) -> str:
    if article.date_precision == "minute" and article.published_at:
        return f"{article.published_at.astimezone(rules.zone):%H:%M}"
    return "time not known"


def _day_note(article: Article, covered_by: Evidence | None) -> str:
    if article.published_at is None:
        return "day inferred from its story" if covered_by else "day not known"
    if covered_by is Evidence.INFERRED:
        return "date inferred"
    return "date configured" if covered_by is Evidence.CONFIGURED else ""


# ------------------------------------------------------------------------------------------------------ the figures


def _figures(story: StoryData, rules: DigestRules) -> list[FigureRow]:
    """Each amount once, those that most articles give first, money and shares before counts."""
    articles = {article.article_id: article for article in story.articles}
    amounts: dict[tuple[str, float, float | None], list[Figure]] = {}
    for figure in story.figures:
        if figure.value is not None and figure.article_id in articles:
            amounts.setdefault((figure.unit, round(figure.value, 6), figure.value_max), []).append(figure)
    ranked = sorted(amounts.values(), key=_rank)
    return [_figure_row(story, articles, amount, rules) for amount in ranked]


def _rank(amount: Sequence[Figure]) -> tuple[int, int, float, str]:
    first = amount[0]
    kind = 0 if first.unit in _MONEY else 1 if first.unit == "percent" else 2
    return -len({figure.article_id for figure in amount}), kind, -abs(first.value or 0.0), first.figure_id


def _figure_row(
    story: StoryData, articles: Mapping[str, Article], amount: Sequence[Figure], rules: DigestRules
) -> FigureRow:
    figure = clearest(amount)
    article = articles[figure.article_id]
    day = story.placements[figure.article_id].covered_on or date.min
    given = {one.article_id for one in amount}
    subject = None
    if figure.where == "text" and figure.subject:
        around = in_text(article, *sentence_around(article.text, figure.start))
        if fold(figure.subject) in fold(around.words):
            said = figure.subject.split()
            clipped = " ".join(said[:_SUBJECT_WORDS]) + (" …" if len(said) > _SUBJECT_WORDS else "")
            subject = Line().quote(clipped, around).sentence(day, "figures", story.story_id)
    names = {short_name(articles[one].outlet or articles[one].issuer or "outlet not known") for one in given}
    return FigureRow(
        amount=Line().number(figure.text, figure_witness(article, figure)).sentence(day, "figures", story.story_id),
        subject=subject,
        outlets=tuple(sorted(names, key=sort_name)),
        article_count=len(given),
        out_of=len(story.articles),
        spellings=tuple(sorted({" ".join(one.text.split()) for one in amount} - {" ".join(figure.text.split())})),
    )


# -------------------------------------------------------------------------------------------------- what to check


def _to_check(story: StoryData, day: date | None) -> list[Sentence]:
    """Amounts that cannot both be right, and headlines beyond their text: facts with both places, no verdict."""
    figures = {figure.figure_id: figure for figure in story.figures}
    articles = {article.article_id: article for article in story.articles}
    listed = list(figures.values())
    doubts = [*conflicts(story.articles, listed)]
    doubts += [doubt for article in story.articles for doubt in unsupported_headlines(article, listed)]
    lines = [_doubt(doubt, [figures[one] for one in doubt.figure_ids], articles) for doubt in doubts]
    return [line.sentence(day or date.min, "check", story.story_id) for line in lines]


def _doubt(doubt: FigureConflict, amounts: Sequence[Figure], articles: Mapping[str, Article]) -> Line:
    line = Line()
    for place, amount in enumerate(amounts):
        article = articles[amount.article_id]
        line.say(" and " if place else "").number(amount.text, figure_witness(article, amount))
        if doubt.kind == "between" and article.outlet:
            line.say(f" in {short_name(article.outlet)}")
    if doubt.kind == "headline":
        return line.say(" is in the headline and not in its text.")
    return line.say(" are given for the same thing.")
