"""Story → its item in the digest: neutral heading, outlets, what is reported, figures, voices, our line, differences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pipeline.clauses import clip, was_clipped
from pipeline.digest_data import Department, DigestRules, StoryData, short_name, sort_name
from pipeline.digest_line import Line
from pipeline.digest_model import ArticleLine, Sentence, StoryItem, Witness
from pipeline.figure_ledger import agreements
from pipeline.folding import fold, words
from pipeline.headings import heading
from pipeline.model import Article, Figure, FigureAgreement, Kind, Quotation, Quote
from pipeline.sentences import paragraphs, sentences
from pipeline.stances import stance
from pipeline.witnesses import in_excerpt, in_text, of_outlet

_MONEY = frozenset({"GBP", "USD", "EUR"})
_MAX_REPORTED = 3
_MAX_FIGURES = 5
_MAX_VOICES = 6
_SOURCES = ("According to a statement from", "in a statement", "a statement from", "press release")


def story_item(story: StoryData, quotations: Sequence[Quotation], *, day: date, rules: DigestRules) -> StoryItem:
    """The story as the digest tells it. Every claim carries its witnesses; nothing is concluded that no source says."""
    writer = _Writer(story, quotations, day, rules)
    return StoryItem(
        story_id=story.story_id,
        heading=writer.heading(),
        outlets=writer.outlets(),
        reported=writer.reported(),
        figures=writer.figures(),
        voices=writer.voices(),
        our_line=writer.our_line(),
        release=writer.release(),
        differences=writer.differences(),
        related=writer.related(),
        articles=tuple(writer.article_line(article) for article in story.of_today()),
    )


def name_of(department: Department, story: StoryData) -> bool:
    """Whether the story is about the department: it issued a release, or is named, or one of its offices is."""
    named = any(department.is_named(mention.name) for mention in story.mentions)
    spoke = any(department.is_named(quote.organisation) for quote in story.quotes)
    issued = any(department.is_named(article.issuer) for article in story.articles)
    offices = {office.casefold() for office in department.offices}
    held = any(mention.role and mention.role.casefold() in offices for mention in story.mentions)
    reported = any(
        office in fold(f"{article.title.text} {article.text[:1500]}")
        for article in story.articles
        for office in (department.name.casefold(), *offices)
    )
    return named or spoke or issued or held or reported


class _Writer:
    """The lines of one story's item."""

    def __init__(self, story: StoryData, quotations: Sequence[Quotation], day: date, rules: DigestRules) -> None:
        self.story, self.day, self.rules = story, day, rules
        self.articles = {article.article_id: article for article in story.articles}
        self.quotes = {quote.quote_id: quote for quote in story.quotes}
        today = {quote.quote_id for quote in story.quotes if quote.article_id in story.today}
        self.quotations = [q for q in quotations if any(variant.quote_id in today for variant in q.variants)]

    def heading(self) -> Sentence:
        """Neutral, of at most eight words; what it names and counts stands in the headlines."""
        told = self.story.coverage or self.story.of_today()
        text = heading([article.title.text for article in told], neutral=self.rules.neutral)
        return Line().text(text, *(in_excerpt(article, article.title) for article in told)).sentence(
            self.day, "heading", self.story.story_id
        )

    def outlets(self) -> Sentence:
        """Who carried it and when it was first seen, in fixed order."""
        line = Line()
        coverage = sorted(self.story.coverage, key=lambda article: (sort_name(article.outlet or "~"), article.article_id))
        releases = self.story.of_today(Kind.PRESS_RELEASE)
        reports = self.story.of_today(Kind.COVERAGE_REPORT)
        if coverage:
            line.listed([self._outlet_with_time(article) for article in coverage]).say(". ")
        if reports:
            for report in reports:
                line.say("Reported as covered")
                if report.reported_outlets:
                    line.say(" in ").listed([self._reported(report, name) for name in report.reported_outlets])
                else:
                    line.say(", no outlet named,")
                line.say(" by ").name(short_name(report.outlet or "a coverage report"), *self._outlet_witnesses(report))
                line.say("; those texts are not held. ")
        if releases and not coverage and not reports:
            line.count("release", [article.article_id for article in releases])
            line.say("; no coverage in the sources held.")
        elif releases:
            line.say("With ").count("release", [article.article_id for article in releases]).say(".")
        return line.sentence(self.day, "outlets", self.story.story_id)

    def _outlet_with_time(self, article: Article) -> Line:
        line = Line()
        if article.outlet:
            line.name(short_name(article.outlet), *self._outlet_witnesses(article))
        else:
            line.say("an outlet not known")
        if article.date_precision == "minute" and article.published_at and article.date_words:
            local = article.published_at.astimezone(self.rules.zone)
            return line.say(" (").day(f"{local:%H:%M}", in_excerpt(article, article.date_words)).say(")")
        return line.say(" (time not known)")

    def _reported(self, report: Article, name: str) -> Line:
        short = short_name(name)
        at = fold(report.text).find(fold(short))
        place = report.text.casefold().find(short.casefold())
        if at < 0 or place < 0:
            return Line().name(short, in_text(report, 0, min(len(report.text), 400)))
        return Line().name(report.text[place : place + len(short)], in_text(report, place, place + len(short)))

    def _outlet_witnesses(self, article: Article) -> tuple[Witness, ...]:
        return (in_excerpt(article, article.outlet_words) if article.outlet_words else of_outlet(article),)

    def reported(self) -> tuple[Sentence, ...]:
        """The opening of each report, attributed, at most 25 words of each; of releases one whole sentence."""
        told = sorted(self.story.coverage, key=lambda article: (sort_name(article.outlet or "~"), article.article_id))
        told = _one_per_work(told, self.story) or list(self.story.of_today(Kind.PRESS_RELEASE))
        found = []
        for article in told[:_MAX_REPORTED]:
            opening = _opening(article)
            if opening is None:
                continue
            excerpt_words, witness = opening
            release = article.kind is Kind.PRESS_RELEASE
            limit = 45 if release else self.rules.max_press_words
            line = Line()
            if release:
                line.say("The department announces: " if self.rules.department.is_named(article.issuer) else "The release says: ")
            elif article.outlet:
                line.name(short_name(article.outlet), *self._outlet_witnesses(article)).say(" reports: ")
            else:
                line.say("An outlet not known reports: ")
            self._quoted(line, excerpt_words, witness, limit).say(".")
            found.append(line.sentence(self.day, "reported", self.story.story_id))
        return tuple(found)

    def _quoted(self, line: Line, text: str, witness: Witness, limit: int) -> Line:
        clipped = clip(text, max_words=limit)
        return line.quote(clipped.rstrip(".") + (" …" if was_clipped(text, clipped) else ""), witness)

    def figures(self) -> tuple[Sentence, ...]:
        """The figures of the day's articles, each once, and how many articles give it."""
        told = self.story.coverage or self.story.of_today()
        ids = {article.article_id for article in told}
        figures = {figure.figure_id: figure for figure in self.story.figures if figure.article_id in ids}
        ranked = sorted(agreements(told, figures.values()), key=_weight)
        lines = []
        for agreement in ranked[:_MAX_FIGURES]:
            if not _worth_saying(agreement):
                continue
            first = _clearest([figures[figure_id] for figure_id in agreement.figure_ids if figure_id in figures])
            line = Line().number(first.text, self._figure_witness(first))
            if first.subject and fold(first.subject) in fold(self._part(first)):
                line.say(", ").quote(clip(first.subject, max_words=12), self._whole_part(first))
            if len(told) > 1:
                carriers = sorted(set(agreement.article_ids))
                line.say(": ").out_of(carriers, [article.article_id for article in told])
            lines.append(line)
        return tuple(line.say(".").sentence(self.day, "figures", self.story.story_id) for line in lines)

    def _part(self, figure: Figure) -> str:
        article = self.articles[figure.article_id]
        if figure.where == "title":
            return article.title.text
        return article.standfirst.text if figure.where == "standfirst" and article.standfirst else article.text

    def _figure_witness(self, figure: Figure) -> Witness:
        article = self.articles[figure.article_id]
        if figure.where == "text":
            return in_text(article, figure.start, figure.end)
        return self._whole_part(figure)

    def _whole_part(self, figure: Figure) -> Witness:
        article = self.articles[figure.article_id]
        if figure.where == "title":
            return in_excerpt(article, article.title)
        if figure.where == "standfirst" and article.standfirst:
            return in_excerpt(article, article.standfirst)
        return in_text(article, *_sentence_around(article.text, figure.start))

    def voices(self) -> tuple[Sentence, ...]:
        """Who is quoted saying what, and by how many of the outlets: department, supportive, critical, other."""
        told = self.story.coverage or self.story.of_today()
        order = {"department": 0, "supportive": 1, "critical": 2, "other": 3}
        found: list[tuple[int, Line]] = []
        for quotation in self.quotations:
            quote = self._quote_of_today(quotation)
            if quote is None or quote.kind == "fragment" or (quotation.speaker is None and quotation.organisation is None):
                continue
            if self._is_line(quote):
                continue  # said verbatim under "our line"
            own = self.rules.department.is_named(quotation.organisation)
            said = _sentences_of(quote)
            chosen = [(said[0], "department" if own else stance(said[0][0], cue=quote.cue, rules=self.rules.stances))]
            if not own:
                objection = next((s for s in said[1:] if stance(s[0], cue=None, rules=self.rules.stances) == "critical"), None)
                if objection and chosen[0][1] != "critical":
                    chosen.append((objection, "critical"))
            for (text, start, end), side in chosen:
                line = Line().say(f"{side.capitalize()}: ")
                self._speaker(line, quotation, quote).say(": ")
                article = self.articles[quote.article_id]
                limit = 45 if article.kind is Kind.PRESS_RELEASE else self.rules.max_press_words
                self._quoted(line, text, in_text(article, start, end), limit)
                self._carriers(line, quotation, clip(text, max_words=limit), told)
                found.append((order[side], line.say(".")))
        found.sort(key=lambda pair: pair[0])
        return tuple(line.sentence(self.day, "voices", self.story.story_id) for _, line in found[:_MAX_VOICES])

    def _quote_of_today(self, quotation: Quotation) -> Quote | None:
        """The fullest of its variants that an article of the day carries, reports before releases."""
        held = [self.quotes[v.quote_id] for v in quotation.variants if v.quote_id in self.quotes]
        held = [quote for quote in held if quote.article_id in self.story.today]
        coverage = {article.article_id for article in self.story.coverage}
        return next((quote for quote in held if quote.article_id in coverage), held[0] if held else None)

    def _speaker(self, line: Line, quotation: Quotation, quote: Quote) -> Line:
        article = self.articles[quote.article_id]
        speaker, role = quotation.speaker, quote.role or quotation.role
        if speaker:
            line.name(speaker, _naming(article, speaker, quote))
            if role and fold(role) in fold(article.text) and fold(role) not in fold(speaker):
                line.say(", ").name(" ".join(role.split()), _naming(article, role, quote))
        else:
            line.name(quotation.organisation or "", _naming(article, quotation.organisation or "", quote))
        if quote.speaker_by == "inferred":
            line.say(" (speaker inferred)")
        return line

    def _carriers(self, line: Line, quotation: Quotation, clause: str, told: Sequence[Article]) -> None:
        """Which of the day's articles carry this very clause."""
        if len(told) < 2:
            return
        said = words(clause)
        carriers = []
        for variant in quotation.variants:
            quote = self.quotes.get(variant.quote_id)
            if quote and quote.article_id in {article.article_id for article in told}:
                there = set(words(quote.text))
                if sum(word in there for word in said) >= 0.8 * len(said):
                    carriers.append(quote.article_id)
        carriers = sorted(set(carriers))
        ids = [article.article_id for article in told]
        if len(carriers) == 1:
            article = self.articles[carriers[0]]
            line.say(", ").name(short_name(article.outlet or "an outlet not known"), *self._outlet_witnesses(article)).say(" only")
        elif carriers:
            line.say(", ").out_of(carriers, ids)

    def _is_line(self, quote: Quote) -> bool:
        """Whether words are the department's own line: a spokesperson's, or a minister's as a report of ours gives it."""
        if not self.rules.department.is_named(quote.organisation):
            return False
        kind = self.articles[quote.article_id].kind
        return kind is Kind.COVERAGE_REPORT or (quote.kind != "fragment" and "spokes" in fold(f"{quote.role} {quote.cue}"))

    def our_line(self) -> tuple[Sentence, ...]:
        """The department's line word for word, from the items of the day, or that there is none."""
        lines = [q for q in self.story.quotes if q.article_id in self.story.today and self._is_line(q) and q.kind != "fragment"]
        found = []
        for quote in lines:
            article = self.articles[quote.article_id]
            line = Line()
            if quote.role or quote.speaker:
                who = quote.speaker or quote.role or ""
                line.name(who, _naming(article, who, quote)).say(": ")
            for place, (start, end) in enumerate(quote.fragments):
                line.say(" " if place else "").quote(article.text[start:end].replace("\n\n", " "), in_text(article, start, end))
            found.append(line.sentence(self.day, "our line", self.story.story_id))
        if found:
            return tuple(found)
        if not self.story.coverage:
            return ()
        ministers = any(
            self.rules.department.is_named(quote.organisation) and quote.article_id in self.story.today for quote in self.story.quotes
        )
        text = "Quoted words of ministers only; no department line in the items held." if ministers else "No department line in the items held."
        return (Line().say(text).sentence(self.day, "our line", self.story.story_id),)

    def release(self) -> tuple[Sentence, ...]:
        """The release behind the coverage, when it is held; else that it is not, and what names it as the source."""
        if not self.story.coverage:
            return ()
        releases = [article for article in self.story.articles if article.kind is Kind.PRESS_RELEASE]
        if releases:
            return tuple(
                Line().say("Held: ").quote(article.title.text, in_excerpt(article, article.title)).say(".").sentence(
                    self.day, "release", self.story.story_id
                )
                for article in releases
            )
        for article in self.story.coverage:
            for cue in _SOURCES:
                at = article.text.find(cue)
                if at >= 0:
                    start, end = _sentence_around(article.text, at)
                    witness = in_text(article, start, end)
                    line = Line().name(short_name(article.outlet or "An outlet not known"), *self._outlet_witnesses(article))
                    line.say(" names a source: ")
                    self._quoted(line, article.text[at:end], witness, 8)
                    return (line.say(". Source release not held.").sentence(self.day, "release", self.story.story_id),)
        return (Line().say("Source release not held.").sentence(self.day, "release", self.story.story_id),)

    def differences(self) -> tuple[Sentence, ...]:
        """What some outlets carried and others did not, and names that differ."""
        coverage = _one_per_work(self.story.coverage, self.story)
        if len(coverage) < 2:
            return ()
        lines = [*self._cut_quotations(coverage), *self._lone_figures(coverage), *self._lone_speakers(coverage)]
        return tuple(line.say(".").sentence(self.day, "differences", self.story.story_id) for line in lines[:6])

    def _cut_quotations(self, coverage: Sequence[Article]) -> Iterable[Line]:
        ids = {article.article_id for article in coverage}
        for quotation in self.quotations:
            variants = [variant for variant in quotation.variants if variant.article_id in ids]
            if len(variants) < 2 or quotation.speaker is None:
                continue
            full = self.quotes[variants[0].quote_id]
            for variant in variants[1:]:
                cuts = [d for d in variant.differences if d.kind == "cut" and len(words(d.full)) >= 6]
                if not cuts:
                    continue
                whole, cutter = self.articles[full.article_id], self.articles[variant.article_id]
                text = max(cuts, key=lambda cut: len(cut.full)).full
                place = _find(whole.text, text)
                if place is None:
                    continue
                line = Line().name(quotation.speaker, _naming(whole, quotation.speaker, full)).say(": ")
                self._quoted(line, whole.text[place[0] : place[1]].split("\n\n")[0], in_text(whole, *place), self.rules.max_press_words)
                line.say(" is in ").name(short_name(whole.outlet or "an outlet not known"), *self._outlet_witnesses(whole))
                line.say(", not in ").name(short_name(cutter.outlet or "an outlet not known"), *self._outlet_witnesses(cutter))
                yield line

    def _lone_figures(self, coverage: Sequence[Article]) -> Iterable[Line]:
        ids = {article.article_id for article in coverage}
        figures = {f.figure_id: f for f in self.story.figures if f.article_id in ids and f.unit in _MONEY | {"percent"}}
        for agreement in agreements(coverage, figures.values()):
            carriers = set(agreement.article_ids)
            if len(carriers) == 1:
                figure = figures[agreement.figure_ids[0]]
                article = self.articles[figure.article_id]
                line = Line().number(figure.text, self._figure_witness(figure)).say(" is in ")
                yield line.name(short_name(article.outlet or "an outlet not known"), *self._outlet_witnesses(article)).say(" only")

    def _lone_speakers(self, coverage: Sequence[Article]) -> Iterable[Line]:
        ids = {article.article_id for article in coverage}
        carried: dict[str, set[str]] = {}
        for quotation in self.quotations:
            if quotation.speaker:
                for variant in quotation.variants:
                    if variant.article_id in ids:
                        carried.setdefault(quotation.speaker, set()).add(variant.article_id)
        for speaker, carriers in sorted(carried.items()):
            if len(carriers) == 1:
                article = self.articles[next(iter(carriers))]
                quote = next(q for q in self.story.quotes if q.speaker == speaker and q.article_id == article.article_id)
                line = Line().name(speaker, _naming(article, speaker, quote)).say(" is quoted in ")
                yield line.name(short_name(article.outlet or "an outlet not known"), *self._outlet_witnesses(article)).say(" only")

    def related(self) -> tuple[Sentence, ...]:
        """Stories that belong beside this one and are not it."""
        kinds = {"preview": "Announced before in", "follow_up": "Followed up in", "context": "See also"}
        return tuple(
            Line().say(f"{kinds[link.kind]}: {_plain(title)}.").sentence(self.day, "related", self.story.story_id)
            for link, title in self.story.links
            if not any(character.isdigit() for character in title)
        )

    def article_line(self, article: Article) -> ArticleLine:
        """The article as the item lists it."""
        placement = self.story.placements[article.article_id]
        if article.date_precision == "minute" and article.published_at:
            when = f"{article.published_at.astimezone(self.rules.zone):%H:%M}"
        elif placement.covered_by == "inferred" and article.published_at is None:
            when = "day taken from its story"
        else:
            when = "time not known"
        return ArticleLine(
            article_id=article.article_id,
            title=article.title.text,
            outlet=article.outlet or article.issuer,
            url=article.url,
            when=when,
            kind=article.kind,
        )


