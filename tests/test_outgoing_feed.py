"""Our own feeds: what a reader's parser makes of them."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import feedparser
import pytest

from pipeline.digests.outgoing_feed import FeedItem, OutgoingFeed, as_atom, as_json_feed
from tests import morning


@pytest.fixture(scope="module")
def parsed(a_morning):
    return feedparser.parse(io.BytesIO((a_morning / "feeds" / "digests.atom").read_bytes()))


def test_every_digest_is_an_entry_newest_first(a_morning, parsed):
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert [entry.title for entry in parsed.entries] == [
        "Home Office coverage: Thursday 10 March 2022",
        "Home Office coverage: Wednesday 9 March 2022",
        "Home Office coverage: Tuesday 8 March 2022",
    ]
    assert parsed.entries[0].link == "../digests/2022-03-10.html"
    assert parsed.entries[0].published == "2022-03-11T07:30:00+00:00"


def test_an_entry_holds_what_the_digest_says(a_morning, parsed):
    issue = morning.digest(a_morning, "2022-03-10")
    content = parsed.entries[0].content[0].value
    for sentence in (issue["in_brief"][0], issue["leading"][0]["figures"][0], issue["releases"][0]):
        assert sentence["text"] in content


def test_the_json_feed_says_the_same(a_morning, parsed):
    feed = json.loads((a_morning / "feeds" / "digests.json").read_text(encoding="utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in feed["items"]] == [entry.title for entry in parsed.entries]
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in parsed.entries]
    assert all(item["url"] and item["content_html"] and item["date_published"] for item in feed["items"])


def made(*items):
    return OutgoingFeed(name="x", title="X", description="", home_url="../", feed_url="../feeds/x", items=tuple(items))


def test_strangers_words_are_text_and_never_markup():
    item = FeedItem(
        key="1",
        title="<script>alert(1)</script> \x00\x0b& ]]>",
        url="a.html",
        html="<p>&lt;script&gt; \ufffe</p>",
        published_at=datetime(2022, 3, 11, tzinfo=UTC),
    )
    parsed = feedparser.parse(io.BytesIO(as_atom(made(item)).encode()))
    assert not parsed.bozo
    assert "<script" not in parsed.entries[0].content[0].value
    assert json.loads(as_json_feed(made(item)))["items"][0]["title"].startswith("<script>")


def test_a_feed_without_entries_is_one_and_always_the_same():
    assert as_atom(made()) == as_atom(made())
    assert feedparser.parse(io.BytesIO(as_atom(made()).encode())).version == "atom10"
