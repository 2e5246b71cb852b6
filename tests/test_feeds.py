"""Feeds of every kind, whole, broken and hostile → entries."""

from __future__ import annotations

import functools
import io
import json
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.edges.isolation import Done, Failed, Limits, Workers
from pipeline.gathering.feed_loose import read_loose_feed
from pipeline.gathering.feed_text import root_element
from pipeline.gathering.feed_xml import read_xml_feed
from pipeline.gathering.feeds import MAX_ENTRIES, ParsedFeed, parse_feed
from pipeline.gathering.urls import AddressRules
from pipeline.model import Evidence, FeedDocument, Reason, Rejection
from tests import made_feeds
from tests.made_feeds import FORMATS, RSS_091, RSS_20, item, rss

NOW = datetime(2026, 8, 22, 13, 5, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
SEEDS = Path(__file__).parent.parent / "seeds"
RULES = AddressRules.read((SEEDS / "tracking_parameters.csv").read_text("utf-8").splitlines())
parse = functools.partial(parse_feed, now=NOW, zone=LONDON, rules=RULES, max_bytes=10_000_000)


def document(
    content: str | bytes, content_type: str | None = "application/xml", url: str = "https://www.herald.example/rss"
):
    raw = content.encode() if isinstance(content, str) else content
    return FeedDocument(feed_id="f", url=url, final_url=url, content=raw, content_type=content_type, fetched_at=NOW)


def parsed(content: str | bytes, content_type: str | None = "application/xml") -> ParsedFeed:
    found = parse(document(content, content_type))
    assert isinstance(found, ParsedFeed), found
    return found


def rejected(content: str | bytes) -> Rejection:
    found = parse(document(content))
    assert isinstance(found, Rejection), found
    return found


# ---------------------------------------------------------------------------------------------- the formats


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_items_come_out_of_every_format(kind):
    feed = parsed(FORMATS[kind])
    first, second, third = feed.entries
    assert (feed.title, feed.language, feed.incomplete, feed.repaired) == (
        "Harbour Herald & Post | Politics",
        "en-GB",
        False,
        "",
    )
    assert feed.home_url == "https://www.herald.example/politics"
    assert first.title == "Minister pledges £40m for coast patrols"
    assert first.guid == "herald-1001"
    assert first.url == "https://www.herald.example/politics/coast-patrols"
    assert first.summary == "The minister said patrols would double.\n\nCritics disagree."
    assert (first.published_at, first.dated_by) == (datetime(2026, 8, 21, 10, tzinfo=UTC), Evidence.ENTRY)
    assert first.author == "Jane Roe"
    assert second.title == 'Councils "not told" of Q&A session'
    assert second.url == "https://www.herald.example/politics/councils"
    assert second.published_at == datetime(2026, 8, 21, 7, 30, tzinfo=UTC)
    assert (second.summary, second.author) == ("Plain words only.", "John Poe")
    assert second.content == "First paragraph of the text.\n\nSecond paragraph."
    assert third.url == "https://www.herald.example/politics/note"
    assert (third.published_at, third.dated_by, third.date_fault, third.summary) == (None, None, "", "")
    assert len({entry.entry_id for entry in feed.entries}) == 3


def test_an_old_feed_with_a_document_type_and_html_entities_is_read():
    feed = parsed(RSS_091.encode("iso-8859-1"))
    assert [entry.title for entry in feed.entries] == [
        "Minister pledges £40m for coast patrols",
        'Councils "not told" of Q&A session',
        "Undated note",
    ]
    assert feed.repaired == "references"


@pytest.mark.parametrize("kind", ["rss 2.0", "rdf", "atom 1.0"])
def test_our_reader_and_feedparser_agree(kind):
    """What feed_xml reads of a well-formed feed is what feedparser reads of it."""
    ours, theirs = read_xml_feed(root_element(FORMATS[kind])), read_loose_feed(root_element(FORMATS[kind]))
    assert len(ours.items) == len(theirs.items)
    for mine, other in zip(ours.items, theirs.items, strict=True):
        assert mine.published == other.published or other.updated  # feedparser takes dc:date for an update
        assert mine.title.text.replace("&amp;", "&") == other.title.text.replace("&amp;", "&")


WORDS = st.text(alphabet="abc é&<>\"'£“\n", max_size=12)


@settings(max_examples=60)
@given(st.lists(st.tuples(WORDS, WORDS, st.booleans()), min_size=1, max_size=5))
def test_our_reader_and_feedparser_agree_on_any_titles_and_summaries(items):
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    pieces = [
        f"<item><title>{escaped(title)}</title><guid>{number}</guid><description>"
        + (f"<![CDATA[{text}]]>" if cdata else escaped(text))
        + "</description></item>"
        for number, (title, text, cdata) in enumerate(items)
    ]
    ours, theirs = (
        read_xml_feed(root_element(rss(*pieces))),
        feedparser.parse(io.BytesIO(rss(*pieces).encode()), sanitize_html=False),
    )
    assert [" ".join(mine.title.text.split()) for mine in ours.items] == [
        " ".join(other.get("title", "").split()) for other in theirs.entries
    ]


def test_json_feed_items_of_any_shape_are_read_or_passed_over():
    items = [
        {"id": 7, "title": "Number for an id", "url": "https://a.example/7"},
        {"id": "x", "content_text": "5 < 6 & more\n\nnext", "title": None},
        {"id": "y", "author": "not an object", "authors": [None, 3], "title": "Odd authors"},
        {"id": {}, "title": "Odd id", "date_published": 17},
        {},
        "not an item",
        None,
    ]
    feed = parsed(
        json.dumps({"version": "https://jsonfeed.org/version/1", "title": "J", "items": items}), "application/feed+json"
    )
    assert [(entry.guid, entry.title) for entry in feed.entries] == [
        ("7", "Number for an id"), ("x", ""), ("y", "Odd authors"), (None, "Odd id")
    ]  # fmt: skip
    assert feed.entries[1].content == "5 < 6 & more\n\nnext"
    assert len(feed.rejected) == 1


CDF = """<CHANNEL HREF="https://www.herald.example/"><TITLE>Herald</TITLE>
<ITEM HREF="https://www.herald.example/1" LASTMOD="2026-08-21T10:00Z"><TITLE>One</TITLE></ITEM></CHANNEL>"""


@pytest.mark.parametrize(
    "content",
    [CDF, '<rss xmlns="http://own.example/" version="2.0"><channel><item><title>One</title></item></channel></rss>'],
)
def test_rare_formats_are_left_to_feedparser(content):
    assert [entry.title for entry in parsed(content).entries] == ["One"]


def test_a_source_element_names_the_outlet_of_the_text():
    feed = parsed(rss('<item><title>T</title><source url="https://wire.example/rss">Kingdom Wire</source></item>'))
    assert (feed.entries[0].source_title, feed.entries[0].source_url) == ("Kingdom Wire", "https://wire.example/rss")


def test_feedburners_address_gives_way_to_the_real_one():
    raw = rss('<item xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><title>T</title><link>https://feeds.example/~r/1</link>'
              "<feedburner:origLink>https://www.herald.example/1</feedburner:origLink></item>")  # fmt: skip
    assert parsed(raw).entries[0].url == "https://www.herald.example/1"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:a@b.example", None),
        ("news/1", "https://www.herald.example/news/1"),
        ("//other.example/1", "https://other.example/1"),
        ("?id=1", "https://www.herald.example/rss?id=1"),
        ("https://[broken/", None),
        (" https://a.example/x y ", "https://a.example/x%20y"),
        ("http://127.0.0.1/admin", "http://127.0.0.1/admin"),
        ("", None),
    ],
)
def test_only_web_addresses_become_links(link, url):
    assert parsed(rss(f"<item><title>T</title><link>{link}</link></item>")).entries[0].url == url


