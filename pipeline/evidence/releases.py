"""Release and coverage → what was carried line by line, by whom, in which words; what was added and what was left out.

A line is a sentence of the release, of its standfirst or of its text. It is carried word for word when nearly all of
its runs of words stand in the article, in other words when one sentence of the article shares its content words and
its names and figures.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, lru_cache

from pipeline.evidence.amounts import find_amounts
from pipeline.evidence.bounds import MONEY_UNITS, Amount
from pipeline.evidence.figure_ledger import agree
from pipeline.evidence.lexicon import flatten
from pipeline.evidence.quotations import group_quotations
from pipeline.folding import words
from pipeline.model import Article, Coverage, Figure, LinePickUp, Quote, ReleaseLine
from pipeline.sentences import Range, paragraphs, sentences

RUN_WORDS = 5  # shared runs of so many words are copying; chance gives under 2 % of them on unrelated releases
MIN_WORD_FOR_WORD = 0.75  # share of a line's words that lie in shared runs
MIN_OTHER_WORDS = 0.55  # share of a line's content words that one sentence of the article has …
SHARED_FIGURE = 0.3  # … to which each amount that both give adds this much
MIN_LINE_WORDS = 5  # "Thank you." is no line that anybody carries
MIN_CONTENT_WORDS = 4
MIN_TELLING_COUNT = 100
_RUN_OF_SHORT_LINE = 3

# "The press release issued by the Home Office on 30 October 2023.": an archive's line, the same in all its releases.
_ISSUE_LINE = re.compile(
    r"^The (?:press release|speech|statement|letter|news story) (?:issued|made|given|published)\b.*$", re.MULTILINE
)
_OBJECTS = re.compile(
    r"\b(?:however|but|despite|although|yet|fails?|failed|failing|failure|not enough|does not go|do not go|"
    r"shortfall|gap|"
    r"cuts?|slashed|crisis|pressures?|overstretched|underfunded|lack|lacks|lacking|too little|too late|inadequate|"
    r"insufficient|concerned|concerns?|worry|worried|worrying|wrong|damag\w+|risks?|warn\w*|criticis\w+|condemn\w*|"
    r"unacceptable|shame\w*|chaos|broken|misguided|pointless|gimmick|headline-grabbing|disappoint\w+|urgent\w*|"
    r"instead of|without|only|still|no longer|must go further|needs to go further|demands?|halt|reverse|austerity|"
    r"complete failure|on the cheap|collapse|scandal)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Text:
    """An article's text as it is compared."""

    article: Article

    @cached_property
    def body(self) -> str:
        """The text with an archive's issue line blanked out, so that offsets hold."""
        return _ISSUE_LINE.sub(lambda line: " " * len(line.group()), self.article.text)

    @cached_property
    def sentences(self) -> list[Range]:
        return [part for start, end in paragraphs(self.body) for part in sentences(self.body, start, end)]

    @cached_property
    def words(self) -> list[tuple[str, int, int]]:
        return _placed_words(self.body, 0, len(self.body))

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Runs of five words, and of three for the short lines of others."""
        parts = [word for word, _, _ in self.words]
        return frozenset(
            tuple(parts[at : at + size])
            for size in (RUN_WORDS, _RUN_OF_SHORT_LINE)
            for at in range(len(parts) - size + 1)
        )

    @cached_property
    def places(self) -> dict[tuple[str, ...], list[int]]:
        """Where each run of three words begins, as indices into `words`."""
        found: dict[tuple[str, ...], list[int]] = defaultdict(list)
        parts = [word for word, _, _ in self.words]
        for at in range(len(parts) - _RUN_OF_SHORT_LINE + 1):
            found[tuple(parts[at : at + _RUN_OF_SHORT_LINE])].append(at)
        return found

    @cached_property
    def amounts(self) -> list[frozenset[tuple[str, float]]]:
        """The amounts of each sentence."""
        found = find_amounts(flatten(self.body))
        return [frozenset(_telling(a for a in found if start <= a.start < end)) for start, end in self.sentences]

    @cached_property
    def content(self) -> list[tuple[Range, frozenset[str]]]:
        return [(part, _content(self.body[slice(*part)])) for part in self.sentences]


# What stands below it is for desks and not for print.
_BULLET = re.compile(r"[•·▪◦‣●○*–-]\s+")
_NOTES = re.compile(
    r"^[ \t]*(?:notes? (?:to|for) (?:the )?editors?|[-–\s]*ends[-–\s]*)[ \t]*:?[ \t]*$", re.IGNORECASE | re.MULTILINE
)


def release_lines(
    release: Article, coverage: Sequence[Article], quotes: Iterable[Quote] = ()
) -> tuple[ReleaseLine, ...]:
    """Every line of a release with the articles that carried it, in the order given; notes to editors are no lines.

    The lines of the standfirst come first, those aside that a sentence of the text says again.
    quotes  the release's own, for the speakers of its lines
    """
    text, lead = _Text(release), _standfirst(release)
    others = [
        (_Text(article), _standfirst(article)) for article in coverage if article.article_id != release.article_id
    ]
    spoken = [
        (start, end, q.speaker) for q in quotes if q.article_id == release.article_id for start, end in q.fragments
    ]
    of_text = list(_line_ranges(text))
    of_lead = [
        part for part in _line_ranges(lead) if not any(_says_again(lead, part, text, sentence) for sentence in of_text)
    ]
    found: list[ReleaseLine] = []
    for source, (start, end) in [(lead, part) for part in of_lead] + [(text, part) for part in of_text]:
        pick_ups = (_closest(source.body[start:end], *other) for other in others)
        half = (end - start) / 2
        within = (who for first, last, who in spoken if min(last, end) - max(first, start) >= half)
        found.append(
            ReleaseLine(
                release_id=release.article_id,
                number=len(found),
                start=start,
                end=end,
                in_standfirst=source is lead,
                speaker=next(within, None) if source is text else None,
                carried_by=tuple(one for one in pick_ups if one is not None),
            )
        )
    return tuple(found)


def line_words(release: Article, line: ReleaseLine) -> str:
    """The words of a line as its release spells them."""
    source = _standfirst(release) if line.in_standfirst else _Text(release)
    return source.article.text[line.start : line.end]


def share_from(article: Article, release: Article) -> float:
    """Share of an article's words that lie in runs of five it has in common with a release: 1 for a copy."""
    own, runs = _Text(article), _Text(release).runs | _standfirst(release).runs
    if not own.words:
        return 0.0
    return sum(_copied([word for word, _, _ in own.words], runs, RUN_WORDS)) / len(own.words)


