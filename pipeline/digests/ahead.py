"""Article → dates ahead that it names, with the words that say what is to come."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from pipeline.folding import fold_marks
from pipeline.model import Article
from pipeline.reading.dates import Dated, find_date
from pipeline.sentences import paragraphs, sentences

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH_YEAR = re.compile(
    rf"\b(?:in|by|until|before|end of|from|of)\s+({'|'.join(_MONTHS)})(?:\s+(\d{{4}}))?\b", re.IGNORECASE
)
_DAY = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{'|'.join(_MONTHS)})(?:\s+\d{{4}})?\b|"
    rf"\b(?:{'|'.join(_MONTHS)})\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?\b",
    re.IGNORECASE,
)
_ON_WEEKDAY = re.compile(rf"\b(?:on|next|this coming)\s+({'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(tomorrow|next week|next month|later this (?:week|month|year)|next year)\b", re.IGNORECASE)
_RELATIVE_ONLY = ("next ", "later this")  # these need no word of what is to come beside them
_NEAR = ("tomorrow", *_RELATIVE_ONLY)
_ANY = (*_MONTHS, *_WEEKDAYS, *_NEAR)
_TO_COME = re.compile(
    r"\b(?:will|is to|are to|due|expected|set to|plans? to|to be|meets?|hosting|convening|launch(?:es)?|begins?|opens?|"
    r"takes effect|comes? into force|deadline|would(?! have)|shall|going to|rolled out|illegal from)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had|took place|came into|announced on|published on|last)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r";\s+(?:(?:and|but|or)\s)?")
_FIRST_WORDS = 20  # of a newspaper's sentence 25 are quoted
# "a plan announced by the department on Thursday" is over; "will be debated", "is expected on Thursday" are to come.
_DONE = re.compile(
    r"(?<!be )\b(?!expected|scheduled|planned|delayed)(?:[a-z]{3,}ed|said|told|made|held|gave|met|set out)\b"
    r"(?!.*\b(?:will|to|would)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateAhead:
    """A date that lies ahead. `text[start:end]` is the sentence, `words` what was read as the date."""

    on: date  # the first day of the span that is meant
    precision: str  # day, week, month or year
    words: str
    start: int
    end: int


def dates_ahead(article: Article, *, day: date, zone: ZoneInfo, within_days: int) -> tuple[DateAhead, ...]:
    """Dates after `day` and within so many days of it, that the article names in sentences about what is to come.

    A sentence with two such dates gives its first.
    """
    folded = fold_marks(article.text)
    text = folded if len(folded) == len(article.text) else article.text
    lowered = _lowered(text)
    named = [word for word in _ANY if word in lowered]
    found = []
    for paragraph in paragraphs(text) if named else ():
        if not any(lowered.find(word, *paragraph) >= 0 for word in named):
            continue
        for start, end in sentences(text, *paragraph):
            words_of_it = [word for word in named if lowered.find(word, start, end) >= 0]
            if not words_of_it or "?" in text[start:end]:
                continue  # most sentences; and who asks something announces nothing
            for on, precision, words in _named(text[start:end], words_of_it, day, zone):
                if day < on <= day + timedelta(days=within_days):
                    found.append(DateAhead(on, precision, words, start, end))
                    break
    return tuple(found)


def _lowered(text: str) -> str:
    """The text in small letters, character for character: places in it are places in the text."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)


def _named(sentence: str, words: Sequence[str], day: date, zone: ZoneInfo) -> Iterator[tuple[date, str, str]]:
    """Dates that a sentence names; full dates and months only when it speaks of what is to come.

    words   those of _ANY that stand in it
    """
    near = any(word in _NEAR for word in words)
    to_come = any(word not in _RELATIVE_ONLY for word in words) and _TO_COME.search(sentence) is not None
    months = to_come and any(word in _MONTHS for word in words)
    for match in _DAY.finditer(sentence) if months else ():
        if on := _full_day(match[0], day, zone):
            yield on, "day", match[0]
    for match in _ON_WEEKDAY.finditer(sentence) if to_come else ():
        ahead = (_WEEKDAYS.index(match[1].lower()) - day.weekday() - 1) % 7 + 1
        before = sentence[: match.start()][-60:]
        if not _PAST.search(before[-40:]) and not (match[0].lower().startswith("on") and _DONE.search(before)):
            yield day + timedelta(days=ahead), "day", match[0]
    for match in _MONTH_YEAR.finditer(sentence) if months else ():
        month = _MONTHS.index(match[1].lower()) + 1
        year = int(match[2]) if match[2] else day.year + (month < day.month)
        if not match[2] and (month - day.month) % 12 > 6:
            continue  # "in August", said in October, is the August that was
        if _DONE.search(sentence, 0, match.start()) and match[0].lower().startswith("in"):
            continue  # "a bill that would do so failed in March"
        last = monthrange(year, month)[1] if match[0].lower().startswith(("by", "until", "end of", "before")) else 1
        yield date(year, month, last), "month", match[0]
    for match in _RELATIVE.finditer(sentence) if near else ():
        shift: Mapping[str, int] = {"tomorrow": 1, "next week": 7 - day.weekday()}
        words = match[0].lower()
        if words == "tomorrow" and not to_come:
            continue
        if words in shift:
            yield day + timedelta(days=shift[words]), "day" if words == "tomorrow" else "week", match[0]
        elif words == "next month":
            yield (day.replace(day=1) + timedelta(days=32)).replace(day=1), "month", match[0]
        elif words.startswith("later this"):
            yield day + timedelta(days=1), words.rsplit(" ", 1)[1], match[0]


def _full_day(words: str, day: date, zone: ZoneInfo) -> date | None:
    """The day; without a year the next such day, counted from `day`."""
    if re.search(r"\d{4}", words):
        dated = find_date(words, received_on=day, zone=zone, zones={})
        return dated.published_at.astimezone(zone).date() if isinstance(dated, Dated) else None
    dated = find_date(words, received_on=day + timedelta(days=364), zone=zone, zones={})
    return dated.published_at.astimezone(zone).date() if isinstance(dated, Dated) else None


def clause_with_date(text: str, one: DateAhead) -> int:
    """Where the clause with the date begins, of a sentence so long that its first words would be all that is quoted."""
    at = text.find(one.words, one.start, one.end)
    ends = [found.end() for found in _CLAUSE_END.finditer(text, one.start, max(at, one.start))]
    return ends[-1] if ends and len(text[one.start : at].split()) > _FIRST_WORDS else one.start
