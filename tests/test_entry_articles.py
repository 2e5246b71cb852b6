"""What becomes of an entry, its feed and its page."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline.edges.page_files import page_rules
from pipeline.edges.web_setup import feed_rules
from pipeline.extraction.entry_articles import Source, SourceRules, article_of, entry_bytes
from pipeline.extraction.sources import settle, sources_of
from pipeline.model import Article, Entry, Evidence, Feed, Kind, Page, Reason, Rejection, derived_id
from pipeline.settings import Settings

AT = datetime(2026, 9, 7, 18, tzinfo=UTC)
FEED = Feed(feed_id="f", url="https://www.herald.example/rss", title="Herald", outlet="Harbour Herald", kind="national")
URL = "https://www.herald.example/news/hubs"
SENTENCE = "The council said that the hub would open in December with twelve officers and a desk for residents. "
ENTRY = Entry(
    entry_id="e", feed_id="f", feed_title="Herald", url=URL, title="Hub to open in December",
    summary="A policing hub will open in the town in December.", published_at=AT, date_precision="minute",
    dated_by=Evidence.ENTRY,
)  # fmt: skip


@pytest.fixture(scope="module")
def rules(here: Settings) -> SourceRules:
    return SourceRules(
        pages=page_rules(here),
        addresses=feed_rules(here).addresses,
    )


def page(*paragraphs: str, head: str = "", final_url: str = URL) -> Page:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<html><head>{head}</head><body><article><h1>Hub to open in December</h1>{body}</article></body></html>"
    return Page(
        page_id=derived_id("page", URL), url=URL, final_url=final_url, content=html.encode(), fetched_at=AT,
        content_type="text/html; charset=utf-8",
    )  # fmt: skip


def read(rules: SourceRules, given: Page | None = None, entry: Entry | None = ENTRY, feed: Feed = FEED) -> Article:
    outcome = article_of(Source(page=given, entry=entry, feed=feed, received_on=date(2026, 9, 7)), rules)
    assert isinstance(outcome.article, Article), outcome.article
    return outcome.article


def test_a_page_with_its_text_is_the_article(rules):
    article = read(rules, page(SENTENCE * 2, SENTENCE * 3))
    assert (article.kind, article.article_id) == (Kind.ARTICLE, derived_id("page", URL))
    assert article.text.count("The council said") == 5
    assert (article.outlet, article.outlet_by) == ("Harbour Herald", Evidence.CONFIGURED)


def test_the_outlet_is_known_from_the_page_where_the_page_names_it(rules):
    named = page(SENTENCE * 5, head='<meta property="og:site_name" content="Harbour Herald">')
    assert read(rules, named).outlet_by is Evidence.PAGE


def test_an_entry_without_a_page_is_a_summary_and_never_the_text(rules):
    article = read(rules)
    assert (article.kind, article.text) == (Kind.SUMMARY_ONLY, ENTRY.summary)
    assert article.document_id == hashlib.sha256(entry_bytes(ENTRY)).hexdigest()
    assert (article.published_at, article.dated_by) == (AT, Evidence.ENTRY)


def test_a_feed_that_carries_the_text_needs_no_page(rules):
    full = replace(ENTRY, content=SENTENCE * 8)
    assert read(rules, entry=full).kind is Kind.ARTICLE
    wall = page("Subscribe to read on", "Already a subscriber? Sign in.")
    assert read(rules, wall, entry=full).text == full.content


def test_an_entry_that_says_nothing_gives_none(rules):
    outcome = article_of(
        Source(page=None, entry=replace(ENTRY, summary="Video"), feed=FEED, received_on=date(2026, 9, 7)), rules
    )
    assert isinstance(outcome.article, Rejection)
    assert outcome.article.reason is Reason.NO_TEXT


def test_a_page_that_cannot_be_read_leaves_the_summary_under_the_address_of_the_page_and_says_why(rules):
    head = f'<link rel="canonical" href="{URL}/full"><meta property="og:site_name" content="The Herald">'
    source = Source(page=page("Short.", head=head), entry=ENTRY, feed=None, received_on=date(2026, 9, 7))
    outcome = article_of(source, rules)
    assert outcome.page_fault is not None
    assert outcome.article.kind is Kind.SUMMARY_ONLY
    assert (outcome.article.url, outcome.article.outlet) == (f"{URL}/full", "The Herald")


def test_amp_and_redirected_addresses_lead_to_the_address_that_the_page_gives_itself(rules):
    head = f'<link rel="canonical" href="{URL}?utm_source=amp">'
    amp = page(SENTENCE * 5, head=head, final_url="https://www.herald.example/amp/news/hubs")
    assert read(rules, amp).url == URL


def test_the_outlet_of_the_text_is_kept_apart_from_the_outlet_of_the_page(rules):
    taken = replace(ENTRY, source_title="BBC News", source_url="https://www.bbc.co.uk/")
    article = read(rules, page(SENTENCE * 5), entry=taken)
    assert (article.outlet, article.agency) == ("Harbour Herald", "BBC")
    elsewhere = page(SENTENCE * 5, head='<link rel="canonical" href="https://www.independent.co.uk/news/hubs">')
    article = read(rules, elsewhere)
    assert (article.url, article.outlet, article.agency) == (URL, "Harbour Herald", "The Independent")


def test_an_aggregators_name_is_not_the_outlet_of_what_it_leads_to(rules):
    aggregator = replace(FEED, url="https://news.aggregator.example/rss", outlet="Aggregator")
    assert read(rules, page(SENTENCE * 5), feed=aggregator).outlet == "herald.example"


@pytest.mark.parametrize(
    ("title", "outlet"),
    [("Herald - News", "Herald"), ("The Harbour Herald", "herald.example"), ("Latest news", "herald.example")],
)
def test_a_feed_that_nobody_described_names_its_site_where_the_address_bears_it_out(title, outlet, rules):
    feed = replace(FEED, title=title, outlet=None)
    assert read(rules, page(SENTENCE * 5), feed=feed).outlet == outlet
    assert read(rules, feed=feed).outlet == outlet


def test_what_a_departments_feed_leads_to_is_a_release_that_it_issued(rules):
    article = read(rules, page(SENTENCE * 5), feed=replace(FEED, kind="press_releases"))
    assert (article.kind, article.issuer) == (Kind.PRESS_RELEASE, "Harbour Herald")


def test_a_line_of_furniture_in_a_page_is_left_out(rules):
    article = read(rules, page(SENTENCE * 3, "READ MORE: What the stars wore last night", SENTENCE * 3))
    assert "READ MORE" not in article.text


def test_two_feeds_that_lead_to_one_address_are_one_source_and_pages_need_no_feed(rules):
    other = replace(ENTRY, entry_id="f", feed_id="g")
    alone = replace(ENTRY, entry_id="h", url=None)
    found = sources_of([page(SENTENCE)], [other, ENTRY, alone], {"f": FEED}, received_on=date(2026, 9, 7), zone=UTC)
    assert [(source.page is not None, source.entry.entry_id) for source in found] == [(True, "e"), (False, "h")]
    (lone,) = sources_of([page(SENTENCE * 5)], [], {}, received_on=date(2026, 9, 7), zone=UTC)
    assert read(rules, lone.page, entry=None).title.text == "Hub to open in December"


def test_each_article_is_kept_once_a_text_before_a_summary_and_no_summary_before_a_text_that_is_held(rules):
    day = date(2026, 9, 7)
    sources = [
        Source(page=None, entry=ENTRY, feed=FEED, received_on=day),
        Source(page=page(SENTENCE * 5), entry=ENTRY, feed=FEED, received_on=day),
    ]
    outcomes = [(source, article_of(source, rules)) for source in sources]
    for given in (outcomes, outcomes[::-1]):
        settled = settle(given, held=())
        assert [(article.kind, source.page is not None) for article, source in settled.kept] == [(Kind.ARTICLE, True)]
        assert [rejection.reason for rejection in settled.rejected] == [Reason.DUPLICATE]
    held = settle(outcomes[:1], held={derived_id("page", URL)})
    assert (held.kept, [rejection.reason for rejection in held.rejected]) == ((), [Reason.DUPLICATE])
