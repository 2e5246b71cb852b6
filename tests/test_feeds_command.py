"""The commands about feeds, on a folder of their own and the small web."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands import feeds_command, score_command
from pipeline.edges.pacing import Pacer
from pipeline.edges.web import Web
from pipeline.edges.web_setup import corpus_of, feed_rules, store_of, web_of, wording_of
from pipeline.errors import ConfigurationError, Misuse
from pipeline.settings import Settings
from tests.made_feeds import ATOM_10, FORMATS, item, rss
from tests.newsroom import newsroom
from tests.small_web import SmallWeb

NOW = datetime(2026, 8, 22, 13, 5, tzinfo=UTC)


@dataclass
class Terminal:
    """What a command printed."""

    here: Settings
    lines: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]

    @property
    def channels(self) -> dict[str, Any]:
        return {"here": self.here, "out": self.lines.append, "say": self.said.append}

    def clear(self) -> None:
        self.lines.clear()
        self.said.clear()


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(Settings(data_dir=tmp_path / "data"))


def on(web: SmallWeb) -> dict[str, Any]:
    """The small web, its clock, and no waiting."""
    now = web.now
    return {
        "now": now,
        "web": Web(user_agent="t/1", deadline_s=5.0, private_hosts=web.private_hosts, clock=lambda: now),
        "pacer": Pacer(monotonic=lambda: 0.0, sleep=lambda seconds: None),
    }


# ----------------------------------------------------------------------------------------------------- parse-feed


@pytest.mark.parametrize("kind", FORMATS)
def test_a_feed_file_is_printed_entry_by_entry(terminal, tmp_path, kind):
    file = tmp_path / "feed"
    file.write_text(FORMATS[kind])
    assert (
        feeds_command.parse_feed_files([file], url="https://www.herald.example/rss", **terminal.channels, now=NOW) == 0
    )
    first = terminal.rows[0]
    assert first["feed_title"] == "Harbour Herald & Post | Politics"
    assert first["url"] == "https://www.herald.example/politics/coast-patrols"
    assert (first["title"], first["author"]) == ("Minister pledges £40m for coast patrols", "Jane Roe")
    assert (first["published_at"], first["dated_by"]) == ("2026-08-21T11:00:00+01:00", "entry")
    assert terminal.rows[2]["published_at"] is None
    assert {"entry_id", "summary"} <= set(first)


def test_a_file_that_is_no_feed_is_exit_code_1_and_the_others_are_printed(terminal, tmp_path):
    good, bad = tmp_path / "good.xml", tmp_path / "bad.html"
    good.write_text(rss(item(1)))
    bad.write_text("<html><title>Hello</title></html>")
    assert feeds_command.parse_feed_files([bad, good], **terminal.channels, now=NOW) == 1
    assert [row["title"] for row in terminal.rows] == ["Item 1"]
    assert terminal.said == [f"{bad}: not_a_feed: an HTML page titled 'Hello'"]
    with pytest.raises(Misuse):
        feeds_command.parse_feed_files([tmp_path / "none.xml"], **terminal.channels)


def test_without_an_address_relative_links_are_relative_to_what_the_feed_says(terminal, tmp_path):
    file = tmp_path / "feed.atom"
    file.write_text(
        ATOM_10.replace(' xml:base="https://www.herald.example/"', "").replace(
            'href="/politics/atom"', 'href="https://www.herald.example/atom"'
        )
    )
    feeds_command.parse_feed_files([file], **terminal.channels, now=NOW)
    assert terminal.rows[1]["url"] == "https://www.herald.example/politics/councils"


# --------------------------------------------------------------------------------------------------- the register


def test_feeds_are_added_listed_exported_and_imported_again(terminal, tmp_path):
    feeds_command.add(["https://a.example/rss", "https://b.example/rss"], **terminal.channels, now=NOW)
    feeds_command.add(["https://a.example/rss"], **terminal.channels, now=NOW)
    assert [row["added"] for row in terminal.rows] == [True, True, False]
    terminal.clear()
    feeds_command.list_feeds(**terminal.channels, now=NOW)
    assert [(row["feed"], row["health"]) for row in terminal.rows] == [
        ("https://a.example/rss", "new"),
        ("https://b.example/rss", "new"),
    ]
    terminal.clear()
    feeds_command.export_opml(here=terminal.here, out=terminal.lines.append)
    exported = tmp_path / "feeds.opml"
    exported.write_text("\n".join(terminal.lines))
    other = Terminal(Settings(data_dir=tmp_path / "other"))
    assert feeds_command.import_opml(exported, **other.channels, now=NOW) == 0
    assert [row["feed"] for row in other.rows] == ["https://a.example/rss", "https://b.example/rss"]


def test_the_seed_list_is_imported_whole(terminal):
    seed = terminal.here.seeds_dir / "feeds.opml"
    assert feeds_command.import_opml(seed, **terminal.channels, now=NOW) == 0
    assert len(store_of(terminal.here).records().kept) >= 70


def test_a_list_with_bad_entries_is_exit_code_2_with_a_line_for_each(terminal, tmp_path):
    file = tmp_path / "mine.opml"
    file.write_text(
        '<opml><body>\n<outline xmlUrl="https://a.example/"/>\n<outline xmlUrl="gopher://b.example/"/></body></opml>'
    )
    assert feeds_command.import_opml(file, **terminal.channels, now=NOW) == 2
    assert [row["feed"] for row in terminal.rows] == ["https://a.example/"]
    assert terminal.said[0].startswith("mine.opml line 3: bad_address")


@pytest.mark.parametrize("url", ["", "herald.example", "ftp://a.example/", "http://user:pw@a.example/"])
def test_what_is_no_address_is_a_misuse(terminal, url):
    with pytest.raises(Misuse):
        feeds_command.add([url], **terminal.channels)


# -------------------------------------------------------------------------------------------------------- fetching


def fetched(terminal: Terminal, web: SmallWeb, **more: Any) -> tuple[int, Terminal]:
    """Exit code of fetching at the small web's instant, and what it printed. Nothing after the articles is run."""
    with newsroom(terminal.here.data_dir, web.private_hosts) as room:
        other = Terminal(room.here)
        at = more.pop("at", web.now).isoformat()
        code = feeds_command.fetch(**other.channels, at=at, load=lambda articles, say: None, **more)
    return code, other


