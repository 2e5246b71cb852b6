"""Charsets and the ways in which servers get them wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gathering.charsets import codec_of, decode_markup

WESTERN = "Größe naïve café – “quote” £40m €5 it’s"
RUSSIAN = "Министр внутренних дел объявил о новых мерах"
JAPANESE = "内務大臣は新しい対策を発表した。"
CHINESE = "内政大臣宣布新措施"
TURKISH = "İçişleri Bakanı yeni önlemleri açıkladı"
CZECH = "Ministr vnitra oznámil příští opatření ať žluťoučký kůň"
GREEK = "Ο υπουργός Εσωτερικών ανακοίνωσε νέα μέτρα"


def document(text: str, encoding: str, declared: str | None = None) -> bytes:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    return f"{declaration}<rss><channel><title>{text}</title></channel></rss>".encode(encoding)


@pytest.mark.parametrize(
    ("text", "encoding", "declared", "header"),
    [
        (WESTERN, "utf-8", "utf-8", None),
        (WESTERN, "utf-8", None, None),
        (WESTERN, "utf-8-sig", "iso-8859-1", "text/xml; charset=iso-8859-1"),
        (WESTERN, "utf-8", "us-ascii", None),
        (WESTERN, "utf-8", None, "text/xml; charset=ISO-8859-1"),
        (WESTERN, "utf-8", "utf-16", None),
        (WESTERN, "utf-8", "undefined", "text/xml; charset=punycode"),
        (WESTERN, "utf-8", "shift_jis", None),
        (WESTERN, "cp1252", "windows-1252", None),
        (WESTERN, "cp1252", "iso-8859-1", None),
        (WESTERN, "cp1252", "utf-8", None),
        (WESTERN, "cp1252", None, "text/xml; charset=utf-8"),
        (WESTERN, "cp1252", None, None),
        (WESTERN, "utf-16", "utf-16", None),
        (WESTERN, "utf-16-le", "utf-16", None),
        (WESTERN, "utf-16-be", "utf-16", "text/xml; charset=utf-8"),
        (WESTERN, "utf-32", "utf-32", None),
        (WESTERN, "utf-32-le", "utf-32", None),
        (WESTERN, "utf-32-be", "ucs-4", None),
        (RUSSIAN, "koi8-r", "koi8-r", None),
        (RUSSIAN, "cp1251", "utf-8", 'application/xml; charset="Windows-1251"'),
        (RUSSIAN, "cp1251", None, None),
        (JAPANESE, "euc-jp", "euc-jp", None),
        (JAPANESE, "cp932", "shift_jis", None),
        (JAPANESE, "iso2022-jp", "iso-2022-jp", None),
        (CHINESE, "gbk", "gb2312", None),
        ("內政部長宣布新措施", "big5", "big5", None),
        (TURKISH, "cp1254", "iso-8859-9", None),
        (CZECH, "iso8859-2", "iso-8859-2", None),
        (GREEK, "cp1253", None, "text/xml;charset=windows-1253"),
    ],
)
def test_the_text_is_right_whoever_lies(text, encoding, declared, header):
    assert text in decode_markup(document(text, encoding, declared), header).text


def test_a_page_says_its_charset_in_a_meta_element():
    page = '<!doctype html><!-- %s --><head><meta http-equiv="Content-Type" content="text/html; charset=koi8-r">' % (
        "x" * 900
    )
    assert RUSSIAN in decode_markup((page + RUSSIAN).encode("koi8-r")).text


def test_bytes_pasted_into_a_utf8_document_are_read_as_windows_1252():
    pasted = "“smart” é".encode() + b" it\x92s \x96 mixed"
    assert decode_markup(pasted).text == "“smart” é it’s – mixed"


@pytest.mark.parametrize(
    "label", ["undefined", "punycode", "idna", "utf-7", "rot13", "hex", "zlib", "", "\0", None, "hz-gb-2312"]
)
def test_labels_that_no_browser_knows_are_none(label):
    assert codec_of(label) is None


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_give_text(content, header):
    decode_markup(content, header)


@given(st.text(max_size=200))
def test_utf8_is_read_as_utf8(text):
    assert (
        decode_markup(b"<a>" + text.encode("utf-8", "replace")).text == "<a>" + text.encode("utf-8", "replace").decode()
    )
