"""A run over two hundred feeds, a fifth of them faulty, each in its own way."""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.edges.archive import Archive
from pipeline.edges.fetching import Fetcher, due_records, failure_of, why_no_page
from pipeline.edges.isolation import Limits, Workers
from pipeline.edges.pacing import Pacer
from pipeline.edges.register_store import RegisterStore
from pipeline.edges.robots import Robots
from pipeline.edges.taking_in import FeedRules, take_in
from pipeline.edges.web import Response, Web
from pipeline.gathering.register import new_feed
from pipeline.gathering.urls import AddressRules
from pipeline.model import Entry, Reason
from tests.made_feeds import item, rss
from tests.small_web import Answer, Request, VirtualHosts

NOW = datetime(2026, 8, 22, 13, 5, tzinfo=UTC)
XML = {"Content-Type": "application/rss+xml"}
FEED = rss(*(item(number) for number in range(3))).encode()
# feedparser raises TypeError on a chapter without a start, and only feedparser reads what is not well-formed.
CHAPTERS = 'psc:chapters xmlns:psc="http://podlove.org/simple-chapters"'
CRASH = rss(f"<item><title>x <br> y</title><{CHAPTERS}><psc:chapter title='a'/></psc:chapters></item>")
DOCTYPE = b'<!DOCTYPE rss [<!ENTITY a "b">]>'


def html(text: str) -> Answer:
    return Answer(body=f"<html><title>{text}</title></html>".encode(), headers={"Content-Type": "text/html"})


# Ways to fail, and what each is called. The answer is for the feed itself; "robots" is for robots.txt.
FAULTS: dict[str, tuple[Answer, Reason]] = {
    "empty": (Answer(body=b"", headers=XML), Reason.EMPTY),
    "blank": (Answer(body=b"\n \n", headers=XML), Reason.EMPTY),
    "page": (html("Welcome"), Reason.NOT_A_FEED),
    "challenge": (html("Just a moment..."), Reason.NOT_A_FEED),
    "sitemap": (Answer(body=b"<urlset/>", headers=XML), Reason.NOT_A_FEED),
    "text": (Answer(body=b"Service temporarily unavailable"), Reason.NOT_A_FEED),
    "json": (Answer(body=b'{"error": 1}'), Reason.NOT_A_FEED),
    "pdf": (Answer(body=b"%PDF-1.7"), Reason.BINARY),
    "picture": (Answer(body=b"\x89PNG\r\n\x1a\n"), Reason.BINARY),
    "file of gzip": (Answer(body=gzip.compress(FEED)), Reason.BINARY),
    "cut": (Answer(body=FEED[:-200], headers=XML), Reason.INCOMPLETE),
    "short": (Answer(body=FEED, headers=XML | {"Content-Length": "9999"}), Reason.INCOMPLETE),
    "cut gzip": (Answer(body=gzip.compress(FEED)[:-8], headers=XML | {"Content-Encoding": "gzip"}), Reason.INCOMPLETE),
    "cut json": (Answer(body=b'{"version": "https://jsonfeed.org/version/1", "items": [{'), Reason.INCOMPLETE),
    "brotli": (Answer(body=FEED, headers=XML | {"Content-Encoding": "br"}), Reason.UNKNOWN_CODING),
    "twice": (Answer(body=FEED, headers=XML | {"Content-Encoding": "gzip, gzip"}), Reason.UNKNOWN_CODING),
    "not gzip": (Answer(body=FEED, headers=XML | {"Content-Encoding": "gzip"}), Reason.UNKNOWN_CODING),
    "huge": (Answer(body=b"x" * 300_000), Reason.TOO_LARGE),
    "bomb": (Answer(body=zlib.compress(b" " * 9**7), headers={"Content-Encoding": "deflate"}), Reason.TOO_LARGE),
    "announced": (Answer(headers={"Content-Length": "999999999999"}), Reason.TOO_LARGE),
    "entities": (Answer(body=DOCTYPE + FEED, headers=XML), Reason.ENTITY_DECLARATION),
    "deep": (Answer(body=b"<rss>" + b"<a>" * 9000 + b"</a>" * 9000 + b"</rss>"), Reason.PARSER_FAILED),
    "crash": (Answer(body=CRASH.encode()), Reason.PARSER_FAILED),
    "loop": (Answer(302, headers={"Location": "/feed"}), Reason.TOO_MANY_REDIRECTS),
    "to a file": (Answer(301, headers={"Location": "file:///etc/passwd"}), Reason.BAD_ADDRESS),
    "to a name": (Answer(302, headers={"Location": "http://user:pw@x.example/"}), Reason.BAD_ADDRESS),
    "to itself": (Answer(302, headers={"Location": "http://127.0.0.1/"}), Reason.PRIVATE_ADDRESS),
    "to metadata": (Answer(307, headers={"Location": "http://169.254.169.254/"}), Reason.PRIVATE_ADDRESS),
    "nowhere": (Answer(301), Reason.HTTP_STATUS),
    "unasked 304": (Answer(304), Reason.HTTP_STATUS),
    "unauthorised": (Answer(401), Reason.HTTP_STATUS),
    "forbidden": (Answer(403), Reason.HTTP_STATUS),
    "not found": (Answer(404), Reason.HTTP_STATUS),
    "broken": (Answer(500), Reason.HTTP_STATUS),
    "busy": (Answer(503, headers={"Retry-After": "600"}), Reason.HTTP_STATUS),
    "odd": (Answer(299, body=FEED), Reason.HTTP_STATUS),
    "too often": (Answer(429, headers={"Retry-After": "600"}), Reason.RATE_LIMITED),
    "gone": (Answer(410), Reason.GONE),
    "robots": (Answer(body=b"User-agent: *\nDisallow: /feed"), Reason.ROBOTS),
    "down": (Answer(), Reason.UNREACHABLE),
}
HOSTS = [f"feed-{number:03}.example" for number in range(200)]
FAULTY = dict(zip(HOSTS[::5], FAULTS, strict=True))


