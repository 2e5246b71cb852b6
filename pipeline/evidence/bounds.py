"""A number in a text → an Amount: its range, its bound, and the phrase that it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.evidence.number_words import magnitude, value_of_words
from pipeline.model import Bound


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at a place: the number's own characters, and the whole phrase with bound and unit."""

    start: int
    end: int
    phrase_start: int
    phrase_end: int
    value: float | None
    value_max: float | None
    unit: str
    bound: Bound


_BOUNDS: dict[Bound, str] = {
    "up_to": r"up to|as (?:much|many|high|long) as|(?:a )?maximum of|no (?:more|greater|longer) than|not more than|"
    r"at most|capped at|to a maximum of",
    "at_least": r"at least|(?:a )?minimum of|no (?:fewer|less) than|not less than|not fewer than|as (?:few|little) as",
    "less_than": r"(?:less|fewer|lower|smaller) than|under|below|just short of|short of",
    "more_than": r"(?:more|greater|higher|larger|longer|bigger) than|over|above|in excess of|upwards? of|north of|"
    r"exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|topp(?:ed|ing)",
    "almost": r"almost|nearly|close to|just under|approaching|near(?:ing)?|the best part of|not quite|getting on for",
    "approx": r"around|about|approximately|approx\.?|roughly|some|an? estimated|estimated|circa|c\.?|in the region of|"
    r"an average of|average of|~",
    "within": r"within the (?:next|first|last|past)|within|inside|in under",
}
_BEFORE = re.compile(
    r"(?:^|(?<=[\s(\"“‘'—–-]))(?:just |slightly |well |far |significantly |considerably )?(?:"
    + "|".join(f"(?P<{bound}>{words})" for bound, words in _BOUNDS.items())
    + r")(?: (?:an? )?(?:additional|extra))?\s?$",
    re.IGNORECASE,
)
_AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (
        "at_least",
        re.compile(
            r"\s?(?:\+|-?plus\b(?! (?:the|an?|another|£|\$))| or (?:more|over|above|longer|higher|greater)\b|"
            r" and (?:over|above|more)\b)"
        ),
    ),
    ("up_to", re.compile(r" or (?:less|fewer|under|below|lower|shorter)\b")),
    ("approx", re.compile(r" or (?:so|thereabouts)\b|-odd\b|ish\b")),
)
CHANGE_BEFORE = re.compile(  # "from 20% to 30%", "fell 3% to 40%": two amounts, no range
    r"\b(?:from|rose|risen|fell|fallen|grew|grown|dropped|jumped|climbed|increased?|decreased?|declined|slipped|"
    r"cut|down|up)"
    r"\s(?:by\s|from\s)?$",
    re.IGNORECASE,
)
_RISES = re.compile(
    r"\b(?:(?:tick|edg|climb|inch|nudg|jump|ratchet|pick)(?:s|ed|es|ing)|rose|rises|risen|rising|went|goes|gone|crept|"
    r"creeps|shot|shoots|(?:brought|brings?|bringing|push(?:es|ed|ing)?|drove|driving|"
    r"takes?|taking|took|nudge|lift(?:s|ed|ing)?|rais(?:e|es|ed|ing)|bump(?:s|ed|ing)?) "
    r"(?:(?:the|its|their|his|her|this|that)(?: \w+){1,2}|it|them|that|this))\s$",
    re.IGNORECASE,
)
_BOUND_CHARACTERS = 40
BETWEEN = re.compile(r"\b(?:between|from|somewhere between)\s?$", re.IGNORECASE)
_ADDED = re.compile(
    r"(?:\b(?:an|a|the|another|its|their|this|his|her|our) )?(?:\b(?:additional|extra|further|new|initial|first|"
    r"last|next|total|combined|whopping|record|massive|huge|staggering|full|estimated|overall|mere|final|remaining|"
    r"other|one-off|annual)\s)+$",
    re.IGNORECASE,
)
MONEY_UNITS = frozenset({"GBP", "USD", "EUR", "AUD", "CAD", "HKD", "NZD", "JPY"})
DURATIONS = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades"})
_OVER_MEANS_DURING = re.compile(
    r"(?:^|\b(?!(?:in|for|by|of|after|lasted|lasting|last|is|was|were|are|been|be|to|spent|and|took|take|takes|"
    r"taken|with|just|well|from|at|than|on|some|held|served)\b)\w+[,%]?\s)(?:just |well )?over\s$",
    re.IGNORECASE,
)
_DISPUTE = re.compile(
    r"\b(?:inquiry|investigat\w+|probe|row|dispute|clash|battle|fight|anger|fury|outcry|questions?|questioned|quizzed|"
    r"sued|sues|suing|arrested|charged|accused|scandal|standards|complaints?|criticism|criticised|pressure|lawsuit|"
    r"resign\w*|apolog\w+)(?: (?!about|worth|cost|spent|paid)[a-z]+){0,6}\s$"
)
_SHARED_OVER = re.compile(r"\b(?:spread|shared|split|divided|distributed|scattered|stretched)(?: out)?\s$")
_TIME_BEFORE_OVER = re.compile(r"\b(?:year|month|week|day|today|time|period|season|decade)s?\sover\s$", re.IGNORECASE)


