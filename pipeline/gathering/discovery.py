"""Pages, articles and lists → addresses that may be feeds. Whether they are, and look like ours, is asked later."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree

from pipeline.gathering.plain_text import one_line
from pipeline.gathering.web_address import WebAddress

_FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/x-rss+xml",
    }
)
_VAGUE_TYPES = frozenset({"application/xml", "text/xml", "application/json", "text/rss+xml"})
# How addresses of feeds end, or are asked for, when a page links to them in its text.
_FEED_ADDRESS = re.compile(
    r"(?:/(?:rss|atom|feed)(?:/|\.xml|\.rdf|\.json)?|\.(?:rss|atom|rdf)|(?:rss|atom|feed|index)\.(?:xml|json))$"
    r"|[?&](?:service|format|feed|output|type)=(?:rss2?|atom)\b",
    re.IGNORECASE,
)
# Feeds of comments and of tags of a shop hold no articles.
_NOT_ARTICLES = re.compile(r"/comments?(?:/|$)|[?&]withoutcomments=|/wp-json/|/oembed", re.IGNORECASE)
_MAX_CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be a feed."""

    url: str
    title: str
    found_in: str  # address of the page, or name of the list
    how: str  # "declared by the page" or "linked in the page"


def feeds_of_page(html: str, url: str) -> tuple[Candidate, ...]:
    """Feeds that a page declares (link rel=alternate) or links to, declared ones first, each once.

    trafilatura's finder refuses addresses that it does not like the look of (local hosts, other languages) and knows
    no titles; the choice is made by the score here, and titles are what people choose by.
    """
    root = etree.HTML(html) if html.strip() else None
    if root is None:
        return ()
    base = next((_absolute(url, element.get("href")) for element in root.iter("base") if element.get("href")), url)
    found: dict[str, Candidate] = {}
    for link in root.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        relations = (link.get("rel") or "").lower().split()
        looks_right = kind in _FEED_TYPES or (kind in _VAGUE_TYPES and _FEED_ADDRESS.search(link.get("href") or ""))
        if ("alternate" in relations and looks_right) or "feed" in relations:
            _add(
                found, _absolute(base, link.get("href")), one_line(link.get("title") or ""), url, "declared by the page"
            )
    for anchor in root.iter("a"):
        if _FEED_ADDRESS.search((anchor.get("href") or "").partition("#")[0]):
            title = one_line("".join(anchor.itertext()))
            _add(found, _absolute(base, anchor.get("href")), title, url, "linked in the page")
    return tuple(found.values())[:_MAX_CANDIDATES]


def home_pages(urls: Iterable[str]) -> tuple[str, ...]:
    """The front pages of the sites that articles stand on, in the order of their first article."""
    homes: dict[str, None] = {}
    for url in urls:
        try:
            address = WebAddress.parse(url)
        except ValueError:
            continue
        homes[f"{address.scheme}://{urlsplit(url).netloc.lower()}/"] = None
    return tuple(homes)


def _add(found: dict[str, Candidate], url: str, title: str, page: str, how: str) -> None:
    try:
        WebAddress.parse(url)
    except ValueError:
        return
    if not _NOT_ARTICLES.search(url):
        found.setdefault(url, Candidate(url, title, page, how))


def _absolute(base: str, href: str | None) -> str:
    try:
        return urljoin(base, (href or "").strip()).partition("#")[0]
    except ValueError:
        return ""