def answer(request: Request) -> Answer:
    fault = FAULTY.get(request.host, "")
    if request.target == "/robots.txt":
        return FAULTS[fault][0] if fault == "robots" else Answer(404)
    return FAULTS[fault][0] if fault else Answer(body=FEED, headers=XML | {"ETag": '"1"'})


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """One run over all: (requests, polled, taken, store)."""
    folder = tmp_path_factory.mktemp("run")
    store = RegisterStore(folder)
    store.add(new_feed(f"http://{host}/feed", now=NOW) for host in HOSTS)
    with VirtualHosts(answer) as server, Workers(1, limits=Limits(cpu_s=2.0)) as workers:
        places = {host: "127.0.0.1:9" if FAULTY.get(host) == "down" else server.place for host in HOSTS}
        web = Web(user_agent="t", deadline_s=5.0, private_hosts=places, clock=lambda: NOW)
        pacer = Pacer(monotonic=lambda: 0.0, sleep=lambda seconds: None)
        robots = Robots(web, pacer, token="t", clock=lambda: NOW)
        with Archive(folder / "raw.warc.gz", software="t") as archive:
            fetcher = Fetcher(web=web, before_hop=robots.before_hop, archive=archive, store=store, threads=8)
            polled = fetcher.poll(due_records(store, now=NOW), now=NOW, max_bytes=200_000)
            rules = FeedRules(zone=UTC, addresses=AddressRules(), max_bytes=200_000)
            taken = take_in(
                polled.documents, store=store, workers=workers, rules=rules, now=NOW, publish=lambda taken: None
            )
        yield server.log, polled, taken, store


def test_all_good_feeds_are_in(run):
    _, _, taken, _ = run
    assert len(taken.feed_ids) == 160
    assert sum(not entry.url.startswith("x") for entry in taken.new) >= 160 * 3


def test_each_bad_feed_has_one_reason_and_it_is_the_right_one(run):
    _, polled, taken, _ = run
    found = {rejection.subject: rejection.reason for rejection in (*polled.rejected, *taken.rejected)}
    assert len(polled.rejected) + len(taken.rejected) == 40
    assert found == {f"http://{host}/feed": FAULTS[fault][1] for host, fault in FAULTY.items()}
    assert all(rejection.detail for rejection in (*polled.rejected, *taken.rejected))


def test_no_validators_are_kept_of_a_feed_that_failed(run):
    *_, store = run
    for record in store.records().kept:
        failed = record.feed.url.split("/")[2] in FAULTY
        assert (record.state.etag is None) == failed
        assert bool(record.state.last_fault) == failed
        assert (record.state.failures > 0) == (failed and FAULTY[record.feed.url.split("/")[2]] != "cut")


def test_nothing_is_asked_twice(run):
    log, *_ = run
    asked = Counter((request.host, request.target) for request in log)
    assert max(asked.values()) == 6  # the loop
    assert sum(count > 1 for count in asked.values()) == 1


# -------------------------------------------------------------------------------------------------- one host


def fetcher_of(tmp_path: Path, places: dict[str, str], **more: object) -> Fetcher:
    settings = {"deadline_s": 5.0, "private_hosts": places, "clock": lambda: NOW} | more
    web = Web(user_agent="t", **settings)  # type: ignore[arg-type]
    archive = Archive(tmp_path / "raw.warc.gz", software="t")
    return Fetcher(web=web, before_hop=lambda url: None, archive=archive, store=RegisterStore(tmp_path), threads=4)


def feeds_at(tmp_path: Path, behave: Callable[[Request], Answer], count: int, *, down: bool = False):
    with VirtualHosts(behave) as server:
        place = "127.0.0.1:9" if down else server.place
        fetcher = fetcher_of(tmp_path, {"one.example": place})
        records = fetcher.store.add(new_feed(f"http://one.example/{number}", now=NOW) for number in range(count))
        with fetcher.archive:
            polled = fetcher.poll(records, now=NOW, max_bytes=10**6)
        return polled, server.log, fetcher.store


