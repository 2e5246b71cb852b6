"""Worker processes and their limits."""

from __future__ import annotations

import os
import time

import pytest

from pipeline.edges.isolation import Done, Failed, Limits, Workers
from pipeline.model import Reason
from tests.misbehaving import (
    behave,
    burn,
    chatter,
    complain,
    crash,
    descend,
    double,
    doze,
    hoard,
    leave,
    process_id,
    spin,
)

LIMITS = Limits(cpu_s=1.0, wall_s=60.0, memory_bytes=200_000_000)


@pytest.fixture(scope="module")
def workers():
    with Workers(2, limits=LIMITS) as started:
        yield started


def test_results_come_back_in_order_and_workers_are_used_again(workers):
    assert list(workers.map(double, range(50))) == [Done(2 * number) for number in range(50)]
    assert len({outcome.value for outcome in workers.map(process_id, range(50))}) <= 2


@pytest.mark.parametrize(
    ("function", "reason", "words"),
    [
        (spin, Reason.TIME_LIMIT, "1 seconds of CPU"),
        (hoard, Reason.MEMORY_LIMIT, "memory"),
        (crash, Reason.PARSER_FAILED, "SIGSEGV"),
        (leave, Reason.PARSER_FAILED, "exit code 3"),
        (complain, Reason.PARSER_FAILED, "KeyError: 'start'"),
        (descend, Reason.PARSER_FAILED, "nested too deeply"),
    ],
)
def test_a_document_that_breaks_its_worker_is_a_reason_and_no_more(workers, function, reason, words):
    outcome = workers.call(function, None)
    assert isinstance(outcome, Failed)
    assert outcome.reason is reason
    assert words in outcome.detail
    assert workers.call(double, 21) == Done(42)


def test_what_neither_works_nor_ends_is_left_at_the_wall_clock():
    with Workers(1, limits=Limits(cpu_s=2.0, wall_s=2.0)) as one:
        started = time.monotonic()
        outcome = one.call(doze, None)
        assert isinstance(outcome, Failed)
        assert outcome.reason is Reason.TIME_LIMIT
        assert time.monotonic() - started < 5
        assert one.call(double, 1) == Done(2)


def test_one_bad_document_among_many_costs_the_others_nothing(workers):
    kinds = ["a", "crash", "b", "complain", "c"]
    outcomes = list(workers.map(behave, kinds))
    assert [outcome.value if isinstance(outcome, Done) else outcome.reason for outcome in outcomes] == [
        "a",
        Reason.PARSER_FAILED,
        "b",
        Reason.PARSER_FAILED,
        "c",
    ]


def test_the_limit_is_for_each_document_and_not_for_all_together(workers):
    assert all(isinstance(outcome, Done) for outcome in workers.map(burn, [0.3] * 5))


def test_what_a_parser_prints_does_not_disturb(workers):
    assert workers.call(chatter, None) == Done(1)


def test_arguments_are_drawn_as_they_are_needed(workers):
    drawn = []

    def arguments():
        for number in range(1000):
            drawn.append(number)
            yield number

    assert next(workers.map(double, arguments())) == Done(0)
    assert len(drawn) < 20


def test_a_worker_is_replaced_after_its_share_of_calls():
    with Workers(1, max_calls=3) as one:
        seen = [outcome.value for outcome in one.map(process_id, range(6))]
    assert len(set(seen)) == 2
    assert not any(os.path.exists(f"/proc/{pid}") for pid in seen)  # noqa: PTH110