def test_fetching_prints_entries_and_says_what_failed(terminal):
    with SmallWeb(1) as web:
        feeds_command.add([feed.url for feed in web.feeds], **terminal.channels, now=web.now)
        code, first = fetched(terminal, web)
        assert code == 0
        assert first.said[-1].startswith("degraded: 14 of 16 feeds answered; ")
        assert len(first.rows) == 16
        assert any("too_many_redirects" in line for line in first.said)
        code, second = fetched(terminal, web)
        assert (code, second.lines) == (0, [])
        assert second.said == ["complete: 0 of 0 feeds answered; no feed is due"]
        _, third = fetched(terminal, web, ask_all=True, at=web.now + timedelta(minutes=1))
        assert "0 new entries, 0 changed" in third.said[-1]
        terminal.clear()
        feeds_command.list_feeds(**terminal.channels, now=web.now)
    assert {row["health"] for row in terminal.rows} == {"well", "failing"}
    assert len(list((terminal.here.data_dir / "raw").iterdir())) == 4  # of feeds and of pages, twice


def test_when_not_one_feed_answers_the_run_has_failed(terminal):
    with SmallWeb(1) as web:
        feeds_command.add(["http://www.gone-weekly.example/rss"], **terminal.channels, now=web.now)
        code, printed = fetched(terminal, web)
    assert code == 1
    assert printed.said[-1].startswith("failed: 0 of 1 feeds answered")


def test_a_feed_that_is_gone_is_asked_again_once_somebody_adds_it_again(terminal):
    with SmallWeb(8) as web:
        feeds_command.add(["http://www.coast-radio.example/news/feed"], **terminal.channels, now=web.now)
        assert fetched(terminal, web)[0] == 1
        _, later = fetched(terminal, web, ask_all=True)
        assert later.said[-1].startswith("complete: 0 of 0")
        web.day = 6
        feeds_command.add(["http://www.coast-radio.example/news/feed"], **terminal.channels, now=web.now)
        _, again = fetched(terminal, web, at=web.now + timedelta(hours=1))
    assert again.said[-1].startswith("complete: 1 of 1")