def coverage_of(
    release: Article,
    article: Article,
    lines: Sequence[ReleaseLine],
    quotes: Sequence[Quote],
    figures: Sequence[Figure],
) -> Coverage:
    """What one article took from a release, added and cut.

    lines    of the release, from `release_lines` with this article among the coverage
    quotes   of both; figures  of both
    """
    carried = [one for line in lines for one in line.carried_by if one.article_id == article.article_id]
    ours = [quote for quote in quotes if quote.article_id == release.article_id]
    theirs = [quote for quote in quotes if quote.article_id == article.article_id]
    common = _common_quotes(ours, theirs)
    our_speakers = {_surname(quote.speaker) for quote in ours if quote.speaker}
    added = [quote for quote in theirs if quote.quote_id not in common]
    our_figures = [figure for figure in figures if figure.article_id == release.article_id]
    their_figures = [figure for figure in figures if figure.article_id == article.article_id]
    new_figures = [one for one in their_figures if one.value is not None and not _given(one, our_figures)]
    return Coverage(
        release_id=release.article_id,
        article_id=article.article_id,
        share_of_article=share_from(article, release),
        lines_word_for_word=sum(one.how == "word_for_word" for one in carried),
        lines_in_other_words=sum(one.how == "other_words" for one in carried),
        line_count=len(lines),
        added_speakers=tuple(
            dict.fromkeys(q.speaker for q in added if q.speaker and _surname(q.speaker) not in our_speakers)
        ),
        added_quote_ids=tuple(quote.quote_id for quote in added),
        critical_quote_ids=tuple(quote.quote_id for quote in added if objects(quote.text)),
        added_figure_ids=tuple(figure.figure_id for figure in new_figures),
        counter_figure_ids=tuple(one.figure_id for one in new_figures if _is_counter(one, article, added)),
        cut_quote_ids=tuple(quote.quote_id for quote in ours if quote.quote_id not in common),
        cut_figure_ids=tuple(
            one.figure_id for one in our_figures if one.value is not None and not _given(one, their_figures)
        ),
    )


