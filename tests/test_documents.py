"""Text documents → articles: made-up pages of several layouts, broken files, and laws that hold for any text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Evidence, Kind, Reason
from pipeline.reading.decoding import decode
from pipeline.reading.layout import blocks
from tests.conftest import DATA

LONDON = ZoneInfo("Europe/London")
DOCUMENTS = sorted((DATA / "documents").glob("*.txt"))
PARAGRAPH = (
    "Ministers said on Monday that the plan would reach forty towns before the winter and cost less than feared. "
)


def described(article):
    """What the expected files hold of an article."""
    found = {
        "title": article.title.text,
        "kind": article.kind.value,
        "release_type": article.release_type,
        "published_at": article.published_at and article.published_at.astimezone(LONDON).isoformat(),
        "dated_by": article.dated_by and article.dated_by.value,
        "author": article.author,
        "author_role": article.author_role,
        "issuer": article.issuer,
        "outlet": article.outlet,
        "standfirst": article.standfirst and article.standfirst.text,
        "captions": [caption.text for caption in article.captions],
        "collection": article.collection,
        "paragraphs": article.text.split("\n\n"),
    }
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_page_text_gives_the_articles_that_it_holds(path: Path, read):
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    assert [described(article) for article in read(path.read_bytes()).articles] == expected


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_line_is_in_an_article_or_left_out_with_a_reason(path: Path, read, here):
    content = path.read_bytes()
    reading = read(content)
    covered = set()
    for article in reading.articles:
        for part in (article.title, article.standfirst, article.date_words, *article.captions):
            if part is not None:
                covered |= set(range(part.byte_start, part.byte_end))
        for paragraph in article.paragraphs:
            covered |= set(range(paragraph.byte_start, paragraph.byte_end))
    for part in reading.left_out:
        assert part.reason
        covered |= set(range(part.byte_start, part.byte_end))
    lines = decode(content, max_bytes=here.max_document_bytes).lines
    bylines = {article.author for article in reading.articles} | {article.author_role for article in reading.articles}
    lost = [
        line.text
        for line in lines
        if not covered & set(range(line.byte_start, line.byte_end))
        and not any(name and name in line.text for name in bylines)
    ]
    assert lost == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_pieces_lead_from_each_character_to_its_bytes(path: Path, read):
    content = path.read_bytes()
    for article in read(content).articles:
        for piece in article.pieces:
            source = content[piece.byte_start : piece.byte_end].decode(article.encoding)
            assert source == article.text[piece.text_start : piece.text_end]
        assert content[article.title.byte_start : article.title.byte_end].decode(article.encoding) == article.title.text


def test_a_paragraph_broken_by_a_blank_line_is_mended(read):
    text = (DATA / "documents" / "court_without_furniture.txt").read_bytes()
    article = read(text).articles[0]
    assert "a villa in Cyprus, where Leon Thackray was arrested in 2019" in article.text


def test_the_article_goes_on_behind_an_appeal_in_its_middle(read):
    article = read((DATA / "documents" / "courier_appeal.txt").read_bytes()).articles[0]
    assert "Nobody has explained where the other half went" in article.text
    for word in ("paywall", "contribution, however small", "£2 a month", "insurer", "Roman coin", "newsletter"):
        assert word not in article.text


def test_a_time_in_another_zone_falls_on_the_london_day(read):
    article = read((DATA / "documents" / "wrapped_mail.txt").read_bytes()).articles[0]
    assert article.published_at.astimezone(LONDON).date() == date(2015, 12, 10)


@pytest.mark.parametrize("zone", ["QST", "IST", "AMT"])
def test_a_zone_that_nobody_knows_costs_the_time_and_not_the_document(read, zone):
    printed = f"5 May 2019 at 12:00 {zone}"
    content = "\n\n".join(["Ferry slip at Weir to close", printed, *HARBOUR]).encode()
    (article,) = read(content).articles
    assert article.published_at.astimezone(LONDON).isoformat() == "2019-05-05T00:00:00+01:00"
    assert (article.date_precision, article.dated_by) == ("day", Evidence.INFERRED)
    assert article.date_words.text == printed


def test_a_day_without_a_year_is_inferred_from_its_weekday_and_the_day_of_receipt(read):
    content = (DATA / "documents" / "transport_blog.txt").read_bytes()
    for received_on, year in ((date(2026, 11, 22), 2026), (date(2026, 5, 13), 2020), (date(2019, 1, 1), 2015)):
        article = read(content, received_on=received_on).articles[0]
        assert (article.published_at.astimezone(LONDON).date(), article.dated_by) == (
            date(year, 5, 14),
            Evidence.INFERRED,
        )


def test_an_undated_text_stays_undated(read):
    article = read((DATA / "documents" / "court_without_furniture.txt").read_bytes()).articles[0]
    assert (article.published_at, article.dated_by, article.outlet, article.outlet_by) == (None, None, None, None)


BROKEN = {
    "empty": (b"", Reason.EMPTY),
    "blank lines": (b"\n \n\t\r\n" * 1000, Reason.EMPTY),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, Reason.BINARY),
    "random bytes": (bytes((i * 97 + 13) % 256 for i in range(5000)), Reason.BINARY),
    "one line": (b"Minister opens bridge", Reason.NO_TEXT),
    "one paragraph": (PARAGRAPH.encode() * 3, Reason.NO_TITLE),
    "mixed encodings": (
        "Caf\u00e9 opens in caf\u00e9 quarter\n\n".encode() + (PARAGRAPH + "\u00a340m").encode("cp1252"),
        Reason.MIXED_ENCODING,
    ),
    "teaser": (
        b"Minister opens bridge over the Tamar\n\n5 May 2019\n\nTo go on reading, you need an account with us today.",
        Reason.TOO_SHORT,
    ),
    "menu": (b"Home\n\nNews\n\nSport\n\nContact us\n", Reason.NO_TEXT),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_document_is_rejected_with_a_reason(case, read):
    content, reason = BROKEN[case]
    reading = read(content)
    assert (reading.articles, [rejection.reason for rejection in reading.rejected]) == ((), [reason])


def test_fifty_megabytes_of_blank_lines_are_turned_away_unread(read):
    assert [rejection.reason for rejection in read(b"\n" * 50_000_000).rejected] == [Reason.TOO_LARGE]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_give_the_same_words(encoding, read):
    text = (DATA / "documents" / "courier_appeal.txt").read_text(encoding="utf-8")
    expected = read(text.encode()).articles[0]
    article = read(text.encode(encoding)).articles[0]
    assert (article.title.text, article.text, article.author) == (expected.title.text, expected.text, expected.author)


def test_windows_line_ends_change_nothing(read):
    content = (DATA / "documents" / "education_tag_page.txt").read_bytes()
    unix, windows = read(content), read(content.replace(b"\n", b"\r\n"))
    assert [described(article) for article in unix.articles] == [described(article) for article in windows.articles]


def test_letters_keep_salutation_and_signature(read):
    content = f"""Tag: Home Office

  • PRESS RELEASE : Letter to fire chiefs on training [June 2022]

    PRESS RELEASE : Letter to fire chiefs on training [June 2022]

    The press release issued by the Home Office on 3 June 2022.

    The minister writes to fire chiefs about training in tunnels.

    Dear Chief Fire Officers,

    {PARAGRAPH}

    Yours sincerely,

    Rt Hon Edith Farrow MP

    Minister of State for Fire
