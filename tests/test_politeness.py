"""When a host or a feed may be asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edges.pacing import Pacer
from pipeline.gathering.politeness import MAX_WAIT, back_off, by_host, host_of, retry_after, shard_of

NOW = datetime(2026, 8, 22, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("Sat, 22 Aug 2026 13:10:00 GMT", 600),
        ("Sat, 22 Aug 2026 15:10:00 +0200", 600),
        ("Saturday, 22-Aug-26 13:10:00 GMT", 600),
        ("Sat Aug 22 13:10:00 2026", 600),
        ("999999999999999999999", 86_400),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
        ("0", None),
        ("-5", None),
        ("Fri, 21 Aug 2026 13:10:00 GMT", None),
        ("1.5", None),
        ("١٢", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("Sat, 99 Aug 2026 13:10:00 GMT", None),
    ],
)
def test_retry_after_in_all_its_spellings(value, seconds):
    assert retry_after(value, NOW) == (None if seconds is None else NOW + timedelta(seconds=seconds))


@given(st.text(max_size=60))
def test_no_retry_after_raises_or_reaches_beyond_a_day(value):
    then = retry_after(value, NOW)
    assert then is None or NOW < then <= NOW + MAX_WAIT


def test_waits_double_up_to_a_day_and_no_two_feeds_share_a_schedule():
    hours = [1, 2, 4, 8, 16, 24, 24]
    for key in ("feed a", "feed b"):
        waits = [back_off(failures, key=key) for failures in range(1, 8)]
        assert all(
            timedelta(hours=hour) <= wait <= min(timedelta(hours=hour * 1.25), MAX_WAIT)
            for hour, wait in zip(hours, waits, strict=True)
        )
        assert waits == [back_off(failures, key=key) for failures in range(1, 8)]
    assert back_off(1, key="feed a") != back_off(1, key="feed b")
    assert back_off(0, key="feed a") == timedelta(0)
    assert back_off(10_000, key="feed a") == MAX_WAIT


def test_addresses_of_a_host_stay_together_in_one_shard():
    urls = [f"https://{host}/{number}" for number in range(30) for host in ("a.example", "b.example:8080", "A.EXAMPLE")]
    assert set(by_host(urls)) == {"a.example", "b.example"}
    assert all(len({shard_of(url, 4) for url in members}) == 1 for members in by_host(urls).values())
    assert {shard_of(f"https://{number}.example/", 4) for number in range(50)} == {0, 1, 2, 3}
    assert host_of("not an address") == "not an address"


def test_a_host_is_asked_once_a_second_and_others_meanwhile():
    now, slept = 100.0, []
    pacer = Pacer(monotonic=lambda: now, sleep=slept.append)
    for host in ("a", "a", "b", "a"):
        pacer.wait(host)
    assert slept == [1.0, 2.0]
    now = 200.0
    pacer.wait("a")
    assert slept == [1.0, 2.0]


def test_a_host_that_asks_for_more_time_gets_it_up_to_a_minute():
    slept: list[float] = []
    pacer = Pacer(monotonic=lambda: 0.0, sleep=slept.append)
    for host, seconds in (("slow", 10.0), ("endless", 1e9), ("hasty", 0.01), ("silent", None)):
        pacer.slow_down(host, seconds)
        pacer.wait(host)
        pacer.wait(host)
    assert slept == [10.0, 60.0, 1.0, 1.0]
