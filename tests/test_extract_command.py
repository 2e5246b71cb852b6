"""pipeline extract: pages and documents → JSON lines, by the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.commands.extract_command import extracted
from pipeline.errors import Misuse
from pipeline.extraction.page_text import is_markup
from pipeline.settings import ROOT
from tests.conftest import DATA

SENTENCES = [
    "The harbour board has voted to close the {place} ferry slip for the whole of the winter.",
    "Repairs to the {place} slip will cost £1.2 million, engineers told the board on Tuesday night.",
    "“We have put this off for eleven years,” said Jean Abbot, the harbour master of {place}.",
    "Boats will land at the old {place} quay until the work is finished in the spring.",
    "Traders beside the {place} slip fear for their custom while the road to it is shut.",
]
REPEATED = (
    "This newspaper has told the harbour's stories since 1902 and is read in every house beside the water, "
    "from the lighthouse to the weir."
)


def harbour_page(place: str) -> bytes:
    paragraphs = [sentence.format(place=place) for sentence in SENTENCES]
    body = "".join(f"<p>{text}</p>" for text in [*paragraphs[:3], REPEATED, *paragraphs[3:]])
    return (
        f"<!DOCTYPE html><html><head><title>{place} ferry slip to close</title>"
        f'<link rel="canonical" href="https://www.harbour.example/{place.lower()}">'
        '<meta property="article:published_time" content="2025-03-03T22:15:00-05:00"></head>'
        f"<body><article><h1>{place} ferry slip to close</h1>{body}</article></body></html>"
    ).encode()


def written(folder: Path, files: dict[str, bytes]) -> list[Path]:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in files]


def test_the_command_reads_pages_and_documents_side_by_side_and_exits_0(tmp_path):
    files = written(
        tmp_path,
        {
            "no suffix": harbour_page("Weir"),
            "release.html": (DATA / "documents" / "govuk_release.txt").read_bytes(),
            "wall.txt": (DATA / "pages" / "consent_wall.html").read_bytes(),
            "nothing.html": b"",
        },
    )
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "extract", *map(str, files), "--json"],
        cwd=ROOT,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    page, release, wall, nothing = map(json.loads, done.stdout.splitlines())
    assert page["title"] == "Weir ferry slip to close"
    assert page["published_at"] == "2025-03-03T22:15:00-05:00"
    assert page["dated_by"] == "page"
    assert page["paragraphs"] == []
    assert [quote["speaker"] for quote in page["quotes"]] == ["Jean Abbot"]
    assert release["kind"] == "press_release"
    assert release["paragraphs"]
    assert wall["rejected"]["reason"] == "wall"
    assert nothing == {"file": str(files[3]), "rejected": {"reason": "empty", "detail": nothing["rejected"]["detail"]}}


def test_what_an_outlet_repeats_on_the_pages_of_one_call_is_left_out_of_all_of_them_in_any_order(tmp_path):
    files = written(tmp_path, {place: harbour_page(place) for place in ("Weir", "Quay", "Sound", "Point")})
    together = list(extracted(files, url=None))
    assert all(REPEATED not in article["text"] for article in together)
    assert all(len(article["text"].split("\n\n")) == len(SENTENCES) for article in together)
    assert list(extracted(files[::-1], url=None)) == together[::-1]
    (alone,) = extracted(files[:1], url=None)
    assert REPEATED in alone["text"]


def test_the_address_is_the_pages_source_and_dates_it_when_the_page_does_not(tmp_path):
    html = harbour_page("Weir").replace(b"article:published_time", b"unknown").replace(b"canonical", b"up")
    (found,) = extracted(written(tmp_path, {"a": html}), url="https://harbour.example/2025/03/01/weir")
    assert found["source"]["url"] == "https://harbour.example/2025/03/01/weir"
    assert (found["published_at"][:10], found["dated_by"]) == ("2025-03-01", "url")


def test_one_address_cannot_be_that_of_several_files(tmp_path):
    files = written(tmp_path, {"a": b"x", "b": b"y"})
    with pytest.raises(Misuse, match="one file"):
        list(extracted(files, url="https://harbour.example/"))


@pytest.mark.parametrize(
    ("content", "markup"),
    [
        (b"<!doctype html><title>x</title>", True),
        (b"\xef\xbb\xbf\n  <HTML lang=en>", True),
        ("<html><body>".encode("utf-16"), True),
        ("<!DOCTYPE html><html>".encode("utf-16-le"), True),
        (b'<?xml version="1.0"?><!-- a --> <html xmlns="x">', True),
        (b"<!-- saved --><div class=a>", True),
        (b"Warning: mkdir() failed in x.php\n<!DOCTYPE html>\n<html>", True),
        (b'<?xml version="1.0"?><rss version="2.0">', True),
        (b"The <p> element\n\nA minister said that <html> is not a place.", False),
        (b"< Back to news\n\nMinister opens bridge", False),
        (b"<<< Forwarded message >>>\n\nMinister opens bridge", False),
        (b"", False),
    ],
)
def test_pages_are_told_from_text_documents_by_their_bytes(content, markup):
    assert is_markup(content) is markup