def _plain(title: str) -> str:
    return " ".join(title.split())


def _one_per_work(articles: Sequence[Article], story: StoryData) -> list[Article]:
    """The first article of each near-duplicate group: reprints are one report."""
    found: dict[str, Article] = {}
    for article in articles:
        found.setdefault(story.placements[article.article_id].group_id, article)
    return list(found.values())


def _opening(article: Article) -> tuple[str, Witness] | None:
    """The sentence that says what it is about: a release's summary, else the first sentence of the body."""
    if article.kind is Kind.PRESS_RELEASE and article.standfirst and len(words(article.standfirst.text)) <= 45:
        return article.standfirst.text, in_excerpt(article, article.standfirst)
    for paragraph in paragraphs(article.text)[:3]:
        for start, end in sentences(article.text, *paragraph):
            if len(words(article.text[start:end])) >= 6:
                return article.text[start:end], in_text(article, start, end)
    return None


def _sentence_around(text: str, at: int) -> tuple[int, int]:
    for paragraph in paragraphs(text):
        if paragraph[0] <= at < paragraph[1]:
            return next(((s, e) for s, e in sentences(text, *paragraph) if s <= at < e), paragraph)
    return at, min(at + 1, len(text))


def _sentences_of(quote: Quote) -> list[tuple[str, int, int]]:
    """Sentences of a quotation with their places in the article's text; fragments of a split quotation are one each."""
    return [(fragment_text, start, end) for start, end, fragment_text in _pieces(quote)]


