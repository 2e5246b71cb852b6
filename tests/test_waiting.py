"""Pages that could not be had, and when they are asked for again."""

from __future__ import annotations

import pytest

from pipeline.gathering.waiting import MAX_TRIES, WaitingPage, may_pass, still_waiting
from pipeline.model import Entry, Reason, Rejection


def entry(number: int) -> Entry:
    return Entry(entry_id=str(number), feed_id="f", feed_title="", url=f"http://x.example/{number}")


BUSY = Rejection("http://x.example/1", Reason.HTTP_STATUS, "503 Service Unavailable")


@pytest.mark.parametrize(
    ("rejection", "expected"),
    [
        (BUSY, True),
        (Rejection("u", Reason.HTTP_STATUS, "404 Not Found"), False),
        (Rejection("u", Reason.DEADLINE), True),
        (Rejection("u", Reason.RATE_LIMITED), True),
        (Rejection("u", Reason.PUT_OFF), True),
        (Rejection("u", Reason.ROBOTS), False),
        (Rejection("u", Reason.BINARY), False),
        (Rejection("u", Reason.PRIVATE_ADDRESS), False),
    ],
)
def test_what_may_pass_is_asked_again_and_what_is_meant_is_not(rejection, expected):
    assert may_pass(rejection) is expected


def test_a_page_waits_until_it_is_had_or_was_asked_for_often_enough():
    waiting: tuple[WaitingPage, ...] = still_waiting([entry(1), entry(2)], (), [BUSY])
    assert [(page.entry.entry_id, page.tries) for page in waiting] == [("1", 1)]
    assert still_waiting([], waiting, []) == ()
    runs = 1
    while waiting:
        waiting = still_waiting([], waiting, [BUSY])
        runs += 1
    assert runs == MAX_TRIES


def test_a_page_that_is_put_off_waits_for_as_long_as_it_takes_since_nobody_asked_for_it():
    put_off = Rejection("http://x.example/1", Reason.PUT_OFF)
    waiting = still_waiting([entry(1)], (), [put_off])
    for _ in range(2 * MAX_TRIES):
        waiting = still_waiting([], waiting, [put_off])
    assert [(page.entry.entry_id, page.tries) for page in waiting] == [("1", 0)]