def test_a_feed_that_is_removed_is_followed_no_more(terminal):
    feeds_command.add(["https://a.example/rss", "https://b.example/rss"], **terminal.channels, now=NOW)
    feeds_command.remove(["https://a.example/rss"], **terminal.channels)
    assert [record.feed.url for record in store_of(terminal.here).records().kept] == ["https://b.example/rss"]
    with pytest.raises(Misuse):
        feeds_command.remove(["https://a.example/rss"], **terminal.channels)


# ------------------------------------------------------------------------------------------------ score, discover


def test_scores_are_printed_with_their_parts(terminal, tmp_path):
    good = tmp_path / "home.xml"
    good.write_text(
        rss(
            *(
                item(
                    n, "Home Office to close asylum hotels", "The Home Secretary said that police chiefs had been told."
                )
                for n in range(5)
            )
        )
    )
    recipes = tmp_path / "recipes.xml"
    recipes.write_text(
        rss(*(item(n, "Leek and potato soup", "Simmer the leeks in butter and bake for an hour.") for n in range(5)))
    )
    bad = tmp_path / "bad.xml"
    bad.write_text("words")
    assert score_command.score([str(good), str(recipes)], **terminal.channels, now=NOW) == 0
    assert [(row["feed"], row["admitted"]) for row in terminal.rows] == [(str(good), True), (str(recipes), False)]
    assert set(terminal.rows[0]["parts"]) == {"topic", "names", "statements", "kind", "freshness", "text"}
    assert all(0 <= row["score"] <= 1 for row in terminal.rows)
    assert score_command.score([str(bad)], **terminal.channels, now=NOW) == 1


def test_feeds_at_addresses_are_scored_and_the_registers_feeds_are_not_touched(terminal):
    with SmallWeb(3) as web:
        urls = [feed.url for feed in web.feeds if feed.key in ("home-office", "kitchen-table", "gone-weekly")]
        assert score_command.score(urls, **terminal.channels, **on(web)) == 1
    scores = {row["feed"]: row for row in terminal.rows}
    assert scores["http://www.home-office.example/news.atom"]["admitted"]
    assert not scores["http://www.kitchen-table.example/rss"]["admitted"]
    assert store_of(terminal.here).records().kept == ()


def test_feeds_that_front_pages_name_are_scored_best_first_and_not_registered(terminal):
    with SmallWeb(3) as web:
        feeds_command.add(["http://www.north-post.example/rss.xml"], **terminal.channels, now=web.now)
        terminal.clear()
        hosts = ("www.kitchen-table", "www.police-review", "www.north-post", "www.gone-weekly")
        homes = [f"http://{host}.example/" for host in hosts]
        score_command.discover(homes, **terminal.channels, **on(web))
        assert len(store_of(terminal.here).records().kept) == 1
        rows, said = list(terminal.rows), list(terminal.said)
        score_command.discover(homes, **terminal.channels, **on(web), register=True)
    police, kitchen = "http://www.police-review.example/feed", "http://www.kitchen-table.example/rss"
    assert [(row["feed"], row["admitted"], row["how"]) for row in rows] == [
        (police, True, "declared by the page"),
        (kitchen, False, "declared by the page"),
    ]
    assert any("gone-weekly" in line and "unreachable" in line for line in said)
    added = {record.feed.url: record.feed.note for record in store_of(terminal.here).records().kept}
    assert added[police] == "discovered in http://www.police-review.example/"
    assert kitchen not in added


def test_wrong_seed_files_are_named(tmp_path):
    here = Settings(seeds_dir=tmp_path, data_dir=tmp_path)
    with pytest.raises(ConfigurationError, match="tracking_parameters"):
        feed_rules(here)
    with pytest.raises(ConfigurationError, match="item_patterns"):
        wording_of(here)
    with pytest.raises(ConfigurationError, match="no words"):
        corpus_of(here, wording_of(Settings()))


@pytest.mark.parametrize("named", ["intranet", "10.0.0.1:http", "http://10.0.0.1/", "10.0.0.256", ""])
def test_a_private_host_is_named_by_its_address_and_by_nothing_else(named):
    with pytest.raises(ConfigurationError, match="expected an IP address"):
        web_of(Settings(private_hosts={"intranet.example": named}))
    assert web_of(Settings(private_hosts={"Intranet.Example": "10.0.0.1:8080"})).private_hosts == {
        "intranet.example": "10.0.0.1:8080"
    }
