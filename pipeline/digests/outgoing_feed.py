"""Digests → Atom and JSON Feed 1.1, for those who live in a feed reader. The same digests give the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import feedgenerator

from pipeline.digests.rendering import long_day, render
from pipeline.edges.atomic import replace_file
from pipeline.edges.watch_reader import Caught
from pipeline.model import derived_id
from pipeline.watching.watchlist import Catch, Watchlist

SUFFIXES = ("atom", "json")
WATCH_DAYS = 31  # before the newest day that holds something: what is older, `pipeline watch test` finds
MOST_ITEMS = 30  # a month of mornings; older digests are in the archive
_ID_HOST = "press-morning.invalid"
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One entry of an outgoing feed."""

    key: str  # unique within the feed and the same for ever
    title: str
    url: str
    html: str
    published_at: datetime
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingFeed:
    """A feed of ours, its items newest first."""

    name: str
    title: str
    description: str
    home_url: str
    feed_url: str  # without its suffix
    items: tuple[FeedItem, ...]


def digest_item(digest: Mapping[str, Any], *, url: str, issue_time: time, zone: ZoneInfo) -> FeedItem:
    """A digest in its JSON form as an entry, dated at the hour at which it was due."""
    day = date.fromisoformat(digest["day"])
    state = "" if digest["state"] == "complete" else f" ({digest['state']})"
    return FeedItem(
        key=f"digest:{digest['department']}:{day}",
        title=f"{digest['department']} coverage: {long_day(day)}{state}",
        url=url,
        html=render("feed_item.html.j2", escape=True, digest=digest),
        published_at=due_at(day, issue_time, zone),
        tags=(digest["state"],),
    )


def due_at(day: date, issue_time: time, zone: ZoneInfo) -> datetime:
    """When the digest of a day is due: the morning after."""
    return datetime.combine(day + timedelta(days=1), issue_time, zone)


def as_atom(feed: OutgoingFeed) -> str:
    """The feed as Atom (RFC 4287)."""
    atom = feedgenerator.Atom1Feed(
        title=_xml(feed.title),
        link=feed.home_url,
        description=_xml(feed.description),
        language="en-gb",
        feed_url=f"{feed.feed_url}.atom",
        feed_guid=_tag(feed.name, feed.title),
    )
    for item in feed.items:
        atom.add_item(
            title=_xml(item.title),
            link=item.url,
            description=None,
            content=_xml(item.html),
            unique_id=_tag(feed.name, item.key),
            pubdate=item.published_at,
            updateddate=item.published_at,
            categories=item.tags,
            author_name="Press morning",
        )
    if not feed.items:  # the library would take the clock's time, and two runs would differ
        atom.latest_post_date = lambda: datetime(1970, 1, 1).astimezone(ZoneInfo("UTC"))
    text: str = atom.writeString("utf-8")
    return text.rstrip() + "\n"


def as_json_feed(feed: OutgoingFeed) -> str:
    """The feed as JSON Feed 1.1."""
    plain = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.home_url,
        "feed_url": f"{feed.feed_url}.json",
        "language": "en-GB",
        "items": [
            {
                "id": _tag(feed.name, item.key),
                "url": item.url,
                "title": item.title,
                "content_html": item.html,
                "date_published": item.published_at.isoformat(),
                **({"tags": list(item.tags)} if item.tags else {}),
            }
            for item in feed.items
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def write_feed(feed: OutgoingFeed, folder: Path) -> bool:
    """Both forms of a feed, each whole under its name; whether one of them changed."""
    changed = False
    for suffix, text in zip(SUFFIXES, (as_atom(feed), as_json_feed(feed)), strict=True):
        path = folder / f"{feed.name}.{suffix}"
        if not path.exists() or path.read_bytes() != text.encode():
            replace_file(path, text.encode())
            changed = True
    return changed


def digest_feed(digests: Path, *, department: str, base_url: str, issue_time: time, zone: ZoneInfo) -> OutgoingFeed:
    """The feed of the newest digests that lie in a folder.

    base_url   address of the data folder, or "../" for links relative to the feed
    """
    newest = sorted(digests.glob("????-??-??.json"), reverse=True)
    found = [(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in newest[: 2 * MOST_ITEMS]]
    items = [  # a notice that a day is held is no issue
        digest_item(digest, url=f"{base_url}digests/{day}.html", issue_time=issue_time, zone=zone)
        for day, digest in found
        if "in_brief" in digest
    ][:MOST_ITEMS]
    return OutgoingFeed(
        name="digests",
        title=f"{department} coverage",
        description=f"What the press carried about the {department}, every morning.",
        home_url=f"{base_url}digests/",
        feed_url=f"{base_url}feeds/digests",
        items=tuple(items),
    )


def watch_feed(
    watchlist: Watchlist, caught: Sequence[Caught], *, base_url: str, issue_time: time, zone: ZoneInfo
) -> OutgoingFeed:
    """The feed of what a watchlist caught: an entry for each article, linked to the digest of its day."""
    items = [
        FeedItem(
            key=f"{one.covered_on}:{one.catch.article.article_id}",
            title=" ".join(one.catch.article.title.text.split()),
            url=f"{base_url}digests/{one.covered_on}.html",
            html=render(
                "watch_item.html.j2",
                escape=True,
                article=one.catch.article,
                day=one.covered_on,
                words=list(dict.fromkeys(words_found(one.catch))),
            ),
            published_at=one.catch.article.published_at or due_at(one.covered_on, issue_time, zone),
        )
        for one in caught
    ]
    return OutgoingFeed(
        name=f"watch-{watchlist.name}",
        title=watchlist.title,
        description=f"Articles that are caught by: {watchlist.query}",
        home_url=f"{base_url}digests/",
        feed_url=f"{base_url}feeds/watch-{watchlist.name}",
        items=tuple(newest_first(items)),
    )


def words_found(catch: Catch) -> list[str]:
    """The words of the article that a search found, as they stand there, at most 25 of each place."""
    article = catch.article
    parts = {"title": article.title.text, "text": article.text}
    parts["standfirst"] = article.standfirst.text if article.standfirst else ""
    return [" ".join(parts[found.where][found.start : found.end].split()[:25]) for found in catch.found]


def newest_first(items: Iterable[FeedItem]) -> Sequence[FeedItem]:
    """At most as many items as a feed holds, newest first; those of one instant by their keys."""
    return sorted(items, key=lambda item: (-item.published_at.timestamp(), item.key))[:MOST_ITEMS]


def _tag(feed: str, key: str) -> str:
    """A tag URI (RFC 4151): the same for ever, wherever the feed is served."""
    return f"tag:{_ID_HOST},2026:{feed}:{derived_id(feed, key)}"


def _xml(text: str) -> str:
    """The text without characters that no XML document may hold."""
    return _NOT_XML.sub("", text)
