"""The day's releases → who picked them up, line by line; what reports added and left out; those that nobody held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipeline.digests.digest_data import DigestRules, SilentRelease, StoryData, short_name, sort_name
from pipeline.digests.digest_line import Line
from pipeline.digests.digest_model import ReleaseItem, Sentence, Witness
from pipeline.digests.story_figures import figure_witness
from pipeline.digests.story_voices import speaker_of
from pipeline.digests.telling import Telling
from pipeline.digests.witnesses import in_excerpt, in_line, of_article
from pipeline.evidence.releases import line_words, without_pick_up
from pipeline.model import Article, Coverage, Figure, Kind, LinePickUp, Quote, ReleaseLine

_LINE_WORDS = 16  # of a line of a release where it is only told apart from the others
_MOST_NAMED = 3  # added speakers, figures, … of one report
_MOST_REPORTS = 4
_MOST_SILENT = 6
_LATER = (timedelta(hours=48), timedelta(hours=24))
_HOW = {"word_for_word": "word for word", "other_words": "in other words"}


@dataclass(frozen=True, slots=True)
class PickUp:
    """The section on releases: its lines, and the table of lines under it."""

    told: tuple[Sentence, ...]
    line_by_line: tuple[ReleaseItem, ...]


def pick_up(stories: Sequence[StoryData], silent: Iterable[SilentRelease], day: date, rules: DigestRules) -> PickUp:
    """Each release that was issued or reported on the day, and those of the days before that nobody has reported."""
    told: list[Sentence] = []
    items: list[ReleaseItem] = []
    for story in stories:
        telling = Telling(story, (), day, rules)
        for release in story.articles:
            if release.kind is not Kind.PRESS_RELEASE or not _is_ours(release, rules):
                continue
            if release.article_id not in story.today and not story.coverage:
                continue
            lines = [line for line in story.release_lines if line.release_id == release.article_id]
            heading = _heading(telling, release, lines)
            told.append(heading)
            told += _reports(telling, release)
            if any(_carriers(telling, line) for line in lines):
                listed = tuple(telling.sentence(_line(telling, release, line), "lines") for line in lines)
                items.append(ReleaseItem(release_id=release.article_id, heading=heading, lines=listed))
    told += _silent(list(silent), day, rules)
    return PickUp(tuple(told), tuple(items))


def _is_ours(release: Article, rules: DigestRules) -> bool:
    """Whether the department issued it; one that names no issuer may be its own."""
    return release.issuer is None or rules.department.is_named(release.issuer)


def _heading(telling: Telling, release: Article, lines: Sequence[ReleaseLine]) -> Sentence:
    line = Line().quote(" ".join(release.title.text.split()), in_excerpt(release, release.title)).say(": ")
    if not telling.coverage:
        return telling.sentence(line.say("no coverage in the sources held."), "releases")
    named = sorted({short_name(article.outlet) for article in telling.coverage if article.outlet})
    if len(named) == len(telling.coverage):
        is_carried = not lines or any(_carriers(telling, one) for one in lines)
        line.say("carried by " if is_carried else "reported by ").count("outlet", named)
    else:
        line.say("in ").count("report", [article.article_id for article in telling.coverage])
    if lines:
        carried = [str(one.number) for one in lines if _carriers(telling, one)]
        line.say("; ").out_of(carried, [str(one.number) for one in lines]).say(" lines carried")
    return telling.sentence(line.say("."), "releases")


def _reports(telling: Telling, release: Article) -> Iterable[Sentence]:
    """What each report took from the release, what it added, what it left out."""
    by_article = {one.article_id: one for one in telling.story.release_coverage if one.release_id == release.article_id}
    for article in telling.works[:_MOST_REPORTS]:
        found = by_article.get(article.article_id)
        if found is not None:
            yield telling.sentence(_taken(telling, article, found), "releases")
            for line in (_added(telling, article, found), _cut(telling, article, release, found)):
                if line is not None:
                    yield telling.sentence(line, "releases")


def _taken(telling: Telling, article: Article, found: Coverage) -> Line:
    """Lines word for word and in other words, and how much of the report they are."""
    lines = [line for line in telling.story.release_lines if line.release_id == found.release_id]
    places: dict[str, list[tuple[ReleaseLine, LinePickUp]]] = {"word_for_word": [], "other_words": []}
    for line in lines:
        for one in line.carried_by:
            if one.article_id == article.article_id:
                places[one.how].append((line, one))
    said = telling.outlet(Line(), article).say(" carries ")
    if not any(places.values()):
        return said.say("no line of it.")
    phrases = [
        Line().count("line", [str(line.number) for line, _ in at]).say(f" {_HOW[how]}")
        for how, at in places.items()
        if at
    ]
    said.listed(phrases)
    spans = [in_line(article, one) for _, one in places["word_for_word"]]
    if spans and found.share_of_article >= 0.01:
        said.say("; ").share(f"{found.share_of_article:.0%}", *spans).say(" of its words are the release’s")
    return said.say(".")


def _added(telling: Telling, article: Article, found: Coverage) -> Line | None:
    """Whom and which figures a report sets beside the release, those against it named as such."""
    parts: list[Line] = []
    critical = set(found.critical_quote_ids)
    for quote in _first_of_each_speaker(telling, found.added_quote_ids, found.added_speakers)[:_MOST_NAMED]:
        part = speaker_of(telling, Line(), quote)
        objecting = next(
            (telling.quotes[one] for one in found.added_quote_ids if one in critical and _same(telling, one, quote)),
            None,
        )
        parts.append(part.say(" (critical words)") if objecting else part)
    figures = _figures(telling, found.added_figure_ids)
    against = set(found.counter_figure_ids)
    for figure in sorted(figures, key=lambda one: (one.figure_id not in against, one.start))[:_MOST_NAMED]:
        part = Line().number(figure.text, figure_witness(article, figure))
        parts.append(part.say(" (counter-figure)") if figure.figure_id in against else part)
    return telling.outlet(Line(), article).say(" adds ").listed(parts).say(".") if parts else None


def _cut(telling: Telling, article: Article, release: Article, found: Coverage) -> Line | None:
    """Speakers and figures of the release that a report has nothing of."""
    parts = []
    kept = {quote.speaker for quote in telling.story.quotes if quote.article_id == article.article_id and quote.speaker}
    for quote in _first_of_each_speaker(telling, found.cut_quote_ids, None)[:_MOST_NAMED]:
        words_of = Line().say("words of " if quote.speaker in kept else "")
        parts.append(speaker_of(telling, words_of, quote))
    figures = sorted(_figures(telling, found.cut_figure_ids), key=lambda figure: (figure.where, figure.start))
    parts += [Line().number(one.text, figure_witness(release, one)) for one in figures[:_MOST_NAMED]]
    return telling.outlet(Line(), article).say(" leaves out ").listed(parts).say(".") if parts else None


def _first_of_each_speaker(telling: Telling, quote_ids: Iterable[str], speakers: Sequence[str] | None) -> list[Quote]:
    found: dict[str, Quote] = {}
    for quote_id in quote_ids:
        quote = telling.quotes.get(quote_id)
        if quote and quote.speaker and quote.fragments and (speakers is None or quote.speaker in speakers):
            found.setdefault(quote.speaker, quote)
    return list(found.values())


def _same(telling: Telling, quote_id: str, quote: Quote) -> bool:
    other = telling.quotes.get(quote_id)
    return other is not None and other.speaker == quote.speaker


def _figures(telling: Telling, figure_ids: Iterable[str]) -> list[Figure]:
    """These figures, each amount once, those that would make a reader look up: money, shares, large counts."""
    held = {figure.figure_id: figure for figure in telling.story.figures}
    found: dict[tuple[str, float | None], Figure] = {}
    for figure_id in figure_ids:
        figure = held.get(figure_id)
        if figure and (figure.unit in ("GBP", "USD", "EUR", "percent") or (figure.value or 0.0) >= 100):
            found.setdefault((figure.unit, figure.value), figure)
    return list(found.values())


def _carriers(telling: Telling, line: ReleaseLine) -> list[LinePickUp]:
    """Who carried a line among the reports of the day."""
    works = {article.article_id for article in telling.works}
    return [one for one in line.carried_by if one.article_id in works]


def _line(telling: Telling, release: Article, line: ReleaseLine) -> Line:
    """A line of the release and by whom it was carried, word for word or in other words, or that it was not."""
    said = telling.clipped(Line(), line_words(release, line), in_line(release, line), _LINE_WORDS).say(": ")
    carriers = _carriers(telling, line)
    phrases = []
    for how, words in _HOW.items():
        names = list(_names(telling, [one for one in carriers if one.how == how]))
        if names:
            phrases.append(Line().say(f"{words} in ").listed(names))
    return said.listed(phrases).say(".") if phrases else said.say("not carried.")


def _names(telling: Telling, carriers: Sequence[LinePickUp]) -> Iterable[Line]:
    """The outlets, each with the words of its report that carry the line, and how many are not known."""
    unknown = []
    for one in sorted(carriers, key=lambda each: sort_name(telling.articles[each.article_id].outlet or "")):
        article = telling.articles[one.article_id]
        if article.outlet:
            carried = in_line(article, one)
            yield Line().name(short_name(article.outlet), of_article(article), carried)
        else:
            unknown.append(one.article_id)
    if unknown:
        yield Line().count("outlet not known", unknown, "outlets not known")


# ------------------------------------------------------------------------------------------- releases and silence


def _silent(silent: Sequence[SilentRelease], day: date, rules: DigestRules) -> Iterable[Sentence]:
    """Releases of the days before that have passed 24 or 48 hours by the end of the day without a report held."""
    end = datetime.combine(day + timedelta(days=1), time(), rules.zone)
    picked_up = {one.release.article_id: one.reports for one in silent}
    said: dict[str, timedelta] = {}
    for after in _LATER:
        issued = [(one.release, issued_by(one.release, rules.zone)) for one in silent]
        old = [release for release, at in issued if at is not None and end - at >= after]
        for release in without_pick_up(old, picked_up, as_of=end, after=after):
            said.setdefault(release.article_id, after)
    ours = [one.release for one in silent if one.release.article_id in said and _is_ours(one.release, rules)]
    for release in sorted(ours, key=lambda one: (-said[one.article_id], one.published_at or end, one.article_id))[
        :_MOST_SILENT
    ]:
        hours = int(said[release.article_id].total_seconds()) // 3600
        line = Line().quote(" ".join(release.title.text.split()), in_excerpt(release, release.title))
        line.say(": no coverage in the sources held after ").day(f"{hours} hours", _issued(release)).say(".")
        yield line.sentence(day, "releases")


def issued_by(release: Article, zone: ZoneInfo) -> datetime | None:
    """The latest instant at which it can have been issued: the end of the day when only the day is known."""
    at = release.published_at
    if at is None or release.date_precision == "minute":
        return at
    return datetime.combine(at.astimezone(zone).date() + timedelta(days=1), time(), zone)


def _issued(release: Article) -> Witness:
    return in_excerpt(release, release.date_words) if release.date_words else of_article(release)
