"""Lists of feeds."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gathering.opml import ListedFeed, read_opml, write_opml
from pipeline.gathering.plain_text import one_line
from pipeline.model import Reason

SEEDS = Path(__file__).parent.parent / "seeds"


def opml(body: str, head: str = "<?xml version='1.0' encoding='UTF-8'?>") -> bytes:
    return f"{head}\n<opml version='2.0'>\n<head><title>Mine</title></head>\n<body>\n{body}\n</body></opml>".encode()


def test_feeds_are_read_with_their_folders_and_our_attributes():
    found = read_opml(
        opml("""<outline text="Politics">
<outline type="rss" text="Herald &amp; Post" xmlUrl="https://herald.example/rss" htmlUrl="https://herald.example/"/>
<outline text="Deep"><outline title="Gazette" XMLURL=" https://gazette.example/rss " category="/regional"/></outline>
</outline>
<outline xmlns:p="urn:press-morning:feeds" xmlUrl="http://a.example/f" p:outlet="Argus" p:itemsPerDay="2.5"
  description="n"/>
<outline type="link" text="A page" url="https://x.example/"/>"""),
        name="mine.opml",
    )
    assert found.rejected == ()
    assert found.kept == (
        ListedFeed(url="https://herald.example/rss", title="Herald & Post", kind="Politics"),
        ListedFeed(url="https://gazette.example/rss", title="Gazette", kind="regional"),
        ListedFeed(url="http://a.example/f", outlet="Argus", items_per_day=2.5, note="n"),
    )


def test_good_entries_are_kept_and_bad_ones_named_by_their_line():
    found = read_opml(
        opml("""<outline xmlUrl="https://a.example/1"/>
<outline xmlUrl="javascript:alert(1)"/>
<outline xmlUrl=""/>
<outline xmlUrl="file:///etc/passwd"/>
<outline xmlUrl="https://a.example/1"/>
<outline xmlUrl="https://user:secret@a.example/"/>
<outline xmlUrl="https://a.example/2"/>"""),
        name="mine.opml",
    )
    assert [feed.url for feed in found.kept] == ["https://a.example/1", "https://a.example/2"]
    assert [(one.subject, one.reason) for one in found.rejected] == [
        ("mine.opml line 6", Reason.BAD_ADDRESS),
        ("mine.opml line 7", Reason.BAD_ADDRESS),
        ("mine.opml line 8", Reason.BAD_ADDRESS),
        ("mine.opml line 9", Reason.DUPLICATE),
        ("mine.opml line 10", Reason.BAD_ADDRESS),
    ]
    assert "secret" not in str(found.rejected)


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (opml('<outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"/>'), ["https://a.example/?x=1&y=2"]),
        (opml('<outline text="caf&eacute;" xmlUrl="https://a.example/"/>'), ["https://a.example/"]),
        (opml('<outline xmlUrl="https://a.example/"/><outline xmlUrl="X').partition(b"X")[0], ["https://a.example/"]),
        (opml('<outline xmlUrl="https://a.example/"/>', head="<!DOCTYPE opml>"), ["https://a.example/"]),
        (opml('<outline text="é" xmlUrl="https://a.example/"/>').decode().encode("utf-16"), ["https://a.example/"]),
        (opml('<outline p:x="1" xmlUrl="https://a.example/"/>'), ["https://a.example/"]),
    ],
)
def test_a_broken_list_gives_what_can_be_read(content, kept):
    assert [feed.url for feed in read_opml(content, name="x").kept] == kept


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.NOT_A_FEED),
        (b"<html></html>", Reason.NOT_A_FEED),
        (b"https://a.example/", Reason.NOT_A_FEED),
        (opml("", head='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), Reason.ENTITY_DECLARATION),
    ],
)
def test_what_is_no_list_is_turned_away(content, reason):
    found = read_opml(content, name="x")
    assert found.kept == ()
    assert [one.reason for one in found.rejected] == [reason]


def test_a_list_in_a_hundred_thousand_folders_does_not_stop_us():
    read_opml(opml("<outline text='x'>" * 100_000), name="x")


TEXT = st.text(alphabet="abc é“&<>\"' –", max_size=12).map(one_line)
FEEDS = st.builds(
    ListedFeed,
    url=st.integers(0, 99).map(lambda number: f"https://a.example/{number}?x=1&y=2"),
    title=TEXT.map(lambda text: text or None),
    outlet=TEXT.map(lambda text: text or None),
    kind=st.sampled_from(["", "national", "press_releases"]),
    note=TEXT,
    items_per_day=st.sampled_from([None, 0.5, 40.0]),
)


@given(st.lists(FEEDS, max_size=8, unique_by=lambda feed: feed.url))
def test_what_is_written_is_read_back(feeds):
    found = read_opml(write_opml(feeds, title="A < B"), name="x")
    assert found.rejected == ()
    normal = [ListedFeed(**{name: getattr(feed, name) for name in ListedFeed.__slots__}) for feed in feeds]
    assert sorted(found.kept, key=lambda feed: feed.url) == sorted(normal, key=lambda feed: feed.url)


def test_the_seed_list_is_whole():
    found = read_opml((SEEDS / "feeds.opml").read_bytes(), name="feeds.opml")
    assert found.rejected == ()
    assert len(found.kept) >= 70
    assert all(feed.title and feed.outlet and feed.kind and "could not be fetched" in feed.note for feed in found.kept)


def test_every_outlet_of_the_seed_list_is_an_outlet_that_we_know():
    with (SEEDS / "outlets.csv").open(encoding="utf-8", newline="") as file:
        known = {row["name"] for row in csv.DictReader(file)}
    assert {feed.outlet for feed in read_opml((SEEDS / "feeds.opml").read_bytes(), name="x").kept} <= known


def test_outlets_have_a_reason_each_and_no_name_means_two_of_them():
    with (SEEDS / "outlets.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 250
    assert len({row["domain"] for row in rows}) == len(rows)
    assert all(row["reason"] and row["kind"] and row["country"] and row["timezone"] for row in rows)
    meant: dict[str, set[str]] = {}
    for row in rows:
        for name in [row["name"], *filter(None, row["aliases"].split("|"))]:
            meant.setdefault(name.lower().removeprefix("the "), set()).add(row["name"])
    assert {name: outlets for name, outlets in meant.items() if len(outlets) > 1} == {}
