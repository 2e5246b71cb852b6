"""Story → its item in the digest: neutral heading, outlets, what is reported, figures, voices, our line, and so on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.digests.digest_data import COVERAGE, DigestRules, StoryData, short_name, sort_name
from pipeline.digests.digest_line import Line
from pipeline.digests.digest_model import ArticleLine, Sentence, StoryItem
from pipeline.digests.headings import heading
from pipeline.digests.story_figures import figure_lines, lone_figures
from pipeline.digests.story_names import other_names
from pipeline.digests.story_voices import cut_quotations, lone_speakers, our_line, voices
from pipeline.digests.telling import RELEASE_WORDS, Telling, find_words, opening, sentence_around
from pipeline.digests.witnesses import in_excerpt, in_text, of_article
from pipeline.folding import words
from pipeline.model import Article, Evidence, Kind, Quotation

_MOST_REPORTED = 3
_MOST_BEFORE = 4  # outlets of the days before
_MOST_OF_A_KIND = 2  # differences: passages cut, lone figures, lone speakers
_NAMED_SOURCES = (
    "According to a statement",
    "according to a statement",
    "in a statement",
    "a statement from",
    "press release",
)
_RELATED = {
    "preview": ("Announced in", "Announces"),
    "follow_up": ("Follows", "Followed by"),
    "context": ("See also", "See also"),
}


def story_item(story: StoryData, quotations: Sequence[Quotation], *, day: date, rules: DigestRules) -> StoryItem:
    """The story as the digest tells it. Every claim carries its witnesses; nothing is concluded that no source says."""
    telling = Telling(story, quotations, day, rules)
    return StoryItem(
        story_id=story.story_id,
        heading=heading_line(telling),
        outlets=outlets_line(telling),
        reported=_reported(telling),
        figures=figure_lines(telling),
        voices=voices(telling),
        our_line=our_line(telling),
        release=_release(telling),
        differences=_differences(telling),
        related=_related(telling),
        articles=tuple(_listed(telling, article) for article in story.of_today()),
    )


def heading_line(telling: Telling) -> Sentence:
    """Neutral, of at most eight words; what it names and counts stands in the headlines."""
    text = heading([article.title.text for article in telling.told], neutral=telling.rules.neutral)
    line = Line().text(text, *(in_excerpt(article, article.title) for article in telling.told))
    return telling.sentence(line, "heading")


def outlets_line(telling: Telling) -> Sentence:
    """Who carried it and when, in fixed order; what a report says that others carried; the releases beside it."""
    line = Line()
    reports = telling.story.of_today(Kind.COVERAGE_REPORT)
    releases = telling.story.of_today(Kind.PRESS_RELEASE)
    if telling.coverage:
        unknown = [article for article in telling.coverage if not article.outlet and not article.agency]
        unknown = [article for article in unknown if article.date_precision != "minute"]
        unknown = unknown if len(unknown) > 1 else []
        named = [article for article in telling.coverage if article not in unknown]
        outlets = [_with_time(telling, article, first=not n) for n, article in enumerate(named)]
        if unknown:
            outlets.append(
                Line().count("", [one.article_id for one in unknown], "outlets not known").say(" (times not known)")
            )
        line.listed(outlets).say(".")
    for report in reports:
        line.say(" " if telling.coverage or report is not reports[0] else "")
        telling.outlet(line, report).say(" reports ")
        if report.reported_outlets:
            line.say("coverage in ").listed([_as_reported(telling, report, name) for name in report.reported_outlets])
            line.say("; those texts are not held.")
        else:
            line.say("coverage and names no outlet that is listed.")
    letters = telling.story.of_today(Kind.LETTER)
    beside = [
        _counted_beside(telling, kind, held) for kind, held in (("release", releases), ("letter", letters)) if held
    ]
    if beside and not telling.coverage and not reports:
        line.listed(beside).say("; no coverage in the sources held.")
    elif beside:
        line.say(" With ").listed(beside).say(".")
    return telling.sentence(line, "outlets")


def _counted_beside(telling: Telling, kind: str, held: Sequence[Article]) -> Line:
    """ "1 release", and by whom, when others than the department wrote them and say who they are."""
    line = Line().count(kind, [article.article_id for article in held])
    writers = {article.issuer or article.outlet: article for article in held}
    theirs = [article for name, article in writers.items() if name and not telling.rules.department.is_named(name)]
    if len(theirs) == len(writers) == 1 and theirs[0].outlet:
        telling.outlet(line.say(" by "), theirs[0])
    return line


def _with_time(telling: Telling, article: Article, *, first: bool) -> Line:
    behind = Line().say("")  # behind another one that is not known is written small
    line = telling.outlet(Line() if first or article.outlet else behind, article)
    if article.date_precision == "minute" and article.published_at:
        words_there = (in_excerpt(article, article.date_words),) if article.date_words else (of_article(article),)
        local = article.published_at.astimezone(telling.rules.zone)
        return line.say(" (").day(f"{local:%H:%M}", *words_there).say(")")
    return line.say(" (time not known)")


def _as_reported(telling: Telling, report: Article, name: str) -> Line:
    """An outlet as the report names it: a programme of ITV stays that programme."""
    places = telling.rules.outlets.places_in(report.text)
    spans = [match.span() for match, outlet in places if outlet.name == name]
    shorts = [span for span in spans if report.text[slice(*span)] == short_name(name)]
    start, end = (shorts or spans or [(0, 0)])[0]
    return Line().name(report.text[start:end] or short_name(name), in_text(report, start, end))


def _reported(telling: Telling) -> tuple[Sentence, ...]:
    """The opening of each report, attributed, and of a letter beside them; without one, of each release or of the
    report on coverage.
    """
    told = (telling.works or telling.told)[:_MOST_REPORTED]
    told += [letter for letter in telling.story.of_today(Kind.LETTER) if letter not in told][:1]
    return tuple(
        telling.sentence(line.say("."), "reported")
        for article in told
        if (line := _opening(telling, article)) is not None
    )


def _opening(telling: Telling, article: Article) -> Line | None:
    line = Line()
    if article.kind is Kind.PRESS_RELEASE:
        line.say("The department says: " if telling.rules.department.is_named(article.issuer) else "The release says: ")
        summary = article.standfirst
        if summary and len(words(summary.text)) <= RELEASE_WORDS:
            return telling.clipped(line, summary.text, in_excerpt(article, summary), RELEASE_WORDS)
    elif article.kind is Kind.LETTER and (signed := find_words(article.text, article.author or "")):
        line.name(article.text[slice(*signed)], in_text(article, *signed)).say(" writes: ")
    elif article.kind is Kind.LETTER and article.outlet:
        telling.outlet(line, article).say(" writes: ")
    elif article.outlet:
        telling.outlet(line, article).say(" reports: ")
    else:
        line.say("An outlet not known reports: ")
    place = opening(article)
    return telling.quoted(line, article, place) if place else None


def _release(telling: Telling) -> tuple[Sentence, ...]:
    """The release behind the coverage when it is held; else that it is not, and what reports name as their source."""
    if not telling.coverage:
        return ()
    held = [article for article in telling.story.articles if article.kind is Kind.PRESS_RELEASE]
    lines = [
        Line().say("Held: ").quote(article.title.text, in_excerpt(article, article.title)).say(".") for article in held
    ]
    if not lines:
        named = next((line for article in telling.works if (line := _named_source(telling, article))), Line())
        lines = [named.say("Source release not held.")]
    return tuple(telling.sentence(line, "release") for line in lines)


def _named_source(telling: Telling, article: Article) -> Line | None:
    for words_there in _NAMED_SOURCES:
        at = article.text.find(words_there)
        if at >= 0:
            _, end = sentence_around(article.text, at)
            line = telling.outlet(Line(), article).say(" names its source: ")
            telling.clipped(line, article.text[at:end], in_text(article, at, end), 9)
            return line.say(". ")
    return None


def _differences(telling: Telling) -> tuple[Sentence, ...]:
    """What some outlets carried and others did not."""
    if len({telling.outlet_of(article.article_id) for article in telling.works}) < 2:
        return ()
    kinds = (other_names(telling), cut_quotations(telling), lone_figures(telling), lone_speakers(telling))
    lines = [line for kind in kinds for line in list(kind)[:_MOST_OF_A_KIND]]
    return tuple(telling.sentence(line.say("."), "differences") for line in lines)


def _related(telling: Telling) -> tuple[Sentence, ...]:
    """Who reported the story on days before, and stories that belong beside it and are not it, by their headings."""
    lines = [earlier] if (earlier := earlier_coverage(telling)) else []
    for link, other in telling.story.links:
        after, before = _RELATED[link.kind]
        said = after if link.to_story_id == telling.story.story_id else before
        lines.append(Line().say(f"{said}: ").quote(" ".join(other.title.text.split()), in_excerpt(other, other.title)))
    return tuple(telling.sentence(line.say("."), "related") for line in lines)


def earlier_coverage(telling: Telling) -> Line | None:
    """The outlets that reported it on days before, and since when; None when it is new, or new reports are missing."""
    placements = telling.story.placements
    days = {
        article.article_id: day
        for article in telling.story.articles
        if article.kind in COVERAGE and (day := placements[article.article_id].covered_on) and day < telling.day
    }
    if not days or not telling.coverage:
        return None
    earlier = sorted((a for a in telling.story.articles if a.article_id in days), key=lambda a: days[a.article_id])
    named: dict[str, Article] = {}
    for article in earlier:
        if article.outlet:
            named.setdefault(article.outlet, article)
    outlets = [telling.outlet(Line(), named[outlet]) for outlet in sorted(named, key=sort_name)[:_MOST_BEFORE]]
    rest = sorted(named, key=sort_name)[_MOST_BEFORE:]
    rest += [article.article_id for article in earlier if not article.outlet]
    if rest:
        one, more = ("other", "others") if outlets else ("outlet not known", "outlets not known")
        outlets.append(Line().count(one, rest, more))
    first = earlier[0]
    when = in_excerpt(first, first.date_words) if first.date_words else of_article(first)
    day = days[first.article_id]
    line = Line().say("Already reported, since ").day(f"{day:%A} {day.day} {day:%B %Y}", when).say(": ")
    return line.listed(outlets)


def _listed(telling: Telling, article: Article) -> ArticleLine:
    placement = telling.story.placements[article.article_id]
    if article.date_precision == "minute" and article.published_at:
        when = f"{article.published_at.astimezone(telling.rules.zone):%H:%M}"
    elif placement.covered_by is Evidence.INFERRED and article.published_at is None:
        when = "day inferred from its story"
    else:
        when = "time not known"
    return ArticleLine(
        article_id=article.article_id,
        title=" ".join(article.title.text.split()),
        outlet=article.outlet or article.issuer,
        url=article.url,
        when=when,
        kind=article.kind,
    )