def test_a_host_that_is_down_is_given_up_after_three_feeds(tmp_path):
    polled, _, store = feeds_at(tmp_path, lambda request: Answer(), 10, down=True)
    assert Counter(rejection.reason for rejection in polled.rejected) == {Reason.UNREACHABLE: 3, Reason.HOST_DOWN: 7}
    assert sorted(record.state.failures for record in store.records().kept) == [0] * 7 + [1] * 3


def test_too_many_requests_is_meant_for_the_host_and_remembered(tmp_path):
    limited = Answer(429, headers={"Retry-After": "7200"})
    polled, log, store = feeds_at(tmp_path, lambda request: limited, 10)
    assert Counter(rejection.reason for rejection in polled.rejected) == {Reason.RATE_LIMITED: 10}
    assert len(log) == 1
    assert store.holds() == {"one.example": NOW + timedelta(hours=2)}
    assert sorted(record.state.failures for record in store.records().kept) == [0] * 9 + [1]


def test_too_many_requests_holds_the_pages_of_the_host_too(tmp_path):
    entries = [Entry(entry_id=str(n), feed_id="f", feed_title="", url=f"http://one.example/{n}") for n in range(5)]
    with VirtualHosts(lambda request: Answer(429)) as server:
        fetcher = fetcher_of(tmp_path, {"one.example": server.place})
        with fetcher.archive:
            for _ in range(3):
                sifted = fetcher.pages(entries, now=NOW, max_bytes=10**6, max_pages=99)
                assert [rejection.reason for rejection in sifted.rejected] == [Reason.RATE_LIMITED] * 5
        assert len(server.log) == 1
    assert fetcher.store.holds() == {"one.example": NOW + timedelta(hours=1)}


def test_no_host_is_asked_for_more_pages_than_its_share(tmp_path):
    page = html("Story")
    entries = [Entry(entry_id=str(n), feed_id="f", feed_title="", url=f"http://one.example/{n}") for n in range(5)]
    with VirtualHosts(lambda request: page) as server:
        fetcher = fetcher_of(tmp_path, {"one.example": server.place})
        with fetcher.archive:
            sifted = fetcher.pages([*entries, *entries], now=NOW, max_bytes=10**6, max_pages=99, max_per_host=3)
    assert (len(sifted.kept), len(sifted.rejected)) == (3, 2)
    assert {page.entry_id for page in sifted.kept} == {"0", "1", "2"}


def test_a_run_asks_for_so_many_pages_of_every_host_its_first_ones_and_puts_off_the_rest(tmp_path):
    page = html("Story")
    hosts = ("one.example", "two.example")
    urls = [f"http://{host}/{n}" for host in hosts for n in range(5)]
    entries = [Entry(entry_id=url, feed_id="f", feed_title="", url=url) for url in urls]
    with VirtualHosts(lambda request: page) as server:
        fetcher = fetcher_of(tmp_path, dict.fromkeys(hosts, server.place))
        with fetcher.archive:
            sifted = fetcher.pages(entries, now=NOW, max_bytes=10**6, max_pages=3)
    assert {page.entry_id for page in sifted.kept} == {
        f"http://{at}" for at in ("one.example/0", "two.example/0", "one.example/1")
    }
    assert Counter(rejection.reason for rejection in sifted.rejected) == {Reason.PUT_OFF: 7}


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        (b"<html>", "text/html; charset=utf-8", None),
        (b"<html>", None, None),
        (b"words", "text/plain", None),
        (b"<html>", "application/xhtml+xml", None),
        (b"%PDF-1.4", "text/html", Reason.BINARY),
        (b"\x89PNG", None, Reason.BINARY),
        (b"<svg>", "image/svg+xml", Reason.BINARY),
        (b"a,b", "text/csv", Reason.BINARY),
        (b"PK\x03\x04", "application/vnd.openxmlformats", Reason.BINARY),
        (b"<html>", "application/octet-stream", Reason.BINARY),
        (b"ID3", "audio/mpeg", Reason.BINARY),
        (b" ", "text/html", Reason.EMPTY),
    ],
)
def test_a_page_is_known_by_its_bytes_and_its_type(content, kind, expected):
    rejection = why_no_page("http://x.example/", content, kind)
    assert (rejection.reason if rejection else None) is expected


@pytest.mark.parametrize("code", [200, 203])
def test_an_answer_with_a_document_is_no_failure(code):
    given = Response(
        url="u", final_url="u", moved_to=None, status=code, status_words="", headers=(), raw_body=b"", body=b"",
        fetched_at=NOW, ip_address="",
    )  # fmt: skip
    assert failure_of(given, NOW) is None
