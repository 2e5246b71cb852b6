"""robots.txt on a real server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.edges.pacing import Pacer
from pipeline.edges.robots import Robots
from pipeline.edges.web import Web
from pipeline.model import Reason, Rejection
from tests.hostile import HOST, HostileServer, answering, ok, status

ORIGIN = f"http://{HOST}"
RULES = b"""User-agent: *
Disallow: /private
Allow: /private/feed
Crawl-delay: 7

User-agent: pressmorning
Disallow: /x*z$
"""


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 8, 22, 13, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def robots_of(server: HostileServer, *, token: str = "somebody", clock: Clock | None = None, folder=None) -> Robots:
    web = Web(user_agent=token, deadline_s=1.0, private_hosts={HOST: server.place})
    pacer = Pacer(sleep=lambda seconds: None)
    return Robots(web, pacer, token=token, folder=folder, clock=clock or Clock())


def reason(answer: Rejection | None) -> Reason | None:
    return answer.reason if answer else None


def test_rules_are_kept_to():
    with HostileServer(answering(ok(RULES))) as server:
        robots = robots_of(server)
        assert robots.before_hop(f"{ORIGIN}/news") is None
        assert reason(robots.before_hop(f"{ORIGIN}/private/page")) is Reason.ROBOTS
        assert robots.before_hop(f"{ORIGIN}/private/feed") is None
    assert server.connections == 1


def test_rules_for_our_own_name_come_before_those_for_all():
    with HostileServer(answering(ok(b"\xef\xbb\xbf" + RULES))) as server:
        robots = robots_of(server, token="pressmorning")
        assert robots.before_hop(f"{ORIGIN}/private/page") is None
        assert reason(robots.before_hop(f"{ORIGIN}/x/y/z")) is Reason.ROBOTS


@pytest.mark.parametrize("code", [401, 403, 404, 410, 429])
def test_no_robots_txt_allows_everything(code):
    with HostileServer(answering(status(code))) as server:
        assert robots_of(server).before_hop(f"{ORIGIN}/x") is None


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(status(503), Reason.ROBOTS), (b"", Reason.UNREACHABLE), (ok(b"x", length=10**9), Reason.TOO_LARGE)],
)
def test_an_unreachable_robots_txt_forbids_everything_until_it_is_back(answer, expected):
    clock = Clock()
    with HostileServer(answering(answer, ok(b""))) as server:
        robots = robots_of(server, clock=clock)
        assert reason(robots.before_hop(f"{ORIGIN}/x")) is expected
        assert reason(robots.before_hop(f"{ORIGIN}/y")) is expected
        assert server.connections == 1
        clock.now += timedelta(minutes=31)
        assert robots.before_hop(f"{ORIGIN}/x") is None


def test_redirects_of_robots_txt_are_followed():
    with HostileServer(answering(*[status(301, "Location: /r")] * 5, ok(RULES))) as server:
        assert reason(robots_of(server).before_hop(f"{ORIGIN}/private/page")) is Reason.ROBOTS


def test_rules_are_kept_for_a_day_and_over_runs(tmp_path):
    clock = Clock()
    with HostileServer(answering(ok(RULES), ok(b""))) as server:
        for _ in range(3):
            robots = robots_of(server, clock=clock, folder=tmp_path)
            assert reason(robots.before_hop(f"{ORIGIN}/private/page")) is Reason.ROBOTS
            clock.now += timedelta(hours=11)
        assert server.connections == 1
        assert robots.before_hop(f"{ORIGIN}/private/page") is None
        assert server.connections == 2


def test_a_cache_that_cannot_be_read_is_asked_for_again(tmp_path):
    with HostileServer(answering(ok(RULES))) as server:
        robots_of(server, folder=tmp_path).before_hop(f"{ORIGIN}/x")
        for file in tmp_path.iterdir():
            file.write_text("{")
        assert reason(robots_of(server, folder=tmp_path).before_hop(f"{ORIGIN}/private/x")) is Reason.ROBOTS
    assert server.connections == 2
