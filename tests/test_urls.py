"""One address for one article."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gathering.urls import AddressRules, address_key, canonicalise, declared_canonical, origin_of, site_of

SEED = Path(__file__).parent.parent / "seeds" / "tracking_parameters.csv"
RULES = AddressRules.read(SEED.read_text("utf-8").splitlines())
STORY = "https://www.herald.example/news/story-123"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (STORY, STORY),
        (f"{STORY}?utm_source=rss&utm_medium=feed", STORY),
        (f"{STORY}?UTM_Source=rss#comments", STORY),
        (f"{STORY}?fbclid=x&id=7&at_medium=RSS&at_campaign=KARANGA", f"{STORY}?id=7"),
        ("HTTPS://WWW.Herald.Example:443/news/story-123", STORY),
        ("https://www.herald.example./news/story-123", STORY),
        (f"  {STORY}\n", STORY),
        (f"{STORY}/amp", STORY),
        (f"{STORY}/amp/", STORY),
        (f"{STORY}?amp", STORY),
        (f"{STORY}?amp=1", STORY),
        (f"{STORY}.amp", STORY),
        (f"{STORY}.amp.html", f"{STORY}.html"),
        ("https://www.herald.example/amp/news/story-123", STORY),
        ("https://www-herald-example.cdn.ampproject.org/c/s/www.herald.example/news/story-123", STORY),
        ("https://www.google.com/amp/s/www.herald.example/news/story-123/amp/", STORY),
        (f"https://www.google.com/url?rct=j&sa=t&url={STORY}&ct=ga", STORY),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.herald.example%2Fnews%2Fstory-123%3Ffbclid%3D1&h=x", STORY),
        ("https://amp.theguardian.com/politics/2026/aug/22/x", "https://www.theguardian.com/politics/2026/aug/22/x"),
        ("http://m.bbc.co.uk/news/uk-1?xtor=AL-72", "http://www.bbc.co.uk/news/uk-1"),
        ("https://www.dailymail.co.uk/news/article-1/X.html?ito=1490&ns_mchannel=rss", "https://www.dailymail.co.uk/news/article-1/X.html"),
        ("https://www.herald.example/?ito=3", "https://www.herald.example/?ito=3"),
        ("https://www.herald.example", "https://www.herald.example/"),
        ("https://www.herald.example/%7euser/a%2fb/ü?q=é", "https://www.herald.example/~user/a%2Fb/%C3%BC?q=%C3%A9"),
        ("https://www.herald.example/a/./b/../c/", "https://www.herald.example/a/c/"),
        ("https://www.herald.example/story.asp?12345", "https://www.herald.example/story.asp?12345"),
        ("https://www.herald.example/a?uid=1&ref=2&cid=3", "https://www.herald.example/a?uid=1&ref=2&cid=3"),
        ("https://www.herald.example:8443/a", "https://www.herald.example:8443/a"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("http://[2606:2800:220:1:248:1893:25c8:1946]/a", "http://[2606:2800:220:1:248:1893:25c8:1946]/a"),
    ],
)  # fmt: skip
def test_an_address_loses_what_is_not_the_articles(url, canonical):
    assert canonicalise(url, RULES) == canonical


@pytest.mark.parametrize(
    "url", ["", "mailto:a@b.example", "javascript:alert(1)", "//x.example/a", "/news/1", "https://", "http://[::1",
            "ftp://x.example/", "https://a b.example/", "https://user:secret@x.example/", "data:text/html,x",
            "tag:x,2026:1"]
)  # fmt: skip
def test_what_is_no_web_address_is_none(url):
    assert canonicalise(url, RULES) is None


@given(
    st.text(alphabet="abAB/.%&=?#:@ 2eéamputm_source~+[]", max_size=60),
    st.sampled_from(["https://www.herald.example/", "http://m.bbc.co.uk/", "https://www.google.com/url?url="]),
)
def test_doing_it_twice_changes_nothing(rest, start):
    once = canonicalise(start + rest, RULES)
    assert once is None or canonicalise(once, RULES) == once


@given(st.text(max_size=80))
def test_no_text_raises(text):
    canonicalise(text, RULES)
    site_of(text)
    declared_canonical(STORY, text, RULES)


def test_a_key_is_shared_by_the_addresses_of_one_article():
    spellings = [
        STORY,
        "http://www.herald.example/news/story-123/",
        "https://herald.example/news/story-123",
        "https://m.herald.example/news/story-123",
        "https://www.herald.example/news/story-123/index.html",
    ]
    assert len({address_key(canonicalise(url, RULES) or "") for url in spellings}) == 1
    assert address_key("https://a.example/x?b=1&a=2") == address_key("https://a.example/x?a=2&b=1")
    assert address_key("https://a.example/x?a=1") != address_key("https://a.example/x?a=2")
    assert address_key("https://m.example/x") != address_key("https://example/x")


def test_a_page_is_believed_about_its_own_address():
    assert declared_canonical(f"{STORY}?x=1", STORY, RULES) == STORY
    assert declared_canonical("https://m.herald.example/news/story-123", STORY, RULES) == STORY
    assert declared_canonical(f"{STORY}?x=1", "/news/story-123", RULES) == STORY


@pytest.mark.parametrize(
    "declared", ["https://www.herald.example/", "/", "https://other.example/x", "javascript:1", "", None, "http://[x"]
)
def test_a_page_is_not_believed_about_the_front_page_or_another_site(declared):
    assert declared_canonical(STORY, declared, RULES) is None


def test_a_canonical_address_on_another_site_is_where_the_text_comes_from():
    original = "https://www.gazette.example/politics/original"
    assert origin_of(STORY, f"{original}?utm_source=x", RULES) == original
    assert origin_of(STORY, STORY, RULES) is None
    assert origin_of(STORY, "https://www.gazette.example/", RULES) is None


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://news.bbc.co.uk/x", "bbc.co.uk"),
        ("https://www.met.police.uk/x", "met.police.uk"),
        ("https://committees.parliament.uk/", "parliament.uk"),
        ("https://www.herald.example/", "herald.example"),
        ("http://127.0.0.1/", "127.0.0.1"),
    ],
)
def test_a_site_is_the_registered_domain(url, site):
    assert site_of(url) == site


def test_every_row_of_the_data_has_a_reason_and_stands_once():
    rows = [line.split(",", 3) for line in SEED.read_text("utf-8").splitlines()[1:]]
    assert all(len(row) == 4 and row[3] for row in rows)
    assert len({tuple(row[:3]) for row in rows}) == len(rows)


def test_a_wrong_row_is_named_by_its_line():
    with pytest.raises(ValueError, match="line 3"):
        AddressRules.read(["kind,host,pattern,reason", "parameter,*,a,b", "parametre,*,a,b"])
