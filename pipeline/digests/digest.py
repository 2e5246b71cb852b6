"""The day's stories → the digest, with every section in its place and every sentence checked against its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipeline.digests.ahead import DateAhead, clause_with_date, dates_ahead
from pipeline.digests.amended import amended
from pipeline.digests.broadcasts import appearances
from pipeline.digests.corrections_since import corrections_since
from pipeline.digests.digest_data import DayData, DigestRules, StoryData, short_name
from pipeline.digests.digest_line import Line
from pipeline.digests.digest_model import Digest, Dropped, Part, Sentence, State, StoryItem, Table
from pipeline.digests.length import within
from pipeline.digests.release_items import pick_up
from pipeline.digests.story_figures import figure_witness
from pipeline.digests.story_item import heading_line, outlets_line, story_item
from pipeline.digests.telling import Telling, around, naming
from pipeline.digests.watched import watched
from pipeline.digests.witnesses import Reread, fault, in_excerpt, in_text, of_article
from pipeline.evidence.figure_ledger import conflicts, unsupported_headlines
from pipeline.evidence.quotations import group_quotations
from pipeline.folding import fold, words
from pipeline.model import Article, Evidence, Figure, Kind, Quotation, derived_id

_MOST_IN_BRIEF = 3
_MOST_TO_CHECK = 8
_MOST_AHEAD = 5
_SAME_SHARE = 0.85  # of the words of the shorter of two sentences about one day
_MOST_ALSO = 60  # more lines than the main text has room for; "in brief" counts all stories
_WORDS_OF_A_STORY = 120  # of several, each has so many (length.py shares them out)
_AHEAD_DAYS = 190  # "by May 2024", said in October, is worth a line; later dates are no press office's morning


def compose(data: DayData, rules: DigestRules, *, reread: Reread, queries: Sequence[tuple[str, str]] = ()) -> Digest:
    """The digest of a day. Pure but for `reread`, which reads the words of a witness again.

    A sentence whose evidence does not hold is taken out and listed; the rest goes out, and the state says so.
    """
    stories = sorted(data.stories, key=lambda story: _rank(story, rules))
    quotations = group_quotations([quote for story in stories for quote in story.quotes])
    leading, rest = _leading(stories, quotations, data, rules)
    releases = pick_up(stories, data.releases_before, data.day, rules)
    inputs = sorted({article.document_id for story in stories for article in story.articles})
    digest = Digest(
        department=rules.department.name,
        day=data.day,
        window=f"Published on {data.day:%A} {data.day.day} {data.day:%B %Y}, {rules.zone.key}",
        state="complete",
        state_reasons=(),
        run_id=derived_id("digest", data.day.isoformat(), rules.department.name, *inputs)[:8],
        in_brief=_in_brief(stories, data, rules),
        leading=tuple(leading),
        to_check=_to_check(stories, quotations, data, rules),
        also_covered=tuple(_also(story, data, rules) for story in rest[:_MOST_ALSO]),
        broadcast=_broadcast(stories, data, rules),
        releases=releases.told,
        release_lines=releases.line_by_line,
        numbers=_numbers(stories, data),
        volume=data.volume,
        watched=watched(stories, data.day, rules),
        ahead=_ahead(stories, data, rules),
        corrections=corrections_since(data, rules),
        not_known=_not_known(stories),
        inputs=tuple(inputs),
        code_version=rules.code_version,
        queries=tuple(queries),
    )
    return within(_with_state(_checked(digest, reread), stories, data), max_words=rules.max_words)


# -------------------------------------------------------------------------------------------------------- the order


def _rank(story: StoryData, rules: DigestRules) -> tuple[bool, int, int, int, str]:
    """The department's stories first, then by independent reports, outlets and what else there is."""
    works = {story.placements[article.article_id].group_id for article in story.coverage}
    reported = sum(len(a.reported_outlets) or 1 for a in story.of_today(Kind.COVERAGE_REPORT))
    return not is_about(rules, story), -len(works) - reported, -len(story.outlets), -len(story.today), story.story_id


def is_about(rules: DigestRules, story: StoryData) -> bool:
    """Whether a story is about the department: it issued, spoke or is named, or a holder of one of its offices is."""
    department = rules.department
    offices = {office.casefold() for office in department.offices}
    return (
        any(department.is_named(article.issuer) for article in story.articles)
        or any(department.is_named(quote.organisation) for quote in story.quotes)
        or any(department.is_named(mention.name) for mention in story.mentions)
        or any(mention.role is not None and fold(mention.role) in offices for mention in story.mentions)
        or any(
            name in fold(f"{article.title.text} {article.standfirst.text if article.standfirst else ''}")
            for article in story.articles
            for name in {department.name.casefold(), *offices}
        )
    )


