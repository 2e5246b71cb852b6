"""The state of a feed from poll to poll, and its file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edges.register_store import RegisterStore
from pipeline.gathering.feeds import ParsedFeed
from pipeline.gathering.politeness import MAX_WAIT, back_off
from pipeline.gathering.register import (
    FeedRecord,
    PollFailure,
    after_failure,
    after_parsed,
    after_unchanged,
    expected_per_day,
    is_due,
    may_ask,
    new_feed,
    silence,
)
from pipeline.model import Entry, FeedDocument, Reason, Rejection

NOW = datetime(2026, 8, 1, 6, 5, tzinfo=UTC)
URL = "https://herald.example/rss"
DOWN = PollFailure(rejection=Rejection(URL, Reason.UNREACHABLE, "no route"))


def record() -> FeedRecord:
    return new_feed(URL, now=NOW)


def entries(*names: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            entry_id=name,
            feed_id="f",
            feed_title="F",
            guid=name,
            url=f"https://herald.example/{name}",
            title=name,
            version=name,
        )
        for name in names
    )


def parsed(*names: str, incomplete: bool = False) -> ParsedFeed:
    return ParsedFeed(
        feed_id="f", title="Herald", home_url=None, language=None, entries=entries(*names), incomplete=incomplete
    )


def document(moved_to: str | None = None) -> FeedDocument:
    return FeedDocument(
        feed_id="f",
        url=URL,
        final_url=URL,
        moved_to=moved_to,
        content=b"",
        etag='"1"',
        last_modified="then",
        fetched_at=NOW,
    )


def test_a_new_feed_is_due_at_once_and_the_same_address_is_the_same_feed():
    assert is_due(record().state, NOW)
    assert record().feed.feed_id == new_feed(URL, now=NOW + timedelta(days=1)).feed.feed_id


def test_failures_wait_longer_each_time_and_a_success_ends_that():
    failed, now = record(), NOW
    for failures in range(1, 12):
        failed = after_failure(failed, DOWN, now=now)
        wait = back_off(failures, key=failed.feed.feed_id)
        assert failed.state.failures == failures
        assert failed.state.next_due_at == now + wait
        assert not is_due(failed.state, now + wait - timedelta(seconds=1))
        now += wait
        assert is_due(failed.state, now)
    assert failed.state.last_fault == "unreachable: no route"
    well = after_unchanged(failed, now=now)
    assert (well.state.failures, well.state.last_fault, well.state.last_success_at) == (0, "", now)
    again = after_failure(well, DOWN, now=now)
    assert again.state.next_due_at == now + back_off(1, key=again.feed.feed_id)


def test_retry_after_holds_for_manual_runs_too():
    rejection = Rejection(URL, Reason.HTTP_STATUS, "503")
    held = after_failure(record(), PollFailure(rejection=rejection, retry_at=NOW + timedelta(hours=5)), now=NOW)
    assert not may_ask(held.state, NOW + timedelta(hours=4, minutes=59))
    assert may_ask(held.state, NOW + timedelta(hours=5))
    assert held.state.next_due_at == NOW + timedelta(hours=5)
    assert may_ask(after_failure(record(), DOWN, now=NOW).state, NOW)


def test_a_feed_that_is_gone_is_not_asked_again():
    gone = after_failure(record(), PollFailure(rejection=Rejection(URL, Reason.GONE, "410")), now=NOW)
    assert not may_ask(gone.state, NOW + timedelta(days=1000))
    assert silence(gone, now=NOW + timedelta(days=1000)) is None


@given(st.lists(st.sampled_from(["fail", "unchanged", "new", "retry"]), max_size=20))
def test_no_feed_is_ever_kept_away_for_longer_than_a_day(events):
    at, now = record(), NOW
    for number, event in enumerate(events):
        if event == "fail":
            at = after_failure(at, DOWN, now=now)
        elif event == "retry":
            at = after_failure(at, replace(DOWN, retry_at=now + MAX_WAIT), now=now)
        elif event == "unchanged":
            at = after_unchanged(at, now=now)
        else:
            at = after(at, document(), parsed(f"item {number}"), now=now)
        assert at.state.next_due_at is not None
        assert now < at.state.next_due_at <= now + MAX_WAIT
        now = at.state.next_due_at
        assert is_due(at.state, now)


def test_validators_come_with_a_whole_document_only():
    whole, first = after_parsed(record(), (), document(), parsed("a", "b"), now=NOW)
    assert (whole.state.etag, whole.state.last_modified) == ('"1"', "then")
    cut, second = after_parsed(whole, first.known, document(), parsed("a", incomplete=True), now=NOW)
    assert (cut.state.etag, cut.state.last_modified) == (None, None)
    assert "incomplete" in cut.state.last_fault
    assert (len(second.unchanged), len(second.known)) == (1, 2)


def test_a_feed_moves_when_its_new_address_has_proved_to_be_the_feed():
    moved = after(record(), document(moved_to="https://herald.example/new"), parsed(), now=NOW)
    assert moved.feed.url == "https://herald.example/new"
    assert moved.feed.feed_id == record().feed.feed_id
    assert moved.feed.title == "Herald"


def after(at: FeedRecord, document: FeedDocument, parsed: ParsedFeed, *, now: datetime) -> FeedRecord:
    return after_parsed(at, (), document, parsed, now=now)[0]


def polled(days: int, per_day: int) -> FeedRecord:
    at = record()
    for day in range(days):
        names = [f"{day}-{number}" for number in range(per_day)]
        at = after(at, document(), parsed(*names), now=NOW + timedelta(days=day))
    return at


def test_what_a_feed_usually_has_is_learned_over_a_week():
    assert expected_per_day(polled(3, 10), now=NOW + timedelta(days=3)) is None
    assert expected_per_day(polled(14, 10), now=NOW + timedelta(days=14)) == pytest.approx(10, rel=0.1)
    assert expected_per_day(polled(60, 3), now=NOW + timedelta(days=60)) == pytest.approx(3, rel=0.1)
    configured = replace(record(), feed=replace(record().feed, items_per_day=5.0))
    assert expected_per_day(configured, now=NOW) == 5.0


def test_a_silent_feed_is_noticed_and_a_slow_one_is_not():
    busy, slow = polled(14, 20), polled(14, 1)
    last = NOW + timedelta(days=13)
    assert silence(busy, now=last + timedelta(hours=20)) is None
    assert silence(busy, now=last + timedelta(hours=30)) == "nothing new for 30 hours; usually 20 items a day"
    assert silence(slow, now=last + timedelta(days=4)) is None
    assert silence(slow, now=last + timedelta(days=8)) is not None
    emptied, now = slow, last
    for day in range(1, 60):
        now = last + timedelta(days=day)
        emptied = after(emptied, document(), parsed(), now=now)
    assert silence(emptied, now=now) == "nothing new for 1416 hours; usually 1 items a day"
    assert silence(record(), now=NOW + timedelta(days=99)) is None


# ------------------------------------------------------------------------------------------------------ its file


def test_a_record_comes_back_from_the_disk_as_it_was(tmp_path):
    store = RegisterStore(tmp_path)
    saved = after_failure(polled(3, 2), PollFailure(rejection=DOWN.rejection, retry_at=NOW), now=NOW)
    store.save(saved)
    assert store.records().kept == (saved,)
    assert store.record(saved.feed.feed_id) == saved
    assert store.record("other") is None


def test_what_is_known_comes_back_and_is_written_only_when_it_is_news(tmp_path):
    store = RegisterStore(tmp_path)
    _, observed = after_parsed(record(), (), document(), parsed("b", "a"), now=NOW)
    assert store.known("f") == ()
    store.save_known("f", observed.known)
    assert set(store.known("f")) == set(observed.known)
    written = (tmp_path / "known" / "f.json").stat()
    _, again = after_parsed(record(), store.known("f"), document(), parsed("a", "b"), now=NOW + timedelta(hours=1))
    store.save_known("f", again.known)
    assert (tmp_path / "known" / "f.json").stat().st_ino == written.st_ino


def test_a_feed_is_added_once(tmp_path):
    store = RegisterStore(tmp_path)
    assert store.add([record(), record()]) == (record(),)
    store.save(after_unchanged(record(), now=NOW))
    assert store.add([record()]) == ()
    assert store.records().kept[0].state.last_success_at == NOW


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path):
    store = RegisterStore(tmp_path)
    store.save(record())
    (tmp_path / "feeds" / "bad.json").write_text('{"feed": 1')
    found = store.records()
    assert found.kept == (record(),)
    assert found.rejected[0].subject.endswith("bad.json")


def test_holds_of_hosts_are_remembered(tmp_path):
    store = RegisterStore(tmp_path)
    store.hold("herald.example", NOW)
    store.hold("herald.example", NOW + timedelta(hours=1))
    assert RegisterStore(tmp_path).holds() == {"herald.example": NOW + timedelta(hours=1)}