# ------------------------------------------------------------------------------------------------ plain text: I7


def test_titles_of_every_kind_are_plain_text():
    feed = parsed(rss(
        item(1, "&lt;script&gt;alert(1)&lt;/script&gt;Budget"),
        item(2, "<![CDATA[<img src=x onerror=alert(1)>Budget]]>"),
        item(3, "&amp;lt;b&amp;gt;Budget"), item(4, "a\u202eb&#8238;c"), item(5, "x" * 5000), item(6, " \n "),
        item(7, "<b>Bold</b> markup"),
    ))  # fmt: skip
    assert [entry.title for entry in feed.entries] == [
        "Budget",
        "Budget",
        "Budget",
        "abc",
        "x" * 1000,
        "",
        "Bold markup",
    ]


@pytest.mark.parametrize("reference", ["&#0;", "&#x1F;", "&#11;", "&#xFFFE;", "\x00", "\x0b", "&#55296;", "&#x110000;"])
def test_forbidden_characters_do_not_break_a_feed(reference):
    assert parsed(rss(item(1, f"Bud{reference}get"), item(2))).entries[0].title.replace("\ufffd", "")[:3] == "Bud"


# ---------------------------------------------------------------------------------------------- broken feeds


@pytest.mark.parametrize(
    ("content", "titles"),
    [
        (rss(item(1, "Q&A, M&S and AT&amp;T"), item(2)), ["Q&A, M&S and AT&T", "Item 2"]),
        (rss(item(1, "caf&eacute; &ndash; &nosuch; x"), item(2)), ["café – &nosuch; x", "Item 2"]),
        (rss(item(1), '<item><title>Two</title><media:x url="x"/></item>'), ["Item 1", "Two"]),
        (rss(item(1)) + "<script>tracker()</script>", ["Item 1"]),
        ("\n\n  \n" + RSS_20, None),
        ("<br />\n<b>Warning</b>: something in <b>/srv/x.php</b> on line 3<br />" + rss(item(1)), ["Item 1"]),
        (rss(item(1, text="unclosed <br> tag and <img src=x>"), item(2)), ["Item 1", "Item 2"]),
        (rss(item(1, text="wrong <b>order</i> of tags</b>"), item(2)), ["Item 1", "Item 2"]),
        (rss("<item><title a=unquoted>One</title></item>", item(2)), ["One", "Item 2"]),
        (rss(item(1)).replace("<channel>", "").replace("</channel>", ""), ["Item 1"]),
        ('<rss version="2.0">' + item(1) + "</rss>", ["Item 1"]),
    ],
)  # fmt: skip
def test_a_broken_feed_gives_its_items(content, titles):
    feed = parsed(content)
    if titles is None:
        assert len(feed.entries) == 3
    else:
        assert [entry.title for entry in feed.entries] == titles
    assert not feed.incomplete


