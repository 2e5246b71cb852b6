"""What a page, its address and its feed entry say → when it was published."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.page_dates import day_in_address, published, read_stamp
from pipeline.model import Evidence

LONDON = ZoneInfo("Europe/London")
ENTRY = (datetime(2025, 3, 2, 18, 30, tzinfo=UTC), "minute")


def dated(**given):
    asked = {
        "stated": (),
        "times": (),
        "entry": None,
        "url": "https://gazette.example/a",
        "found": None,
        "received_on": date(2025, 3, 10),
        "zone": LONDON,
    } | given
    found = published(**asked)
    return found and (found.at.isoformat(timespec="minutes"), found.precision, found.by)


@pytest.mark.parametrize(
    ("stamp", "instant", "precision"),
    [
        ("2025-03-03T08:57:40+01:00", "2025-03-03T07:57+00:00", "minute"),
        ("2025-03-03T08:57:40.123Z", "2025-03-03T08:57+00:00", "minute"),
        ("2025-03-03T08:57:40+0100", "2025-03-03T07:57+00:00", "minute"),
        ("2025-03-03 08:57:40 UTC", "2025-03-03T08:57+00:00", "minute"),
        ("Mon, 03 Mar 2025 08:57:40 -0500", "2025-03-03T13:57+00:00", "minute"),
        ("2025-07-03T08:57", "2025-07-03T07:57+00:00", "minute"),
        ("2025-07-03", "2025-07-02T23:00+00:00", "day"),
        ("20250303", "2025-03-03T00:00+00:00", "day"),
    ],
)
def test_machine_readable_dates_are_read(stamp, instant, precision):
    read = read_stamp(stamp, LONDON)
    assert (read.at.isoformat(timespec="minutes"), read.precision) == (instant, precision)


def test_the_offset_that_a_page_states_is_kept_so_that_its_own_day_can_be_told():
    read = read_stamp("2025-03-03T22:15:00-05:00", LONDON)
    assert (read.at.day, read.offset_minutes) == (4, -300)
    assert read_stamp("2025-03-03T22:15:00", LONDON).offset_minutes is None


@given(st.text(max_size=40))
def test_what_is_no_date_is_none_and_never_an_error(text):
    read = read_stamp(text, LONDON)
    assert read is None or read.at.tzinfo is UTC


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2019/11/19/story", date(2019, 11, 19)),
        ("https://a.example/story/news/2019/11/18/plan/123", date(2019, 11, 18)),
        ("https://a.example/articles/2019/nov/18/plan", date(2019, 11, 18)),
        ("https://a.example/business/story/2019-11-19/plan", date(2019, 11, 19)),
        ("https://a.example/plan-20191115/", date(2019, 11, 15)),
        ("https://a.example/2019/11/plan", None),
        ("https://a.example/article/1206313/plan", None),
        ("https://a.example/2019/13/41/plan", None),
        ("https://a.example/8-things-2019", None),
    ],
)
def test_the_day_in_an_address_is_read(url, day):
    assert day_in_address(url) == day


def test_the_page_comes_before_the_feed_the_feed_before_the_address_the_address_before_a_guess():
    everything = {
        "stated": ["2025-03-03T09:00:00Z"],
        "entry": ENTRY,
        "url": "https://a.example/2025/03/01/x",
        "found": "2025-02-28",
    }
    assert dated(**everything) == ("2025-03-03T09:00+00:00", "minute", Evidence.PAGE)
    assert dated(**everything | {"stated": ["never"]}) == ("2025-03-02T18:30+00:00", "minute", Evidence.ENTRY)
    assert dated(**everything | {"stated": (), "entry": None}) == ("2025-03-01T00:00+00:00", "day", Evidence.URL)
    assert dated(found="2025-02-28") == ("2025-02-28T00:00+00:00", "day", Evidence.PAGE)
    assert dated() is None


def test_the_time_of_a_day_that_is_known_otherwise_is_taken_from_a_time_element():
    times = ["2025-03-04T10:00:00Z", "2025-03-01T06:15:00+00:00"]
    assert dated(url="https://a.example/2025/03/01/x", times=times) == (
        "2025-03-01T06:15+00:00",
        "minute",
        Evidence.PAGE,
    )


def test_the_day_of_the_fetch_is_no_date_when_only_the_text_of_the_page_shows_it():
    assert dated(found="2025-03-10") is None
    assert dated(found="2025-03-10", times=["2025-03-10T07:00:00Z"]) is not None
    assert dated(stated=["2025-03-10T07:00:00Z"]) is not None


def test_the_first_of_january_of_a_copyright_line_is_no_date():
    assert dated(found="2025-01-01") is None


@pytest.mark.parametrize("stamp", ["2099-01-02T00:00:00Z", "0001-01-01", "1970-01-01T00:00:00Z"])
def test_impossible_dates_are_passed_over(stamp):
    assert dated(stated=[stamp], entry=ENTRY)[2] == Evidence.ENTRY
    assert dated(stated=[stamp]) is None


@pytest.mark.parametrize(
    ("stated", "address", "offset"),
    [
        ("2019-11-20T01:50:59Z", "2019/11/19", -300),  # an evening in New York
        ("2019-11-19T07:03:25Z", "2019/11/18", -480),  # late in Los Angeles, past midnight in New York
        ("2019-11-18T20:15:00Z", "2019/11/19", 330),  # early in Delhi
        ("2019-11-20T01:50:59", "2019/11/19", -300),
        ("2019-11-20T01:50:59Z", "2019/11/20", 0),
        ("2019-11-20T01:50:59Z", "2019/11/12", 0),  # no clock of that instant stood at that day
        ("2019-11-20T01:50:59+01:00", "2019/11/19", 60),  # the page's own clock is not doubted
    ],
)
def test_a_time_printed_in_utc_is_told_by_a_clock_that_stood_at_the_day_in_the_address(stated, address, offset):
    found = published(
        stated=[stated],
        times=(),
        entry=None,
        url=f"https://a.example/{address}/plan",
        found=None,
        received_on=date(2020, 1, 1),
        zone=LONDON,
    )
    assert (found.at, found.offset_minutes) == (read_stamp(stated, LONDON).at, offset)
