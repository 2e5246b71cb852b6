"""What a page, its address and its feed entry say → when the article was published, and who says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal
from zoneinfo import ZoneInfo

from pipeline.model import Evidence
from pipeline.reading.dates import Dated, find_date

EARLIEST = date(1995, 1, 1)  # before the first outlets went online
_IN_ADDRESS = re.compile(
    r"(?<![\d])((?:19|20)\d\d)(?:"
    r"([/_-])(0?[1-9]|1[0-2]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\2(0?[1-9]|[12]\d|3[01])"
    r"|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?!\d)",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_COMPACT_ZONE = re.compile(r"([+-]\d\d)(\d\d)$")
_FRACTION = re.compile(r"\.\d+")
_ZULU = re.compile(r"\s*(?:Z|UTC|GMT)$")
_LONGEST_LINE = 120  # characters of a line that prints when an article was published
_CHANGED = re.compile(r"(?:last )?(?:updated|modified|edited|amended)\b", re.IGNORECASE)
_ZONES = {"GMT": "+00:00", "UTC": "+00:00", "BST": "+01:00"}
_DAY_ONLY = re.compile(r"\d{4}-?\d\d-?\d\d$")


@dataclass(frozen=True, slots=True)
class Published:
    """An instant (aware, UTC) or a day (midnight in the zone), and who says so."""

    at: datetime
    precision: Literal["minute", "day"]
    by: Evidence
    offset_minutes: int | None = None  # as stated: 23:30-05:00 is the evening of that day where it was written


@dataclass(frozen=True, slots=True)
class Stamp:
    """A machine-readable date."""

    at: datetime  # aware, UTC
    precision: Literal["minute", "day"]
    offset_minutes: int | None


def read_stamp(text: str, zone: ZoneInfo) -> Stamp | None:
    """A date in ISO 8601 or RFC 5322; times without an offset are of this zone. None when it is none."""
    text = text.strip()
    if not 8 <= len(text) <= 60:
        return None
    try:
        iso = _COMPACT_ZONE.sub(r"\1:\2", _ZULU.sub("+00:00", _FRACTION.sub("", text)).replace(" +", "+"))
        read = datetime.fromisoformat(iso)
    except ValueError:
        try:
            read = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
    day_only = _DAY_ONLY.match(text) is not None
    offset = read.utcoffset()
    try:
        at = (read.replace(tzinfo=zone) if offset is None else read).astimezone(UTC)
    except OverflowError:
        return None
    return Stamp(at, "day" if day_only else "minute", None if offset is None else round(offset.total_seconds() / 60))


def published(
    *,
    stated: Iterable[str],
    times: Sequence[str],
    entry: tuple[datetime, Literal["minute", "day"]] | None,
    url: str,
    found: str | None,
    received_on: date | None,
    zone: ZoneInfo,
) -> Published | None:
    """When it was published; None when nobody says.

    stated       dates of the page's meta data, the surest first
    times        datetime attributes of its <time> elements; they add the time to a day that is known otherwise
    entry        what the feed entry says
    found        the day that htmldate finds in the page, as YYYY-MM-DD
    received_on  day of the fetch: nothing is later than the day after it, and a day that was only found in the text of
                 the page is no date when it is that very day, for many pages print today's; neither is a 1 January,
                 which is what a copyright line comes out as

    The page's own statement comes first, then the feed's, then the address, then what was found.
    """

    def possible(day: date) -> bool:
        return day >= EARLIEST and (received_on is None or day <= received_on + timedelta(days=1))

    in_address = day_in_address(url)
    for text in stated:
        if (read := read_stamp(text, zone)) and possible(read.at.date()):
            known = _with_time(Published(read.at, read.precision, Evidence.PAGE, read.offset_minutes), times, zone)
            return _on_the_day_of_its_address(known, in_address, zone)
    if entry is not None and possible(entry[0].date()):
        return Published(entry[0], entry[1], Evidence.ENTRY)
    if in_address is not None and possible(in_address):
        return _with_time(_day(in_address, zone, Evidence.URL), times, zone)
    if found and (read := read_stamp(found, zone)) is not None:
        day = read.at.astimezone(zone).date()
        printed = any(stamp.startswith(found) for stamp in times)
        if possible(day) and (printed or (day != received_on and not found.endswith("-01-01"))):
            return _with_time(Published(read.at, "day", Evidence.PAGE), times, zone)
    return None


def at_the_printed_time(known: Published, lines: Iterable[str], *, received_on: date, zone: ZoneInfo) -> Published:
    """The same day with the time that a line beside the article prints next to it: "3 March 2025, 17:45"."""
    day = known.at.astimezone(zone).date()
    for line in lines if known.precision == "day" else ():
        if len(line) <= _LONGEST_LINE and str(day.year) in line and not _CHANGED.match(line):
            read = find_date(line, received_on=received_on, zone=zone, zones=_ZONES)
            if isinstance(read, Dated) and read.precision == "minute":
                at = read.published_at
                if at.astimezone(zone).date() == day:
                    return Published(at, "minute", Evidence.PAGE)
    return known


# Where newsrooms write, west and east of UTC, the most likely first.
_NEWSROOMS = tuple(
    ZoneInfo(name)
    for name in (
        "America/New_York",
        "America/Los_Angeles",
        "Europe/Berlin",
        "Asia/Kolkata",
        "Asia/Tokyo",
        "Australia/Sydney",
        "Pacific/Auckland",
    )
)


def _on_the_day_of_its_address(known: Published, day: date | None, zone: ZoneInfo) -> Published:
    """The same instant, told by the clock that makes it the day which its address names.

    Many publishing systems print every time in UTC: an evening in Los Angeles comes out as the day after, and so did 8
    of 51 pages whose address names a day. Only a time in UTC or without an offset is told by another clock, and only
    when a newsroom's clock stood at that day.
    """
    if day is None or known.precision != "minute" or known.offset_minutes:
        return known
    own = zone if known.offset_minutes is None else UTC
    if known.at.astimezone(own).date() == day:
        return known
    for newsroom in _NEWSROOMS:
        local = known.at.astimezone(newsroom)
        if local.date() == day and (offset := local.utcoffset()) is not None:
            return replace(known, offset_minutes=round(offset.total_seconds() / 60))
    return known


def day_in_address(url: str) -> date | None:
    """The day that stands in an address: /2019/11/19/, /2019-11-19-, /2019/nov/19/, -20191119."""
    for match in _IN_ADDRESS.finditer(url):
        month, day = (match[3] or match[5]).lower(), int(match[4] or match[6])
        try:
            return date(int(match[1]), int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1, day)
        except ValueError:
            continue
    return None


def _day(day: date, zone: ZoneInfo, by: Evidence) -> Published:
    return Published(datetime.combine(day, time(), zone).astimezone(UTC), "day", by)


def _with_time(known: Published, times: Sequence[str], zone: ZoneInfo) -> Published:
    """The same day with the time that a <time> element gives it."""
    if known.precision == "minute":
        return known
    day = known.at.astimezone(zone).date().isoformat()
    for text in times:
        read = read_stamp(text, zone) if text.startswith(day) else None
        if read is not None and read.precision == "minute":
            return Published(read.at, "minute", Evidence.PAGE, read.offset_minutes)
    return known
