"""Feeds that no XML parser takes → their words, by feedparser.

Given as bytes in memory and with its encoding settled, never as a string, which feedparser would open as a path or
address. Without its sanitiser and resolver: text becomes plain text (plain_text.py) and addresses absolute later on.
It must run where it can be killed (edges/isolation.py).
"""

from __future__ import annotations

import io
from typing import Any

from pipeline.gathering.feed_items import FeedContent, FeedItem, Words
from pipeline.gathering.feed_xml import NoFeed

_HEADERS = {"content-type": "application/xml; charset=utf-8"}


def read_loose_feed(root_text: str) -> FeedContent:
    """The words of a feed; `root_text` is as for read_xml_feed. Raises NoFeed, and whatever feedparser raises."""
    import feedparser  # a tenth of a second, which nine feeds in ten do not need

    parsed = feedparser.parse(
        io.BytesIO(root_text.encode()), response_headers=_HEADERS, sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.get("version") and not parsed.entries:
        raise NoFeed("neither RSS nor Atom")
    feed = parsed.feed
    return FeedContent(
        title=_words(feed, "title"),
        home=feed.get("link", ""),
        own_address=_link(feed, "self"),
        language=feed.get("language", "") or "",
        items=[_item(entry) for entry in parsed.entries],
    )


def _item(entry: Any) -> FeedItem:
    content = next((piece for piece in entry.get("content", []) if piece.get("value")), None)
    guid_is_link = bool(entry.get("guidislink"))
    link = (
        entry.get("feedburner_origlink") or _link(entry, "alternate") or ("" if guid_is_link else entry.get("link", ""))
    )
    source = entry.get("source", {})
    return FeedItem(
        guid=entry.get("id", ""),
        guid_is_link=guid_is_link or not link,
        link=link,
        title=_words(entry, "title"),
        summary=_words(entry, "summary") if "summary" in entry else Words(),
        content=Words(text=content["value"], markup=content.get("type") != "text/plain") if content else Words(),
        authors=[author["name"] for author in entry.get("authors", []) if author.get("name")] or _sole_author(entry),
        published=entry.get("published", "") or entry.get("created", ""),
        updated=entry.get("updated", "") if "updated" in entry.keys() else "",  # noqa: SIM118 – reading it warns
        language=(entry.get("title_detail") or {}).get("language") or "",
        source_title=source.get("title", ""),
        source_url=source.get("href", "") or source.get("link", ""),
    )


def _words(holder: Any, key: str) -> Words:
    """RSS may mean markup by text/plain; feedparser finds out for descriptions, not for titles."""
    kind = (holder.get(f"{key}_detail") or {}).get("type", "text/html")
    return Words(text=holder.get(key, "") or "", markup=kind != "text/plain" or key == "title")


def _link(holder: Any, rel: str) -> str:
    return next((link["href"] for link in holder.get("links", []) if link.get("rel") == rel and link.get("href")), "")


def _sole_author(entry: Any) -> list[str]:
    return [entry["author"]] if entry.get("author") else []