def _leading(
    stories: Sequence[StoryData], quotations: Sequence[Quotation], data: DayData, rules: DigestRules
) -> tuple[list[StoryItem], list[StoryData]]:
    """Three to five items, as many as the length of the main text can tell; the other stories get a line each.

    While a story of the day is about the department, only such stories lead.
    """
    items: list[StoryItem] = []
    length = 0
    own = [story for story in stories if is_about(rules, story)]  # they stand first
    for story in (own or stories)[: rules.max_leading]:
        item = story_item(story, quotations, day=data.day, rules=rules)
        length += min(_length(item), _WORDS_OF_A_STORY)
        if len(items) >= rules.min_leading and length > rules.max_words:
            break
        items.append(item)
    return items, list(stories[len(items) :])


def _length(item: StoryItem) -> int:
    """Words of an item, the department's line aside."""
    sections = (item.reported, item.figures, item.voices, item.release, item.differences, item.related)
    said = [item.heading, item.outlets, *(sentence for section in sections for sentence in section)]
    return sum(len(sentence.text.split()) for sentence in said)


# ----------------------------------------------------------------------------------------------------- the sections


def _in_brief(stories: Sequence[StoryData], data: DayData, rules: DigestRules) -> tuple[Sentence, ...]:
    name = rules.department.name
    if not stories:
        return (Line().say(f"No coverage of the {name} in the sources held.").sentence(data.day, "brief"),)
    own = [story for story in stories if is_about(rules, story)]
    told = [Telling(story, (), data.day, rules) for story in (own or stories)[:_MOST_IN_BRIEF]]
    headings = [Line().include(heading_line(telling)) for telling in told]
    opens = (
        f"Today’s {name} stories include: "
        if own
        else f"No story of the day names the {name}; the sources held tell of: "
    )
    opening = Line().say(opens).listed(headings).say(".")
    counts = Line().count("story", [story.story_id for story in stories], "stories").say(", ")
    items = [article_id for story in stories for article_id in sorted(story.today)]
    outlets = sorted({outlet for story in stories for outlet in story.outlets})
    counts.count("item", items).say(", ").count("outlet", outlets).say(".")
    return opening.sentence(data.day, "brief"), counts.sentence(data.day, "brief")


def _also(story: StoryData, data: DayData, rules: DigestRules) -> Sentence:
    telling = Telling(story, (), data.day, rules)
    return telling.sentence(Line().include(heading_line(telling)).say(" – ").include(outlets_line(telling)), "also")


def _to_check(
    stories: Sequence[StoryData], quotations: Sequence[Quotation], data: DayData, rules: DigestRules
) -> tuple[Sentence, ...]:
    """What outlets say they got wrong, figures that cannot both be right, headlines beyond their text, quotations that
    differ: facts, no verdict.
    """
    found: list[Sentence] = []
    shared: dict[str, list[Quotation]] = {}  # by the articles of those that several articles carry
    for quotation in quotations:
        for article_id in {variant.article_id for variant in quotation.variants} if len(quotation.variants) > 1 else ():
            shared.setdefault(article_id, []).append(quotation)
    for story in stories:
        today = story.of_today()
        figures = {figure.figure_id: figure for figure in story.figures if figure.article_id in story.today}
        listed = list(figures.values())
        doubts = [
            *conflicts(today, listed),
            *(doubt for article in today for doubt in unsupported_headlines(article, listed)),
        ]
        lines = [line.say(".") for line in amended(Telling(story, (), data.day, rules))]
        lines += [_doubt(doubt.kind, [figures[one] for one in doubt.figure_ids], by_id(today)) for doubt in doubts]
        beside = {q.quotation_id: q for article in today for q in shared.get(article.article_id, ())}
        lines += _altered(story, sorted(beside.values(), key=lambda one: (-len(one.variants), one.quotation_id)))
        found += [line.sentence(data.day, "check", story.story_id) for line in lines]
        if len(found) >= _MOST_TO_CHECK:
            break
    return tuple(found[:_MOST_TO_CHECK])


def by_id(articles: Iterable[Article]) -> dict[str, Article]:
    """Articles by their ids."""
    return {article.article_id: article for article in articles}


