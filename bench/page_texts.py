"""HTML → plain texts with the furniture left in, made by several tools, so that nothing fits one of them."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable

import lxml.html
import trafilatura
from lxml import etree

from pipeline.extraction.page_blocks import BLOCK_TAGS

_DROPPED = ("script", "style", "noscript", "template", "svg", "head", "iframe", "object", "textarea", "select")
_PARTED = frozenset({"p", "h1", "h2", "h3", "ul"})  # a blank line stands after these


def by_blocks(html: str) -> str:
    """One line per block element, a blank line after paragraphs, headings and lists."""
    tree = _clean(html)
    for element in tree.iter():
        if isinstance(element.tag, str) and (element.tag in BLOCK_TAGS or element.tag == "br"):
            element.tail = ("\u2029\u2029" if element.tag in _PARTED else "\u2029") + (element.tail or "")
            element.text = "\u2029" + (element.text or "")
    lines = [" ".join(line.split()) for line in tree.text_content().split("\u2029")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def by_elements(html: str) -> str:
    """One line per run of text, broken at every element, inline ones too."""
    return "\n".join(text for part in _clean(html).itertext() if (text := " ".join(part.split())))


def main_part_with_recall(html: str) -> str:
    """trafilatura with recall and comments."""
    return trafilatura.extract(html, favor_recall=True, include_comments=True) or ""


def _clean(html: str) -> lxml.html.HtmlElement:
    tree = lxml.html.document_fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    etree.strip_elements(tree, etree.Comment, *_DROPPED, with_tail=False)
    return tree


def tools() -> dict[str, Callable[[str], str]]:
    """The tools that are installed, by name; resiliparse, inscriptis, html2text and readability-lxml are optional."""
    found: dict[str, Callable[[str], str]] = {
        "blocks": by_blocks,
        "elements": by_elements,
        "recall": main_part_with_recall,
    }
    if resiliparse := _optional("resiliparse.extract.html2text"):
        found["resiliparse"] = lambda html: resiliparse.extract_plain_text(html, main_content=False)
        found["resiliparse_main"] = lambda html: resiliparse.extract_plain_text(html, main_content=True)
    if inscriptis := _optional("inscriptis"):
        found["inscriptis"] = inscriptis.get_text
    if html2text := _optional("html2text"):

        def by_html2text(html: str) -> str:
            reader = html2text.HTML2Text()
            reader.ignore_links = reader.ignore_images = reader.ignore_emphasis = True
            reader.body_width = 0
            return str(reader.handle(html))

        found["html2text"] = by_html2text
    if readability := _optional("readability"):
        found["readability"] = lambda html: by_blocks(readability.Document(html).summary())
    return found


def _optional(name: str) -> object:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
