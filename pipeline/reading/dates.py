"""Words that name a date → instant or day, with how it is known.

Day first, as British sources write, unless a month's name says otherwise. A zone that is printed must be known: a
time whose zone nobody knows is no time at all; its day is one that is inferred.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

from pipeline.folding import fold_marks
from pipeline.model import Evidence, Reason

_MONTHS = "jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sept?(?:ember)? oct(?:ober)?"
_MONTH = "|".join([*_MONTHS.split(), "nov(?:ember)?", "dec(?:ember)?"])
_MONTH_NUMBER = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_WEEKDAY_NUMBER = {name: number for number, name in enumerate("mon tue wed thu fri sat sun".split())}
_WEEKDAY = r"(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_TIME = r"(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d(?:\.\d+)?)?)?\s?(?P<half>[ap]\.?m\b\.?)?"
_ZONE = r"(?P<zone>[A-Z]{1,5}(?:\s?[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d\d:?\d\d)"

_LAST_OF_TWO_DIGITS, _THIS_CENTURY = 99, 2000  # "05/03/25"
_DAY_FIRST = (
    rf"(?:{_WEEKDAY},?\s+)?(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+"
    rf"(?P<month>{_MONTH})\b\.?(?:[\s,-]+(?P<year>\d{{4}}))?"
)
_MONTH_FIRST = (
    rf"(?:{_WEEKDAY},?\s+)?(?P<month>{_MONTH})\b\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?"
)
_ISO = r"(?P<year>\d{4})-(?P<month_number>\d\d)-(?P<day>\d\d)"
_NUMERIC = r"(?P<day>\d{1,2})(?P<mark>[/.])(?P<month_number>\d{1,2})(?P=mark)(?P<year>\d{4}|(?<=/)\d\d)"
# Texts of pages run words together: "Nov 20 20194:29 AM", "18.11.2019Share".
_GLUED = r"(?<=\d{4})(?=\d{1,2}:\d\d|(?-i:[A-Z][a-z]))"
_DATE_FORMS = tuple(
    re.compile(rf"(?<![\w/]){form}(?:(?=T\d)|{_GLUED}|(?![\w/]))", re.IGNORECASE)
    for form in (_ISO, _DAY_FIRST, _MONTH_FIRST, _NUMERIC)
)
_TIME_AFTER = re.compile(
    rf"(?:T|\s*(?:[,|•·-]|at|on)?\s*)(?<!\d){_TIME}(?![\d/])(?:\s?{_ZONE}(?![a-z]))?", re.IGNORECASE
)
_TIME_BEFORE = re.compile(rf"{_TIME}(?:\s?{_ZONE}(?![a-z]))?\s*(?:[,|•·-]|on)?\s*$", re.IGNORECASE)
_OFFSET = re.compile(r"(?P<name>[A-Z]*)\s?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as a source prints it. `start` and `end` are the characters of the words that say it."""

    published_at: datetime  # aware, UTC; local midnight when only the day is known
    precision: Literal["minute", "day"]
    evidence: Evidence  # TEXT, or INFERRED when the year is worked out
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Undated:
    """Words that look like a date and cannot be one; `reason` is UNKNOWN_TIMEZONE or IMPOSSIBLE_DATE."""

    reason: Reason
    detail: str
    start: int
    end: int
    day: Dated | None = None  # the printed day without its time, when only the zone of the time is not known


def day_at_least(found: Dated | Undated | None) -> Dated | Undated | None:
    """The printed day, marked as inferred, where nobody knows the zone of its time; what was found otherwise.

    Zones are half a day apart at most, so that the day is right more often than not: no reason to lose a document.
    """
    return found.day if isinstance(found, Undated) and found.day else found


