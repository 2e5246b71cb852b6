"""Story → its figures: each once, how many of the articles give it, and which only one gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.digests.digest_line import Line
from pipeline.digests.digest_model import Sentence, Witness
from pipeline.digests.story_voices import with_article
from pipeline.digests.telling import Telling, naming, sentence_around
from pipeline.digests.witnesses import in_excerpt, in_text
from pipeline.evidence.releases import counter_figures
from pipeline.folding import fold
from pipeline.model import Article, Figure, Quote

MONEY = frozenset({"GBP", "USD", "EUR"})
_MOST = 5
_SUBJECT_WORDS = 12
_LARGE = 100  # a smaller count is said only when several articles give it


def figure_lines(telling: Telling) -> tuple[Sentence, ...]:
    """The figures that matter most: given by most articles, money before counts; none set against ours is lost."""
    counters = _counters(telling)
    ranked = [amount for amount in sorted(_amounts(telling, telling.told), key=_rank) if _is_worth_saying(amount)]
    against = [amount for amount in ranked[_MOST:] if any(figure.figure_id in counters for figure in amount)]
    told = [*ranked[: _MOST - len(against)], *against[:_MOST]]
    return tuple(telling.sentence(_line(telling, amount, counters).say("."), "figures") for amount in told)


def _counters(telling: Telling) -> dict[str, Quote]:
    """Figures of the day's reports that are set against the department's → the quote that each stands in."""
    is_department = telling.rules.department.is_named
    return {
        figure.figure_id: quote
        for article in telling.works
        for figure, quote in counter_figures(
            article, telling.story.quotes, telling.story.figures, is_department=is_department
        )
    }


def lone_figures(telling: Telling) -> Iterable[Line]:
    """Sums and shares that one of several outlets gives and no other does."""
    for amount in sorted(_amounts(telling, telling.coverage), key=_rank):
        if amount[0].unit in MONEY | {"percent"} and len({telling.outlet_of(one) for one in _carriers(amount)}) == 1:
            figure = clearest(amount)
            article = telling.articles[figure.article_id]
            line = Line().number(figure.text, figure_witness(article, figure)).say(" is in ")
            yield telling.outlet(line, article).say(" only")


def _amounts(telling: Telling, articles: Sequence[Article]) -> list[list[Figure]]:
    """The figures of these articles, those together that give one amount: £40m and £40 million."""
    ids = {article.article_id for article in articles}
    found: dict[tuple[str, float, float | None], list[Figure]] = {}
    for figure in telling.story.figures:
        if figure.article_id in ids and figure.value is not None:
            found.setdefault((figure.unit, round(figure.value, 6), figure.value_max), []).append(figure)
    return list(found.values())


def _carriers(amount: Sequence[Figure]) -> list[str]:
    return sorted({figure.article_id for figure in amount})


def _line(telling: Telling, amount: Sequence[Figure], counters: Mapping[str, Quote]) -> Line:
    figure = clearest(amount)
    article = telling.articles[figure.article_id]
    line = Line().number(figure.text, figure_witness(article, figure))
    if figure.subject and fold(figure.subject) in fold(_whole(article, figure).words):
        line.say(" – ")
        telling.clipped(line, figure.subject, _whole(article, figure), _SUBJECT_WORDS)
    if quote := next((counters[one.figure_id] for one in amount if one.figure_id in counters), None):
        speaker = quote.speaker or ""
        with_article(line.say(", counter-figure of "), speaker).name(
            speaker, naming(telling.articles[quote.article_id], speaker, quote)
        )
    if len(telling.told) > 1:
        line.say(", ").out_of(_carriers(amount), [one.article_id for one in telling.told])
    return line


def clearest(figures: Sequence[Figure]) -> Figure:
    """Of several places that give one amount, the one in the text whose subject says most."""
    return max(figures, key=lambda figure: (figure.where == "text", len(figure.subject), figure.figure_id))


def figure_witness(article: Article, figure: Figure) -> Witness:
    """Where the amount stands."""
    return in_text(article, figure.start, figure.end) if figure.where == "text" else _whole(article, figure)


def _whole(article: Article, figure: Figure) -> Witness:
    """The sentence, title or standfirst that holds the amount."""
    if figure.where == "title":
        return in_excerpt(article, article.title)
    if figure.where == "standfirst" and article.standfirst:
        return in_excerpt(article, article.standfirst)
    return in_text(article, *sentence_around(article.text, figure.start))


def _rank(amount: Sequence[Figure]) -> tuple[int, int, float, str]:
    first = amount[0]
    kind = 0 if first.unit in MONEY else 1 if first.unit == "percent" else 2
    return -len(_carriers(amount)), kind, -abs(first.value or 0.0), first.figure_id


def _is_worth_saying(amount: Sequence[Figure]) -> bool:
    first = amount[0]
    return first.unit in MONEY | {"percent"} or (first.value or 0.0) >= _LARGE or len(_carriers(amount)) > 1
