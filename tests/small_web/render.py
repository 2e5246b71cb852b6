"""Articles as feeds and as pages."""

from __future__ import annotations

import html
import json
from datetime import UTC, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from tests.small_web.outlets import OUTLETS, Outlet
from tests.small_web.script import LONDON, Item, Version, instant

RECIPES = (
    ("Twenty-minute leek and potato soup", "Two leeks, four potatoes, a litre of stock. Simmer, blend and season."),
    ("Plum crumble with almonds", "Rub the butter into the flour, add the almonds and bake for 35 minutes at 180C."),
    (
        "The only roast chicken you need",
        "Salt it the night before. Roast at 220C for 20 minutes, then at 180C for an hour.",
    ),
)


# ------------------------------------------------------------------------------------------------------- as feeds


class Shown:
    """An item as its outlet's feed shows it."""

    def __init__(self, outlet: Outlet, item: Item, version: Version, *, full: bool) -> None:
        self.title = version.title
        self.summary = version.paragraphs[0]
        self.full = "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in version.paragraphs) if full else ""
        self.byline = item.byline
        self.at = item.published_at
        self.changed_at = version.since
        self.guid = f"{outlet.host}:{item.number}"
        self.link = f"http://{outlet.host}{_link_path(outlet, item)}"


def _link_path(outlet: Outlet, item: Item) -> str:
    """Addresses as feeds give them: with tracking, for AMP, through a counter."""
    match outlet.name:
        case "Daily Courier":
            return (
                f"{item.path}/amp?utm_campaign=1490&utm_source=rss" if item.number % 2 else f"{item.path}?fbclid=1490"
            )
        case "Harbour Herald":
            return f"{item.path}?utm_source=rss&utm_medium=feed#comments"
        case "Channel One":
            return f"/go{item.path}?at_medium=RSS"
    return item.path


def recipe(number: int, day: int) -> Shown:
    outlet = OUTLETS["kitchen-table"]
    at = instant(day, "10:00") - timedelta(days=number)
    title, text = RECIPES[(number + day) % len(RECIPES)]
    item = Item(outlet="kitchen-table", event="recipe", number=100 * day - number, published_at=at, seen_from=at,
                byline="Nell", is_copy=False, versions=(Version(at, title, (text,)),))  # fmt: skip
    return Shown(outlet, item, item.versions[0], full=False)


def rss(outlet: Outlet, shown: list[Shown]) -> str:
    found = "".join(
        f"<item><title>{escape(one.title)}</title><link>{escape(one.link)}</link>"
        f'<guid isPermaLink="false">{one.guid}</guid><pubDate>{format_datetime(one.at.astimezone(UTC))}</pubDate>'
        + (f"<dc:creator>{escape(one.byline)}</dc:creator>" if one.byline else "")
        + f"<description><![CDATA[<p>{one.summary}</p>]]></description>"
        + (f"<content:encoded><![CDATA[{one.full}]]></content:encoded>" if one.full else "")
        + "</item>\n"
        for one in shown
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{outlet.name} news</title>'
        f"<link>http://{outlet.host}/</link><description>News</description><language>en-GB</language>\n{found}</channel></rss>\n"
    )


def atom(outlet: Outlet, shown: list[Shown]) -> str:
    found = "".join(
        f"<entry><id>{one.link}#{one.changed_at.isoformat()}</id><title>{escape(one.title)}</title>"
        f'<link rel="alternate" type="text/html" href={quoteattr(one.link)}/>'
        f"<published>{one.at.isoformat()}</published>"
        f"<updated>{one.changed_at.isoformat()}</updated>"
        + (f"<author><name>{escape(one.byline)}</name></author>" if one.byline else "")
        + f'<summary type="html">{escape(escape(one.summary))}</summary></entry>\n'
        for one in shown
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">'
        f"<id>http://{outlet.host}/</id><title>{outlet.name} news</title>"
        f"<updated>{shown[0].at.isoformat() if shown else ''}</updated>"
        f'<link rel="self" href="http://{outlet.host}{escape(outlet.feed)}"/>\n{found}</feed>\n'
    )


def rdf(outlet: Outlet, shown: list[Shown]) -> str:
    found = "".join(
        f"<item rdf:about={quoteattr(one.link)}><title>{escape(one.title)}</title><link>{escape(one.link)}</link>"
        f"<description>{escape(one.summary)}</description><dc:date>{one.at.isoformat()}</dc:date></item>\n"
        for one in shown
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="http://{outlet.host}/"><title>{outlet.name} news</title><link>http://{outlet.host}/</link>'
        f"</channel>\n{found}</rdf:RDF>\n"
    )


def json_feed(outlet: Outlet, shown: list[Shown]) -> str:
    found = [
        {"id": one.guid, "url": one.link, "title": one.title, "date_published": one.at.isoformat(),
         "date_modified": one.changed_at.isoformat(), "content_html": one.full, "summary": one.summary,
         "authors": [{"name": one.byline}] if one.byline else []}
        for one in shown
    ]  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": f"{outlet.name} news", "language": "en-GB",
            "home_page_url": f"http://{outlet.host}/", "items": found}  # fmt: skip
    return json.dumps(feed, ensure_ascii=False, indent=1)


# -------------------------------------------------------------------------------------------------------- as pages


def page(outlet: Outlet, item: Item, version: Version, *, wall: str) -> str:
    """An article's page with its outlet's furniture around and within it."""
    title = html.escape(version.title, quote=False)
    address = f"http://{outlet.host}{item.path}"
    body = [f"<p>{html.escape(part, quote=False)}</p>" for part in version.paragraphs]
    if outlet.furniture and len(body) > 2:
        body.insert(2, f'<p class="promo">{html.escape(outlet.furniture[0])}</p>')
    match wall:
        case "subscribe":
            body = [
                body[0],
                '<div class="paywall"><h2>Subscribe to read on</h2><p>Already a subscriber? Sign in.</p></div>',
            ]
        case "consent":
            body = ["<h2>We value your privacy</h2><p>We and our 812 partners store cookies. Accept to continue.</p>"]
            title = "Before you continue"
        case "video":
            body = [f'<video src="/v/{item.number}.mp4"></video>', body[0]]
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": version.title, "url": address,
            "datePublished": item.published_at.isoformat(), "dateModified": version.since.isoformat(),
            "publisher": {"@type": "Organization", "name": outlet.name}}  # fmt: skip
    if item.byline:
        data["author"] = {"@type": "Person", "name": item.byline}
    furniture = "".join(f"<p>{html.escape(line)}</p>" for line in outlet.furniture)
    at = item.published_at.astimezone(LONDON)
    return _PAGE.format(
        title=title,
        name=outlet.name,
        address=address,
        data="{}" if wall == "consent" else json.dumps(data).replace("</", "<\\/"),
        byline=f"By {item.byline}" if item.byline else "",
        instant=at.isoformat(),
        date=f"{at:%A %-d %B %Y %H:%M}",
        body="\n".join(body),
        furniture=furniture,
    )


_PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title} | {name}</title>
<link rel="canonical" href="{address}"><meta property="og:site_name" content="{name}">
<script type="application/ld+json">{data}</script></head>
<body><header><a href="/">{name}</a>
<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article><h1>{title}</h1>
<p class="byline">{byline} <time datetime="{instant}">{date}</time></p>
{body}
</article></main>
<aside><h2>Most read</h2>
<ol><li><a href="/1">Ten walks for autumn</a></li><li><a href="/2">Quiz of the week</a></li></ol>
</aside>
<footer>{furniture}<p>© {name} 2026</p></footer></body></html>
"""
