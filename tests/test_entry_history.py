"""What is new in a poll: sequences of polls as feeds really serve them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.gathering.entry_history import KEPT_FOR, KnownEntry, Observed, observe, title_likeness
from pipeline.gathering.urls import address_key
from pipeline.model import Entry, derived_id

START = datetime(2026, 8, 21, 6, tzinfo=UTC)


def entry(
    title: str, guid: str | None = None, path: str | None = None, words: str = "", at: datetime | None = None
) -> Entry:
    url = None if path is None else f"https://herald.example{path}"
    identity = ("entry", "f", guid or "", address_key(url) if url else "", "" if guid or url else title)
    return Entry(
        entry_id=derived_id(*identity), feed_id="f", feed_title="F", guid=guid, url=url, title=title,
        published_at=at, version=derived_id(title, words),
    )  # fmt: skip


def polls(*seen: Sequence[Entry], order: random.Random | None = None) -> list[Observed]:
    """Each poll seen against the ones before, an hour apart."""
    known: tuple[KnownEntry, ...] = ()
    observed = []
    for hour, entries in enumerate(seen):
        entries = order.sample(list(entries), len(entries)) if order else list(entries)
        observed.append(observe(known, entries, now=START + timedelta(hours=hour)))
        known = observed[-1].known
    return observed


A, B, C = (entry(f"Story {name}", f"g-{name}", f"/{name}") for name in "abc")
LATER = START + timedelta(hours=5)

# name → polls, and for each poll how many entries are (new, changed, unchanged)
SEQUENCES = {
    "nothing changes": ([[A, B], [A, B]], [(2, 0, 0), (0, 0, 2)]),
    "one more each time": ([[A], [A, B], [A, B, C]], [(1, 0, 0), (1, 0, 1), (1, 0, 2)]),
    "text edited": ([[A], [entry("Story a", "g-a", "/a", "other")]], [(1, 0, 0), (0, 1, 0)]),
    "retitled": ([[A], [entry("Wholly different words", "g-a", "/a")]], [(1, 0, 0), (0, 1, 0)]),
    "edited and edited back": (
        [[A], [entry("Story a", "g-a", "/a", "other")], [A]],
        [(1, 0, 0), (0, 1, 0), (0, 1, 0)],
    ),
    "flapping": ([[A, B], [B], [A, B], [B], [A, B]], [(2, 0, 0), (0, 0, 1), (0, 0, 2), (0, 0, 1), (0, 0, 2)]),
    "wiped and back": ([[A, B], [], [A, B]], [(2, 0, 0), (0, 0, 0), (0, 0, 2)]),
    "guids changed by a new content system": (
        [[A, B], [entry("Story a", "new-1", "/a"), entry("Story b", "new-2", "/b")]],
        [(2, 0, 0), (0, 0, 2)],
    ),
    "guid with the time of the update in it": (
        [[entry("Release", "/r#1", "/r")], [entry("Release corrected", "/r#2", "/r")]],
        [(1, 0, 0), (0, 1, 0)],
    ),
    "address follows the headline": (
        [[entry("Minister quits", "g", "/minister-quits")], [entry("Minister quits over leak", "g", "/minister-leak")]],
        [(1, 0, 0), (0, 1, 0)],
    ),
    "address and headline change, guid and time stay": (
        [[entry("Minister quits", "g", "/1", at=START)], [entry("Chaos in cabinet", "g", "/2", at=START)]],
        [(1, 0, 0), (0, 1, 0)],
    ),
    "guid used again for another story": (
        [[entry("Minister quits", "1", "/x", at=START)], [entry("Floods in Wales", "1", "/y", at=LATER)]],
        [(1, 0, 0), (1, 0, 0)],
    ),
    "one guid for all, one at a time": (
        [[entry("Minister quits", "same", "/x")], [entry("Floods in Wales", "same", "/y")], [entry("3", "same", "/z")]],
        [(1, 0, 0), (1, 0, 0), (1, 0, 0)],
    ),
    "no guids": ([[entry("A", None, "/a")], [entry("A", None, "/a"), entry("B", None, "/b")]], [(1, 0, 0), (1, 0, 1)]),
    "no guids, retitled": ([[entry("A", None, "/a")], [entry("Different", None, "/a")]], [(1, 0, 0), (0, 1, 0)]),
    "neither guids nor addresses": ([[entry("A")], [entry("A"), entry("B")]], [(1, 0, 0), (1, 0, 1)]),
    "guids appear": ([[entry("A story", None, "/a")], [entry("A story", "g", "/a")]], [(1, 0, 0), (0, 0, 1)]),
    "live page: one address, many items": (
        [[entry("First goal", "1", "/live")], [entry("First goal", "1", "/live"), entry("Second half", "2", "/live")]],
        [(1, 0, 0), (1, 0, 1)],
    ),
    "every address is the front page": (
        [[entry("Minister quits", "1", "/", at=START)], [entry("Floods in Wales", "2", "/", at=LATER)]],
        [(1, 0, 0), (1, 0, 0)],
    ),
    "one guid and the front page for all": (
        [[entry("Minister quits", "s", "/", at=START)], [entry("Floods in Wales", "s", "/", at=LATER)]],
        [(1, 0, 0), (1, 0, 0)],
    ),
    "scheme and www. change": (
        [[entry("A", "g", "/a")], [Entry(entry_id="x", feed_id="f", feed_title="F", guid="g",
                                         url="http://www.herald.example/a/", title="A", version=derived_id("A", ""))]],
        [(1, 0, 0), (0, 0, 1)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SEQUENCES)
@pytest.mark.parametrize("order", [None, 1, 2])
def test_each_sequence_announces_each_item_once(name, order):
    seen, expected = SEQUENCES[name]
    observed = polls(*seen, order=random.Random(order) if order else None)
    assert [(len(poll.new), len(poll.changed), len(poll.unchanged)) for poll in observed] == expected
    announced = [new.entry_id for poll in observed for new in poll.new]
    assert len(announced) == len(set(announced))


def test_an_entry_keeps_the_id_and_the_hour_it_was_first_known_by():
    first, second = polls([entry("A story", "old", "/a")], [entry("A story", "new", "/a", "edited")])
    assert second.changed[0].entry_id == first.new[0].entry_id
    assert [(known.first_seen_at, known.last_seen_on) for known in second.known] == [(START, START.date())]


def test_what_no_feed_has_shown_for_a_quarter_is_let_go_and_returns_under_its_old_id():
    known = polls([A])[0].known
    later = observe(known, [B], now=START + KEPT_FOR + timedelta(days=1))
    assert [entry.entry_id for entry in later.known] == [B.entry_id]
    assert observe(later.known, [A], now=START + 2 * KEPT_FOR).new[0].entry_id == A.entry_id


ENTRIES = st.builds(
    entry,
    st.sampled_from(["One story", "Another story", "Third", ""]),
    st.sampled_from([None, "g1", "g2"]),
    st.sampled_from([None, "/", "/a", "/b"]),
    st.sampled_from(["", "x"]),
)
POLLS = st.lists(st.lists(ENTRIES, max_size=5, unique_by=lambda each: each.entry_id), min_size=1, max_size=5)


@given(POLLS)
@example(
    [
        [entry("C", "g", "/")],
        [entry("A", "g", "/")],
        [entry("A", None, "/")],
        [entry("A", "g", "/"), entry("A", "h", "/")],
    ]
)
def test_every_entry_of_a_poll_has_one_fate_and_nothing_known_is_lost(seen):
    before: set[str] = set()
    for entries, poll in zip(seen, polls(*seen), strict=True):
        assert len(entries) == len(poll.new) + len(poll.changed) + len(poll.unchanged)
        known = {each.entry_id for each in poll.known}
        assert known == before | {each.entry_id for each in poll.new}
        assert not before & {each.entry_id for each in poll.new}
        before = known


@given(POLLS, st.randoms(use_true_random=False))
def test_the_order_within_a_poll_changes_nothing(seen, order):
    for straight, shuffled in zip(polls(*seen), polls(*seen, order=order), strict=True):
        assert set(straight.known) == set(shuffled.known)


@given(POLLS)
def test_the_same_poll_again_says_nothing_new(seen):
    *_, last = polls(*seen)
    again = observe(last.known, seen[-1], now=START + timedelta(days=1))
    assert not again.new
    assert not again.changed


def test_likeness_of_titles():
    assert title_likeness("Minister quits", "Minister quits over leak") == 1.0
    assert title_likeness("Minister quits", "Floods in Wales") == 0.0
    assert title_likeness("", "") == 1.0
    assert title_likeness("", "x") == 0.0
