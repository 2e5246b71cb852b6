"""Story → who is quoted saying what, by how many of the outlets, what the department's own line is, and who was cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from pipeline.digests.clauses import clip
from pipeline.digests.digest_data import COVERAGE
from pipeline.digests.digest_line import Line
from pipeline.digests.digest_model import Sentence
from pipeline.digests.telling import Place, Telling, find_words, naming, sentences_of
from pipeline.digests.witnesses import in_text
from pipeline.evidence.stances import stance
from pipeline.folding import fold, words
from pipeline.model import Article, Evidence, Kind, Quotation, Quote
from pipeline.sentences import sentences

Side = Literal["department", "supportive", "critical", "other"]
_ORDER: dict[Side, int] = {"department": 0, "supportive": 1, "critical": 2, "other": 3}
_MOST = 6
_CARRIED_SHARE = 0.8  # of a clause's words: variants change a comma or a pronoun
_CUT_WORDS = 6  # a shorter cut is no difference worth a line


def voices(telling: Telling) -> tuple[Sentence, ...]:
    """Quotations of the day, each once, its speaker with role, the department's first, then support, then objection.

    A quotation that first agrees and then objects has two lines: which outlet carried which is the point.
    """
    found: list[tuple[Side, bool, bool, str, Line]] = []  # its side, whether a part, whether in a report, its speaker
    for quotation in telling.quotations:
        quote = _of_today(telling, quotation)
        if quote is None or is_our_line(telling, quote) or (quote.kind == "fragment" and _is_small(quotation, quote)):
            continue
        if quotation.speaker is None and quotation.organisation is None:
            continue
        for place, side in _chosen(telling, quotation, quote):
            line = _voice(telling, quotation, quote, place, side)
            is_reported = telling.articles[quote.article_id].kind is not Kind.PRESS_RELEASE
            is_part = quote.kind == "fragment"
            found.append((side, is_part, is_reported, quotation.speaker or quotation.organisation or "", line))
    found.sort(key=lambda one: (_ORDER[one[0]], one[1]))
    speakers = [speaker for _, _, _, speaker, _ in found]
    seconds = [speaker in speakers[:place] for place, speaker in enumerate(speakers)]
    # Of too many go first second lines of one speaker, then those that only a release has.
    places = sorted(range(len(found)), key=lambda n: (seconds[n], not found[n][2], n))[:_MOST]
    return tuple(telling.sentence(found[place][4].say("."), "voices") for place in sorted(places))


def _is_small(quotation: Quotation, quote: Quote) -> bool:
    """Whether a few quoted words say too little for a line: one word, or nobody's."""
    return len(words(quote.text)) < 2 or quotation.speaker is None


def _of_today(telling: Telling, quotation: Quotation) -> Quote | None:
    """The fullest of its variants that an article of the day carries, reports before releases."""
    held = [telling.quotes[variant.quote_id] for variant in quotation.variants if variant.quote_id in telling.quotes]
    held = [quote for quote in held if quote.article_id in telling.story.today]
    reports = {article.article_id for article in telling.coverage}
    return next((quote for quote in held if quote.article_id in reports), held[0] if held else None)


def _chosen(telling: Telling, quotation: Quotation, quote: Quote) -> list[tuple[Place, Side]]:
    """The first sentence of the quoted words, and the first that objects when that is another."""
    article = telling.articles[quote.article_id]
    places = sentences_of(quote, article)
    if not places:
        return []
    spoken = article.release_type == "speech" or article.kind is Kind.SPEECH
    begin = _first_telling(article, places) if spoken else 0
    if telling.rules.department.is_named(quotation.organisation):
        return [(places[begin], "department")]
    places = places[begin:]
    rules = telling.rules.stances
    first: Side = stance(article.text[slice(*places[0])], cue=quote.cue, rules=rules)
    chosen = [(places[0], first)]
    objecting = (
        place for place in places[1:] if stance(article.text[slice(*place)], cue=None, rules=rules) == "critical"
    )
    if first != "critical" and (objection := next(objecting, None)):
        chosen.append((objection, "critical"))
    return chosen


