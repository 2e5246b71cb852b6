"""JSON Feed 1 and 1.1 (jsonfeed.org) → its words. feedparser does not read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipeline.gathering.feed_items import FeedContent, FeedItem, Words
from pipeline.gathering.feed_text import NotParsable
from pipeline.gathering.feed_xml import NoFeed
from pipeline.model import Reason


def read_json_feed(text: str) -> FeedContent:
    """The words of a feed. Raises NoFeed, NotParsable (INCOMPLETE) when the document ends in the middle."""
    try:
        feed = json.loads(text)
    except RecursionError as error:
        raise NoFeed("JSON nested too deeply") from error
    except ValueError as error:
        if "jsonfeed.org/version/" in text[:2_000]:
            raise NotParsable(Reason.INCOMPLETE, f"a JSON Feed that does not end well: {error}") from error
        raise NoFeed(f"JSON that is none: {error}") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise NoFeed("JSON without a list of items")
    if "jsonfeed.org/version/" not in _string(feed, "version"):
        raise NoFeed("JSON that is no JSON Feed: its version names none")
    authors = _authors(feed)
    items = [_item(item) for item in feed["items"] if isinstance(item, dict)]
    for item in items:
        item.authors = item.authors or authors
    return FeedContent(
        title=Words(text=_string(feed, "title"), markup=False),
        home=_string(feed, "home_page_url"),
        own_address=_string(feed, "feed_url"),
        language=_string(feed, "language"),
        items=items,
    )


def _item(item: Mapping[str, Any]) -> FeedItem:
    html = _string(item, "content_html")
    return FeedItem(
        guid=_string(item, "id"),
        guid_is_link=True,
        link=_string(item, "url") or _string(item, "external_url"),
        title=Words(text=_string(item, "title"), markup=False),
        summary=Words(text=_string(item, "summary"), markup=False),
        content=Words(text=html, markup=True) if html else Words(text=_string(item, "content_text"), markup=False),
        authors=_authors(item),
        published=_string(item, "date_published"),
        updated=_string(item, "date_modified"),
        language=_string(item, "language"),
    )


def _string(holder: Mapping[str, Any], key: str) -> str:
    """A string, or a number as some generators write ids; anything else is nothing."""
    value = holder.get(key)
    return value if isinstance(value, str) else str(value) if isinstance(value, int) and value is not True else ""


def _authors(holder: Mapping[str, Any]) -> list[str]:
    given = holder.get("authors") if isinstance(holder.get("authors"), list) else [holder.get("author")]
    return [name for author in given or [] if isinstance(author, dict) and (name := _string(author, "name"))]
