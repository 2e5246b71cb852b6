"""Watchlists on the command line, in the digest, in feeds of their own, and in past issues."""

from __future__ import annotations

import io
import shutil
from datetime import timedelta

import feedparser
import pytest
from typer.testing import CliRunner

from pipeline import steps
from pipeline.cli import app
from pipeline.commands.digest_command import digest_of
from pipeline.edges.watch_log import add_watchlist, read_watchlists, remove_watchlist
from pipeline.errors import ConfigurationError, Misuse
from pipeline.settings import settings
from pipeline.watching.watchlist import Watchlist
from tests import morning

QUERY = 'hub* NEAR/4 town* AND (speaker:Akerman OR figure:>=£300m) NOT "taxi fleets"'


@pytest.fixture
def folder(a_morning, tmp_path):
    shutil.copytree(a_morning, tmp_path / "data")
    shutil.copytree(a_morning.parent / "seed-data", tmp_path / "seed-data")
    with morning.data_folder(tmp_path / "data"):
        yield tmp_path / "data"


def watch(*arguments: str):
    return CliRunner().invoke(app, ["watch", *arguments])


def composed_again(folder):
    (batch,) = {path.stem for path in (folder / "partitions" / "documents").iterdir()}
    steps.compose_digests(f"warehouse/{batch}")


def test_a_watchlist_is_added_listed_tried_and_removed(folder):
    assert watch("add", "hubs", "--query", QUERY, "--title", "Policing hubs", "--owner", "desk").exit_code == 0
    listed = watch("list").stdout
    assert "hubs  Policing hubs  (desk)" in listed
    assert QUERY in listed
    tried = watch("test", "hubs").stdout
    assert "2022-03-10  The Severn Courier: Sixty towns to get policing hubs under £45m plan" in tried
    assert "£310 million" in tried
    assert tried.endswith("1 items in 1 stories on 1 days.\n")
    assert watch("remove", "hubs").exit_code == 0
    assert "hubs" not in watch("list").stdout


def test_a_search_can_be_tried_without_saving_it(folder):
    assert "3 items in 1 stories on 1 days." in watch("test", "new", "--query", "policing hubs").stdout
    assert "new" not in watch("list").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "hubs", "--query", "hubs AND"),
        ("add", "Hubs!", "--query", "hubs"),
        ("add", "hubs"),
        ("remove", "nobody"),
        ("test", "nobody"),
        ("test", "new", "--query", "a NEAR/3"),
    ],
)
def test_wrong_calls_are_misuse(folder, arguments):
    assert isinstance(watch(*arguments).exception, Misuse)


def test_the_digest_has_a_line_for_it_that_leads_to_the_words(folder):
    watch("add", "hubs", "--query", QUERY, "--title", "Policing hubs")
    composed_again(folder)
    (line,) = morning.digest(folder, "2022-03-10")["watched"]
    assert line["text"] == (
        "Policing hubs: 1 item – “Sixty towns to get policing hubs under £45m plan”, Severn Courier."
    )
    words = [witness["words"] for part in line["parts"] for witness in part["witnesses"]]
    assert any("However, this does not make up" in one for one in words)


def test_it_has_a_feed_of_its_own_that_goes_with_it(folder):
    watch("add", "hubs", "--query", QUERY, "--title", "Policing hubs")
    composed_again(folder)
    feed = feedparser.parse(io.BytesIO((folder / "feeds" / "watch-hubs.atom").read_bytes()))
    assert [entry.title for entry in feed.entries] == ["Sixty towns to get policing hubs under £45m plan"]
    assert "£310 million" in feed.entries[0].content[0].value
    watch("remove", "hubs")
    composed_again(folder)
    assert not list((folder / "feeds").glob("watch-hubs.*"))


def test_a_past_issue_knows_the_watchlists_of_its_time(folder):
    first = (folder / "digests" / "2022-03-10.md").read_text(encoding="utf-8")
    at = morning.RECEIVED_AT + timedelta(days=2)
    add_watchlist(settings(), Watchlist("hubs", "hubs", "Hubs"), at=at)
    before, after = at - timedelta(hours=1), at + timedelta(hours=1)
    assert digest_of("2022-03-10", as_of=before.isoformat(), form="md", brief=False) == first
    assert "Hubs: 3 items" in digest_of("2022-03-10", as_of=after.isoformat(), form="md", brief=False)
    remove_watchlist(settings(), "hubs", at=at + timedelta(days=1))
    assert "Hubs: 3 items" in digest_of("2022-03-10", as_of=after.isoformat(), form="md", brief=False)
    assert "Hubs: 3 items" not in digest_of("2022-03-10", as_of=None, form="md", brief=False)


def test_the_watchlists_that_ship_can_be_understood(here):
    assert [watchlist.search for watchlist in read_watchlists(here)]


def test_a_broken_line_of_the_file_is_named(folder):
    settings().watchlists_path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="line 1 is no watchlist"):
        read_watchlists(settings())