@pytest.mark.parametrize("kind", ["rss 2.0", "atom 1.0", "rdf"])
def test_of_a_truncated_feed_only_whole_items_are_kept(kind):
    """Cut anywhere: the entries are the first so many of the whole feed, unchanged, and the feed is incomplete."""
    whole = FORMATS[kind].strip()
    entries = parsed(whole).entries
    end_tag = whole.rindex("</")
    for cut in range(whole.index("<item" if "<item" in whole else "<entry"), len(whole), 7):
        found = parse(document(whole[:cut]))
        if cut > end_tag and isinstance(found, ParsedFeed) and not found.incomplete:
            assert found.entries == entries  # all but the last characters of the end tag
            continue
        assert isinstance(found, ParsedFeed)
        assert found.incomplete
        assert found.entries == entries[: len(found.entries)]


def test_a_truncated_feed_that_is_broken_as_well_keeps_whole_items():
    cut = rss(item(1, text="a <br> b & c"), item(2), item(3)).partition("<title>Item 3")[0]
    feed = parsed(cut)
    assert [entry.title for entry in feed.entries] == ["Item 1", "Item 2"]
    assert feed.incomplete


def test_a_truncated_json_feed_is_turned_away_as_incomplete():
    assert rejected(FORMATS["json feed"][:900]).reason is Reason.INCOMPLETE


def test_a_feed_without_items_is_a_feed():
    assert parsed(rss()).entries == ()
    assert parsed('<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title></feed>').entries == ()


def test_more_items_than_any_feed_has_are_turned_away_one_by_one():
    feed = parsed(rss(*(f"<item><title>{number}</title></item>" for number in range(MAX_ENTRIES + 3))))
    assert (len(feed.entries), len(feed.rejected)) == (MAX_ENTRIES, 3)