def _pieces(quote: Quote) -> list[tuple[int, int, str]]:
    return [(start, end, "") for start, end in quote.fragments]


def _find(text: str, wanted: str) -> tuple[int, int] | None:
    """Place of words in a text, white space aside."""
    parts = wanted.split()
    at = text.find(parts[0])
    while at >= 0:
        place, good = at, True
        for part in parts:
            place = text.find(part, place)
            if place < 0 or place - at > 2 * len(wanted):
                good = False
                break
            place += len(part)
        if good:
            return at, place
        at = text.find(parts[0], at + 1)
    return None


def _naming(article: Article, name: str, quote: Quote) -> Witness:
    """Where the article names somebody: nearest before the quotation, else anywhere, else its first lines."""
    first = quote.fragments[0][0] if quote.fragments else 0
    plain, wanted = article.text.replace("\u00a0", " "), name.replace("\u00a0", " ")
    at = plain.rfind(wanted, 0, first + len(wanted))
    if at < 0:
        at = plain.find(wanted)
    if at >= 0:
        return in_text(article, at, at + len(wanted))
    start, end = _sentence_around(article.text, first)
    return in_text(article, max(0, start - 300), min(len(article.text), end + 300))


def _weight(agreement: FigureAgreement) -> tuple[int, int, float, str]:
    kind = 0 if agreement.unit in _MONEY else 1 if agreement.unit == "percent" else 2
    return -len(set(agreement.article_ids)), kind, -abs(agreement.value), agreement.subject


def _worth_saying(agreement: FigureAgreement) -> bool:
    """Money and shares always; counts from a hundred up, or when several articles give them."""
    return agreement.unit in _MONEY | {"percent"} or agreement.value >= 100 or len(set(agreement.article_ids)) > 1


def _clearest(figures: Sequence[Figure]) -> Figure:
    """Of several places the one in the text with the longest subject."""
    return max(figures, key=lambda figure: (figure.where == "text", len(figure.subject), figure.figure_id))


def by_id(articles: Iterable[Article]) -> Mapping[str, Article]:
    """Articles by their ids."""
    return {article.article_id: article for article in articles}