def counter_figures(
    article: Article,
    quotes: Iterable[Quote],
    figures: Iterable[Figure],
    *,
    is_department: Callable[[str | None], bool],
) -> tuple[tuple[Figure, Quote], ...]:
    """Amounts that somebody outside the department sets against its own, when no release is held to compare with.

    They stand in objecting words of a speaker of another body, and nobody else in the article gives them.
    returns   each with the quote that it stands in
    """
    own = [figure for figure in figures if figure.article_id == article.article_id and figure.value is not None]
    outside = [
        q for q in quotes if q.article_id == article.article_id and q.speaker and not is_department(q.organisation)
    ]
    quoted = {one.figure_id: quote for one in own for quote in outside if _is_counter(one, article, [quote])}
    told = [figure for figure in own if figure.figure_id not in quoted]
    return tuple((one, quoted[one.figure_id]) for one in own if one.figure_id in quoted and not _given(one, told))


def objects(text: str) -> bool:
    """Whether words object to something: a rule of thumb, never shown as more than "critical words"."""
    return _OBJECTS.search(text) is not None


def without_pick_up(
    releases: Sequence[Article], picked_up: Mapping[str, Sequence[str]], *, as_of: datetime, after: timedelta
) -> tuple[Article, ...]:
    """Releases that no article in the sources held has carried, so long after they were issued; oldest first.

    picked_up  release → ids of the articles that carried a line of it
    """
    silent = [
        release
        for release in releases
        if release.published_at is not None
        and as_of - release.published_at >= after
        and not picked_up.get(release.article_id)
    ]
    return tuple(sorted(silent, key=lambda release: (release.published_at or as_of, release.article_id)))


def _standfirst(article: Article) -> _Text:
    """The standfirst as a text of its own; empty when there is none."""
    return _Text(replace(article, text=article.standfirst.text if article.standfirst else ""))


def _line_ranges(text: _Text) -> Iterator[Range]:
    """The sentences that are lines, up to the notes to editors and without the marks of a list."""
    notes = heading.start() if (heading := _NOTES.search(text.body)) else len(text.body)
    for begin, end in text.sentences:
        start = bullet.end() if (bullet := _BULLET.match(text.body, begin, end)) else begin
        if start >= notes:
            return
        line = text.body[start:end]
        if len(words(line)) >= MIN_LINE_WORDS and not line.rstrip().endswith(":"):
            yield start, end


def _says_again(lead: _Text, part: Range, text: _Text, sentence: Range) -> bool:
    """Whether one sentence of the text has a line of the standfirst nearly word for word, and little besides.

    Little enough that a report with the line alone carries the sentence too, and is not told to have carried neither.
    """
    line, said = (replace(one.article, text=one.body[slice(*at)]) for one, at in ((lead, part), (text, sentence)))
    parts = words(line.text)
    if sum(_copied(parts, _Text(said).runs, _run_of(parts))) < MIN_WORD_FOR_WORD * len(parts):
        return False
    return _pick_up(said.text, _Text(line)) is not None


def _run_of(parts: Sequence[str]) -> int:
    """How many words make a shared run of a line of so many."""
    return RUN_WORDS if len(parts) >= 2 * RUN_WORDS else _RUN_OF_SHORT_LINE


def _closest(line: str, text: _Text, standfirst: _Text) -> LinePickUp | None:
    """What a report made of a line in its text; in its standfirst when only that has it, or only that word for word."""
    found = _pick_up(line, text)
    if standfirst.article.text and (found is None or found.how != "word_for_word"):
        above = _pick_up(line, standfirst)
        if above is not None and (found is None or above.how == "word_for_word"):
            return replace(above, in_standfirst=True)
    return found


