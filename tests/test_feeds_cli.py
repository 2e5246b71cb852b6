"""pipeline feeds … and pipeline parse-feed as scripts call them: a process each, exit codes and all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.commands.run_command import ingest_and_report
from pipeline.settings import ROOT
from tests.conftest import DATA
from tests.made_feeds import item, rss
from tests.newsroom import newsroom
from tests.small_web import SmallWeb

pytestmark = pytest.mark.long


def pipeline(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The command line with a data folder of its own."""
    environment = os.environ | {"PRESS_DATA_DIR": str(data), "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=ROOT,
        env=environment | more,
        capture_output=True,
        text=True,
        check=False,
    )


def lines(done: subprocess.CompletedProcess[str]) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_list_is_imported_shown_exported_and_taken_back(tmp_path):
    opml = tmp_path / "mine.opml"
    opml.write_text(
        '<opml><body>\n<outline text="A" xmlUrl="https://a.example/rss"/>\n'
        '<outline xmlUrl="gopher://b.example/"/></body></opml>'
    )
    imported = pipeline(tmp_path, "feeds", "import", str(opml))
    assert imported.returncode == 2
    assert "mine.opml line 3: bad_address" in imported.stderr
    assert [row["feed"] for row in lines(imported)] == ["https://a.example/rss"]
    assert [(row["feed"], row["health"]) for row in lines(pipeline(tmp_path, "feeds", "list"))] == [
        ("https://a.example/rss", "new")
    ]
    assert 'xmlUrl="https://a.example/rss"' in pipeline(tmp_path, "feeds", "export").stdout
    assert pipeline(tmp_path, "feeds", "remove", "https://a.example/rss").returncode == 0
    assert lines(pipeline(tmp_path, "feeds", "list")) == []


@pytest.mark.parametrize(
    "call",
    [
        ("feeds", "add", "ftp://a.example/"),
        ("feeds", "import", "/nowhere.opml"),
        ("feeds", "fetch", "--at", "yesterday"),
        ("parse-feed", "/nowhere.xml"),
    ],
    ids=" ".join,
)
def test_misuse_is_exit_code_2_and_a_line_on_stderr(tmp_path, call):
    done = pipeline(tmp_path, *call)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert done.stdout == ""


def test_a_feed_file_is_parsed_and_a_file_that_is_none_is_exit_code_1(tmp_path):
    good, bad = tmp_path / "good.xml", tmp_path / "bad.html"
    good.write_text(rss(item(1), item(2)))
    bad.write_text("<html><title>Hello</title></html>")
    parsed = pipeline(tmp_path, "parse-feed", str(good), "--url", "https://a.example/rss", "--json")
    assert parsed.returncode == 0
    fields = {"feed_title", "entry_id", "url", "title", "summary", "author", "published_at", "dated_by"}
    assert all(fields <= row.keys() for row in lines(parsed))
    refused = pipeline(tmp_path, "parse-feed", str(bad), "--json")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "not_a_feed" in refused.stderr


def test_a_score_has_its_parts(tmp_path):
    feed = tmp_path / "home.xml"
    words = "The Home Secretary said that police chiefs had been told."
    feed.write_text(rss(*(item(n, "Home Office to close asylum hotels", words) for n in range(5))))
    (row,) = lines(pipeline(tmp_path, "feeds", "score", str(feed)))
    assert (row["feed"], row["admitted"]) == (str(feed), True)
    assert 0 < row["score"] <= 1
    assert all(part["because"] for part in row["parts"].values())


def test_what_feeds_brought_is_in_the_warehouse_and_its_archive_gives_it_again_beside_other_documents(tmp_path, capsys):
    with SmallWeb(2) as web:
        data, hosts = tmp_path / "data", json.dumps(dict(web.private_hosts))
        addresses = [feed.url for feed in web.feeds if feed.key in ("westminster-notes", "gone-weekly")]
        pipeline(data, "feeds", "add", *addresses)
        fetched = pipeline(
            data,
            *("feeds", "fetch", "--now", "--at", "2026-12-01T18:00:00+00:00"),
            PRESS_PRIVATE_HOSTS=hosts,
            PRESS_SECONDS_BETWEEN_REQUESTS="0",
        )
    assert fetched.returncode == 0, fetched.stderr
    assert "degraded: 1 of 2 feeds answered; 1 new entries" in fetched.stderr
    (entry,) = lines(fetched)
    assert "unreachable" in fetched.stderr

    folder = tmp_path / "mixed"
    shutil.copytree(data / "raw", folder / "archives")
    shutil.copy(DATA / "documents" / "courier_appeal.txt", folder / "page.txt")
    with newsroom(tmp_path / "other", {}) as room:
        ingest_and_report([folder], say=lambda line: None)
        assert "2 documents → 2 articles" in capsys.readouterr().out
        urls = [url for (url,) in room.rows("select url from articles where url is not null")]
        assert urls == [entry["url"]]
        ingest_and_report([folder], say=lambda line: None)
        assert "Nothing changed" in capsys.readouterr().out
