"""The small web, polled day after day by the real fetcher, as a press office's machine would."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline.edges.archive import Archive, Archived, read_archive
from pipeline.edges.fetching import Fetcher, Polled, due_records
from pipeline.edges.isolation import Workers
from pipeline.edges.pacing import Pacer
from pipeline.edges.register_store import RegisterStore
from pipeline.edges.robots import Robots
from pipeline.edges.taking_in import FeedRules, TakenIn, take_in
from pipeline.edges.web import Web
from pipeline.gathering.feeds import ParsedFeed, parse_feed
from pipeline.gathering.register import new_feed, silence
from pipeline.gathering.urls import AddressRules
from pipeline.model import Entry, FeedDocument, Page, Reason, Rejection, Sifted
from tests.small_web import LAST_DAY, SmallWeb, items
from tests.small_web.script import LONDON

SEED = Path(__file__).parent.parent / "seeds" / "tracking_parameters.csv"
RULES = FeedRules(zone=LONDON, addresses=AddressRules.read(SEED.read_text("utf-8").splitlines()), max_bytes=1_000_000)


@dataclass
class Day:
    """What one day's run brought."""

    polled: Polled
    taken: TakenIn
    pages: Sifted[Page]


class Machine:
    """The fetching half of the pipeline with a folder of its own; time is the small web's."""

    def __init__(self, web: SmallWeb, folder: Path, workers: Workers) -> None:
        self.web, self.folder, self.workers = web, folder, workers
        self.store = RegisterStore(folder / "register")
        self.published: list[Entry] = []
        self.waits: list[float] = []

    def run(self, *, hour: int = 0, ask_all: bool = False, pages: bool = True, fail_before_saving: bool = False) -> Day:
        now = self.web.now + timedelta(hours=hour)
        web = Web(user_agent="Test/1", deadline_s=5.0, private_hosts=self.web.private_hosts, clock=lambda: now)
        pacer = Pacer(monotonic=lambda: 0.0, sleep=self.waits.append)
        robots = Robots(web, pacer, token="test", folder=self.store.robots_folder, clock=lambda: now)

        def publish(taken: TakenIn) -> None:
            self.published += [*taken.new, *taken.changed]
            if fail_before_saving:
                raise KeyboardInterrupt

        name = f"{now:%Y-%m-%dT%H}-{len(list(self.folder.glob('raw/*')))}.warc.gz"
        with Archive(self.folder / "raw" / name, software="test") as archive:
            fetcher = Fetcher(web=web, before_hop=robots.before_hop, archive=archive, store=self.store, threads=6)
            polled = fetcher.poll(due_records(self.store, now=now, ask_all=ask_all), now=now, max_bytes=1_000_000)
            taken = take_in(
                polled.documents, store=self.store, workers=self.workers, rules=RULES, now=now, publish=publish
            )
            wanted = [*taken.new, *taken.changed] if pages else []
            return Day(polled, taken, fetcher.pages(wanted, now=now, max_bytes=1_000_000, max_pages=999))


@pytest.fixture(scope="module")
def workers():
    with Workers(1) as started:
        yield started


@pytest.fixture(scope="module")
def ten_days(tmp_path_factory, workers):
    """The machine after ten days, and what each day brought."""
    with SmallWeb() as web:
        machine = Machine(web, tmp_path_factory.mktemp("machine"), workers)
        machine.store.add(
            new_feed(feed.url, now=web.now, title=feed.title, outlet=feed.outlet, kind=feed.kind) for feed in web.feeds
        )
        days = {}
        for web.day in range(1, LAST_DAY + 1):
            days[web.day] = machine.run()
        yield machine, days


def reasons(rejections: tuple[Rejection, ...]) -> dict[str, Reason]:
    return {rejection.subject.split("/")[2].split(".")[-2]: rejection.reason for rejection in rejections}


