"""Page → Article. The pages under data/pages are made up, in the layouts that outlets use."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.edges.page_files import page_rules
from pipeline.extraction.learned_furniture import OutletFurniture, learn
from pipeline.extraction.pages import EntryHints, page_lines, read_page
from pipeline.model import Article, Evidence, Kind, Reason, Rejection
from pipeline.reading.outlets import Outlet, OutletDirectory
from pipeline.settings import Settings

PAGES = sorted((Path(__file__).parent / "data" / "pages").glob("*.html"))
RULES = page_rules(Settings())
RECEIVED_ON = date(2025, 5, 1)
MARKUP = (
    "<p> </p> <div> </div> <table> <td> <br> <a/href=x> </a> <!-- --> <li> <script> </script> <h1> <svg> <![CDATA[ "
    "&#0; <time/datetime=2025> <meta/charset=utf-7> <article> </body> <html>"
).split()
SENTENCES = [
    "The county council has agreed to spend £2.4 million on repairs to the old bridge at Marlow Ferry.",
    "Work will begin in September and is expected to last until the spring, the highways committee was told.",
    "“Nobody wants another winter of detours,” said Councillor Jean Abbot, who lives beside the river.",
    "Shopkeepers fear that trade will suffer while the road is closed to cars and buses.",
    "A ferry for walkers and cyclists will run every quarter of an hour during the day.",
    "The bridge, which was built in 1887, was last repaired after the floods of 1968.",
    "Engineers found cracks in two of its piers when they inspected it in February.",
    "The committee will hear in June which of four firms is to do the work.",
]


def read(html, **given):
    content = html if isinstance(html, bytes) else html.encode()
    return read_page(content, rules=RULES, **{"received_on": RECEIVED_ON} | given)


def page(body, head=""):
    return (
        f"<!DOCTYPE html><html><head><title>Bridge to be repaired</title>{head}</head>"
        f"<body><h1>Bridge to be repaired</h1>{body}</body></html>"
    )


def by(*authors):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "author": authors})}</script>'


def paragraphs(texts=SENTENCES):
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_is_read_out_of_a_page(path):
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    found = read(path.read_bytes())
    if "rejected" in expected:
        assert isinstance(found, Rejection)
        assert found.reason == expected["rejected"]
        assert found.detail
        return
    assert isinstance(found, Article)
    shown = [text for text in found.text.split("\n\n") if text not in expected.get("may_hold", [])]
    assert shown == expected["paragraphs"]
    assert found.title.text == expected["title"]
    for name in ("kind", "author", "outlet", "agency", "language", "date_precision", "dated_by"):
        assert (name, getattr(found, name)) == (name, expected[name])
    assert (found.published_at and found.published_at.isoformat()) == expected["published_at"]


def test_there_are_pages_to_read():
    assert len(PAGES) >= 10


def test_the_same_bytes_at_the_same_address_are_the_same_article():
    html = page(paragraphs())
    first, second = (read(html, url="https://gazette.example/bridge") for _ in range(2))
    assert first == second
    assert first.article_id != read(html, url="https://gazette.example/other").article_id


@pytest.mark.parametrize("depth", [200, 300, 5_000])
def test_nothing_is_lost_to_deep_nesting(depth):
    found = read(page("<div>" * depth + paragraphs() + "</div>" * depth))
    assert found.text.split("\n\n") == SENTENCES


def test_elements_that_are_never_closed_do_not_cut_the_page():
    body = "".join(f"<font><b><p>{text} No. {number}.</p>" for number in range(60) for text in SENTENCES)
    assert "No. 59." in read(page(body)).text


def test_paragraphs_parted_by_line_breaks_are_paragraphs():
    found = read(page(f"<div>{'<br><br>'.join(SENTENCES)}</div>"))
    assert found.text.split("\n\n") == SENTENCES


def test_controls_and_marks_without_width_are_left_out():
    found = read(page(paragraphs([text.replace("county", "cou\x00nty\u200b\u202e") for text in SENTENCES])))
    assert "county council" in found.text.replace("\u202e", "")
    assert "\x00" not in found.text


def test_a_short_teaser_is_too_short():
    assert read(page("<p>The council has met.</p>")).reason == Reason.TOO_SHORT


def test_a_page_without_text_is_rejected_with_a_reason():
    assert read(page("<img src='a.jpg'>")).reason == Reason.NO_TEXT


@pytest.mark.parametrize(
    ("title", "notice"),
    [
        ("Just a moment...", "Checking if the site connection is secure"),
        ("Access Denied", "You don't have permission to access this page on this server."),
        ("Gazette", "Please enable JavaScript and cookies to continue"),
        ("Gazette", "This content is not available in your region."),
        ("404 Not Found", "The requested page was not found on this server."),
        ("Page not found | Gazette", "Try searching for what you are looking for."),
    ],
)
def test_walls_and_error_pages_are_never_articles(title, notice):
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{notice}</p></body></html>"
    assert read(html).reason in {Reason.WALL, Reason.TOO_SHORT}
    long = (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>" + f"<p>{notice}</p>" * 4 + "</body></html>"
    )
    assert isinstance(read(long), Rejection)


@pytest.mark.parametrize(
    "notice",
    [
        "To continue reading this article, subscribe from £1 a month",
        "This article is for subscribers only",
        "You have reached your limit of free articles",
        "Already a subscriber? Sign in",
    ],
)
def test_a_stub_behind_a_wall_is_a_summary_and_never_the_full_text(notice):
    found = read(page(paragraphs(SENTENCES[:2]) + f"<div class='paywall'><p>{notice}</p></div>"))
    assert isinstance(found, Rejection) or found.kind == Kind.SUMMARY_ONLY


def test_a_long_article_below_a_subscription_offer_is_an_article():
    found = read(page("<div class='offer'><p>Subscribe now for £1 a month</p></div>" + paragraphs()))
    assert found.kind == Kind.ARTICLE
    assert found.text.split("\n\n") == SENTENCES


def test_a_teaser_in_the_pages_own_data_does_not_cut_the_article():
    stated = " ".join(SENTENCES[:6])
    data = json.dumps({"@type": "NewsArticle", "headline": "Bridge to be repaired", "articleBody": stated})
    long = [f"{text} That was in the year {year}." for year in (1990, 2001) for text in SENTENCES]
    head = f'<script type="application/ld+json">{data}</script>'
    assert read(page(paragraphs(SENTENCES + long), head)).text.split("\n\n") == SENTENCES + long


def test_a_cookie_notice_beside_an_article_makes_it_no_wall():
    notice = "<div class='cookie-banner'><p>We use cookies to improve this website. Accept all cookies</p></div>"
    assert isinstance(read(page(notice + paragraphs(SENTENCES[:5]))), Article)


def teasers(count):
    return "".join(
        f"<div class=item><h3><a href=/{n}>Council agrees on plan {n} for the old harbour</a></h3>"
        f"<p>Members voted late on Monday, after a debate of three hours about plan number {n}.</p></div>"
        for n in range(count)
    )


def test_a_page_of_teasers_is_a_list_and_no_article():
    html = f"<html><head><title>Council news</title></head><body><h1>Council news</h1>{teasers(12)}</body></html>"
    assert read(html, url="https://gazette.example/topics/council").reason == Reason.LIST_PAGE
    assert read(html, url="https://gazette.example/").reason == Reason.LIST_PAGE


def test_an_article_above_many_teasers_is_an_article():
    found = read(page(paragraphs() + f"<section class=related>{teasers(15)}</section>"))
    assert found.text.split("\n\n") == SENTENCES


def test_the_feed_adds_what_the_page_leaves_out_and_nothing_else():
    hints = EntryHints(
        title="Other", author="Ann Lee", published_at=datetime(2025, 4, 1, 9, 30, tzinfo=UTC), outlet="Gazette"
    )
    bare = read(page(paragraphs()), hints=hints)
    assert (bare.author, bare.author_by) == ("Ann Lee", Evidence.ENTRY)
    assert (bare.published_at, bare.dated_by) == (hints.published_at, Evidence.ENTRY)
    assert (bare.outlet, bare.outlet_by) == ("Gazette", Evidence.ENTRY)
    assert bare.title.text == "Bridge to be repaired"
    stated = page(paragraphs(), '<meta property="article:published_time" content="2025-03-31T08:00:00Z">')
    assert read(stated, hints=hints).dated_by == Evidence.PAGE


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.home.example/government/news/bridge", Kind.PRESS_RELEASE),
        ("https://www.home.example/government/speeches/bridge", Kind.SPEECH),
        ("https://gazette.example/bridge", Kind.ARTICLE),
    ],
)
def test_what_a_government_site_publishes_is_a_release_or_a_speech(url, kind):
    government = Outlet(name="Home Ministry", domain="home.example", is_government=True)
    found = read_page(page(paragraphs()).encode(), rules=replace(RULES, outlets=OutletDirectory([government])), url=url)
    assert found.kind == kind


@pytest.mark.parametrize(
    ("head", "url", "issuer"),
    [
        (
            by({"@type": "Person", "name": "Al Ott"}, {"@type": "Organization", "name": "Ministry of Roads"}),
            "https://www.home.example/government/news/bridge",
            "Ministry of Roads",
        ),
        (
            '<meta name="govuk:primary-publishing-organisation" content="Ministry of Bridges">',
            "https://www.home.example/government/news/bridge",
            "Ministry of Bridges",
        ),
        (
            by({"@type": "Organization", "name": "Wire Service"}),
            "https://gazette.example/bridge",
            None,
        ),
        ("", "https://www.home.example/government/news/bridge", None),
    ],
)
def test_a_release_is_issued_by_the_body_that_the_government_page_names(head, url, issuer):
    government = Outlet(name="Home Ministry", domain="home.example", is_government=True)
    rules = replace(RULES, outlets=OutletDirectory([government]))
    found = read_page(page(paragraphs(), head).encode(), rules=rules, url=url)
    assert found.issuer == issuer
    assert found.issuer_by == (Evidence.PAGE if issuer else None)


def test_an_undated_page_stays_undated():
    found = read(page(paragraphs() + "<p class=clock>Thursday 1 May 2025</p>"))
    assert found.published_at is None
    assert found.dated_by is None


def test_a_line_that_no_body_holds_is_left_out_of_the_middle_of_one():
    line = "Related: Ten bridges that were never finished"
    found = read(page(paragraphs([*SENTENCES[:3], line, *SENTENCES[3:]])))
    assert found.text == "\n\n".join(SENTENCES)


def test_a_line_that_the_outlet_repeats_is_furniture():
    line = "Our reporters in every district bring you the stories that matter to people who live here and nowhere else."
    others = [
        page(paragraphs([f"{text} So it was in the year {year}." for text in SENTENCES]) + f"<p>{line}</p>")
        for year in range(1990, 1996)
    ]
    furniture = learn(OutletFurniture(), [page_lines(html.encode()) for html in others], on=RECEIVED_ON)
    html = page(paragraphs(SENTENCES[:4]) + f"<p>{line}</p>" + paragraphs(SENTENCES[4:]))
    assert line not in read(html, furniture=furniture).text
    assert SENTENCES[-1] in read(html, furniture=furniture).text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.one_of(
            st.sampled_from(MARKUP),
            st.sampled_from(SENTENCES),
            st.text(max_size=20),
        ),
        max_size=40,
    )
)
def test_no_page_however_broken_raises(parts):
    found = read("<html><body>" + "".join(parts))
    assert isinstance(found, Article | Rejection)
    if isinstance(found, Article):
        found.text.encode("utf-8")
        assert found.text.strip()


def small_page(*above: str, title="Old bridge at Marlow Ferry to close", head="") -> str:
    lines = "".join(f"<div>{line}</div>" for line in above)
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{TITLE}</h1>{lines}{text}</body></html>"


TITLE = "Old bridge at Marlow Ferry to close"


def test_the_headline_below_a_cookie_notice_is_no_paragraph():
    notice = (
        "<div><p>We value your privacy. We and our 841 partners store and access information on a device.</p></div>"
    )
    body = f"<article><h1>{TITLE}</h1><p>Walkers will cross by boat, engineers say</p>{paragraphs()}</article>"
    head = f'<title>{TITLE}</title><meta property="og:title" content="{TITLE}">'
    assert TITLE not in read(f"<html><head>{head}</head><body>{notice}{body}</body></html>").text


@pytest.mark.parametrize(
    ("line", "author", "precision"),
    [
        ("By <a href='/petra'>Petra Lund</a> | Published 3 March 2025, 17:45", "Petra Lund", "minute"),
        ("Words by Petra Lund and Jo Marsh", "Petra Lund, Jo Marsh", None),
        ("By Petra March 3, 2025", None, "day"),
        ("By the river | Published 3 March 2025", None, "day"),
    ],
)
def test_what_no_machine_reads_of_a_byline_is_read_as_it_is_printed(line, author, precision):
    broken = '<script type="application/ld+json">{"datePublished":"1970-01-01","author":"admin",}</script>'
    found = read(small_page(line, head=broken), received_on=RECEIVED_ON)
    assert (found.author, found.date_precision) == (author, precision)
    if precision == "minute":
        assert found.published_at == datetime(2025, 3, 3, 17, 45, tzinfo=UTC)


def test_a_time_of_a_change_is_not_when_a_page_was_published():
    found = read(small_page("Published 3 March 2025", "Updated 3 March 2025, 18:10"), received_on=RECEIVED_ON)
    assert found.date_precision == "day"


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        (f"{TITLE} – Marlow Post", "Marlow Post"),
        (f"{TITLE} | News | Marlow Post", "Marlow Post"),
        ("Old bridge – a history – Marlow Post", None),  # its own words end somewhere else
        (TITLE, None),
    ],
)
def test_the_outlet_is_what_the_pages_title_has_behind_the_headline(title, outlet):
    assert read(small_page(title=title)).outlet == outlet


def test_what_an_outlet_got_wrong_belongs_to_the_article_below_its_links_too():
    note = "Correction: An earlier version of this article said that repairs would cost £3 million, not £2.4 million."
    links = "".join(f"<li><a href='/{number}'>Bins and buses: story {number} of today</a></li>" for number in range(9))
    html = page(f"<article>{paragraphs()}</article><h2>More stories</h2><ul>{links}</ul><footer><p>{note}</p></footer>")
    assert read(html).text.split("\n\n") == [*SENTENCES, note]
