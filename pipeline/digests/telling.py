"""What the lines of one story's item share: its articles by id, who carried what, and the places of names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from pipeline.digests.clauses import clip, was_clipped
from pipeline.digests.digest_data import DigestRules, StoryData, short_name, sort_name
from pipeline.digests.digest_line import Line
from pipeline.digests.digest_model import Sentence, Witness
from pipeline.digests.witnesses import in_excerpt, in_text, of_agency, of_article, of_body, of_office
from pipeline.folding import fold, words
from pipeline.model import Article, Evidence, Kind, Quotation, Quote
from pipeline.sentences import paragraphs, sentences

RELEASE_WORDS = 45  # of a release, which is Crown copyright, a whole sentence may stand
Place = tuple[int, int]


class Telling:
    """One story on one day, as its lines are written."""

    def __init__(self, story: StoryData, quotations: Sequence[Quotation], day: date, rules: DigestRules) -> None:
        self.story, self.day, self.rules = story, day, rules
        self.articles = {article.article_id: article for article in story.articles}
        self.quotes = {quote.quote_id: quote for quote in story.quotes}
        today = {quote.quote_id for quote in story.quotes if quote.article_id in story.today}
        self.quotations = [q for q in quotations if any(variant.quote_id in today for variant in q.variants)]

    @cached_property
    def coverage(self) -> list[Article]:
        """The day's reports, in the fixed order of their outlets."""
        return sorted(self.story.coverage, key=lambda article: (sort_name(article.outlet or "~"), article.article_id))

    @cached_property
    def works(self) -> list[Article]:
        """The day's reports, of each near-duplicate group the fullest: reprints are one report."""
        found: dict[str, Article] = {}
        for article in self.coverage:
            group = self.story.placements[article.article_id].group_id
            if group not in found or len(article.text) > len(found[group].text):
                found[group] = article
        return list(found.values())

    @cached_property
    def told(self) -> list[Article]:
        """What the item tells of: the reports, and where there are none the releases and what else there is."""
        return self.coverage or list(self.story.of_today())

    def outlet_of(self, article_id: str) -> str:
        """The outlet of an article; one that is not known is an outlet of its own."""
        return self.articles[article_id].outlet or article_id

    def sentence(self, line: Line, section: str) -> Sentence:
        """The finished line."""
        return line.sentence(self.day, section, self.story.story_id)

    def outlet(self, line: Line, article: Article) -> Line:
        """The article's outlet, named as its text or a seed row names it; of one not known, whose copy it carries."""
        if not article.outlet:
            line.say("An outlet not known" if line.is_empty else "an outlet not known")
            return line.say(" with ").name(article.agency, of_agency(article)).say(" copy") if article.agency else line
        return line.name(short_name(article.outlet), of_article(article))

    def quoted(self, line: Line, article: Article, place: Place) -> Line:
        """Words of an article's text: at most 25 of a newspaper's, a whole sentence of a release's."""
        limit = RELEASE_WORDS if article.kind is Kind.PRESS_RELEASE else self.rules.max_press_words
        return self.clipped(line, article.text[place[0] : place[1]], in_text(article, *place), limit)

    def clipped(self, line: Line, text: str, witness: Witness, limit: int) -> Line:
        """Words in quotation marks, cut to whole clauses; an ellipsis says that more followed."""
        flat = " ".join(text.split())
        cut = clip(flat, max_words=limit)
        return line.quote(cut.rstrip(".,;:") + (" …" if was_clipped(flat, cut) else ""), witness)


def opening(article: Article) -> Place | None:
    """Place of the first full sentence of the body, which says what the article is about.

    A report on coverage begins with who carried it, which the item says anyway: there it is the next.
    """
    first = paragraphs(article.text)[:3]
    whole = [place for place in first if article.text[: place[1]].rstrip("\"'”’)").endswith((".", "!", "?", "…"))]
    for paragraph in whole or first:  # a standfirst among the paragraphs has no full stop
        for start, end in sentences(article.text, *paragraph):
            on_coverage = article.kind is Kind.COVERAGE_REPORT and "coverage" in article.text[start:end]
            if len(words(article.text[start:end])) >= 6 and not on_coverage:
                return start, end
    return None


def sentence_around(text: str, at: int) -> Place:
    """Place of the sentence that holds a character."""
    for paragraph in paragraphs(text):
        if paragraph[0] <= at < paragraph[1]:
            return next(((start, end) for start, end in sentences(text, *paragraph) if start <= at < end), paragraph)
    return at, min(at + 1, len(text))


def sentences_of(quote: Quote, article: Article) -> list[Place]:
    """Places of the sentences of quoted words, in order."""
    return [place for start, end in quote.fragments for place in sentences(article.text, start, end)]


def naming(article: Article, name: str, quote: Quote) -> Witness:
    """Where the article names somebody: nearest before the quoted words, anywhere, in its head; else who infers it."""
    first = quote.fragments[0][0] if quote.fragments else 0
    plain, wanted = article.text.replace("\u00a0", " "), name.replace("\u00a0", " ")
    at = plain.rfind(wanted, 0, first + len(wanted))
    at = at if at >= 0 else plain.find(wanted)
    if at >= 0:
        return in_text(article, at, at + len(wanted))
    for excerpt in (article.standfirst, article.title):
        if excerpt and fold(name) in fold(excerpt.text):
            return in_excerpt(article, excerpt)
    if name == quote.organisation and quote.cue:
        return of_body(article, name, quote.cue)
    if quote.speaker_by is Evidence.INFERRED and name == quote.speaker:
        return of_office(article, name, quote.role)
    start, end = sentence_around(article.text, first)
    return in_text(article, max(0, start - 400), min(len(article.text), end + 400))


def around(article: Article, quote: Quote) -> Witness:
    """All the words of a quotation, from the first to the last."""
    return in_text(article, quote.fragments[0][0], quote.fragments[-1][1])


def find_words(text: str, wanted: str) -> Place | None:
    """Place of words in a text, white space aside; None when they do not stand there."""
    parts = wanted.split()
    at = text.find(parts[0]) if parts else -1
    while at >= 0:
        place = at
        for part in parts:
            found = text.find(part, place)
            if found < 0 or found - place > 4:
                break
            place = found + len(part)
        else:
            return at, place
        at = text.find(parts[0], at + 1)
    return None