def _pick_up(line: str, other: _Text) -> LinePickUp | None:
    parts = words(line)
    copied = _copied(parts, other.runs, _run_of(parts))
    share = sum(copied) / len(parts)
    if share >= MIN_WORD_FOR_WORD:
        start, end = _place(parts, copied, other)
        return LinePickUp(
            article_id=other.article.article_id, how="word_for_word", share=round(share, 3), start=start, end=end
        )
    wanted, amounts = _said(line)
    if len(wanted) < MIN_CONTENT_WORDS:
        return None
    best, best_share = None, 0.0
    for (part, content), given in zip(other.content, other.amounts, strict=True):
        share = len(wanted & content) / len(wanted) + SHARED_FIGURE * len(amounts & given)
        if share > best_share:
            best, best_share = part, share
    if best is None or best_share < MIN_OTHER_WORDS:
        return None
    return LinePickUp(
        article_id=other.article.article_id,
        how="other_words",
        share=round(min(best_share, 1.0), 3),
        start=best[0],
        end=best[1],
    )


@lru_cache(maxsize=64)  # a line is held against the text and the standfirst of each report in turn
def _said(line: str) -> tuple[frozenset[str], frozenset[tuple[str, float]]]:
    """Content words and amounts of a line."""
    return _content(line), frozenset(_telling(find_amounts(flatten(line))))


def _telling(amounts: Iterable[Amount]) -> Iterator[tuple[str, float]]:
    """Amounts that tell something by themselves: money, shares, and counts that chance does not repeat."""
    for amount in amounts:
        if amount.value is not None and (
            amount.unit in MONEY_UNITS | {"percent", "ratio"} or amount.value >= MIN_TELLING_COUNT
        ):
            yield amount.unit, amount.value


def _copied(parts: Sequence[str], runs: frozenset[tuple[str, ...]], size: int) -> list[bool]:
    """Which words lie in a run of `size` words that the other text has too."""
    marked = [False] * len(parts)
    for at in range(len(parts) - size + 1):
        if tuple(parts[at : at + size]) in runs:
            marked[at : at + size] = [True] * size
    return marked


def _place(parts: Sequence[str], copied: Sequence[bool], other: _Text) -> Range:
    """Where the copied words stand in the other text: the stretch of the line's length that has most of its runs."""
    starts = sorted(
        at
        for index in range(len(parts) - _RUN_OF_SHORT_LINE + 1)
        if all(copied[index : index + _RUN_OF_SHORT_LINE])
        for at in other.places.get(tuple(parts[index : index + _RUN_OF_SHORT_LINE]), ())
    )
    best = max(starts, key=lambda first: sum(first <= at < first + len(parts) for at in starts))
    last = max(at for at in starts if best <= at < best + len(parts)) + _RUN_OF_SHORT_LINE - 1
    return other.words[best][1], other.words[last][2]


_WORD = re.compile(r"\w+(?:'\w+)*")
_STOP = frozenset(
    "the a an and or but of in on at to for from by with as is are was were be been has have had will would that this "
    "these those it its their there which who up than more over about into out not also said says say he she they "
    "we our "
    "his her i you your my us them him new can could may all so if when what how do does did because while after "
    "before".split()
)
_SUFFIX = re.compile(r"(?:'s|s'|ies|ing|ed|es|s|ion|ions|ly)$")


def _placed_words(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    flat = flatten(text)
    return [(m.group().casefold(), m.start(), m.end()) for m in _WORD.finditer(flat, start, end)]


def _content(text: str) -> frozenset[str]:
    found = (word for word, _, _ in _placed_words(text, 0, len(text)))
    return frozenset(_SUFFIX.sub("", word) for word in found if word not in _STOP and len(word) > 2)


def _common_quotes(ours: Sequence[Quote], theirs: Sequence[Quote]) -> set[str]:
    """Quotes that both have, by their ids."""
    common: set[str] = set()
    ids = {quote.quote_id for quote in ours}
    for quotation in group_quotations([*ours, *theirs]):
        members = {variant.quote_id for variant in quotation.variants}
        if members & ids and members - ids:
            common |= members
    return common


def _given(figure: Figure, others: Iterable[Figure]) -> bool:
    return any(other.value is not None and agree(figure, other) for other in others)


def _is_counter(figure: Figure, article: Article, quotes: Iterable[Quote]) -> bool:
    """Whether an amount stands in words that object, inside one of the quotes."""
    if figure.where != "text":
        return False
    for quote in quotes:
        for start, end in quote.fragments:
            if start <= figure.start < end and objects(article.text[start:end]):
                return True
    return False


def _surname(name: str) -> str:
    parts = words(name)
    return parts[-1] if parts else ""
