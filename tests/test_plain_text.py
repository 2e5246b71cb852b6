"""Markup from strangers as plain text."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gathering.plain_text import one_line, paragraphs, title_text

MARKUP = st.text(alphabet="<>/!-&;#ltgscripbua ='\"\n\u202e\x00é", max_size=120)
DANGEROUS = re.compile(r"<\s*/?(?:script|img|a|b|svg|iframe|style|p|div)\b[^<>]*>", re.I)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Minister quits", "Minister quits"),
        ("AT&amp;T and M&amp;S", "AT&T and M&S"),
        ("Police <b>raid</b> <i>two</i> homes", "Police raid two homes"),
        ("&lt;b&gt;Police&lt;/b&gt; raid", "Police raid"),
        ("I <3 NY", "I <3 NY"),
        ("5 &lt; 6 &gt; 4", "5 < 6 > 4"),
        ("MPs <ask> why", "MPs <ask> why"),
        ("<script>alert(1)</script>Budget", "Budget"),
        ("Budget<script>alert(1)", "Budgetalert(1)"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Budget", "Budget"),
        ("Budget<img src=x onerror=alert(1)>", "Budget"),
        ("<![CDATA[Budget]]>", "Budget"),
        ("<scr<b>ipt>Budget</scr\x00ipt>", "Budget"),
        ("Budget <img src=x onerror=alert(1)//", "Budget"),
        ("&pound;40m &#8211; &nbsp; &ldquo;enough&rdquo;", "£40m – “enough”"),
        ("&nosuchentity; R&D", "&nosuchentity; R&D"),
        ("  two\n\tlines\u2028three ", "two lines three"),
        ("nul\x00 bell\x07 \u202eesrever\u202c \ufeffmark \u2066x\u2069", "nul bell esrever mark x"),
        ("cafe\u0301", "café"),
        ("\ud800lone", "lone"),
        ("", ""),
        ("   ", ""),
        ("👩\u200d👩\u200d👧 family", "👩\u200d👩\u200d👧 family"),
    ],
)
def test_a_title_is_what_a_reader_sees(raw, text):
    assert title_text(raw, markup=True) == text


def test_a_title_that_is_declared_as_text_keeps_its_entities():
    assert title_text("How to write &amp; in HTML", markup=False) == "How to write &amp; in HTML"
    assert title_text("Now <script>x</script> with tags", markup=False) == "Now with tags"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<p>One.</p><p>Two &amp; three.</p>", "One.\n\nTwo & three."),
        ("One.<br/><br>Two.<br>Three.", "One.\n\nTwo.\nThree."),
        ("<div>One <a href='q>r'>link</a>.</div>tail", "One link.\n\ntail"),
        ("<p>See <script>alert('<p>')</script>this</p><style>p{}</style>", "See this"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
        ("<p>\n  spread \n over\n lines </p>", "spread over lines"),
        ("one\nline\n\nnext", "one line\n\nnext"),
        ("no markup at all, 5 < 6", "no markup at all, 5 < 6"),
        ("&lt;script&gt;alert(1)&lt;/script&gt; words", "words"),
        ("<!-- hidden --><p>shown<!-- and --> on</p>", "shown on"),
        ("<b>" * 500 + "deep", "deep"),
        ("<p>unclosed <b>tags", "unclosed tags"),
        ("", ""),
        ("<img src='x'>", ""),
    ],
)
def test_markup_becomes_paragraphs(raw, text):
    assert paragraphs(raw) == text


@given(MARKUP, st.booleans())
def test_no_title_holds_a_tag_or_a_line_break(raw, markup):
    title = title_text(raw, markup=markup)
    assert not DANGEROUS.search(title)
    assert title == one_line(title)


@given(MARKUP)
def test_no_paragraph_holds_a_tag(raw):
    text = paragraphs(raw)
    assert not DANGEROUS.search(text)
    assert "\n\n\n" not in text
    assert text == text.strip()


def test_a_title_has_at_most_a_thousand_characters():
    assert len(title_text("x" * 10**6, markup=True)) == 1_000


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>",
        "<b>",
        "<a href=",
        "<!--",
        "<script>",
        "<script",
        "&amp;",
        "&",
        "<br>",
        "<p a=1",
        "]]>",
        "<![CDATA[",
        "&#",
    ],
)
def test_no_markup_takes_long(bomb):
    started = time.process_time()
    paragraphs(bomb * (500_000 // len(bomb)))
    title_text(bomb * (500_000 // len(bomb)), markup=True)
    assert time.process_time() - started < 3