""".encode()
    article = read(content).articles[0]
    assert article.kind is Kind.PRESS_RELEASE
    assert article.release_type == "letter"
    assert article.text.startswith("Dear Chief Fire Officers,")
    assert article.text.endswith("Minister of State for Fire")


@given(st.text(max_size=2000))
def test_no_text_stops_the_reader(read, text):
    reading = read(text.encode("utf-8", "surrogatepass"))
    assert reading.articles or reading.rejected


@given(
    st.lists(
        st.sampled_from(["", "Menu", "By Ann Lee", "3 May 2020", "Subscribe now", "A short heading", PARAGRAPH]),
        max_size=40,
    )
)
def test_whatever_the_order_of_lines_pieces_stay_true(read, lines):
    content = "\n".join(lines).encode()
    for article in read(content).articles:
        for piece in article.pieces:
            assert (
                content[piece.byte_start : piece.byte_end].decode() == article.text[piece.text_start : piece.text_end]
            )


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=500))
def test_lines_and_their_bytes_agree_in_every_encoding(text):
    for encoding, bom in (("utf-8", b""), ("utf-16-le", b"\xff\xfe")):
        content = bom + text.encode(encoding)
        decoded = decode(content, max_bytes=10_000)
        for line in getattr(decoded, "lines", ()):
            assert content[line.byte_start : line.byte_end].decode(decoded.encoding) == line.text
        if hasattr(decoded, "lines"):
            assert sum(len(block.lines) for block in blocks(decoded.lines)) == len(decoded.lines)


HARBOUR = [
    "The harbour board has voted to close the old ferry slip at Weir for the whole of the winter.",
    "Repairs to the slip will cost far more than was thought in the spring, engineers told the board.",
    "Boats will land at the quay below the lighthouse until the work is finished, the board said.",
    "Traders beside the slip fear for their custom while the road to the water is shut to carts.",
]


def test_a_text_without_a_headline_is_called_by_its_first_sentence_and_keeps_it(read):
    (found,) = read("\n\n".join(HARBOUR).encode()).articles
    assert (found.title.text, found.text.split("\n\n")) == (HARBOUR[0], HARBOUR)


def test_lines_that_a_tool_broke_at_a_link_are_one_paragraph_with_their_bytes(read):
    broken = [text.replace(" the board", "\nthe board").replace(" for the", "\nfor the") for text in HARBOUR]
    content = "\n\n".join(["Ferry slip at Weir to close", *broken]).encode()
    (found,) = read(content).articles
    assert found.text.split("\n\n") == HARBOUR
    for piece in found.pieces:
        assert content[piece.byte_start : piece.byte_end].decode() == found.text[piece.text_start : piece.text_end]


def test_menus_around_an_article_are_left_out_and_most_read_above_it_is_not_its_end(read):
    menu = ["Home", "News", "Sport", "Most read", "Subscribe", "Sign in", "Weather"]
    page = [*menu, "", "Ferry slip at Weir to close", "", "\n\n".join(HARBOUR), "", "Share", *menu, "Terms of use"]
    (found,) = read("\n".join(page).encode()).articles
    assert found.title.text == "Ferry slip at Weir to close"
    assert found.text.split("\n\n") == HARBOUR


@pytest.mark.parametrize(
    ("above", "below", "outlet"),
    [
        (["Yorkshire Post", "Subscribe", "Sign in", "News"], [], "Yorkshire Post"),
        (["Home", "News", "Sport", "Grimsby Telegraph"], [], "Grimsby Telegraph"),
        (["Home", "News", "National", "Express", "Sport"], [], None),  # words of a menu
        (["News", "Yorkshire Post", "Lancashire Telegraph"], [], None),  # links to two
        (["Home", "News", "World", "Reuters"], [], None),  # the credit of a picture
        (["Support the Guardian", "News", "Sport"], [], "Guardian"),
        (["Home", "News"], ["Follow the Yorkshire Post on Facebook", "Terms of use"], "Yorkshire Post"),
        (["Home", "News"], ["Subscribe to the National Review today", "Terms of use"], None),
    ],
)
def test_the_outlet_is_whom_its_masthead_or_its_appeals_to_readers_name(above, below, outlet, read):
    page = [*above, "", "Ferry slip at Weir to close", "", "11 November 2024", "", "\n\n".join(HARBOUR), "", *below]
    (found,) = read("\n".join(page).encode()).articles
    assert found.outlet == outlet
    assert found.outlet is None or found.outlet_words is not None


@pytest.mark.parametrize(
    ("line", "instant"),
    [
        ("EMBARGOED until 00:01 on Thursday 14 November 2024", "2024-11-14T00:01:00+00:00"),
        ("STRICTLY EMBARGOED UNTIL: 22:30, 14 November 2024", "2024-11-14T22:30:00+00:00"),
        ("Not for publication before 6am on 14 November 2024", "2024-11-14T06:00:00+00:00"),
    ],
)
def test_a_release_is_out_when_its_embargo_ends_and_not_when_it_was_sent(line, instant, read):
    head = [
        "PRESS RELEASE",
        line,
        "Ferry slip at Weir to close",
        "Issued by the Harbour Board press office on 13 November 2024",
    ]
    (found,) = read("\n\n".join([*head, *HARBOUR]).encode()).articles
    assert (found.published_at.isoformat(), found.date_precision) == (instant, "minute")
    assert (found.kind, found.issuer, found.title.text) == (Kind.PRESS_RELEASE, "Harbour Board", head[2])
    assert found.text.split("\n\n") == HARBOUR
