"""The outlets of the small web, and how they look."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes, where, and what stands on each page beside the article."""

    name: str
    host: str
    feed: str  # path of its feed
    form: str  # rss, atom, rdf, json; "" for a feed that has never answered
    kind: str
    furniture: tuple[str, ...] = ()


def _site(name: str, host: str, feed: str, form: str, kind: str, *furniture: str) -> Outlet:
    return Outlet(name, f"{host}.example", feed, form, kind, furniture)


OUTLETS = {
    "home-office": _site(
        *("Home Office", "www.home-office", "/news.atom", "atom", "press_releases"),
        "Get emails when this page is updated",
        "Media enquiries: 020 7946 0000",
    ),
    "parliament-record": _site("Parliament Record", "www.parliament-record", "/committees.atom", "atom", "parliament"),
    "kingdom-press": _site("Kingdom Press", "wire.kingdom-press", "/rss", "rss", "agency"),
    "harbour-herald": _site(
        *("Harbour Herald", "www.harbour-herald", "/politics/rss", "rss", "national"),
        "Sign up to our morning briefing for the news that matters",
        "We rely on readers like you. Support the Herald from £2 a week",
    ),
    "daily-courier": _site(
        *("Daily Courier", "www.daily-courier", "/feed/", "rss", "national"),
        "READ MORE: What the stars wore last night",
        "Got a story? Email tips@daily-courier.example",
        "Share this article",
    ),
    "morning-ledger": _site(
        *("Morning Ledger", "www.morning-ledger", "/uk?format=atom", "atom", "national"),
        "Follow the topics in this article",
        "Copyright Morning Ledger Ltd. All rights reserved",
    ),
    "north-post": _site(
        *("North Post", "www.north-post", "/rss.xml", "rss", "regional"),
        "Keep up to date with our free newsletter",
        "Follow us on social media",
    ),
    "valley-gazette": _site(
        *("Valley Gazette", "www.valley-gazette", "/index.rdf", "rdf", "regional"), "Advertise with the Gazette"
    ),
    "westminster-notes": _site("Westminster Notes", "www.westminster-notes", "/feed.json", "json", "trade"),
    "police-review": _site(
        *("Police Review", "www.police-review", "/feed", "rss", "trade"), "Subscribe to the print edition"
    ),
    "channel-one": _site(
        *("Channel One", "news.channel-one", "/politics.rss", "rss", "broadcast"),
        "Watch live",
        "Channel One is not responsible for the content of external sites",
    ),
    "coast-radio": _site("Coast Radio", "www.coast-radio", "/news/feed", "rss", "broadcast"),
    "silent-mail": _site("Silent Mail", "www.silent-mail", "/rss", "rss", "regional"),
    "kitchen-table": _site("Kitchen Table", "www.kitchen-table", "/rss", "rss", "recipes"),
    "gone-weekly": _site("Gone Weekly", "www.gone-weekly", "/rss", "", "regional"),
    "round-about": _site("Round About", "www.round-about", "/rss", "", "regional"),
}
