"""Dates of feed items."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gathering.feed_dates import read_feed_date

NOW = datetime(2026, 8, 22, 13, 0, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
TEN = "2026-08-21T10:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fri, 21 Aug 2026 10:00:00 GMT", TEN),
        ("Fri, 21 Aug 2026 10:00:00 +0000", TEN),
        ("Fri, 21 Aug 2026 10:00:00 -0000", TEN),
        ("Fri, 21 Aug 2026 12:00:00 +02:00", TEN),
        ("Fri, 21 Aug 2026 11:00:00 BST", TEN),
        ("Fri, 21 Aug 2026 06:00:00 EDT", TEN),
        ("21 Aug 26 10:00 UT", TEN),
        ("Friday, 21 August 2026 10:00:00 Z", TEN),
        ("Fri, 21-Aug-2026 10:00:00 GMT", TEN),
        ("fri, 21 aug 2026 10:00:00 gmt", TEN),
        ("  Fri,  21  Aug  2026  10:00:00  GMT ", TEN),
        ("Fri, 21 Aug 2026 11:00:00 GMT+1", TEN),
        ("Fri, 21 Aug 2026 11:00:00 GMT+01:00", TEN),
        ("Fri, 21 Aug 2026 10:00:00 GMT (Greenwich Mean Time)", TEN),
        ("Mon, 21 Aug 2026 10:00:00 GMT", TEN),
        ("Fri Aug 21 10:00:00 2026", TEN),
        ("Fri Aug 21 10:00:00 UTC 2026", TEN),
        ("Fr, 21 Aug 2026 12:00:00 MESZ", TEN),
        ("ven., 21 août 2026 12:00:00 +0200", TEN),
        ("2026-08-21T10:00:00Z", TEN),
        ("2026-08-21T10:00:00.123456Z", TEN),
        ("2026-08-21t10:00:00z", TEN),
        ("2026-08-21T11:00:00+01:00", TEN),
        ("2026-08-21T11:00:00+0100", TEN),
        ("2026-08-21T11:00+01", TEN),
        ("2026-08-21 10:00:00 UTC", TEN),
        ("20260821T100000Z", TEN),
        ("1787306400", TEN),
        ("1787306400000", TEN),
        ("2026-08-20T24:00:00Z", "2026-08-21T00:00:00+00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00"),
        ("2026-08-21", "2026-08-20T23:00:00+00:00"),
        ("21 Aug 2026", "2026-08-20T23:00:00+00:00"),
        ("2026-02-21", "2026-02-21T00:00:00+00:00"),
        ("Tue, 06 Nov 2018 09:30:00 GMT", "2018-11-06T09:30:00+00:00"),
        ("Sat, 22 Aug 2026 20:00:00 GMT", "2026-08-22T20:00:00+00:00"),
    ],
)
def test_a_date_is_read_to_the_instant(text, expected):
    assert read_feed_date(text, now=NOW, zone=LONDON).at == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Sun, 31 Feb 2026 10:00:00 GMT", "impossible"),
        ("2026-13-01T10:00:00Z", "impossible"),
        ("0000-00-00T00:00:00Z", "impossible"),
        ("2026-08-21T25:00:00Z", "impossible"),
        ("Fri, 21 Aug 2099 10:00:00 GMT", "future"),
        ("2026-08-23T13:00:01Z", "future"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "before the web"),
        ("0001-01-01T00:00:00Z", "before the web"),
        ("9999-12-31T23:59:59-14:00", "impossible"),
        ("Fri, 21 Aug 2026 10:00:00 XYZ", "unknown zone"),
        ("Fri, 21 Aug 2026 10:00:00 IST", "unknown zone"),
        ("Fri, 21 Aug 2026 10:00:00 +9900", "unknown zone"),
        ("08/21/2026 10:00:00 AM", "not a date"),
        ("yesterday", "not a date"),
        ("", "empty"),
        ("Fri, 21 Xxx 2026 10:00:00 GMT", "no month"),
        ("9" * 13, "future"),
    ],
)
def test_a_date_that_cannot_be_is_not_believed_and_says_why(text, why):
    read = read_feed_date(text, now=NOW, zone=LONDON)
    assert read.at is None
    assert why in read.fault


def test_a_time_without_a_zone_is_utc_and_says_so():
    read = read_feed_date("2026-08-21T10:00:00", now=NOW, zone=LONDON)
    assert (read.at, read.precision) == (datetime.fromisoformat(TEN), "minute")
    assert read.fault == "no zone, read as UTC"


@given(st.text(max_size=60))
def test_no_text_raises(text):
    at = read_feed_date(text, now=NOW, zone=LONDON).at
    assert at is None or at <= NOW + timedelta(days=1)


@given(
    st.integers(800_000_000, 1_787_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.integers(-12, 14),
)
def test_what_software_prints_is_read_back(at, hours):
    local = at + timedelta(hours=hours)
    offset = f"{'+' if hours >= 0 else '-'}{abs(hours):02}00"
    assert read_feed_date(format_datetime(local).replace("+0000", offset), now=NOW, zone=LONDON).at == at
    assert read_feed_date(at.isoformat(), now=NOW, zone=LONDON).at == at
