"""Texts that changed after an issue had gone out → what the next issue says of it: headline, figures, quoted words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

from pipeline.digests.clauses import clip, was_clipped
from pipeline.digests.digest_data import Correction, DayData, DigestRules, short_name
from pipeline.digests.digest_line import Line
from pipeline.digests.digest_model import Sentence, Witness
from pipeline.digests.telling import RELEASE_WORDS
from pipeline.digests.witnesses import in_excerpt, in_text, of_article
from pipeline.evidence.amendments import amendments, telling_part
from pipeline.evidence.quote_differences import differences
from pipeline.folding import fold, words
from pipeline.model import Article, Kind, Quote
from pipeline.sentences import Range, paragraphs, sentences

_MOST = 6
_MOST_OF_A_TEXT = 3


def corrections_since(data: DayData, rules: DigestRules) -> tuple[Sentence, ...]:
    """What has changed in texts that an earlier issue told of; the rest of a text may change without a line."""
    found: dict[str, Sentence] = {}
    for correction in data.corrections:
        for line in list(_lines(correction, rules))[:_MOST_OF_A_TEXT]:
            sentence = line.sentence(data.day, "corrections")
            found.setdefault(sentence.text, sentence)
    return tuple(found.values())[:_MOST]


def _lines(correction: Correction, rules: DigestRules) -> Iterator[Line]:
    old, new = correction.old, correction.new
    titles = " ".join(old.title.text.split()), " ".join(new.title.text.split())
    if titles[0] != titles[1]:
        line = _opening(correction).quote(titles[0], in_excerpt(old, old.title)).say(" is now headed ")
        yield line.quote(titles[1], in_excerpt(new, new.title)).say(".")
    before, after = _sentences(old), _sentences(new)
    was_said = [fold(old.text[slice(*part)]) for part in before]
    is_said = [fold(new.text[slice(*part)]) for part in after]
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, was_said, is_said, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for place in range(max(a1 - a0, b1 - b0)):
            was = before[a0 + place] if a0 + place < a1 else None
            now = after[b0 + place] if b0 + place < b1 else None
            yield from _changed(correction, was, now, rules)


def _changed(correction: Correction, was: Range | None, now: Range | None, rules: DigestRules) -> Iterator[Line]:
    """One sentence before and after: the words that changed where they are a figure's or somebody's own."""
    old, new = correction.old, correction.new
    if was and now:
        texts = old.text[slice(*was)], new.text[slice(*now)]
        for difference in differences(*texts):
            if difference.kind == "altered" and _tells(difference.full, difference.variant, correction, was, now):
                line = _opening(correction).quote(" ".join(difference.full.split()).rstrip("."), in_text(old, *was))
                line.say(" is now ").quote(" ".join(difference.variant.split()).rstrip("."), in_text(new, *now))
                yield line.say(".")
    elif was and _is_telling(old, was, correction.old_quotes):
        yield _clipped(_opening(correction), old, was, rules).say(" is no longer in the text.")
    elif now and _is_telling(new, now, correction.new_quotes) and not _says_it_again(new.text, now):
        yield _clipped(_opening(correction), new, now, rules).say(" was added.")


def _tells(was: str, now: str, correction: Correction, before: Range, after: Range) -> bool:
    """Whether a change is one of figures or of quoted words; a mended comma is not."""
    if words(was) == words(now):
        return False
    digits = any(character.isdigit() for character in was + now)
    quoted = _is_quoted(before, correction.old_quotes) or _is_quoted(after, correction.new_quotes)
    return digits or quoted


def _is_telling(article: Article, place: Range, quotes: tuple[Quote, ...]) -> bool:
    return any(character.isdigit() for character in article.text[slice(*place)]) or _is_quoted(place, quotes)


def _says_it_again(text: str, place: Range) -> bool:
    """Whether a sentence is of a note on what was wrong, and not the one that the note is told by."""
    notes = (note for note in amendments(text) if note[0] <= place[0] < note[1])
    return any(telling_part(text, note) != place for note in notes)


def _is_quoted(place: Range, quotes: tuple[Quote, ...]) -> bool:
    return any(start < place[1] and place[0] < end for quote in quotes for start, end in quote.fragments)


def _opening(correction: Correction) -> Line:
    """Which issue it concerns, and whose text."""
    line = Line().say("Issue of ").day(_said(correction.covered_on), _dated(correction.old)).say(", ")
    article = correction.old
    return (
        line.name(short_name(article.outlet), of_article(article)).say(": ")
        if article.outlet
        else _by_title(line, article)
    )


def _by_title(line: Line, article: Article) -> Line:
    title = " ".join(article.title.text.split())
    return line.quote(clip(title, max_words=8), in_excerpt(article, article.title)).say(": ")


def _dated(article: Article) -> Witness:
    return in_excerpt(article, article.date_words) if article.date_words else in_excerpt(article, article.title)


def _clipped(line: Line, article: Article, place: Range, rules: DigestRules) -> Line:
    limit = RELEASE_WORDS if article.kind is Kind.PRESS_RELEASE else rules.max_press_words
    flat = " ".join(article.text[slice(*place)].split())
    cut = clip(flat, max_words=limit)
    return line.quote(cut.rstrip(".,;:") + (" …" if was_clipped(flat, cut) else ""), in_text(article, *place))


def _sentences(article: Article) -> list[Range]:
    return [part for start, end in paragraphs(article.text) for part in sentences(article.text, start, end)]


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
