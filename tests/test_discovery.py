"""Feeds that pages name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gathering.discovery import Candidate, feeds_of_page, home_pages

HOME = "https://herald.example/politics/"


def urls(html: str) -> list[str]:
    return [candidate.url for candidate in feeds_of_page(html, HOME)]


def test_declared_feeds_come_first_with_their_titles():
    found = feeds_of_page(
        """<html><head><title>x</title>
        <link rel="alternate" type="application/rss+xml" title="Herald &amp; Post" href="/rss">
        <LINK REL="Alternate Feed" TYPE="application/atom+xml; charset=utf-8" HREF="https://feeds.herald.example/atom#x">
        <link rel="alternate" type="application/feed+json" href="feed.json">
        </head><body><a href="/sport/rss.xml">Sport <b>feed</b></a><a href="/rss">again</a></body></html>""",
        HOME,
    )
    assert found == (
        Candidate("https://herald.example/rss", "Herald & Post", HOME, "declared by the page"),
        Candidate("https://feeds.herald.example/atom", "", HOME, "declared by the page"),
        Candidate("https://herald.example/politics/feed.json", "", HOME, "declared by the page"),
        Candidate("https://herald.example/sport/rss.xml", "Sport feed", HOME, "linked in the page"),
    )


@pytest.mark.parametrize(
    "href", ["/feed/", "/feed", "/index.xml", "/news.rss", "/news.atom", "/x/?service=rss", "/uk?format=rss"]
)  # fmt: skip
def test_links_that_look_like_feeds_are_candidates(href):
    assert urls(f'<a href="{href}">Feed</a>') == [f"https://herald.example{href}"]


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="alternate" hreflang="fr" href="/fr">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">',
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">',
        '<link rel="stylesheet" type="text/css" href="/rss.css">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">',
        '<link rel="alternate" type="application/rss+xml" href="http://[">',
        '<a href="/feedback">Feedback</a><a href="/rss-explained">What is RSS?</a>',
        "",
        " ",
        "plain words",
    ],
)
def test_what_is_no_feed_is_no_candidate(html):
    assert urls(html) == []


def test_the_base_of_the_page_counts():
    page = '<base href="https://cdn.example/x/"><link rel="alternate" type="application/rss+xml" href="rss">'
    assert urls(page) == ["https://cdn.example/x/rss"]


def test_a_page_of_ten_thousand_links_gives_fifty():
    assert len(urls("".join(f'<a href="/{number}/rss">x</a>' for number in range(10_000)))) == 50


@given(st.text(max_size=200))
def test_no_page_raises(html):
    feeds_of_page(html, HOME)


def test_the_front_pages_of_articles():
    articles = [
        "https://a.example/news/1",
        "http://b.example:8080/x",
        "https://A.example/2",
        "mailto:x",
        "https://c.example",
    ]
    assert home_pages(articles) == ("https://a.example/", "http://b.example:8080/", "https://c.example/")