def number(text: str) -> float:
    """The value of digits or number words."""
    text = text.lower()
    return float(text.replace(",", "")) if text[0].isdigit() else value_of_words(text)


def amount_at(
    flat: str, start: int, end: int, low: float | None, high: float | None, unit: str, phrase_end: int | None = None
) -> Amount:
    bound, phrase_start = _bound_before(flat, start, unit)
    tail = end if phrase_end is None else phrase_end
    if bound == "exact":
        for name, pattern in _AFTER:
            after = pattern.match(flat, end) or pattern.match(flat, tail)
            if after is not None:
                bound, tail = name, max(tail, after.end())
                break
    if high is not None:
        bound = "range"
        if between := BETWEEN.search(flat, max(0, start - 20), start):
            phrase_start = between.start()
    if low is None:
        bound = "vague"
    return Amount(start, end, phrase_start, tail, low, high, unit, bound)


def _bound_before(flat: str, start: int, unit: str) -> tuple[Bound, int]:
    """The bound that the words before an amount give, and where those words begin."""
    at = start
    if added := _ADDED.search(flat, max(0, start - _BOUND_CHARACTERS), start):
        at = added.start()
    for position in dict.fromkeys((start, at)):
        match = _BEFORE.search(flat, max(0, position - _BOUND_CHARACTERS), position)
        if match is None or match.lastgroup is None:
            continue
        bound: Bound = match.lastgroup  # type: ignore[assignment]  # the groups are named after the bounds
        if match[bound].lower() == "as long as" and unit not in DURATIONS:
            continue  # "as long as three or more stay": a condition
        if bound == "up_to" and _RISES.search(flat, max(0, match.start() - 40), match.start()):
            return "exact", start  # "the rate ticked up to 5.5 per cent"
        if match.group().lower().strip() == "just under":
            bound = "almost"
        over = bound == "more_than" and match[bound].lower() == "over"
        if over and (
            _is_during(flat, position, unit)
            or _is_about(flat, match.start(), unit)
            or _SHARED_OVER.search(flat, max(0, match.start() - 16), match.start())
        ):
            return "exact", start
        if bound != "within" or unit in DURATIONS:
            return bound, match.start()
    return "exact", start


def _is_about(flat: str, start: int, unit: str) -> bool:
    """Whether "over" means "because of": an inquiry over £90,000, investigated over $5m."""
    return unit in MONEY_UNITS and _DISPUTE.search(flat, max(0, start - 80), start) is not None


def _is_during(flat: str, start: int, unit: str) -> bool:
    """Whether "over" means "in the course of": £5m over three years, no false alerts this year over 25 deployments."""
    window = max(0, start - 40)
    if _TIME_BEFORE_OVER.search(flat, window, start):
        return True
    return unit in DURATIONS and bool(_OVER_MEANS_DURING.search(flat, window, start))


def read_range(flat: str, m: re.Match[str]) -> tuple[float, float | None, int]:
    """Lower end, upper end and end of a match that may be a range; without a range its second number is not its own."""
    low = number(m["num"]) * magnitude(m["mag"])
    alone = m.end("mag") if m["mag"] else m.end("num")
    if not m["num2"]:
        return low, None, alone
    is_range = m["link"] in {"-", "–", "—", "to"} or (
        m["link"] == "and" and bool(BETWEEN.search(flat, max(0, m.start() - 20), m.start()))
    )
    high = number(m["num2"]) * magnitude(m["mag2"])
    if not m["mag"] and m["mag2"] and low < number(m["num2"]) * 1000 and low < 1000:
        low *= magnitude(m["mag2"])  # "£2.5-3bn"
    elif m["mag"] and not m["mag2"] and number(m["num2"]) < 1000:
        high *= magnitude(m["mag"])
    rises = m["link"] == "to" and bool(CHANGE_BEFORE.search(flat, max(0, m.start() - 24), m.start()))
    if is_range and high > low and not rises:
        return low, high, m.end()
    return low, None, alone