def test_every_article_that_a_feed_showed_was_announced_once(ten_days):
    machine, _ = ten_days
    shown = {
        (item.outlet, item.number)
        for item in items()
        if not (item.outlet == "coast-radio" and item.published_at.day >= 13)
    }
    announced = Counter(entry.entry_id for entry in machine.published if "kitchen-table" not in (entry.url or ""))
    assert len(announced) == len(shown)
    assert sum(announced.values()) == len(shown) + 1  # the corrected article, twice


def test_each_failure_has_one_reason_and_the_others_go_on(ten_days):
    _, days = ten_days
    always = {"gone-weekly": Reason.UNREACHABLE, "round-about": Reason.TOO_MANY_REDIRECTS}
    assert reasons(days[1].polled.rejected) == always
    assert reasons(days[4].polled.rejected) == always | {"police-review": Reason.RATE_LIMITED}
    assert reasons(days[7].polled.rejected) == always | {"coast-radio": Reason.GONE}
    assert reasons(days[8].polled.rejected) == always | {"channel-one": Reason.HTTP_STATUS}
    assert reasons(days[9].polled.rejected) == always
    assert reasons(days[9].taken.rejected) == {"westminster-notes": Reason.NOT_A_FEED}
    assert reasons(days[6].taken.rejected) == {"north-post": Reason.INCOMPLETE}
    for day in days.values():
        assert len(day.taken.feed_ids) >= 5


def test_a_feed_that_has_gone_is_not_asked_again_and_one_that_moved_is_asked_at_its_new_address(ten_days):
    machine, days = ten_days
    assert "coast-radio" not in reasons(days[8].polled.rejected)
    record = next(record for record in machine.store.records().kept if record.feed.outlet == "Valley Gazette")
    assert record.feed.url == "http://www.valley-gazette.example/new-feed.rdf"
    asked = [request.target for request in machine.web.log if "valley" in request.host and "rdf" in request.target]
    assert asked.count("/index.rdf") == 5
    assert asked.count("/new-feed.rdf") == 6


def test_a_feed_that_fell_silent_is_noticed(ten_days):
    machine, days = ten_days
    records = {record.feed.outlet: record for record in machine.store.records().kept}
    assert len(days[10].polled.unchanged) >= 1
    later = machine.web.now + timedelta(days=2)
    assert silence(records["Silent Mail"], now=later)
    assert not silence(records["Daily Courier"], now=later)


def test_a_correction_is_a_new_version_of_the_same_entry(ten_days):
    _, days = ten_days
    (changed,) = days[10].taken.changed
    assert changed.title == "Council tax rise to help fund £19.2bn police budget"
    first = next(entry for entry in days[9].taken.new if entry.url == changed.url)
    assert first.entry_id == changed.entry_id
    assert first.version != changed.version


def test_addresses_are_the_articles_own(ten_days):
    _, days = ten_days
    entries = [entry for day in days.values() for entry in day.taken.new]
    tracked = ("utm_", "fbclid", "at_medium", "#", "/amp")
    assert not [entry.url for entry in entries if entry.url and any(mark in entry.url for mark in tracked)]


def test_a_mislabelled_feed_is_read_with_its_quotation_marks(ten_days):
    _, days = ten_days
    titles = [entry.title for day in days.values() for entry in day.taken.new if "north-post" in (entry.url or "")]
    (title,) = [title for title in titles if "blades" in title]
    assert title == "Thousands of blades surrendered, but charity’s vans run out of money"


def test_pages_follow_their_redirects_and_are_archived_before_anything_reads_them(ten_days):
    machine, days = ten_days
    pages = {page.entry_id: page for day in days.values() for page in day.pages.kept}
    channel = [page for page in pages.values() if "channel-one" in page.url]
    assert channel
    assert all("/go/" in page.url and "/go/" not in page.final_url for page in channel)
    archived = {}
    for path in (machine.folder / "raw").iterdir():
        for found in read_archive(path, max_bytes=1_000_000):
            assert isinstance(found, Archived)
            archived[found.place] = found
    assert all(archived[page.archived_at].content == page.content for page in pages.values())
    assert not [page.url for page in pages.values() if page.fetched_at.tzinfo is None]