# --------------------------------------------------------------------------------------- what is no feed: I4, I13

HTML_PAGE = (
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><p>Checking your browser</p></body></html>"
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \n\t ", Reason.EMPTY),
        (HTML_PAGE, Reason.NOT_A_FEED),
        ("<html><body>404 Not found</body></html>", Reason.NOT_A_FEED),
        ("Service unavailable", Reason.NOT_A_FEED),
        ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url/></urlset>", Reason.NOT_A_FEED),
        ("<?xml version='1.0'?><opml version='2.0'><body/></opml>", Reason.NOT_A_FEED),
        ("<?xml version='1.0'?><error>no</error>", Reason.NOT_A_FEED),
        ("<?xml version='1.0'?>", Reason.NOT_A_FEED),
        ("<?xml", Reason.NOT_A_FEED),
        ("<!-- never closed", Reason.NOT_A_FEED),
        ("{}", Reason.NOT_A_FEED),
        ("[]", Reason.NOT_A_FEED),
        ('{"items": []}', Reason.NOT_A_FEED),
        ('{"error": "forbidden"}', Reason.NOT_A_FEED),
        ("{not json", Reason.NOT_A_FEED),
        ("[" * 100_000, Reason.NOT_A_FEED),
        (b"%PDF-1.7 ...", Reason.BINARY),
        (b"PK\x03\x04...", Reason.BINARY),
        (b"\x89PNG\r\n...", Reason.BINARY),
        (b"\xff\xd8\xff\xe0...", Reason.BINARY),
        (b"\x1f\x8b\x08...", Reason.BINARY),
        (b"\x00\x01\x02\x03" * 100, Reason.NOT_A_FEED),
        (bytes(range(256)), Reason.NOT_A_FEED),
        (b"x" * 10_000_001, Reason.TOO_LARGE),
        ("<rss>" + "<a>" * 1000 + "</a>" * 1000 + "</rss>", Reason.PARSER_FAILED),
    ],
)  # fmt: skip
def test_what_is_no_feed_says_what_it_is(content, reason):
    found = rejected(content)
    assert (found.subject, found.reason) == ("https://www.herald.example/rss", reason)
    assert found.detail


def test_a_challenge_page_is_named_by_its_title():
    assert rejected(HTML_PAGE).detail == "an HTML page titled 'Just a moment...'"


# --------------------------------------------------------------------------------------- entities and bombs: I1, I2

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = {
    "laughs": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>',
    "file": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "parameter": '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
    "lower case": '<!doctype rss [<!entity x "y">]>',
    "second": '<!DOCTYPE rss><!DOCTYPE rss [<!ENTITY x "y">]>',
    "after a comment": '<!-- [ --><!DOCTYPE rss [ <!-- > --> <!ENTITY x "y"> ]>',
}


@pytest.mark.parametrize("kind", DOCTYPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_document_that_declares_entities_is_refused(kind, encoding):
    raw = ('<?xml version="1.0"?>' + DOCTYPES[kind] + rss(item(1, "&l9;&x;&a;"))).encode(encoding)
    assert rejected(raw).reason is Reason.ENTITY_DECLARATION


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE rss PUBLIC "x" "http://127.0.0.1:9/x.dtd">',
        '<?xml-stylesheet href="file:///etc/passwd"?>',
        "<!DOCTYPE rss [ ]>",
    ],
)
def test_what_points_outside_of_the_document_is_left_out(head):
    assert parsed(rss(item(1, "Title &nbsp; x"), head=head)).entries[0].title == "Title x"


def test_no_file_is_ever_read(tmp_path):
    canary = tmp_path / "canary.xml"
    canary.write_text(rss(item(1, "words of the file")))
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{canary}" parse="text"/>'
    assert "words of the file" not in str(parsed(rss(item(1, include, include))))
    assert rejected(str(canary)).reason is Reason.NOT_A_FEED
    assert rejected(canary.as_uri()).reason is Reason.NOT_A_FEED


