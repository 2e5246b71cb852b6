"""The whole path over the seed corpus, by the command that the DAGs' steps are: what comes out, twice, in any order."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from pipeline.settings import ROOT
from tests.conftest import DATA

pytestmark = pytest.mark.long

BROKEN = {
    "empty.txt": b"",
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(2000),
    "one line.txt": b"Minister opens bridge",
    "blank.txt": b"\n" * 25_000_000,
    "mixed.txt": "Café opens\n\n".encode() + "It cost £40m and nobody knows who paid for it all.".encode("cp1252"),
}


def pipeline(data: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """The command line with a data folder of its own."""
    environment = os.environ | {"PRESS_DATA_DIR": str(data), "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not check or done.returncode == 0, done.stderr[-2000:]
    return done


def ingested(data: Path, files: dict[str, bytes]) -> Path:
    """A data folder with everything that comes out of these files."""
    source = data.with_name(f"{data.name}-source")
    source.mkdir()
    for name, content in files.items():
        (source / name).write_bytes(content)
    pipeline(data, "ingest", str(source))
    shutil.rmtree(source)
    return data


@pytest.fixture(scope="session")
def runs(tmp_path_factory) -> dict[str, Path]:
    """Three runs side by side: the seeds, the seeds under other names in another order, the seeds with broken files."""
    root = tmp_path_factory.mktemp("runs")
    seeds = {path.name: path.read_bytes() for path in sorted((ROOT / "seeds").glob("*.txt"))}
    renamed = {f"z{9 - place} page.text": content for place, content in enumerate(seeds.values())}
    cases = {"seeds": seeds, "renamed": renamed, "broken": seeds | BROKEN}
    with ThreadPoolExecutor(2) as pool:
        made = pool.map(lambda name: ingested(root / name, cases[name]), cases)
        return dict(zip(cases, made, strict=True))


def digest(data: Path, day: str) -> dict:
    return json.loads((data / "digests" / f"{day}.json").read_text(encoding="utf-8"))


def rows(data: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(data / "published" / "press.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_fifteen_articles_stand_in_twelve_stories(runs):
    assert rows(runs["seeds"], "select count(*), count(distinct story_id) from placements") == [(15, 12)]


def test_exactly_the_expected_pairs_are_one_story_and_exactly_the_expected_stories_are_linked(runs):
    expected = json.loads((DATA / "seeds.expected.json").read_text(encoding="utf-8"))
    titles = {row["id"]: row["title"] for row in expected["articles"]}
    found = rows(
        runs["seeds"],
        "select a.title, b.title from placements p "
        "join placements q on p.story_id = q.story_id and p.article_id < q.article_id "
        "join articles a on a.article_id = p.article_id join articles b on b.article_id = q.article_id",
    )
    assert {frozenset(pair) for pair in found} == {
        frozenset(titles[one] for one in pair) for pair in expected["same_story"]
    }
    linked = rows(
        runs["seeds"],
        "select a.title, b.title from (select unnest(article_ids) as pair from story_links) "
        "join articles a on a.article_id = pair[1] join articles b on b.article_id = pair[2]",
    )
    assert {frozenset(pair) for pair in linked} == {
        frozenset(titles[one] for one in pair) for pair in expected["related"]
    }


def test_every_join_prints_two_classes_of_evidence_or_more(runs):
    kinds = rows(
        runs["seeds"], "select len(list_distinct([b.kind for b in because])) from placements where tied_to is not null"
    )
    assert len(kinds) == 3
    assert all(count >= 2 for (count,) in kinds)


def test_the_announcement_of_forty_million_is_one_story_in_two_outlets(runs):
    found = digest(runs["seeds"], "2017-02-16")
    assert len(found["leading"]) == 1
    assert "Government Business" in found["leading"][0]["outlets"]["text"]
    assert "Independent (01:57)" in found["leading"][0]["outlets"]["text"]
    assert "1 story, 2 items, 2 outlets" in " ".join(sentence["text"] for sentence in found["in_brief"])


def test_what_others_set_against_the_departments_figures_is_told_with_their_name(runs):
    told = [figure["text"] for figure in digest(runs["seeds"], "2017-02-16")["leading"][0]["figures"]]
    (counter,) = [text for text in told if "counter-figure" in text]
    assert counter.startswith("£1.9 billion – “funding gap")
    assert counter.endswith("counter-figure of Richard Watts, 1 of 2.")


def test_the_two_names_of_the_centre_are_told_as_a_difference(runs):
    told = [line["text"] for line in digest(runs["seeds"], "2017-02-16")["leading"][0]["differences"]]
    (names,) = [text for text in told if text.startswith("Two names: ")]
    assert "“Centre of Expertise on child sexual abuse” in Government Business" in names
    assert "“National Centre of Expertise for Preventing Child Sexual Exploitation” in Independent" in names


def test_an_undated_article_takes_the_day_of_its_story_and_says_so(runs):
    assert rows(
        runs["seeds"],
        "select covered_on::varchar, covered_by from placements "
        "where article_id in (select article_id from articles where published_at is null)",
    ) == [("2017-02-16", "inferred")]
    assert digest(runs["seeds"], "2017-02-16")["state"] == "partial"


def test_every_day_that_the_corpus_covers_has_a_digest_in_three_forms(runs):
    days = [day for (day,) in rows(runs["seeds"], "select distinct covered_on::varchar from placements order by 1")]
    assert len(days) == 9
    names = {path.name for path in (runs["seeds"] / "digests").iterdir()}
    assert names == {f"{day}.{form}" for day in days for form in ("html", "md", "json")}


def test_other_names_and_another_order_of_the_files_change_no_byte_of_any_digest(runs):
    for path in (runs["seeds"] / "digests").iterdir():
        assert path.read_bytes() == (runs["renamed"] / "digests" / path.name).read_bytes(), path.name
    ids = "select article_id, story_id, group_id from placements order by all"
    assert rows(runs["seeds"], ids) == rows(runs["renamed"], ids)


def test_a_second_run_changes_nothing_and_says_so(runs):
    done = pipeline(runs["renamed"], "ingest", str(ROOT / "seeds"))
    assert "Nothing changed" in done.stdout


def test_broken_documents_are_quarantined_with_a_reason_and_the_digests_say_partial(runs):
    reasons = rows(runs["broken"], "select reason, count(*) from quarantine group by reason order by reason")
    assert reasons == [("binary", 1), ("empty", 1), ("mixed_encoding", 1), ("no_text", 1), ("too_large", 1)]
    assert rows(runs["broken"], "select count(*) from articles") == [(15,)]
    for path in (runs["broken"] / "digests").glob("*.json"):
        found = json.loads(path.read_text(encoding="utf-8"))
        assert found["state"] == "partial"
        assert any("could not be read" in reason for reason in found["state_reasons"])


def test_given_is_kept_and_rejected_at_every_stage(runs):
    for data in runs.values():
        assert rows(data, "select count(*) from stage_counts where given_count <> kept_count + rejected_count") == [
            (0,)
        ]
        assert rows(data, "select count(*) > 0 from stage_counts") == [(True,)]


def test_everything_is_verified_and_one_changed_byte_names_the_sentences_that_no_longer_hold(runs, tmp_path):
    data = tmp_path / "copy"
    shutil.copytree(runs["seeds"], data)
    assert pipeline(data, "verify").stdout.strip() == "Everything holds."
    (source,) = [path for path in (data / "raw" / "documents").rglob("40533b1c*") if path.suffix != ".json"]
    content = source.read_bytes()
    source.chmod(0o644)
    source.write_bytes(content.replace("£20 million".encode(), "£22 million".encode()))
    done = pipeline(data, "verify", check=False)
    assert done.returncode == 1
    assert "no longer holds: £20 million – “National Crime Agency" in done.stdout


def test_a_sentence_leads_to_the_bytes_that_bear_it_out(runs):
    sentence = digest(runs["seeds"], "2017-02-16")["leading"][0]["figures"][0]
    told = json.loads(pipeline(runs["seeds"], "trace", sentence["sentence_id"], "--json").stdout)
    assert told["text"] == sentence["text"]
    assert all(one["holds"] for one in told["evidence"])
    assert any("£40" in one["bytes"] for one in told["evidence"])


def test_a_file_that_is_missing_is_misuse_and_a_day_without_coverage_says_so_in_one_line(runs):
    assert pipeline(runs["seeds"], "ingest", "/nowhere/at/all", check=False).returncode == 2
    quiet = pipeline(runs["seeds"], "digest", "--date", "2020-01-01", "--format", "text", "--brief").stdout
    assert "No coverage of the Home Office in the sources held." in quiet


# Twelve seconds of CPU: only whole runs show that a later run respects a correction and that an undo leaves no trace.
def test_a_correction_lasts_over_later_runs_and_its_undo_brings_every_byte_back(runs, tmp_path):
    data = tmp_path / "corrected"
    shutil.copytree(runs["seeds"], data)
    path = data / "digests" / "2017-02-16.json"
    before = path.read_bytes()
    ((article_id, story_id),) = rows(
        data,
        "select max(article_id), story_id from placements where covered_on = '2017-02-16' "
        "group by story_id having count(*) = 2",
    )
    pipeline(data, "correct", "split", article_id[:8], "--by", "A. Editor", "--why", "another announcement")
    assert path.read_bytes() == before
    assert "Nothing changed" not in pipeline(data, "ingest", str(ROOT / "seeds")).stdout
    assert path.read_bytes() != before
    assert rows(data, f"select count(*) from placements where story_id = '{story_id}'") == [(1,)]
    (said,) = map(json.loads, pipeline(data, "correct", "list", "--json").stdout.splitlines())
    assert (said["by"], said["why"], said["article_ids"], said["stands"]) == (
        "A. Editor",
        "another announcement",
        [article_id],
        True,
    )
    at = datetime.fromisoformat(said["at"])
    assert rows(data, "select count(*) from placement_versions where known_to is not null") != [(0,)]
    known_then = f"select count(distinct story_id) from placements_at(timestamptz '{at - timedelta(seconds=1)}')"
    assert rows(data, known_then) == [(12,)]
    pipeline(data, "correct", "undo", said["correction_id"], "--now")
    assert path.read_bytes() == before


def test_a_correction_of_what_is_not_held_is_misuse(runs):
    done = pipeline(runs["seeds"], "correct", "merge", "ffffffff", "eeeeeeee", check=False)
    assert (done.returncode, "ffffffff: expected the id of one article or story" in done.stderr) == (2, True)
    assert not (runs["seeds"] / "corrections.jsonl").exists()