def _doubt(kind: str, amounts: Sequence[Figure], articles: Mapping[str, Article]) -> Line:
    """Both amounts with their evidence, or the amount of a headline that its text does not give."""
    first = amounts[0]
    article = articles[first.article_id]
    if kind == "headline":
        line = Line().number(first.text, figure_witness(article, first)).say(" is in the headline ")
        line.quote(" ".join(article.title.text.split()), in_excerpt(article, article.title))
        return line.say(" and not in its text.")
    line = Line()
    for place, amount in enumerate(amounts):
        article = articles[amount.article_id]
        line.say(" and " if place else "").number(amount.text, figure_witness(article, amount))
        if kind == "between" and article.outlet:
            line.say(" in ").name(short_name(article.outlet), of_article(article))
    line.say(" are given for the same thing")
    subject = max((amount.subject for amount in amounts), key=len)
    return line.say(f": {_unnumbered(subject)}." if subject else ".")


def _unnumbered(text: str) -> str:
    return " ".join(part for part in text.split() if not any(character.isdigit() for character in part))


def _altered(story: StoryData, quotations: Sequence[Quotation]) -> Iterable[Line]:
    """Quotations whose words differ between outlets of the day, beyond commas and capitals."""
    articles, quotes = by_id(story.articles), {quote.quote_id: quote for quote in story.quotes}
    coverage = {article.article_id for article in story.coverage}
    for quotation in quotations:
        variants = [variant for variant in quotation.variants if variant.article_id in coverage]
        if len(variants) < 2 or quotation.speaker is None:
            continue
        full = quotes[variants[0].quote_id]
        whole = articles[full.article_id]
        for variant in variants[1:]:
            quote = quotes[variant.quote_id]
            for difference in variant.differences if quote.kind != "fragment" else ():
                if difference.kind == "altered" and words(difference.full) != words(difference.variant):
                    line = Line().name(quotation.speaker, naming(whole, quotation.speaker, full))
                    line.say(" is quoted in two ways: ")
                    line.quote(" ".join(difference.full.split()), around(whole, full)).say(" and ")
                    line.quote(" ".join(difference.variant.split()), around(articles[quote.article_id], quote))
                    yield line.say(".")


def _broadcast(stories: Sequence[StoryData], data: DayData, rules: DigestRules) -> tuple[Sentence, ...]:
    found = []
    for story in stories:
        for article in story.of_today():
            people = [mention for mention in story.mentions if mention.article_id == article.article_id]
            for heard in appearances(article, people, rules.programmes, day=data.day):
                witness = in_text(article, heard.start, heard.end)
                line = Line().name(heard.words, witness)
                if heard.person:
                    line.say(": ").name(heard.person.split()[-1], witness)
                if heard.on:
                    line.say(", ").day(f"{heard.on.day} {heard.on:%B}", witness)
                found.append(line.say(".").sentence(data.day, "broadcast", story.story_id))
    return tuple({sentence.text: sentence for sentence in found}.values())


def _numbers(stories: Sequence[StoryData], data: DayData) -> Table:
    coverage = [article for story in stories for article in story.coverage]
    works = {story.placements[article.article_id].group_id for story in stories for article in story.coverage}
    outlets = {outlet for story in stories for outlet in story.outlets}
    unknown = sum(article.outlet is None for article in coverage)
    base = "none held" if data.base_median is None else f"{data.base_median:g}"
    rows = [
        ("Stories", str(len(stories)), ""),
        ("Items of coverage", str(len(coverage)), base),
        ("Works (reprints once)", str(len(works)), ""),
        ("Outlets", str(len(outlets)) + (f" and {unknown} not known" if unknown else ""), ""),
        ("Releases", str(sum(len(story.of_today(Kind.PRESS_RELEASE)) for story in stories)), ""),
        ("Reports on coverage", str(sum(len(story.of_today(Kind.COVERAGE_REPORT)) for story in stories)), ""),
    ]
    return Table(columns=("", "Today", "Median of the 7 days before"), rows=tuple(rows))


def _ahead(stories: Sequence[StoryData], data: DayData, rules: DigestRules) -> tuple[Sentence, ...]:
    found = [
        (one, article, story)
        for story in stories
        for article in story.of_today()
        for one in dates_ahead(article, day=data.day, zone=rules.zone, within_days=_AHEAD_DAYS)
    ]
    # What several outlets say in the same words is one line: an agency's sentence stood there once for each reprint.
    told: dict[tuple[str, date, str], list[tuple[DateAhead, Article, StoryData]]] = {}
    for one, article, story in sorted(found, key=lambda place: place[0].on):
        said = " ".join(words(article.text[one.start : one.end]))
        beside = (other for of_story, on, other in told if (of_story, on) == (story.story_id, one.on))
        if not any(other != said and _says_the_same(other, said) for other in beside):
            told.setdefault((story.story_id, one.on, said), []).append((one, article, story))
    sentences = []
    for places in list(told.values())[:_MOST_AHEAD]:
        one, article, story = places[0]
        telling = Telling(story, (), data.day, rules)
        line = Line().day(_said_date(one.on, one.precision), in_text(article, one.start, one.end)).say(": ")
        telling.quoted(line, article, (clause_with_date(article.text, one), one.end))
        outlets: dict[str, Article] = {}
        for _, other, _ in places:
            if other.outlet:
                outlets.setdefault(other.outlet, other)
        for number, other in enumerate(outlets.values()):
            telling.outlet(line.say(", " if number else " – "), other)
        sentences.append(telling.sentence(line.say("."), "ahead"))
    return tuple(sentences)


