"""What each outlet serves on a day, and how each of them fails."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from typing import Self
from xml.sax.saxutils import quoteattr

from tests.small_web import render
from tests.small_web.outlets import OUTLETS
from tests.small_web.script import Item, Version, instant, items
from tests.small_web.server import Answer, Request, VirtualHosts

_ITEMS_IN_A_FEED = 15
_READ_AT = "19:00"  # the web of a day is the web of that evening: everything of the day is out


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallFeed:
    """A feed of the small web, as a register would list it."""

    key: str  # of its outlet
    url: str
    title: str
    outlet: str
    kind: str


class SmallWeb:
    """The small web as it stands on the evening of `day` (1 to 10), which may be set while it runs. A context manager.

    private_hosts   host → place, for the fetcher's setting of that name: nothing of it is on the Internet
    log             every request, in the order of arrival
    """

    def __init__(self, day: int = 1, *, port: int = 0) -> None:
        self.day = day
        self._server = VirtualHosts(self._answer, port)
        self._outlet_of = {outlet.host: key for key, outlet in OUTLETS.items()}

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.__exit__(*exception)

    @property
    def log(self) -> list[Request]:
        return self._server.log

    @property
    def now(self) -> datetime:
        """The evening of the day, UTC."""
        return instant(self.day, _READ_AT).astimezone(UTC)

    @property
    def private_hosts(self) -> Mapping[str, str]:
        return dict.fromkeys(self._outlet_of, self._server.place) | {"www.gone-weekly.example": "127.0.0.1:9"}

    @property
    def feeds(self) -> tuple[SmallFeed, ...]:
        """All feeds as they were known before the first day: two of them have never answered."""
        return tuple(
            SmallFeed(
                key=key,
                url=f"http://{outlet.host}{outlet.feed}",
                title=f"{outlet.name} news",
                outlet=outlet.name,
                kind=outlet.kind,
            )
            for key, outlet in OUTLETS.items()
        )

    def opml(self) -> str:
        """The feeds as an OPML document."""
        outlines = (
            f"<outline type='rss' text={quoteattr(feed.title)} xmlUrl={quoteattr(feed.url)} category='{feed.kind}' "
            f"press:outlet={quoteattr(feed.outlet)}/>"
            for feed in self.feeds
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?><opml version="2.0" xmlns:press="urn:press-morning:feeds"><head/>'
            f"<body>{''.join(outlines)}</body></opml>"
        )

    def items_of(self, key: str) -> list[tuple[Item, Version]]:
        """What an outlet's feed holds today, newest first."""
        seen = [(item, version) for item in items() if item.outlet == key and (version := item.at(self.now))]
        return sorted(seen, key=lambda pair: pair[0].published_at, reverse=True)[:_ITEMS_IN_A_FEED]

    # -------------------------------------------------------------------------------------------- what is answered

    def _answer(self, request: Request) -> Answer:
        key = self._outlet_of.get(request.host)
        if key is None:
            return Answer(404)
        outlet = OUTLETS[key]
        if request.target == "/robots.txt":
            return Answer(body=b"User-agent: *\nDisallow: /private/\n", headers={"Content-Type": "text/plain"})
        if request.target == outlet.feed or (key == "valley-gazette" and request.target == "/new-feed.rdf"):
            return self._feed_fault(key, request) or self._feed(key, request)
        if request.target == "/":
            link = f'<link rel="alternate" type="application/rss+xml" title="News" href={quoteattr(outlet.feed)}>'
            return _page_answer(
                f"<html><head><title>{outlet.name}</title>{link}</head><body><h1>{outlet.name}</h1></body></html>"
            )
        return self._article(key, request)

    def _feed_fault(self, key: str, request: Request) -> Answer | None:
        """How a feed fails today; None when it does not."""
        outlet = OUTLETS[key]
        match key, self.day:
            case "round-about", _:
                return Answer(302, headers={"Location": outlet.feed})
            case "coast-radio", day if day >= 7:
                return Answer(410)
            case "police-review", 4:
                return Answer(429, headers={"Retry-After": "7200"})
            case "channel-one", 8:
                return Answer(503, headers={"Retry-After": "3600"})
            case "valley-gazette", day if day >= 5 and request.target == outlet.feed:
                return Answer(301, headers={"Location": "/new-feed.rdf"})
            case "westminster-notes", 9:
                return _page_answer(
                    "<!doctype html><html><head><title>Just a moment...</title></head><body>Checking</body></html>"
                )
            case "north-post", 6:
                whole = self._feed_bytes(key)[0]
                return Answer(body=whole[: 2 * len(whole) // 3], headers={"Content-Type": "text/xml"})
        return None

    def _feed(self, key: str, request: Request) -> Answer:
        body, content_type = self._feed_bytes(key)
        etag = f'"{sha1(body).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == etag:
            return Answer(304, headers={"ETag": etag})
        headers = {"Content-Type": content_type, "ETag": etag}
        if "gzip" in request.headers.get("accept-encoding", "") and key in ("harbour-herald", "kingdom-press"):
            return Answer(body=gzip.compress(body, mtime=0), headers=headers | {"Content-Encoding": "gzip"})
        return Answer(body=body, headers=headers)

    def _feed_bytes(self, key: str) -> tuple[bytes, str]:
        outlet = OUTLETS[key]
        if key == "kitchen-table":
            return render.rss(
                outlet, [render.recipe(number, self.day) for number in range(len(render.RECIPES))]
            ).encode(), "text/xml"
        found = [
            render.Shown(outlet, item, version, full=key in ("kingdom-press", "westminster-notes"))
            for item, version in self.items_of(key)
        ]
        match outlet.form:
            case "atom":
                return render.atom(outlet, found).encode(), "application/atom+xml; charset=utf-8"
            case "rdf":
                return render.rdf(outlet, found).encode(), "application/rdf+xml"
            case "json":
                return render.json_feed(outlet, found).encode(), "application/feed+json"
        if key == "north-post":  # curly quotation marks under a label that has none, as old systems serve them
            text = render.rss(outlet, found).replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
            return text.encode("cp1252", "xmlcharrefreplace"), "text/xml; charset=ISO-8859-1"
        return render.rss(outlet, found).encode(), "application/rss+xml; charset=utf-8"

    def _article(self, key: str, request: Request) -> Answer:
        path = request.target.partition("?")[0]
        if key == "channel-one" and path.startswith("/go/"):
            return Answer(302, headers={"Location": "/" + path.removeprefix("/go/")})
        path = path.removesuffix("/amp")
        for item in items():
            if item.outlet == key and item.path == path and (version := item.at(self.now)):
                return _page_answer(render.page(OUTLETS[key], item, version, wall=self._wall(key, item)))
        return Answer(404, b"<html><body>Not found</body></html>", {"Content-Type": "text/html"})

    def _wall(self, key: str, item: Item) -> str:
        """What stands between a reader and an article: "", subscribe, consent or video."""
        if key == "morning-ledger":
            return "subscribe"
        if key == "daily-courier" and self.day == 5:
            return "consent"
        return "video" if key == "channel-one" and item.number % 5 == 0 else ""


def _page_answer(text: str) -> Answer:
    return Answer(body=text.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
