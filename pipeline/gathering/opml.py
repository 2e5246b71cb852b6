"""OPML documents ↔ lists of feeds.

listparser does not do this here: it keeps no line numbers, so that a bad entry among 300 cannot be named, drops the
attributes that it does not know, and asks the network when what it is given begins with "http".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from pipeline.gathering.charsets import decode_markup
from pipeline.gathering.feed_text import NotParsable, mended, root_element
from pipeline.gathering.plain_text import one_line
from pipeline.gathering.web_address import WebAddress
from pipeline.model import Reason, Rejection, Sifted

_OPML_ROOT = re.compile(r"<opml(?=[\s/>])", re.IGNORECASE)
_OURS = "urn:press-morning:feeds"  # namespace of the attributes that OPML has no name for
_MAX_FEEDS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFeed:
    """A feed as a list names it."""

    url: str
    title: str | None = None
    outlet: str | None = None
    kind: str = ""
    note: str = ""
    items_per_day: float | None = None


def read_opml(content: bytes, *, name: str) -> Sifted[ListedFeed]:
    """The feeds of an OPML document, each address once, and the entries that are none, by their lines.

    name   of the document, for the rejections: "name line 12"
    """
    decoded = decode_markup(content).text
    try:
        root = root_element(decoded, _OPML_ROOT)
    except NotParsable as error:
        return Sifted((), (Rejection(name, error.reason, str(error)),))
    text, _ = mended(root[: root.rfind(">") + 1])  # of a list that was cut, all but the half tag at its end
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    document = etree.fromstring(text.encode(), parser)
    lines_before = decoded.count("\n", 0, max(0, decoded.find(root[:30])))
    rejected = [
        Rejection(f"{name} line {error.line + lines_before}", Reason.PARSER_FAILED, error.message)
        for error in list(parser.error_log)[:20]
    ]
    kept: dict[str, ListedFeed] = {}
    for outline in () if document is None else document.iter("{*}outline"):
        attributes = {etree.QName(key).localname.lower(): value for key, value in outline.attrib.items()}
        if "xmlurl" not in attributes:
            continue  # a folder, or a link to a page
        where = f"{name} line {outline.sourceline + lines_before}"
        listed = _listed(attributes, outline)
        try:
            WebAddress.parse(listed.url)
        except ValueError as error:
            rejected.append(Rejection(where, Reason.BAD_ADDRESS, str(error)))
            continue
        if listed.url in kept:
            rejected.append(Rejection(where, Reason.DUPLICATE, f"{listed.url} stands before"))
        elif len(kept) >= _MAX_FEEDS:
            rejected.append(Rejection(where, Reason.TOO_LARGE, f"more than {_MAX_FEEDS} feeds"))
        else:
            kept[listed.url] = listed
    return Sifted(tuple(kept.values()), tuple(rejected))


def write_opml(feeds: Iterable[ListedFeed], *, title: str) -> bytes:
    """An OPML 2.0 document, feeds by kind and address; read_opml gives the same feeds back."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"press": _OURS})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    folders: dict[str, etree._Element] = {}
    for feed in sorted(feeds, key=lambda feed: (feed.kind, feed.url)):
        if feed.kind not in folders:
            folders[feed.kind] = etree.SubElement(body, "outline", {"text": feed.kind}) if feed.kind else body
        attributes = {"type": "rss", "text": feed.title or feed.url, "xmlUrl": feed.url}
        optional = {
            "category": feed.kind,
            "description": feed.note,
            f"{{{_OURS}}}outlet": feed.outlet or "",
            f"{{{_OURS}}}itemsPerDay": "" if feed.items_per_day is None else f"{feed.items_per_day:g}",
        }
        etree.SubElement(
            folders[feed.kind], "outline", attributes | {key: text for key, text in optional.items() if text}
        )
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _listed(attributes: dict[str, str], outline: etree._Element) -> ListedFeed:
    parent = outline.getparent()
    folder = parent.get("text", "") if parent is not None and etree.QName(parent).localname == "outline" else ""
    url = attributes["xmlurl"].strip()
    title = one_line(attributes.get("text", "") or attributes.get("title", ""))
    try:
        items_per_day = float(attributes["itemsperday"])
    except (KeyError, ValueError):
        items_per_day = None
    return ListedFeed(
        url=url,
        title=title if title and title != url else None,
        outlet=one_line(attributes.get("outlet", "")) or None,
        kind=one_line(attributes.get("category", "").strip("/") or folder),
        note=one_line(attributes.get("description", "")),
        items_per_day=items_per_day,
    )
