"""The date that a feed item prints → an instant, or why it is not believed.

RFC 822 and its drifts (RSS), RFC 3339 and its subsets (Atom, JSON Feed, Dublin Core), seconds since 1970. Each is read
by one anchored pattern: general date parsers guess, and a guessed date puts a story on the wrong day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Literal

MAX_AHEAD = timedelta(hours=24)  # clocks and zones go wrong by hours; what is dated later is an event or an error
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the web: 1970-01-01 and 0001-01-01 are how software says "unknown"

# Names as feeds print them. RFC 822 knows the American ones; British and continental ones are as common in the wild.
# IST is left out: India, Ireland and Israel all claim it.
_ZONE_MINUTES = {
    **dict.fromkeys(("UT", "UTC", "GMT", "Z", "WET"), 0),
    **dict.fromkeys(("BST", "CET", "MEZ", "WEST"), 60),
    **dict.fromkeys(("CEST", "MESZ", "EET", "SAST"), 120),
    **dict.fromkeys(("EEST", "MSK"), 180),
    **dict.fromkeys(("EST", "CDT"), -300),
    **dict.fromkeys(("CST", "MDT"), -360),
    **dict.fromkeys(("MST", "PDT"), -420),
    **dict.fromkeys(("AWST", "HKT", "SGT"), 480),
    "EDT": -240,
    "PST": -480,
    "JST": 540,
    "AEST": 600,
    "AEDT": 660,
    "NZST": 720,
    "NZDT": 780,
}
# First letters of months in English, German, French, Spanish and Italian: systems print the names of their locale.
_MONTHS = {
    **dict.fromkeys(("jan", "janv", "ene", "gen", "jän"), 1),
    **dict.fromkeys(("feb", "fév", "fev"), 2),
    **dict.fromkeys(("mar", "mär", "mrz"), 3),
    **dict.fromkeys(("apr", "avr", "abr"), 4),
    **dict.fromkeys(("may", "mai", "mag"), 5),
    **dict.fromkeys(("jun", "juin", "giu"), 6),
    **dict.fromkeys(("jul", "juil", "lug"), 7),
    **dict.fromkeys(("aug", "aoû", "aou", "ago"), 8),
    **dict.fromkeys(("sep", "set"), 9),
    **dict.fromkeys(("oct", "okt", "ott"), 10),
    **dict.fromkeys(("nov",), 11),
    **dict.fromkeys(("dec", "dez", "déc", "dic"), 12),
}
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
_RFC_822 = re.compile(
    rf"(?:[^\W\d_]{{2,12}}\.?,?\s+)?(?P<day>\d{{1,2}})[\s-]+(?P<month>[^\W\d_]{{3,12}})\.?,?[\s-]+(?P<year>\d{{4}}|\d\d)"
    rf"(?:,?\s+{_CLOCK}\s*(?P<zone>[+-]\d{{1,2}}:?\d\d|[A-Za-z]{{1,5}}(?:[+-]\d{{1,2}}(?::?\d\d)?)?)?)?(?:\s*\([^()]*\))?"
)
_ASCTIME = re.compile(
    rf"[A-Za-z]{{3}}\s+(?P<month>[A-Za-z]{{3}})\s+(?P<day>\d{{1,2}})\s+{_CLOCK}(?:\s+(?P<zone>[A-Z]{{1,5}}))?\s+(?P<year>\d{{4}})"
)
_RFC_3339 = re.compile(
    rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)"
    rf"(?:[Tt\s]\s?{_CLOCK}\s*(?P<zone>[Zz]|[+-]\d\d:?\d\d|[+-]\d\d|[A-Z]{{1,5}})?)?"
)
_BASIC = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>Z|[+-]\d{4})?)?"
)
_FORMS = (_RFC_822, _RFC_3339, _ASCTIME, _BASIC)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?")
_EPOCH = re.compile(r"\d{9,10}|\d{12,13}")


@dataclass(frozen=True, slots=True)
class FeedDate:
    """A date that an item has. `at` is None when it is not believed; `fault` says why, or what was assumed."""

    at: datetime | None  # aware, UTC
    precision: Literal["minute", "day"] | None = None
    fault: str = ""


def read_feed_date(text: str, *, now: datetime, zone: tzinfo) -> FeedDate:
    """The instant that a feed's date means.

    now    dates later than a day from now are not believed
    zone   of days that are printed without a time; a time without a zone is UTC, as RFC 822 has it for feeds
    """
    text = text.strip()[:100]
    if _EPOCH.fullmatch(text):
        seconds = int(text) / (1000 if len(text) > 10 else 1)
        return _believed(datetime.fromtimestamp(seconds, UTC), "minute", "", text, now)
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _read(found.groupdict(), text, now, zone)
    return FeedDate(None, fault=f"not a date that feeds use: {text!r}" if text else "empty")


def _read(parts: dict[str, str | None], text: str, now: datetime, zone: tzinfo) -> FeedDate:
    month, assumed = _month(parts["month"] or ""), ""
    if month is None:
        return FeedDate(None, fault=f"no month in {text!r}")
    year, day = _year(parts["year"] or ""), int(parts["day"] or 0)
    precision: Literal["minute", "day"] = "day"
    offset: tzinfo | None = zone
    hour, minute, second = int(parts["hour"] or 0), int(parts["minute"] or 0), int(parts["second"] or 0)
    if parts["hour"] is not None:
        precision, offset = "minute", _zone(parts["zone"] or "UTC")
        assumed = "" if parts["zone"] else "no zone, read as UTC"
        if offset is None:
            return FeedDate(None, fault=f"unknown zone in {text!r}")
    try:
        # 24:00 is the next midnight, and a leap second the second before it.
        midnight_after = (hour, minute, second) == (24, 0, 0)
        at = datetime(year, month, day, 0 if midnight_after else hour, minute, min(second, 59), tzinfo=offset)
        return _believed((at + timedelta(days=midnight_after)).astimezone(UTC), precision, assumed, text, now)
    except (ValueError, OverflowError):
        return FeedDate(None, fault=f"impossible: {text!r}")


def _believed(at: datetime, precision: Literal["minute", "day"], assumed: str, text: str, now: datetime) -> FeedDate:
    if at > now + MAX_AHEAD:
        return FeedDate(None, fault=f"in the future: {text!r}")
    if at < OLDEST:
        return FeedDate(None, fault=f"before the web: {text!r}")
    return FeedDate(at, precision, assumed)


def _month(name: str) -> int | None:
    if name.isdecimal():
        return int(name)
    name = name.lower()
    return _MONTHS.get(name[:4]) or _MONTHS.get(name[:3])


def _year(digits: str) -> int:
    """RFC 2822, 4.3: two digits below 50 are of this century."""
    return int(digits) if len(digits) > 2 else int(digits) + (2000 if int(digits) < 50 else 1900)


def _zone(name: str) -> tzinfo | None:
    """A zone's offset. "GMT+1" is an hour ahead, as feeds mean it; single letters are UTC (RFC 2822, 4.3)."""
    name = name.upper()
    if len(name) == 1:
        return UTC
    if found := _OFFSET.search(name):
        if name[: found.start()] not in ("", "UT", "UTC", "GMT"):
            return None
        minutes = 60 * int(found["hours"]) + int(found["minutes"] or 0)
        return (
            timezone(timedelta(minutes=minutes if found["sign"] == "+" else -minutes)) if minutes <= 14 * 60 else None
        )
    return timezone(timedelta(minutes=_ZONE_MINUTES[name])) if name in _ZONE_MINUTES else None
