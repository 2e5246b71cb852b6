"""HTML → tree: the same that trafilatura reads, since its readers are given ours."""

from __future__ import annotations

from pathlib import Path

import pytest
import trafilatura
from lxml.html import tostring

from pipeline.extraction.page_text import decode_page
from pipeline.extraction.page_tree import page_tree

PAGES = sorted((Path(__file__).parent / "data" / "pages").glob("*.html"))
XHTML = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
)
BODY = "<body><p>The bridge is shut.</p><form><input name=q></form></body>"
ODD = [
    f"<html><head><title>Bridge</title></head>{BODY}</html>",
    f"{XHTML}<html>{BODY}</html>",
    f"<?xml version='1.0' encoding='iso-8859-1'?>\n<html>{BODY}é</html>",
    f"<html />\n{BODY}",
    f"\n \n<!-- of 2019 --><html>{BODY}</html>",
    "<p>One paragraph</p><p>Another</p>",
    "<p>One paragraph</p>",
    "A line without any element.",
    "",
]


@pytest.mark.parametrize("html", [*(decode_page(page.read_bytes()) for page in PAGES), *ODD])
def test_a_page_is_parsed_as_trafilatura_parses_it(html):
    ours, theirs = page_tree(html), trafilatura.load_html(html)
    assert (ours is None) == (theirs is None)
    if ours is not None and theirs is not None:
        assert tostring(ours).rstrip() == tostring(theirs).rstrip()


def test_what_trafilatura_copies_of_the_tree_keeps_the_elements_it_knows():
    tree = page_tree(ODD[0])
    assert {type(element).__name__ for element in tree.iter()} == {"HtmlElement"}
    assert {type(element).__name__ for element in tree.__copy__().iter()} == {"HtmlElement"}