_GREETING = re.compile(
    r"\W*(?:good (?:morning|afternoon|evening|day)|(?:many )?thanks?\b|hello|welcome|ladies and gentlemen|friends,|"
    r"(?:it(?:'s| is|’s) )?(?:\w+ ){0,3}(?:pleasure|honou?r|privilege) to|"
    r"I(?:'m|’m| am) (?:\w+ )?(?:delighted|pleased|grateful|honou?red|glad)\b)",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(r"\b(?:I|we)(?:'m|’m|'re|’re)?\b[^.]{0,40}\bannounc(?:e|ing|ed)\b", re.IGNORECASE)


def _first_telling(article: Article, places: Sequence[Place]) -> int:
    """Index of the sentence that a speech is told by: the first that announces, else the first behind the greetings."""
    said = [article.text[slice(*place)] for place in places]
    announces = next((number for number, sentence in enumerate(said) if _ANNOUNCES.search(sentence)), None)
    if announces is not None:
        return announces
    return next((number for number, sentence in enumerate(said) if not _GREETING.match(sentence)), 0)


def _voice(telling: Telling, quotation: Quotation, quote: Quote, place: Place, side: Side) -> Line:
    article = telling.articles[quote.article_id]
    line = _speaker(telling, Line().say(f"{side.capitalize()}: "), quotation, quote).say(": ")
    rest = _goes_on(quote, article, place)
    if rest is None:
        telling.quoted(line, article, place)
    else:
        both = f"{article.text[slice(*place)].rstrip(',')} … {article.text[slice(*rest)]}"
        telling.clipped(line, both, in_text(article, place[0], rest[1]), telling.rules.max_press_words)
    if len(telling.coverage) > 1:
        clause = clip(article.text[slice(*place)], max_words=telling.rules.max_press_words)
        carriers = _carriers(telling, quotation, clause)
        if len(carriers) == 1:
            telling.outlet(line.say(", "), telling.articles[carriers[0]]).say(" only")
        else:
            line.say(", ").out_of(carriers, [one.article_id for one in telling.told])
    return line


def _goes_on(quote: Quote, article: Article, place: Place) -> Place | None:
    """The rest of a sentence that its cue splits: “It beggars belief,” said Jane Doe, “that a crew must wait.”"""
    for (_, end), following in pairwise(quote.fragments):
        if end == place[1] and article.text[end - 1] == "," and article.text[following[0]].islower():
            return sentences(article.text, *following)[0]
    return None


def _speaker(telling: Telling, line: Line, quotation: Quotation, quote: Quote) -> Line:
    """The speaker of a quotation: by the fullest name and the fullest words for the same post, of any article."""
    held = [telling.quotes[variant.quote_id] for variant in quotation.variants if variant.quote_id in telling.quotes]
    own = fold(quote.role or "")
    fuller = (one for one in held if one.role and own in fold(one.role) and one.speaker == quotation.speaker)
    of_today = (one for one in fuller if one.article_id in telling.story.today)
    said = max(of_today, key=lambda one: (len(one.role or ""), one is quote, one.quote_id), default=quote)
    named = replace(said, speaker=quotation.speaker, organisation=quotation.organisation)
    return speaker_of(telling, line, named)


_DOCUMENTS = frozenset(
    "letter report statement document email memo memorandum review study article filing complaint lawsuit petition "
    "inquiry paper judgment ruling survey briefing".split()
)


def with_article(line: Line, speaker: str) -> Line:
    """The line with "the " where a document speaks: its name comes without an article."""
    return line.say("the ") if speaker[:1].islower() and speaker.split()[-1] in _DOCUMENTS else line


def speaker_of(telling: Telling, line: Line, quote: Quote) -> Line:
    """Who says a quote, with the role that its article gives."""
    article = telling.articles[quote.article_id]
    role = quote.role if quote.role_by is not Evidence.INFERRED else None
    if quote.speaker:
        line = with_article(line, quote.speaker)
        line.name(quote.speaker, naming(article, quote.speaker, quote))
        there = naming(article, role, quote) if role and fold(role) not in fold(quote.speaker) else None
        if role and there and fold(role) in fold(there.words):
            line.say(", ").name(" ".join(role.split()), there)
        elif quote.role is None and (body := _told_body(quote, article)):
            line.say(", ").name(body, naming(article, body, quote))
    elif quote.role:
        line.name(" ".join(quote.role.split()), naming(article, quote.role, quote))
    else:
        line.name(quote.organisation or "", naming(article, quote.organisation or "", quote))
    return line.say(" (speaker inferred)") if quote.speaker_by is Evidence.INFERRED and quote.speaker else line


def _told_body(quote: Quote, article: Article) -> str | None:
    """The body that a speaker without a post is of, as the article names it."""
    body = quote.organisation or ""
    return body if fold(body) in fold(article.text) and fold(body) not in fold(quote.speaker or "") else None


def _carriers(telling: Telling, quotation: Quotation, clause: str) -> list[str]:
    """Ids of the day's articles that carry this very clause."""
    said, told = words(clause), {article.article_id for article in telling.told}
    found = set()
    for variant in quotation.variants:
        quote = telling.quotes.get(variant.quote_id)
        if quote and quote.article_id in told:
            there = set(words(quote.text))
            if sum(word in there for word in said) >= _CARRIED_SHARE * len(said):
                found.add(quote.article_id)
    return sorted(found)


def is_our_line(telling: Telling, quote: Quote) -> bool:
    """Whether words are the department's own line: a spokesperson's, or what its own coverage report quotes."""
    if not telling.rules.department.is_named(quote.organisation):
        return False
    own_report = telling.articles[quote.article_id].kind is Kind.COVERAGE_REPORT
    return quote.kind != "fragment" and (own_report or "spokes" in fold(f"{quote.role} {quote.speaker} {quote.cue}"))


def our_line(telling: Telling) -> tuple[Sentence, ...]:
    """The department's line, once however many carry it, or that there is none; a newspaper's wording of it is cut."""
    held = [q for q in telling.story.quotes if q.article_id in telling.story.today and is_our_line(telling, q)]
    lines = []
    said_before: set[str] = set()
    for quote in held:
        article = telling.articles[quote.article_id]
        if fold(quote.text) in said_before:
            continue
        said_before.add(fold(quote.text))
        who = quote.speaker or quote.role
        line = Line().name(who, naming(article, who, quote)).say(": ") if who else Line()
        if article.kind in COVERAGE:
            lines.append(telling.quoted(line, article, (quote.fragments[0][0], quote.fragments[0][1])))
            continue
        for number, (start, end) in enumerate(quote.fragments):
            line.say(" " if number else "").quote(
                " ".join(article.text[start:end].split()), in_text(article, start, end)
            )
        lines.append(line)
    if not lines and telling.coverage:
        ministers = any(
            telling.rules.department.is_named(quote.organisation) and quote.article_id in telling.story.today
            for quote in telling.story.quotes
        )
        said = "Quoted words of ministers only; no department line" if ministers else "No department line"
        lines = [Line().say(f"{said} in the items held.")]
    return tuple(telling.sentence(line, "our line") for line in lines)


def cut_quotations(telling: Telling) -> Iterable[Line]:
    """The longest passage of each quotation that one outlet carried and another left out."""
    works = {article.article_id for article in telling.works}
    for quotation in telling.quotations:
        variants = [variant for variant in quotation.variants if variant.article_id in works]
        if len(variants) < 2 or quotation.speaker is None:
            continue
        full = telling.quotes[variants[0].quote_id]
        whole = telling.articles[full.article_id]
        cuts_of = {
            variant.article_id: [
                one.full for one in variant.differences if one.kind == "cut" and len(words(one.full)) >= _CUT_WORDS
            ]
            for variant in variants[1:]
        }
        # An outlet that carries the whole in one article has not cut it, whatever its other articles leave out.
        carriers = {telling.articles[article_id].outlet for article_id, cuts in cuts_of.items() if not cuts}
        carriers.add(whole.outlet)
        for article_id, cuts in cuts_of.items():
            if telling.articles[article_id].outlet in carriers:
                continue
            place = find_words(whole.text, max(cuts, key=len)) if cuts else None
            if place is not None:
                line = Line().name(quotation.speaker, naming(whole, quotation.speaker, full)).say(": ")
                telling.quoted(line, whole, place)
                telling.outlet(line.say(" is in "), whole)
                yield telling.outlet(line.say(", not in "), telling.articles[article_id])


def lone_speakers(telling: Telling) -> Iterable[Line]:
    """People whom one of several outlets quotes and the others do not."""
    coverage = {article.article_id for article in telling.coverage}
    carried: dict[str, dict[str, Quote]] = {}
    for quotation in telling.quotations:
        for variant in quotation.variants if quotation.speaker else ():
            if variant.article_id in coverage:
                quote = telling.quotes[variant.quote_id]
                carried.setdefault(quotation.speaker or "", {}).setdefault(variant.article_id, quote)
    for speaker, by_article in sorted(carried.items()):
        if len({telling.outlet_of(article_id) for article_id in by_article}) == 1:
            article_id, quote = next(iter(by_article.items()))
            article: Article = telling.articles[article_id]
            line = Line().name(speaker, naming(article, speaker, quote)).say(" is quoted in ")
            yield telling.outlet(line, article).say(" only")
