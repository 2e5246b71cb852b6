"""Parsed HTML → what the page says about itself: JSON-LD (schema.org), Open Graph, meta elements, times."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

_ARTICLES = re.compile(r"article|posting|report|review|newsarticle|liveblog", re.IGNORECASE)
_MOST_OBJECTS = 400  # JSON-LD objects of a page that are looked at; more belong to lists of other things
_TAGS = re.compile(r"<[^<>]{1,500}>")

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Statements:
    """What a page states; each "" or empty when it does not."""

    types: frozenset[str]  # schema.org types in lower case, and og:type as "og:article"
    headline: str
    og_title: str
    description: str
    published: tuple[str, ...]  # as the page writes them, the surest first
    authors: tuple[tuple[str, ...], ...]  # one tuple for each place that names them, the surest first
    issuer: str  # the organisation that is named as its author, or as whose page it is
    publisher: str
    site_name: str
    body: str  # articleBody
    language: str
    canonical: str
    free: bool | None  # isAccessibleForFree
    times: tuple[str, ...]  # datetime of <time>, in the order of the page

    @property
    def says_article(self) -> bool:
        """Whether the page calls itself an article."""
        return "og:article" in self.types or any(_ARTICLES.search(name) for name in self.types)

    @property
    def says_video(self) -> bool:
        """Whether the page calls itself a film or sound and no article."""
        return not self.says_article and any(
            name.startswith(("og:video", "og:music")) or name in {"videoobject", "audioobject", "podcastepisode"}
            for name in self.types
        )


def statements(root: HtmlElement) -> Statements:
    """Read a page's statements. What is malformed is passed over."""
    meta = _meta(root)
    objects = list(_objects(root))
    articles = [entry for entry in objects if any(_ARTICLES.search(name) for name in _types(entry))]
    main = articles[0] if articles else {}
    types = frozenset(name.lower() for entry in objects for name in _types(entry))
    if kind := _first(meta, "og:type"):
        types |= {f"og:{kind.lower()}"}
    free = next(
        (_boolean(entry.get("isAccessibleForFree")) for entry in articles if "isAccessibleForFree" in entry), None
    )
    canonical = next((link.get("href") or "" for link in root.iterfind(".//link[@rel='canonical']")), "")
    html_language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return Statements(
        types=types,
        headline=_text(main.get("headline")) or _text(main.get("name")),
        og_title=_first(meta, "og:title", "twitter:title", "dc.title", "sailthru.title", "parsely-title"),
        description=_first(meta, "og:description", "description", "twitter:description", "dc.description"),
        published=tuple(_published(articles, meta)),
        authors=tuple(filter(None, _authors(articles, meta))),
        issuer=_first(meta, "govuk:primary-publishing-organisation")
        or next((name for entry in articles[:1] for name in _organisations(entry.get("author"))), ""),
        publisher=next((name for entry in articles for name in _names(entry.get("publisher"))), ""),
        site_name=_first(meta, "og:site_name", "application-name", "dc.publisher", "publisher", "cre"),
        body=max((_TAGS.sub(" ", _text(entry.get("articleBody"))) for entry in articles), key=len, default=""),
        language=_text(main.get("inLanguage"))
        or html_language
        or _first(meta, "og:locale", "content-language", "dc.language"),
        canonical=canonical or _first(meta, "og:url"),
        free=free,
        times=tuple(time.get("datetime") or "" for time in root.iterfind(".//time[@datetime]"))[:40],
    )


def _meta(root: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), []).append(" ".join(content.split()))
    return found


def _first(meta: Mapping[str, list[str]], *names: str) -> str:
    return next((meta[name][0] for name in names if name in meta), "")


_PUBLISHED = (
    "article:published_time", "og:published_time", "article:published", "datepublished", "publishdate", "pubdate",
    "publish-date", "publish_date", "publication_date", "publication-date", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.created", "dc.date.created", "dc.date", "date.created", "article.published",
    "bt:pubdate", "cxenseparse:recs:publishtime", "rnews:datepublished", "published_at", "ptime", "displaydate",
    "originalpublicationdate", "article_date_original", "article.created", "date", "govuk:first-published-at",
    "govuk:public-updated-at",
)  # fmt: skip


_AUTHOR = ("author", "parsely-author", "sailthru.author", "byl", "dc.creator", "article:author", "article:author_name")


def _published(articles: list[Json], meta: Mapping[str, list[str]]) -> Iterator[str]:
    for entry in articles:
        yield from filter(None, [_text(entry.get("datePublished"))])
    for name in _PUBLISHED:
        yield from meta.get(name, [])
    for entry in articles:
        yield from filter(None, [_text(entry.get("dateCreated"))])


def _authors(articles: list[Json], meta: Mapping[str, list[str]]) -> Iterator[tuple[str, ...]]:
    for entry in articles[:1]:
        yield tuple(_names(entry.get("author")))
        yield tuple(_names(entry.get("creator")))
    for name in _AUTHOR:
        yield tuple(meta.get(name, []))


def _objects(root: HtmlElement) -> Iterator[Json]:
    left = _MOST_OBJECTS
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            stack: list[object] = [json.loads(script.text.strip().strip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while stack and left:
            entry = stack.pop(0)
            if isinstance(entry, list):
                stack.extend(entry[:_MOST_OBJECTS])
            elif isinstance(entry, dict):
                left -= 1
                yield entry
                stack.extend(entry[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in entry)


def _types(entry: Json) -> list[str]:
    given = entry.get("@type")
    return [name for name in (given if isinstance(given, list) else [given]) if isinstance(name, str)]


def _names(value: object) -> list[str]:
    """Names of persons or organisations, however they are given."""
    if isinstance(value, str):
        return [" ".join(value.split())] if value.strip() else []
    if isinstance(value, dict):
        return _names(value.get("name"))
    if isinstance(value, list):
        return [name for entry in value[:20] for name in _names(entry)]
    return []


def _organisations(value: object) -> list[str]:
    """Names of those among the authors that are no persons."""
    given = value if isinstance(value, list) else [value]
    return [
        name
        for entry in given[:20]
        if isinstance(entry, dict) and any("organi" in kind.lower() for kind in _types(entry))
        for name in _names(entry)
    ]


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    return " ".join(value.split()) if isinstance(value, str) and len(value) < 400_000 else ""


def _boolean(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(str(value).strip().lower())