BOMBS = {
    "encodings": "<?xml " + "encoding='' " * 2000 + "?>" + rss(item(1)),
    "encodings, unclosed": "<?xml " + "encoding='' " * 2000 + rss(item(1)),
    "blank lines": "\n" * 200_000 + rss(item(1)),
    "document types": "<!DOCTYPE rss>" * 40_000 + rss(item(1)),
    "styles": rss(item(1, text="<![CDATA[<p style='" + "url(" * 20_000 + "'>x</p>]]>")),
    "attributes": "<rss " + " ".join(f'a{n}="1"' for n in range(50_000)) + f">{item(1)}</rss>",
    "attributes, broken": "<rss " + " ".join(f"a{n}=1" for n in range(100_000)) + f">{item(1)}</rss>",
    "depth, broken": "<rss><channel>" + "<a>" * 200_000 + item(1) + "&</rss>",
    "open brackets, broken": rss(item(1, text="<" * 200_000 + "&")),
    "quotes, broken": rss(item(1, text='<a href="' * 30_000 + "&")),
    "ampersands": rss(item(1, "&" * 200_000)),
    "unclosed sections": "<rss>" + "<![CDATA[" * 50_000 + "</rss>",
    "unclosed comments": "<rss>" + "<!--" * 50_000 + "</rss>",
    "item ends": rss(*["</item>"] * 50_000),
    "prefixes": "<rss>" + "".join(f"<p{n}:a/>" for n in range(20_000)) + "</rss>",
    "one long date": rss(f"<item><title>x</title><pubDate>{'1' * 500_000}</pubDate></item>"),
    "one long address": rss(f"<item><title>x</title><link>https://a.example/{'%41/../' * 100_000}</link></item>"),
    "json depth": '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 200_000,
    "json digits": '{"version": "https://jsonfeed.org/version/1", "items": [{"id": ' + "9" * 400_000 + "}]}",
}
CRASHES = {
    "undefined": '<?xml version="1.0" encoding="undefined"?>' + rss(item(1)),
    "punycode": '<?xml version="1.0" encoding="punycode"?>' + rss(item(1)),
    "nul in encoding": '<?xml version="1.0" encoding="utf\x00-8"?>' + rss(item(1)),
    "chapters": rss('<item><title>x</title><psc:chapters xmlns:psc="http://podlove.org/simple-chapters"><psc:chapter/></psc:chapters></item>'),
    "chapters, broken": rss('<item><title>x & <psc:chapters xmlns:psc="http://podlove.org/simple-chapters"><psc:chapter></psc:chapters></item>'),
}  # fmt: skip


def test_hostile_feeds_cost_their_worker_at_most_and_the_others_nothing():
    started = time.monotonic()
    contents = [content for bomb in (BOMBS | CRASHES).values() for content in (bomb, rss(item(1)))]
    with Workers(2, limits=Limits(cpu_s=2.0, wall_s=20.0)) as workers:
        outcomes = list(workers.map(parse, [document(content) for content in contents]))
    good = outcomes[1::2]
    assert all(isinstance(outcome, Done) and isinstance(outcome.value, ParsedFeed) for outcome in good)
    bombs = dict(zip(BOMBS | CRASHES, outcomes[::2], strict=True))
    left = {name: outcome for name, outcome in bombs.items() if isinstance(outcome, Failed)}
    assert all(outcome.reason in (Reason.TIME_LIMIT, Reason.PARSER_FAILED) for outcome in left.values()), left
    assert set(left) <= {
        "attributes, broken",
        "chapters, broken",
        "depth, broken",
        "quotes, broken",
        "open brackets, broken",
    }
    assert time.monotonic() - started < 30


# ------------------------------------------------------------------------------------------------ identity: I9


def ids(content: str) -> list[str]:
    return [entry.entry_id for entry in parsed(content).entries]


def test_an_item_keeps_its_id_when_its_text_and_its_tracking_change():
    first = parsed(rss(item(1, "First title"))).entries[0]
    second = parsed(rss(item(1, "Other title").replace("/1</link>", "/1?utm_source=x</link>"))).entries[0]
    assert first.entry_id == second.entry_id
    assert first.version != second.version


