"""Every number, name and quoted word of every digest stands in its evidence, over all shipped corpora."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.digest_command import digest_of
from pipeline.digests.length import FURNITURE_WORDS
from pipeline.folding import fold, words
from pipeline.settings import ROOT
from tests import morning
from tests.conftest import DATA

RECEIVED_AT = datetime(2026, 11, 22, 6, tzinfo=UTC)
CORPORA = {"seeds": ROOT / "seeds", "documents": DATA / "documents"}
CLAIMED = re.compile(r"\d+(?:[.,]\d+)*")
PRESS_WORDS = 25


@pytest.fixture(scope="module", params=[*CORPORA, "morning"])
def corpus(request, a_morning, tmp_path_factory) -> Path:
    """The data folder of a corpus, with everything that came of it."""
    if request.param == "morning":
        return a_morning
    folder = tmp_path_factory.mktemp(request.param) / "data"
    files = {path.name: path.read_bytes() for path in sorted(CORPORA[request.param].glob("*.txt"))}
    with morning.data_folder(folder):
        morning.ingested(folder, files, now=RECEIVED_AT)
    return folder


def digests(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "digests").glob("*.json"))]


def sentences(digest: Any) -> Iterator[dict[str, Any]]:
    """Every sentence, wherever it stands."""
    if isinstance(digest, dict):
        if "sentence_id" in digest and "parts" in digest:
            yield digest
        else:
            for value in digest.values():
                yield from sentences(value)
    elif isinstance(digest, list):
        for value in digest:
            yield from sentences(value)


def raw(folder: Path) -> dict[str, bytes]:
    """The bytes that were received, by their own hash and not by the name under which they lie."""
    found = {}
    for path in (folder / "raw" / "documents").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            found[hashlib.sha256(content).hexdigest()] = content
    return found


def test_what_a_digest_claims_is_in_the_bytes_that_it_names(corpus):
    sources, claims = raw(corpus), 0
    for digest in digests(corpus):
        for sentence in sentences(digest):
            for part in sentence["parts"]:
                if part["claim"] == "plain":
                    assert not CLAIMED.search(part["text"]), sentence["text"]
                elif part["claim"] == "count":
                    assert int(CLAIMED.search(part["text"])[0]) == len(set(part["counted"])), sentence["text"]
                else:
                    claims += 1
                    there = [said(witness, sources) for witness in part["witnesses"]]
                    assert there, sentence["text"]
                    assert any(bears_out(part, text) for text in there), (sentence["text"], there)
    assert claims > 50


def said(witness: dict[str, Any], sources: dict[str, bytes]) -> str:
    if witness["medium"] == "configured":
        return str(witness["words"])
    found = sources[witness["document_id"]][witness["byte_start"] : witness["byte_end"]].decode()
    assert fold(found) == fold(witness["words"])
    return found


def bears_out(part: dict[str, Any], text: str) -> bool:
    """Quoted words stand there word for word, numbers and names with all their words; dates are worked out of it.

    Marks within marks are single ones, whatever the source has.
    """
    if part["claim"] == "quote":
        runs = [run.replace('"', "'").strip(" '“”,.;:") for run in fold(part["text"]).split("...")]
        return all(run in fold(text).replace('"', "'") for run in runs)
    if part["claim"] in ("date", "share"):
        return bool(text)
    return set(words(part["text"])) <= set(words(text)) or fold(part["text"]) in fold(text)


def test_the_main_text_keeps_to_six_hundred_words_and_the_brief_version_to_250(corpus):
    for digest in digests(corpus):
        apart = [line["sentence_id"] for item in digest["leading"] for line in item["our_line"]]
        apart += [line["sentence_id"] for item in digest["release_lines"] for line in item["lines"]]
        main = [one["text"] for one in sentences(digest) if one["sentence_id"] not in apart]
        headings = {one["sentence_id"] for item in digest["release_lines"] for one in [item["heading"]]}
        again = sum(len(one["text"].split()) for one in sentences(digest) if one["sentence_id"] in headings) // 2
        assert sum(len(text.split()) for text in main) - again + FURNITURE_WORDS <= 600, digest["day"]
        with morning.data_folder(corpus):
            for form in ("md", "text"):
                brief = digest_of(digest["day"], as_of=None, form=form, brief=True)
                assert len(brief.split()) <= 250, digest["day"]


def test_no_more_than_25_words_of_a_newspaper_are_quoted(corpus):
    for digest in digests(corpus):
        kinds = {line["article_id"]: line["kind"] for item in digest["leading"] for line in item["articles"]}
        for sentence in sentences(digest):
            for part in sentence["parts"]:
                of_press = any(kinds.get(w["article_id"]) == "article" for w in part["witnesses"])
                if part["claim"] == "quote" and of_press:
                    assert len(part["text"].split()) <= PRESS_WORDS + 1, part["text"]


def test_nothing_had_to_be_taken_out(corpus):
    assert [(digest["day"], digest["dropped"]) for digest in digests(corpus) if digest["dropped"]] == []


# What a digest has no use for costs two seconds of CPU to load: pandas alone takes one.
HEAVY = {"airflow", "altair", "great_expectations", "numpy", "pandas", "pyarrow", "sklearn", "spacy", "structlog"}


def test_the_command_loads_nothing_that_a_digest_has_no_use_for(a_morning):
    script = f"""
import sys
from pipeline import cli
sys.argv = ["pipeline", "digest", "--date", "2022-03-10"]
try:
    cli.main()
except SystemExit:
    pass
print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)
"""
    given = {**os.environ, "PRESS_DATA_DIR": str(a_morning), "PRESS_SEEDS_DIR": str(a_morning.parent / "seed-data")}
    done = subprocess.run(
        [sys.executable, "-c", script], env=given, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("# Home Office coverage: Thursday 10 March 2022")
    assert done.stderr.splitlines()[-1] == "[]"