def find_date(text: str, *, received_on: date, zone: ZoneInfo, zones: Mapping[str, str]) -> Dated | Undated | None:
    """The first date that the text names, with its time and zone when they stand beside it; None when it names none.

    received_on  a day without a year means the latest year, not after this day, in which its weekday fits
    zone         of times and days that are printed without one
    zones        abbreviation → "+HH:MM" or an IANA name (seeds/timezones.csv)
    """
    plain = fold_marks(text) if len(fold_marks(text)) == len(text) else text
    found = _first_date(plain)
    if found is None:
        return None
    start, end = found.span()
    try:
        day, evidence = _day(found, received_on)
    except ValueError as error:
        return Undated(Reason.IMPOSSIBLE_DATE, f"“{text[start:end]}”: {error}", start, end)
    clock = _clock(plain, start, end)
    if clock is None:
        return Dated(_local(day, time(), zone), "day", evidence, start, end)
    at, printed_zone, start, end = clock
    if printed_zone is None:
        return Dated(_local(day, at, zone), "minute", evidence, start, end)
    offset = _zone(printed_zone, zones)
    if offset is None:
        detail = f"“{text[start:end].strip()}”: nobody knows the zone {printed_zone}"
        whole_day = Dated(_local(day, time(), zone), "day", Evidence.INFERRED, start, end)
        return Undated(Reason.UNKNOWN_TIMEZONE, detail, start, end, whole_day)
    return Dated(datetime.combine(day, at, offset).astimezone(UTC), "minute", evidence, start, end)


def _first_date(text: str) -> re.Match[str] | None:
    found = [match for form in _DATE_FORMS if (match := form.search(text)) and _capital(match)]
    return min(found, key=lambda match: (match.start(), -match.end()), default=None)


def _capital(found: re.Match[str]) -> bool:
    """A month has a capital: "may 5 people" names no day."""
    month = found.groupdict().get("month")
    return month is None or month[0].isupper()


def _day(found: re.Match[str], received_on: date) -> tuple[date, Evidence]:
    parts = found.groupdict()
    number = parts.get("month_number")
    month = int(number) if number else _MONTH_NUMBER[parts["month"][:3].lower()]
    day = int(parts["day"])
    if number and month > 12 >= day:  # month first, as American sources write, where nothing else is possible
        day, month = month, day
    if parts["year"]:
        year = int(parts["year"])
        return date(year if year > _LAST_OF_TWO_DIGITS else _THIS_CENTURY + year, month, day), Evidence.TEXT
    weekday = parts.get("weekday")
    return _latest(
        day, month, _WEEKDAY_NUMBER[weekday[:3].lower()] if weekday else None, received_on
    ), Evidence.INFERRED


def _latest(day: int, month: int, weekday: int | None, received_on: date) -> date:
    """The latest such day not after received_on. The calendar repeats within 28 years, but for a century's edge: 40."""
    for year in range(received_on.year, received_on.year - 40, -1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue  # 29 February
        if candidate <= received_on and (weekday is None or candidate.weekday() == weekday):
            return candidate
    raise ValueError("no year has that day")


def _clock(text: str, start: int, end: int) -> tuple[time, str | None, int, int] | None:
    """Time beside the date: (time, zone as printed, first and last character of date with time)."""
    after = _TIME_AFTER.match(text, end)
    if after and (after["minute"] or after["half"]):
        return (
            _time(after),
            _printed_zone(text, after),
            start,
            after.end() if after["zone"] is None else after.end("zone"),
        )
    before = _TIME_BEFORE.search(text[:start])
    if before and (before["minute"] or before["half"]):
        return _time(before), _printed_zone(text, before), before.start(), end
    return None


def _printed_zone(text: str, clock: re.Match[str]) -> str | None:
    """The zone, when it is one: capitals that end the line or stand before punctuation. "20:57 BBC News" has none."""
    zone: str | None = clock["zone"]
    if zone is None or zone != zone.upper():
        return None
    rest = text[clock.end("zone") :].lstrip()
    return None if rest and rest[0].isalnum() and not _first_date(rest) else zone


def _time(clock: re.Match[str]) -> time:
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    half = (clock["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, minute)


def _zone(printed: str, zones: Mapping[str, str]) -> timezone | ZoneInfo | None:
    if offset := _OFFSET.fullmatch(printed):
        if offset["name"] not in ("", "GMT", "UTC"):
            return None
        hours, minutes = int(offset["hours"]), int(offset["minutes"] or 0)
        shift = timedelta(hours=hours, minutes=minutes)
        return timezone(shift if offset["sign"] == "+" else -shift) if hours <= 14 and minutes < 60 else None
    known = zones.get(printed)
    if known is None:
        return None
    return ZoneInfo(known) if "/" in known else _zone(known, zones)


def _local(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