def test_a_version_changes_with_the_words_and_not_with_the_date_or_the_markup():
    base = item(1, "A title", "Some words.")
    version = parsed(rss(base)).entries[0].version
    assert parsed(rss(base.replace("10:01:00", "11:45:00"))).entries[0].version == version
    assert parsed(rss(item(1, " A\ntitle ", "&lt;p&gt;Some words.&lt;/p&gt;"))).entries[0].version == version
    assert parsed(rss(item(1, "A title", "Other words."))).entries[0].version != version


def test_items_without_guid_or_address_are_told_apart_by_title():
    assert len(set(ids(rss("<item><title>A</title></item>", "<item><title>B</title></item>")))) == 2


def test_a_guid_and_address_that_all_items_share_do_not_identify():
    shared = "<item><title>{}</title><guid isPermaLink='false'>same</guid><link>https://a.example/live</link></item>"
    found = ids(rss(shared.format("A"), shared.format("B")))
    assert len(set(found)) == 2
    assert found == ids(rss(shared.format("B"), shared.format("A")))[::-1]


def test_an_item_that_is_repeated_counts_once():
    feed = parsed(rss(item(1), item(2), item(1)))
    assert len(feed.entries) == 2
    assert [turned_away.reason for turned_away in feed.rejected] == [Reason.DUPLICATE]


@given(st.permutations(list(range(6))))
def test_the_order_of_items_changes_no_id(order):
    items = [item(number) for number in range(6)]
    found = dict(zip(order, ids(rss(*(items[number] for number in order))), strict=True))
    assert [found[number] for number in range(6)] == ids(rss(*items))


# ------------------------------------------------------------------------------------------------ dates: I8


@pytest.mark.parametrize(
    "text", ["Fri, 21 Aug 2099 10:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "soon", "Sun, 31 Feb 2026 10:00:00 GMT"]
)
def test_an_impossible_date_is_no_date_and_says_so(text):
    entry = parsed(rss(f"<item><title>x</title><pubDate>{text}</pubDate></item>")).entries[0]
    assert (entry.published_at, entry.dated_by) == (None, None)
    assert entry.date_fault


def test_a_day_without_a_time_is_a_london_day():
    entry = parsed(rss("<item><title>x</title><pubDate>21 Aug 2026</pubDate></item>")).entries[0]
    assert entry.published_at is not None
    assert entry.published_at.astimezone(LONDON).isoformat() == "2026-08-21T00:00:00+01:00"
    assert entry.date_precision == "day"


@given(st.binary(max_size=400))
def test_any_bytes_give_a_feed_or_a_reason(content):
    parse(document(b'<rss version="2.0"><channel><item><title>' + content))
    parse(document(content))


# ------------------------------------------------------------------------------------------------ cost


def ordinary_feeds() -> list[bytes]:
    """Feeds of the kinds that newspapers, departments and blogs serve."""
    long_text = "".join(f"<p>{'Words of a paragraph that goes on. ' * 8}<a href='/x'>link</a></p>" for _ in range(6))
    kinds = [
        rss(*(item(n, f"A headline of nine words, number {n}", "Two sentences of a summary. " * 4) for n in range(30))),
        rss(*(item(n, f"Headline {n}", f"<![CDATA[<p>{'A summary with markup. ' * 8}</p>]]>") for n in range(25))),
        rss(*(item(n, f"Headline {n}", f"<![CDATA[{long_text}]]>") for n in range(10))),
        made_feeds.ATOM_10,
        made_feeds.RSS_20,
    ]
    return [kind.encode() for kind in kinds]


def test_parsing_ordinary_feeds_costs_half_of_feedparsers_defaults_at_most():
    feeds = ordinary_feeds()
    documents = [document(feed) for feed in feeds]

    def seconds(work) -> float:
        started = time.process_time()
        for _ in range(3):
            work()
        return time.process_time() - started

    theirs = min(seconds(lambda: [feedparser.parse(io.BytesIO(feed)) for feed in feeds]) for _ in range(3))
    ours = min(seconds(lambda: [parse(each) for each in documents]) for _ in range(3))
    assert ours <= 0.5 * theirs
