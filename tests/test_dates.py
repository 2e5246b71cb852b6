"""Words that name a date → instant or day."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edges.seed_files import time_zones
from pipeline.model import Evidence, Reason
from pipeline.reading.dates import Dated, Undated, find_date
from pipeline.settings import Settings

LONDON = ZoneInfo("Europe/London")
ZONES = time_zones(Settings().seeds_dir / "timezones.csv")


def found(text, received_on=date(2026, 11, 22), zone=LONDON):
    return find_date(text, received_on=received_on, zone=zone, zones=ZONES)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("Wednesday 15 February 2017 20:57 EST", "2017-02-16T01:57:00+00:00"),
        ("Published: 12:01, 5 May 2019", "2019-05-05T11:01:00+00:00"),
        ("February 15, 2017 8:57 PM ET", "2017-02-16T01:57:00+00:00"),
        ("July 15, 2017 8:57 p.m. ET", "2017-07-16T00:57:00+00:00"),
        ("2017-02-16T01:57:00Z", "2017-02-16T01:57:00+00:00"),
        ("2017-02-16 01:57:00 +0530", "2017-02-15T20:27:00+00:00"),
        ("16/02/2017 09:15", "2017-02-16T09:15:00+00:00"),
        ("Thu 16 Feb 2017 09.15 GMT", "2017-02-16T09:15:00+00:00"),
        ("Last updated at 16:05 BST on 2 June 2021", "2021-06-02T15:05:00+00:00"),
        ("2 June 2021 16:05 UTC+1", "2021-06-02T15:05:00+00:00"),
        ("16 February 2017 • 6:00am", "2017-02-16T06:00:00+00:00"),
        ("12:30 am, 1 July 2020", "2020-06-30T23:30:00+00:00"),
    ],
)
def test_a_printed_time_is_an_instant(text, instant):
    date_found = found(text)
    assert isinstance(date_found, Dated)
    assert (date_found.published_at.isoformat(), date_found.precision, date_found.evidence) == (
        instant,
        "minute",
        Evidence.TEXT,
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("25th October 2018", "2018-10-25"),
        ("The press release issued by the Home Office on 30 October 2023.", "2023-10-30"),
        ("1st of March, 2011", "2011-03-01"),
        ("20:57 BBC News 3 May 2020", "2020-05-03"),
        ("3.5.2020", "2020-05-03"),
        ("Sept. 9, 2015", "2015-09-09"),
    ],
)
def test_a_printed_day_is_a_day(text, day):
    date_found = found(text)
    assert isinstance(date_found, Dated)
    assert (date_found.published_at.astimezone(LONDON).date().isoformat(), date_found.precision) == (day, "day")


@pytest.mark.parametrize(
    ("text", "received_on", "day"),
    [
        ("Tuesday 6 November", date(2026, 11, 22), "2018-11-06"),
        ("Tuesday 6 November", date(2018, 11, 5), "2012-11-06"),
        ("6 November", date(2026, 11, 5), "2025-11-06"),
        ("29 February", date(2026, 11, 22), "2024-02-29"),
    ],
)
def test_a_day_without_a_year_is_the_latest_that_fits_and_is_inferred(text, received_on, day):
    date_found = found(text, received_on)
    assert date_found.published_at.astimezone(LONDON).date().isoformat() == day
    assert date_found.evidence is Evidence.INFERRED


@pytest.mark.parametrize("text", ["5 May 2019 at 12:00 QST", "5 May 2019 12:00 IST", "5 May 2019 12:00 EST+4"])
def test_a_zone_that_nobody_knows_or_that_is_several_is_no_time(text):
    undated = found(text)
    assert isinstance(undated, Undated)
    assert undated.reason is Reason.UNKNOWN_TIMEZONE


@pytest.mark.parametrize("text", ["31 February 2017", "45/13/2017", "30 February"])
def test_an_impossible_day_is_no_date(text):
    assert not isinstance(found(text), Dated)


@pytest.mark.parametrize("text", ["in may 5 people came", "a 3 march protest", "version 2.10.2", "£5m in March"])
def test_words_that_name_no_day_are_no_date(text):
    assert found(text) is None


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)),
    st.sampled_from(["%d %B %Y %H:%M", "%B %d, %Y %I:%M %p", "%Y-%m-%d %H:%M"]),
)
def test_what_is_printed_is_read_back(moment, form):
    moment = moment.replace(second=0, microsecond=0)
    printed = moment.strftime(form) + " GMT"
    assert found(printed).published_at.replace(tzinfo=None) == moment


@given(st.dates(date(1990, 1, 1), date(2026, 11, 22)))
def test_a_weekday_and_day_never_give_a_day_after_the_receipt_or_another_weekday(day):
    inferred = found(day.strftime("%A %d %B"), received_on=day).published_at.astimezone(LONDON).date()
    assert inferred == day
