"""While the gate holds a batch: readers keep the last good publication, a notice says why, and there is a way out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.command_line import pipeline

pytestmark = pytest.mark.long

PLACES = "Ashford Barton Calder Dunmore Elmley Farley Garston Hexley Ilford Jarrow Kelham Lindley".split()
BANNER = "Sign up to our newsletter for the best of our journalism"


def cutting(number: int, day: str, *, extra: str = "") -> bytes:
    """A page of a made-up paper about a bridge of its own."""
    place = PLACES[number % len(PLACES)]
    return (
        f"{place} bridge to be mended at a cost of £{number + 2} million\n\n"
        f"By Ada Moss\n\n{day}\n\n"
        f"The bridge at {place} is to be mended next year at a cost of £{number + 2} million, the council has said. "
        f"Work on the {place} crossing will begin in spring and last for {number + 3} months.\n\n"
        f"{place} residents have waited for {number + 5} years. “We are glad that somebody listens to {place},” said "
        f"Ben Hale, who runs the ferry at {place} and has seen {number + 40} winters there.\n\n"
        f"The minister will visit {place} on the day when the first stone is laid, number {number} of all.\n\n{extra}"
    ).encode()


def ingest(data: Path, folder: Path, files: dict[str, bytes], *, check: bool = True):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return pipeline(data, "ingest", str(folder), check=check)


def day_of(number: int, day: str, count: int, *, extra: str = "") -> dict[str, bytes]:
    return {f"{day} {n}.txt": cutting(number + n, day, extra=extra) for n in range(count)}


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """A good day, then an empty one, then a good one; what was there after each."""
    root = tmp_path_factory.mktemp("held")
    data, source = root / "data", root / "source"
    after = {}

    def kept(name: str, done) -> None:
        after[name] = {
            "done": done,
            "digests": {p.name: p.read_bytes() for p in sorted((data / "digests").glob("*"))},
            "report": json.loads((data / "quality" / "report.json").read_text(encoding="utf-8")),
            "articles": articles(data),
        }

    kept("good", ingest(data, source, day_of(0, "13 May 2024", 4)))
    kept("bad", ingest(data, source, {"empty.txt": b"", "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(500)}, check=False))
    after["bad"]["printed"] = pipeline(data, "digest").stdout
    after["bad"]["of the good day"] = pipeline(data, "digest", "--date", "2024-05-13").stdout
    after["bad"]["listed"] = pipeline(data, "quarantine", "list", "--json").stdout
    kept("later", ingest(data, source, day_of(6, "14 May 2024", 4)))
    after["later"]["printed"] = pipeline(data, "digest").stdout
    return after


def articles(data: Path) -> int:
    with duckdb.connect(str(data / "published" / "press.duckdb"), read_only=True) as connection:
        return int(connection.execute("select count(*) from articles").fetchall()[0][0])


def test_a_held_batch_ends_with_one_clear_line_and_exit_code_1(story):
    done = story["bad"]["done"]
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("error:")]
    assert "held by the quality gate" in line
    assert "At least one article was read" in line
    assert "The last good publication stays" in line
    assert "Traceback" not in done.stderr


def test_while_held_readers_keep_the_last_good_copy_and_its_digests(story):
    assert story["bad"]["articles"] == story["good"]["articles"] == 4
    for name, content in story["good"]["digests"].items():
        assert story["bad"]["digests"][name] == content
    assert "Ashford" in story["bad"]["of the good day"]


def test_the_digest_of_today_is_a_notice_with_what_is_wrong_and_what_to_do(story):
    new = story["bad"]["digests"].keys() - story["good"]["digests"].keys()
    assert {name.rpartition(".")[2] for name in new} == {"html", "md", "json"}
    (name,) = [name for name in new if name.endswith(".json")]
    notice = json.loads(story["bad"]["digests"][name])
    assert notice["state"] == "held"
    assert "At least one article was read" in notice["state_reasons"][0]
    assert notice["checks"][0]["hint"] in story["bad"]["printed"]
    assert "**Held:**" in story["bad"]["printed"]
    assert "pipeline quarantine retry" in story["bad"]["printed"]


def test_the_report_says_that_it_is_held_and_the_quarantine_lists_the_batch_and_its_sources(story):
    assert story["bad"]["report"]["light"] == "red"
    rows = [json.loads(line) for line in story["bad"]["listed"].splitlines()]
    assert {row["reason"] for row in rows} == {"empty", "binary", "failed_expectation"}
    assert all(row["tries"] == 1 and row["first_seen_at"] and row["source"] for row in rows)


def test_a_later_good_batch_is_published_and_the_notice_is_gone(story):
    assert story["later"]["done"].returncode == 0
    assert story["later"]["articles"] == 8
    assert not [name for name, content in story["later"]["digests"].items() if b'"state": "held"' in content]
    assert {"2024-05-13.md", "2024-05-14.md"} <= story["later"]["digests"].keys()
    assert "Held" not in story["later"]["printed"]
    assert story["later"]["report"]["light"] != "red"
