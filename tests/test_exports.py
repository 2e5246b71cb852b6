"""What leaves the warehouse: each format after its specification, and no more of a text than may leave."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime

import duckdb
import jsonschema
import pyarrow.parquet as pq
import pytest

from pipeline import grouping_steps, steps
from pipeline.cli import main
from pipeline.exports.leaving import MAX_PRESS_WORDS, leaving
from pipeline.exports.ninjs import news_object
from pipeline.exports.open_lineage import BatchRun, run_events
from pipeline.gathering.opml import read_opml
from pipeline.settings import Settings, settings
from tests.conftest import DATA

FORMATS = {
    "ninjs": "ninjs_3.1",
    "jsonfeed": "json_feed_1.1",
    "datapackage": "data_package_2.0",
    "openlineage": "open_lineage_2-0-2",
}
GOVERNMENT = frozenset({"transport office"})


def valid(name: str, document: object) -> None:
    schema = json.loads((DATA / "schemas" / f"{FORMATS[name]}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """The seeds in a folder of their own, without the gate, with lineage switched on."""
    folder = tmp_path_factory.mktemp("exports")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRESS_DATA_DIR", str(folder / "data"))
        patch.setenv("PRESS_LINEAGE_PATH", str(folder / "lineage.jsonl"))
        settings.cache_clear()
        found = settings()
        ref = steps.register_documents([str(path) for path in sorted(found.seeds_dir.glob("*.txt"))])
        for step in (
            steps.read_documents,
            steps.extract_branches,
            grouping_steps.group_near_duplicates,
            grouping_steps.cluster_stories,
        ):
            ref = step(ref)
        steps.compose_digests(steps.load_warehouse(ref))
        yield found
    settings.cache_clear()


@pytest.fixture
def export(here, monkeypatch, capsys):
    """Runs pipeline export …: exit code, stdout, stderr."""

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["pipeline", "export", *arguments])
        try:
            main()
            code = 0
        except SystemExit as left:
            code = left.code or 0
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_every_article_is_a_valid_ninjs_object(export):
    objects = [json.loads(line) for line in export("ninjs")[1].splitlines()]
    for one in objects:
        valid("ninjs", one)
    assert len(objects) == len({one["uri"] for one in objects}) == 15
    assert sum(one["representationType"] == "full" for one in objects) == 10


def test_no_more_than_a_few_words_of_a_newspaper_leave(export, here):
    with duckdb.connect(str(here.published_path), read_only=True) as connection:
        texts = dict(connection.execute("select article_id, text from articles where kind = 'article'").fetchall())
    assert len(texts) == 3
    out = export("ninjs")[1] + export("jsonfeed")[1]
    for text in texts.values():
        words = text.split()
        runs = (" ".join(words[at : at + MAX_PRESS_WORDS + 1]) for at in range(len(words) - MAX_PRESS_WORDS))
        assert not any(run in out for run in runs)


def test_a_day_holds_the_articles_of_that_day_only(export):
    feed = json.loads(export("jsonfeed", "--day", "2017-02-16")[1])
    valid("jsonfeed", feed)
    assert [item["authors"][-1]["name"] for item in feed["items"]] == ["The Independent", "Government Business"]
    assert "date_published" not in feed["items"][1]
    assert json.loads(export("jsonfeed", "--day", "1999-01-01")[1])["items"] == []


def test_the_json_feed_of_everything_has_every_article_newest_first(export):
    feed = json.loads(export("jsonfeed")[1])
    valid("jsonfeed", feed)
    dates = [item["date_published"] for item in feed["items"] if "date_published" in item]
    assert dates == sorted(dates, reverse=True)
    assert len(feed["items"]) == 15


def test_the_data_package_beside_the_parquet_files_describes_each_of_them(here):
    folder = here.published_path.parent / "parquet"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    valid("datapackage", package)
    assert sorted(one["path"] for one in package["resources"]) == sorted(path.name for path in folder.glob("*.parquet"))
    for one in package["resources"]:
        content = (folder / one["path"]).read_bytes()
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert [field["name"] for field in one["schema"]["fields"]] == pq.read_schema(folder / one["path"]).names


def test_lineage_events_are_valid_and_every_run_that_starts_completes(export, here):
    events = [json.loads(line) for line in here.lineage_path.read_text(encoding="utf-8").splitlines()]
    for event in events:
        valid("openlineage", event)
    started = [event["run"]["runId"] for event in events if event["eventType"] == "START"]
    assert started == [event["run"]["runId"] for event in events if event["eventType"] == "COMPLETE"]
    assert len(set(started)) == len(started) > 0
    assert export("openlineage")[1] == here.lineage_path.read_text(encoding="utf-8")


def test_lineage_leads_from_the_documents_through_every_task_to_the_warehouse(here):
    events = [json.loads(line) for line in here.lineage_path.read_text(encoding="utf-8").splitlines()]
    ended = [event for event in events if event["eventType"] == "COMPLETE"]
    tasks = "read_documents extract_branches group_near_duplicates cluster_stories load_warehouse".split()
    assert [event["job"]["name"] for event in ended] == tasks
    made = {events[0]["inputs"][0]["name"]}
    for event in ended:
        assert {one["name"] for one in event["inputs"]} <= made
        made |= {one["name"] for one in event["outputs"]}
    assert "warehouse" in made
    (articles,) = ended[0]["outputs"]
    assert articles["outputFacets"]["outputStatistics"]["rowCount"] > 0


@pytest.mark.parametrize(
    ("datasets", "is_stopped", "ended"),
    [
        ("articles documents quality_results", True, [("read_documents", "COMPLETE"), ("check", "FAIL")]),
        ("articles documents quality_results", False, [("read_documents", "COMPLETE"), ("check", "COMPLETE")]),
        ("pages articles documents", False, [("fetch_pages", "COMPLETE"), ("extract_articles", "COMPLETE")]),
        ("release_lines", True, []),
    ],
)
def test_lineage_says_how_each_task_ended(datasets, is_stopped, ended):
    at = datetime(2026, 5, 13, 6, tzinfo=UTC)
    counts = dict.fromkeys(datasets.split(), 1)
    run = BatchRun(batch="b", at=at, row_counts=counts, is_loaded=False, is_stopped=is_stopped)
    events = list(run_events([run]))
    for event in events:
        valid("openlineage", event)
    assert [(event["job"]["name"], event["eventType"]) for event in events[1::2]] == ended
    assert {event["eventType"] for event in events[::2]} <= {"START"}


def test_no_lineage_is_written_unless_a_file_is_set():
    assert Settings.model_fields["lineage_path"].default is None


def test_the_feed_register_leaves_as_opml(export):
    code, out, _ = export("opml")
    assert code == 0
    assert read_opml(out.encode(), name="out").rejected == ()


@pytest.mark.parametrize("form", ["ninjs", "jsonfeed", "opml", "datapackage", "openlineage"])
def test_an_export_is_the_same_every_time_and_the_same_as_its_file(export, form, tmp_path):
    once = export(form)[1]
    assert export(form, "--output", str(tmp_path / "given"))[:2] == (0, "")
    assert (tmp_path / "given").read_text(encoding="utf-8") == once


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("ninjs", "--day", "yesterday"), "YYYY-MM-DD"), (("ninjs", "--output", f"{__file__}/x"), "cannot be written")],
)
def test_a_wrong_call_of_export_is_one_clear_line_and_exit_code_2(export, arguments, said):
    code, out, error = export(*arguments)
    assert (code, out) == (2, "")
    assert said in error
    assert len(error.strip().splitlines()) == 1


# ------------------------------------------------------------------------------------------------------------ one row


def row(**more) -> dict:
    return {
        "article_id": "a1",
        "kind": "article",
        "title": "Bridge\nopens",
        "standfirst": None,
        "text": "The bridge is open. " * 20,
        "word_count": 80,
        "published_at": datetime(2024, 5, 13, 8, tzinfo=UTC),
        "date_precision": "minute",
        "dated_by": "text",
        "author": None,
        "outlet": "Courier",
        "agency": None,
        "issuer": None,
        "language": "en",
        "url": "https://courier.example/bridge",
        "first_seen_at": datetime(2024, 5, 13, 9, tzinfo=UTC),
        "covered_on": date(2024, 5, 13),
        "story_id": "s1",
        "group_id": "g1",
        "story_title": "Bridge opens",
        "people": [],
        "organisations": [],
        "places": [],
    } | more


@pytest.mark.parametrize(
    ("more", "whole"),
    [
        ({}, False),
        ({"kind": "press_release", "issuer": "Transport Office"}, True),
        ({"kind": "press_release", "issuer": "Bridge Builders plc"}, False),
        ({"kind": "press_release", "issuer": None}, False),
        ({"kind": "article", "issuer": "Transport Office"}, False),
        ({"text": "Bridge open."}, True),
    ],
)
def test_only_a_governments_own_text_leaves_whole(more, whole):
    found = leaving(row(**more), GOVERNMENT)
    assert found.is_whole is whole
    assert whole or len(found.text.split()) <= MAX_PRESS_WORDS


@pytest.mark.parametrize(
    ("more", "dated", "note"),
    [
        ({}, True, None),
        ({"date_precision": "day"}, True, "Only the day"),
        ({"dated_by": "inferred"}, False, "inferred"),
        ({"published_at": None}, False, "not known"),
    ],
)
def test_a_news_object_says_how_its_date_is_known(more, dated, note):
    found = news_object(row(**more), issuers=GOVERNMENT)
    valid("ninjs", found)
    assert ("contentCreated" in found) is dated
    assert (note is None and "edNote" not in found) or note in found["edNote"]
