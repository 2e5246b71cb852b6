"""What looks like an amount and is none: dates, times, years, ages, telephone and section numbers, labels."""

from __future__ import annotations

import re

from pipeline.sentences import Range

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|"
    r"Jul|Aug|Sept?|Oct|Nov|Dec)\b"
)
_NO_AMOUNT = re.compile(
    r"\b(?:"  # said once: where no word begins, or ends, no alternative is tried
    + "|".join(
        (
            (
                rf"\d{{1,2}}(?:st|nd|rd|th)?(?:\s(?:to|and|-|–)\s\d{{1,2}}(?:st|nd|rd|"
                rf"th)?)?\s(?:of\s)?{_MONTH}\.?(?:,?\s\d{{4}})?"
            ),
            (
                rf"{_MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?(?:,?\s\d{{4}})?(?!\d|,\d|"
                rf"\s?(?:per cent|percent|%))"
            ),
            r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\d{4}-\d{2}-\d{2}\b",
            r"(?:19|20)\d{2}\s?[/–-]\s?(?:\d{4}|\d{2})\b",
            r"\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|a\.m\.|p\.m\.|o'clock|o’clock|noon)(?![A-Za-z])",
            r"\d{1,2}:\d{2}(?::\d{2})?\b|\d{1,3}/\d{1,4}(?:/\d{1,4})?\b",
            (
                r"(?:0\d{2,4}[\s-]?\d{3,4}[\s-]?\d{3,4}|0800[\s\d]+|\+\d[\d\s()-]{6,}|\d{3}-\d{3}-\d{4}|"
                r"\(\d{3}\)\s?\d{3}-\d{4})"
            ),
            (
                r"(?:aged?|ages|aged between|ages of|between the ages of)\s(?:between\s)?\d{1,3}(?:\s?(?:-|–|to|and|"
                r"or)\s?\d{1,3})?\b"
            ),
            (
                r"(?:\d{1,3}|[a-z]+(?:-[a-z]+)?)(?:\s(?:to|or|and)\s\d{1,3}|"
                r"\s?[-–]\s?\d{1,3})?[\s-]years?[\s-]olds?\b|\d{1,2}-(?:month|week|day)s?-olds?\b"
            ),
            r"(?:under|over|below|above)[\s-]?\d{1,2}s\b|(?:19|20)?\d0s\b|mid-\d0s\b",
            r"\d{1,3}(?:st|nd|rd|th)\b",
        )
    )
    + r")|(?<=, )\d{1,3}(?=, | and of |\)|\.)|(?<=\()\d{1,3}(?=\))",
    re.IGNORECASE,
)
_LABEL_BEFORE = re.compile(
    r"\b(?:(?:sections?|sect|articles?|chapters?|clauses?|paras?|paragraphs?|schedules?|pages?|pp?|nos?|numbers?|"
    r"case study|grades?|levels?|phases?|tiers?|stages?|steps?|day|days|week|year|channel|radio|bbc|itv|route|junction|"
    r"jct|room|floor|class|group of|type|version|volume|vol|episode|season|series|round|zone|category|rules?|"
    r"regulations?|appendix|annex|table|note|game|top|covid|ward|unit|platform|gate|lot|model|size|form|key stage|"
    r"parts?|point|question|item|option|goal|target|pillar|priority|recommendation|amendment|title|proposition|prop|"
    r"district|precinct|engine|highway|interstate|flight|boeing|airbus|apollo|windows|dial|dialling|call|calling|"
    r"calls to|ring|rang|phone|formula|cop|act|figure|fig|psalm|verse|division|battalion|apartment|apt|suite|box|line|"
    r"world war|iphone|ipad|playstation|xbox|studio|big|scale of)\s?\.?|no\.\s?)$|(?:#|§\s?)$"
)
_LABEL_LIST = re.compile(
    r"\b(?:sections|articles|chapters|clauses|paragraphs|pages|years|grades|levels|phases|junctions)\s\d[\d\s,and–-]*$"
)
_MAX_LABEL_DIGITS = 4
_AGE_DIGITS = 2
_OLDER = ("over ", "nder ", "bove ", "elow ")
_PEOPLE = re.compile(  # "one in three people over 65"
    r"\b(?:people|adults|men|women|those|everyone|anyone|drivers|patients|workers|girls|boys|residents|voters|"
    r"pensioners|Americans|Britons)\s(?:over|under|above|below)\s$"
)
YEAR = re.compile(r"(?:1[5-9]|20|21)\d{2}$")
_RELATIVE_DATE = re.compile(
    r"\s(?:years?|months?|weeks?|days?|hours?|minutes?)\s(?:ago|earlier|later|before|old|on from|previously)\b"
)
_LASTING = re.compile(
    r"\bfor (?:just |only |about |almost |nearly |over |more than |less than |under |up to |at least |some )?$"
)


def is_label(flat: str, start: int, written: str) -> bool:
    """Whether a number names a thing and counts none: "section 60", "Case study 1", "Year 6"."""
    if "," in written or len(written) > _MAX_LABEL_DIGITS:
        return False
    if (
        flat.startswith(_OLDER, start - 5)
        and len(written) == _AGE_DIGITS
        and _PEOPLE.search(flat, max(0, start - 30), start)
    ):
        return True
    before = flat[max(0, start - 40) : start].lower()  # where case need not be ignored, words are told apart faster
    return bool(_LABEL_BEFORE.search(before) or _LABEL_LIST.search(before))


def is_relative_date(flat: str, start: int, end: int) -> bool:
    """Whether a number of years or days says when: "six months ago"; "for 12 years before that" says how long."""
    found = _RELATIVE_DATE.match(flat, end)
    if found is None:
        return False
    return not (found.group().endswith("before") and _LASTING.search(flat, max(0, start - 20), start))


def blocked_ranges(flat: str, windows: list[Range]) -> list[Range]:
    """Where dates, times, ages and telephone numbers stand, looked for in these windows of a text."""
    return [match.span() for start, end in windows for match in _NO_AMOUNT.finditer(flat, start, end)]