def _says_the_same(one: str, other: str) -> bool:
    """Whether nearly all words of the shorter stand in the longer: a release's sentence and a report's."""
    a, b = set(one.split()), set(other.split())
    return len(a & b) >= _SAME_SHARE * min(len(a), len(b))


def _said_date(on: date, precision: str) -> str:
    if precision == "day":
        return f"{on:%A} {on.day} {on:%B %Y}"
    return f"Week of {on.day} {on:%B %Y}" if precision == "week" else f"{on:%B %Y}"


def _not_known(stories: Sequence[StoryData]) -> Table:
    rows = []
    for story in stories:
        for article in story.of_today():
            title = " ".join(article.title.text.split())
            placement = story.placements[article.article_id]
            if article.published_at is None:
                rows.append((title, "date", "not in its text; day inferred from its story"))
            elif placement.covered_by is Evidence.INFERRED:
                rows.append((title, "date", "year not in its text; inferred"))
            if article.kind in (Kind.ARTICLE, Kind.SUMMARY_ONLY):
                if article.outlet is None:
                    rows.append((title, "outlet", "not known"))
                elif article.outlet_by is Evidence.CONFIGURED:
                    rows.append((title, "outlet", f"not in its text; configured as {article.outlet}"))
                if article.author is None:
                    rows.append((title, "author", "not known"))
    return Table(columns=("Item", "Field", "State"), rows=tuple(rows))


# --------------------------------------------------------------------------------------------- evidence and state


def _checked(digest: Digest, reread: Reread) -> Digest:
    """The digest without the sentences whose evidence does not hold; those are listed with their reason."""
    dropped: list[Dropped] = []

    def good(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
        kept = []
        for sentence in sentences:
            reason = fault(sentence, reread)
            if reason is None:
                kept.append(sentence)
            else:
                dropped.append(Dropped(sentence_id=sentence.sentence_id, text=sentence.text, reason=reason))
        return tuple(kept)

    items = []
    for item in digest.leading:
        head = good([item.heading])
        places = good([item.outlets])
        items.append(
            replace(
                item,
                heading=head[0] if head else _without_claims(item.heading, "Heading taken out"),
                outlets=places[0] if places else _without_claims(item.outlets, "Outlets taken out"),
                reported=good(item.reported),
                figures=good(item.figures),
                voices=good(item.voices),
                our_line=good(item.our_line),
                release=good(item.release),
                differences=good(item.differences),
                related=good(item.related),
            )
        )
    return replace(
        digest,
        in_brief=good(digest.in_brief),
        leading=tuple(items),
        to_check=good(digest.to_check),
        also_covered=good(digest.also_covered),
        broadcast=good(digest.broadcast),
        releases=good(digest.releases),
        release_lines=tuple(replace(item, lines=good(item.lines)) for item in digest.release_lines),
        watched=good(digest.watched),
        ahead=good(digest.ahead),
        corrections=good(digest.corrections),
        dropped=tuple({one.sentence_id: one for one in dropped}.values()),
    )


def _without_claims(sentence: Sentence, text: str) -> Sentence:
    return replace(sentence, parts=(Part(text),))


def _with_state(digest: Digest, stories: Sequence[StoryData], data: DayData) -> Digest:
    """Complete, partial with what is missing, or held with why."""
    reasons = [trouble.text for trouble in data.troubles]
    undated = sum(article.published_at is None for story in stories for article in story.of_today())
    if undated:
        reasons.append(
            f"date of {undated} item{'s' if undated > 1 else ''} not in {'their texts' if undated > 1 else 'its text'}"
        )
    if digest.dropped:
        reasons.append(f"{len(digest.dropped)} sentence{'s' if len(digest.dropped) > 1 else ''} taken out")
    state: State = "held" if data.stopped else "partial" if reasons else "complete"
    return replace(digest, state=state, state_reasons=(*data.stopped, *reasons))