def test_the_archive_gives_the_same_entries_without_the_network(ten_days):
    machine, days = ten_days
    first = next(iter(sorted((machine.folder / "raw").iterdir())))
    replayed = []
    for found in read_archive(first, max_bytes=1_000_000):
        if isinstance(found, Archived) and found.purpose == "feed":
            document = FeedDocument(
                feed_id=found.subject, url=found.url, final_url=found.final_url, moved_to=found.moved_to,
                content=found.content, content_type=found.header("content-type"), fetched_at=found.fetched_at,
            )  # fmt: skip
            feed = parse_feed(document, now=found.fetched_at, zone=RULES.zone, rules=RULES.addresses, max_bytes=10**6)
            assert isinstance(feed, ParsedFeed)
            replayed += feed.entries
    assert {entry.entry_id: entry for entry in replayed} == {entry.entry_id: entry for entry in days[1].taken.new}


def test_a_server_is_asked_once_a_second_and_never_where_robots_txt_forbids(ten_days):
    machine, _ = ten_days
    assert machine.waits
    assert not [request for request in machine.web.log if request.target.startswith("/private")]


def test_a_second_run_of_the_day_asks_nobody_and_a_manual_run_changes_nothing(tmp_path, workers):
    with SmallWeb(3) as web:
        machine = Machine(web, tmp_path, workers)
        machine.store.add(new_feed(feed.url, now=web.now) for feed in web.feeds)
        machine.run(pages=False)
        asked = len(web.log)
        assert machine.run(pages=False).polled == Polled(documents=(), unchanged=(), rejected=())
        assert len(web.log) == asked
        again = machine.run(pages=False, ask_all=True)
        assert (again.taken.new, again.taken.changed) == ((), ())
        assert len(again.polled.unchanged) >= 10


def test_no_request_is_early_also_by_hand_and_over_runs(tmp_path, workers):
    """429 with two hours to wait: 20 runs, by hand, over those hours."""
    with SmallWeb(4) as web:
        machine = Machine(web, tmp_path, workers)
        machine.store.add(new_feed(feed.url, now=web.now) for feed in web.feeds if feed.key == "police-review")
        for minutes in range(0, 140, 7):
            due = due_records(machine.store, now=web.now + timedelta(minutes=minutes), ask_all=True)
            assert bool(due) == (minutes in (0, 126, 133))
            if minutes == 0:
                machine.run(pages=False, ask_all=True)
        assert len([request for request in web.log if request.target == "/feed"]) == 1


def test_a_run_that_dies_between_rows_and_validators_loses_nothing(tmp_path, workers):
    with SmallWeb(1) as web:
        machine = Machine(web, tmp_path, workers)
        machine.store.add(new_feed(feed.url, now=web.now) for feed in web.feeds)
        for web.day in range(1, 4):
            with pytest.raises(KeyboardInterrupt):
                machine.run(pages=False, fail_before_saving=True)
            died, machine.published = machine.published, []
            machine.run(pages=False, ask_all=True)
            assert {entry.entry_id for entry in machine.published} == {entry.entry_id for entry in died}
            assert machine.published
            machine.published = []


def test_the_same_day_is_the_same_bytes(workers):
    def everything(day: int) -> list[bytes]:
        with SmallWeb(day) as web:
            fetched = Web(user_agent="t", private_hosts=web.private_hosts)
            answers = [fetched.get(feed.url, max_bytes=10**6) for feed in web.feeds]
        return [getattr(answer, "body", b"") for answer in answers]

    assert everything(5) == everything(5)
    assert everything(5) != everything(6)


def test_time_is_the_small_webs():
    assert SmallWeb(1).now == datetime.fromisoformat("2026-09-07T18:00:00+00:00")
