"""Bytes of a web page → its HTML as text, or why it is none."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extraction.page_text import MAX_BYTES, decode_page, flattened, not_a_page, refusal, without_long_scripts
from pipeline.model import Reason

CZECH = "Ministr vnitra řekl, že policie přijme dvacet nových úředníků. Příští týden začne výcvik."
WORDS = {
    "utf-8": "Café society – “quoted” £40m",
    "windows-1252": "Café society – “quoted” £40m",
    "iso-8859-1": "Café society £40m",
    "iso-8859-2": CZECH,
    "windows-1254": "Şehir meclisi yeni ışıkları bugün açtı",
    "iso-8859-9": "Şehir meclisi yeni ışıkları bugün açtı",
    "windows-1251": "Министр объявил о новых мерах",
    "koi8-r": "Министр объявил о новых мерах",
    "shift_jis": "内務大臣は火曜日に発表した",
    "euc-jp": "内務大臣は火曜日に発表した",
    "iso-2022-jp": "内務大臣は火曜日に発表した",
    "gb2312": "内政大臣周二宣布",
    "big5": "內政大臣週二宣布",
    "euc-kr": "내무장관은 화요일에 발표했다",
}


def page(text, declared=""):
    return f"<html><head>{declared}<title>x</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("label", WORDS)
def test_the_charset_of_the_meta_element_is_followed(label):
    html = page(WORDS[label], f'<meta charset="{label}">')
    assert decode_page(html.encode(label)) == html


@pytest.mark.parametrize("label", WORDS)
def test_the_charset_of_the_header_is_followed(label):
    html = page(WORDS[label])
    assert decode_page(html.encode(label), label) == html


def test_a_latin_2_page_without_a_declaration_is_guessed_from_its_letters():
    html = page(CZECH * 3)
    assert decode_page(html.encode("windows-1250")) == html


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_utf_16_is_read_with_a_mark_and_without(encoding, mark):
    html = page("The council met on Tuesday to vote")
    assert decode_page((mark + html).encode(encoding)) == html


@pytest.mark.parametrize("lie", ["iso-8859-1", "windows-1251", "utf-16", "utf-7", "no-such-charset", "hex"])
def test_valid_utf_8_is_read_as_such_whatever_is_declared(lie):
    html = page("Café – “quoted”", f'<meta charset="{lie}">')
    assert decode_page(html.encode(), lie) == html


def test_bytes_of_windows_1252_in_a_page_that_says_utf_8_keep_the_rest_readable():
    read = decode_page(page("The minister’s plan", '<meta charset="utf-8">').encode("windows-1252"))
    assert "The minister" in read
    assert "s plan" in read


@settings(deadline=None)  # the first guess of a charset loads its tables
@given(st.binary(max_size=400))
def test_decoding_never_fails_and_leaves_nothing_that_cannot_be_stored(content):
    read = decode_page(content)
    read.encode("utf-8")
    assert "\x00" not in read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_what_is_no_character_of_a_text_is_left_out_whatever_the_encoding(encoding):
    marks = "".join(map(chr, {*range(32)} - {9, 10, 13, 27})) + "\x7f\ufeff\ufffe\uffff"
    dirty, clean = page(f"Caf{marks}é\tof\nthe\rbridge 内政"), page("Café\tof\nthe\rbridge 内政")
    declared = f'<meta charset="{encoding}">'
    assert decode_page((declared + dirty).encode(encoding), encoding) == declared + clean


def _zip():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "words")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "content_type", "reason"),
    [
        (b"", None, Reason.EMPTY),
        (b" \n\t ", None, Reason.EMPTY),
        (b"%PDF-1.7\n%...", "text/html", Reason.BINARY),
        (_zip(), None, Reason.BINARY),
        (gzip.compress(b"<html><body>words</body></html>", mtime=0), None, Reason.BINARY),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "text/html", Reason.BINARY),
        (b"\xff\xd8\xff\xe0" + bytes(200), None, Reason.BINARY),
        (bytes(range(256)) * 20, None, Reason.BINARY),
        (b"<html><body>words</body></html>", "application/pdf", Reason.BINARY),
        (b"<html><body>words</body></html>", "video/mp4", Reason.BINARY),
        (b"<html>" + b"a" * MAX_BYTES, None, Reason.TOO_LARGE),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else None,  # their bytes are no names
)
def test_what_is_no_page_is_refused_before_it_is_parsed(content, content_type, reason):
    assert refusal(content, content_type)[0] == reason


@pytest.mark.parametrize("content_type", [None, "", "text/html; charset=utf-8", "application/xhtml+xml", "text/plain"])
def test_a_page_is_not_refused(content_type):
    assert refusal(b"<html><body>words</body></html>", content_type) is None


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ('<?xml version="1.0"?><rss version="2.0"><channel/></rss>', Reason.NO_TEXT),
        ('<feed xmlns="http://www.w3.org/2005/Atom"></feed>', Reason.NO_TEXT),
        ('{"version": "https://jsonfeed.org/version/1"}', Reason.NO_TEXT),
        ("Only words, and no element.", Reason.NO_TEXT),
        ("<html><body>" + "<a href=x>link</a>" * 40_000, Reason.TOO_LARGE),
        ("<html><body>" + "<br>" * 100_000, Reason.TOO_LARGE),
        ("<html><body><p " + "a=1 " * 100_000 + ">", Reason.TOO_LARGE),
    ],
)
def test_what_would_keep_a_parser_busy_is_not_parsed(html, reason):
    assert not_a_page(html)[0] == reason


def test_json_ld_that_is_no_json_is_left_out_when_it_is_long():
    broken = '<script type="application/ld+json">{"headline": "' + '\\"{[a,' * 2_000 + "</script>"
    whole = '<script type="application/ld+json">{"headline": "' + "word " * 2_000 + '"}</script>'
    assert without_long_scripts(f"<p>a</p>{broken}<p>b</p>") == "<p>a</p><p>b</p>"
    assert without_long_scripts(f"<p>a</p>{whole}") == f"<p>a</p>{whole}"


def test_flattening_leaves_paragraphs_and_drops_what_wraps_them():
    flat = flattened("<div class=a><section><p>One</p></section><ul><li>Two</li></ul></div>")
    assert "".join(flat.split()) == "<p>One</p><li>Two</li>"
