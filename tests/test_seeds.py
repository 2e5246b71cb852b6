"""The seed corpus: what was read out of it against what it holds, by hand."""

from __future__ import annotations

import hashlib
import json
from zoneinfo import ZoneInfo

import pytest

from pipeline.folding import fold
from pipeline.model import Article
from tests.conftest import DATA

LONDON = ZoneInfo("Europe/London")
EXPECTED = json.loads((DATA / "seeds.expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sources(here) -> dict[str, bytes]:
    """The seed documents by their hash: the tests do not go by file names either."""
    contents = [path.read_bytes() for path in here.seeds_dir.glob("*.txt")]
    return {hashlib.sha256(content).hexdigest(): content for content in contents}


@pytest.fixture(scope="module")
def articles(sources, read) -> dict[str, Article]:
    """The articles by their place in the expected list: document and order within it."""
    found = {}
    for sha256, content in sources.items():
        names = [row["id"] for row in EXPECTED["articles"] if row["sha256"] == sha256]
        given = read(content).articles
        assert len(given) == len(names)
        found |= dict(zip(names, given, strict=True))
    return found


def test_the_seed_documents_are_as_they_were_received(sources):
    assert {row["sha256"] for row in EXPECTED["articles"]} <= sources.keys()


@pytest.mark.parametrize("row", EXPECTED["articles"], ids=lambda row: row["id"])
def test_title_day_and_names_of_an_article(row, articles):
    article = articles[row["id"]]
    day = article.published_at.astimezone(LONDON).date().isoformat() if article.published_at else None
    assert (article.title.text, article.title.byte_start) == (row["title"], row.get("title_start", 0))
    assert (day, article.dated_by) == (row.get("day"), row.get("dated_by"))
    assert (article.author, article.issuer) == (row.get("author"), row.get("issuer"))
    assert (article.standfirst.text if article.standfirst else None) == row.get("standfirst")


@pytest.mark.parametrize("row", EXPECTED["articles"], ids=lambda row: row["id"])
def test_the_body_holds_each_paragraph_and_nothing_else(row, articles, sources):
    article, content = articles[row["id"]], sources[row["sha256"]]
    expected = [fold(content[start:end].decode()) for start, end in row["paragraphs"]]
    assert fold(article.text) == " ".join(expected)
    assert article.paragraphs[0].byte_start == row["paragraphs"][0][0]
    assert article.paragraphs[-1].byte_end == row["paragraphs"][-1][1]


@pytest.mark.parametrize("document", EXPECTED["furniture"], ids=lambda document: document["sha256"][:8])
def test_no_line_of_furniture_is_in_any_body(document, articles):
    for article in articles.values():
        if article.document_id == document["sha256"]:
            for start, end in document["lines"]:
                assert not any(start < part.byte_end and part.byte_start < end for part in article.pieces)


def test_a_time_of_the_american_east_coast_is_the_next_day_in_london(articles):
    assert articles["003"].published_at.isoformat() == "2017-02-16T01:57:00+00:00"


def test_outlets_are_named_configured_or_not_known(articles):
    found = {name: (article.outlet, article.outlet_by) for name, article in articles.items()}
    assert found["003"] == ("The Independent", "text")
    assert found["002"] == ("Government Business", "configured")
    assert found["004"] == ("PoliticsHome", "configured")
    assert found["001-R01"] == (None, None)


def test_a_coverage_report_names_the_outlets_that_it_says_carried_the_story(articles):
    assert articles["000-S1"].reported_outlets == ("Telegraph", "Guardian", "Mirror", "Metro")
    assert articles["000-S2"].reported_outlets == ()
