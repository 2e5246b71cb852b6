"""Sources → articles: pages and texts by one path, copies of a page once."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from pipeline import steps
from pipeline.edges.page_files import page_rules
from pipeline.edges.partitions import Partitions
from pipeline.model import Article, Document, Evidence, Quarantined, Reason, StageCount
from pipeline.reading.sources import SourceRules, furniture_of, one_each, read_source
from pipeline.settings import Settings, settings
from tests.conftest import DATA, RECEIVED_ON
from tests.test_extract_command import REPEATED, harbour_page


@pytest.fixture(scope="module")
def source_rules(rules, here) -> SourceRules:
    return SourceRules(rules, page_rules(here))


def document(content: bytes, **given) -> Document:
    return Document(sha256=hashlib.sha256(content).hexdigest(), content=content, received_on=RECEIVED_ON, **given)


def read_one(content: bytes, source_rules: SourceRules, **given) -> Article:
    (article,) = read_source(document(content, **given), source_rules, max_bytes=10**7).articles
    return article


def test_an_outlet_that_is_configured_counts_where_the_page_names_none(source_rules):
    found = read_one(harbour_page("Weir"), source_rules, outlet="Harbour News")
    assert (found.outlet, found.outlet_by) == ("Harbour News", Evidence.CONFIGURED)
    named = harbour_page("Weir").replace(b"<head>", b"<head><meta property='og:site_name' content='The Weir Bell'>")
    assert read_one(named, source_rules, outlet="Harbour News").outlet == "The Weir Bell"


def test_a_page_that_states_no_date_is_never_of_the_day_that_it_came(source_rules):
    html = harbour_page("Weir").replace(b"2025-03-03T22:15:00-05:00", RECEIVED_ON.isoformat().encode())
    html = html.replace(b"<meta property=", b"<meta content=today name=").replace(
        b"</article>", b"<p>22 November 2026</p>"
    )
    assert read_one(html, source_rules).published_at is None


def test_two_copies_of_a_page_give_its_article_once_and_a_rejection(source_rules):
    first, again = (document(harbour_page("Weir") + extra) for extra in (b"", b"<!-- again -->"))
    read = [read_source(each, source_rules, max_bytes=10**7) for each in (first, again)]
    kept = one_each(read[1], read[0].articles)
    assert kept.articles == ()
    assert [(each.subject, each.reason) for each in kept.rejected] == [(again.sha256, Reason.DUPLICATE)]
    assert one_each(read[1], []) == read[1]


def test_texts_and_single_pages_teach_nothing_about_an_outlet():
    contents = {name: harbour_page(name) for name in ("Weir", "Quay")} | {
        "text": (DATA / "documents" / "govuk_release.txt").read_bytes()
    }
    assert furniture_of([(name, None) for name in contents], contents.__getitem__, on=date(2025, 3, 5)) == {}


@pytest.fixture
def own_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("PRESS_DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    yield Settings()
    settings.cache_clear()


def test_pages_that_are_given_as_files_come_in_as_articles_beside_texts(own_settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    for place in ("Weir", "Quay", "Sound"):
        (source / f"{place}.txt").write_bytes(harbour_page(place))
    (source / "release.html").write_bytes((DATA / "documents" / "govuk_release.txt").read_bytes())
    (source / "wall.html").write_bytes((DATA / "pages" / "consent_wall.html").read_bytes())
    ref = steps.read_documents(steps.register_documents([str(source)]))
    partitions = Partitions.of(own_settings)
    articles = partitions.read(ref, Article)
    assert {article.title.text for article in articles} >= {
        f"{x} ferry slip to close" for x in ("Weir", "Quay", "Sound")
    }
    assert len(articles) == 4
    assert all(REPEATED not in article.text for article in articles)
    key = steps.key_of(ref)
    assert [row.reason for row in partitions.read(f"quarantine/{key}.read", Quarantined)] == [Reason.WALL]
    counts = {row.unit: row for row in partitions.read(f"stage_counts/{key}.read", StageCount)}
    assert (counts["documents"].given_count, counts["documents"].kept_count) == (5, 4)
