"""HTML as text → its tree, the same that trafilatura parses it to, for every reader of the page."""

from __future__ import annotations

import re

from lxml.etree import ElementDefaultClassLookup, LxmlError
from lxml.html import HtmlElement, HTMLParser, fromstring

# lxml.html asks a function in Python which class an element is of, whenever one is looked at: half a million times in
# 181 pages, 8 % of trafilatura's time on them, to tell apart the elements of forms, which nobody asks for here.
_PARSER = HTMLParser(collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True)
_PARSER.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))
_START = 50  # characters that hold <html> or a document type, where a page has one
_FIRST_LINES = 4_096
_DOCTYPE = re.compile(r"< ?! ?DOCTYPE[^>\n]*/[^<>\n]*>", re.IGNORECASE)
_CLOSED_AT_ONCE = re.compile(r"(<html.*?)\s*/>", re.IGNORECASE)


def page_tree(html: str) -> HtmlElement | None:
    """The root element of a page; None when nothing in it can be parsed, or only a scrap that does not look like HTML.

    html   without control characters, as page_text.decode_page gives it
    """
    start = html[:_START].lower()
    try:
        # Bytes, since lxml refuses text that declares its own encoding.
        tree = fromstring(_repaired(html, start).lstrip().encode("utf-8", "surrogatepass"), parser=_PARSER)
    except (ValueError, LxmlError):
        return None
    return tree if "html" in start or len(tree) >= 2 else None


def _repaired(html: str, start: str) -> str:
    """The page without what libxml2 stumbles over: a document type with an address, an <html/> closed at once."""
    if "doctype" in start and (declared := _DOCTYPE.match(html)):
        html = html[declared.end() :]
    if any("<html" in line and line.endswith("/>") for line in html[:_FIRST_LINES].splitlines()[:4]):
        html = _CLOSED_AT_ONCE.sub(r"\1>", html, count=1)
    return html
