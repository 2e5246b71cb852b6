"""FeedDocument → entries."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from urllib.parse import urljoin

from pipeline.gathering.charsets import decode_markup
from pipeline.gathering.feed_dates import FeedDate, read_feed_date
from pipeline.gathering.feed_items import FeedContent, FeedItem, Words
from pipeline.gathering.feed_json import read_json_feed
from pipeline.gathering.feed_loose import read_loose_feed
from pipeline.gathering.feed_text import NotParsable, mended, root_element, without_half_item
from pipeline.gathering.feed_xml import NoFeed, NotWellFormed, TooDeep, read_xml_feed
from pipeline.gathering.plain_text import one_line, paragraphs, paragraphs_of_text, title_text
from pipeline.gathering.urls import AddressRules, address_key, canonicalise
from pipeline.model import Entry, Evidence, FeedDocument, Reason, Rejection, derived_id

MAX_ENTRIES = 5_000  # the longest feed of a newspaper has 400; what has more is an export and not a feed
_MAX_GUID_CHARS = 2_000
_MAX_AUTHOR_CHARS = 200
_EMAIL = re.compile(r"^\s*[\w.+-]{1,100}@[\w.-]{1,100}\s*\((?P<name>[^()]{1,100})\)\s*$")
# What a file begins with when it is no text at all, whatever its name and type say.
_MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or office file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a media file",
    b"ID3": "a sound file",
    b"\x1f\x8b": "a gzip file",
    b"BZh": "a bzip2 file",
    b"\x00\x00\x00\x18ftyp": "a film",
    b"\x00\x00\x00\x20ftyp": "a film",
    b"MZ": "a program",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an old office file",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed as one poll found it."""

    feed_id: str
    title: str
    home_url: str | None
    language: str | None
    entries: tuple[Entry, ...]
    rejected: tuple[Rejection, ...] = ()  # items that are no entries: with `entries`, everything the feed holds
    incomplete: bool = False  # the document ended before the feed: ask again, do not save its validators
    repaired: str = ""  # what had to be mended, in words


def parse_feed(
    document: FeedDocument, *, now: datetime, zone: tzinfo, rules: AddressRules, max_bytes: int
) -> ParsedFeed | Rejection:
    """The entries of a feed, or why the document is none. Must run where it can be killed: edges/isolation.py.

    now    of the fetch: dates more than a day later are not believed
    zone   of days that are printed without a time
    """
    content = document.content
    if len(content) > max_bytes:
        return Rejection(document.url, Reason.TOO_LARGE, f"{len(content)} bytes; at most {max_bytes} are read")
    if not content.strip():
        return Rejection(document.url, Reason.EMPTY, f"{len(content)} bytes, none but white space")
    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            return Rejection(document.url, Reason.BINARY, f"begins like {what}")
    text = decode_markup(content, document.content_type).text
    try:
        found = _content(text)
    except NotParsable as error:
        return Rejection(document.url, error.reason, str(error))
    except NoFeed as error:
        return Rejection(document.url, Reason.NOT_A_FEED, str(error))
    except TooDeep as error:
        return Rejection(document.url, Reason.PARSER_FAILED, f"nested deeper, or longer, than any feed ({error})")
    return _parsed(found, document, now, zone, rules)


def _content(text: str) -> FeedContent:
    """The feed's words by the strictest reader that takes the document."""
    if text.lstrip()[:1] in ("{", "["):
        return read_json_feed(text)
    root = root_element(text)
    try:
        return read_xml_feed(root)
    except NotWellFormed as error:
        fault = str(error)
    whole = without_half_item(root)
    root, repaired = mended(root if whole is None else whole)
    try:
        feed = read_xml_feed(root)
    except NotWellFormed:
        feed, repaired = read_loose_feed(root), f"not well-formed: {fault}"
    feed.incomplete, feed.repaired = whole is not None, repaired
    return feed


def _parsed(found: FeedContent, document: FeedDocument, now: datetime, zone: tzinfo, rules: AddressRules) -> ParsedFeed:
    feed_title = title_text(found.title.text, markup=found.title.markup)
    base = document.final_url or found.own_address or found.home
    home = canonicalise(_absolute(found.home, base), rules) if found.home else None
    entries = [
        _entry(item, document.feed_id, feed_title, found.language, base or home or "", now, zone, rules)
        for item in found.items[:MAX_ENTRIES]
    ]
    kept, rejected = _told_apart(entries)
    rejected += [
        Rejection(f"{document.url}#{number}", Reason.TOO_LARGE, f"a feed of more than {MAX_ENTRIES} items")
        for number in range(MAX_ENTRIES, len(found.items))
    ]
    return ParsedFeed(
        feed_id=document.feed_id,
        title=feed_title,
        home_url=home,
        language=found.language.strip() or None,
        entries=tuple(kept),
        rejected=tuple(rejected),
        incomplete=found.incomplete,
        repaired=found.repaired,
    )


def _entry(
    item: FeedItem,
    feed_id: str,
    feed_title: str,
    language: str,
    base: str,
    now: datetime,
    zone: tzinfo,
    rules: AddressRules,
) -> Entry:
    guid = one_line(item.guid)[:_MAX_GUID_CHARS] or None
    base = _absolute(item.base, base) if item.base else base
    link = item.link or (item.guid if item.guid_is_link and "://" in item.guid else "")
    url = canonicalise(_absolute(link, base), rules) if link.strip() else None
    title = title_text(item.title.text, markup=item.title.markup)
    content = _paragraphs(item.content)
    summary = _paragraphs(item.summary) or content
    published, updated = _date(item.published, now, zone), _date(item.updated, now, zone)
    dated = published if published.at else updated
    return Entry(
        entry_id=derived_id(
            "entry", feed_id, guid or "", address_key(url) if url else "", "" if guid or url else title
        ),
        feed_id=feed_id,
        feed_title=feed_title,
        guid=guid,
        url=url,
        title=title,
        summary=summary,
        content=content,
        author=_author(item.authors),
        published_at=dated.at,
        date_precision=dated.precision,
        dated_by=Evidence.ENTRY if dated.at else None,
        date_fault=dated.fault or published.fault if item.published or item.updated else "",
        updated_at=updated.at,
        language=(item.language or language).strip()[:35] or None,
        source_title=one_line(item.source_title) or None,
        source_url=canonicalise(_absolute(item.source_url, base), rules) if item.source_url else None,
        version=hashlib.blake2b("\x1f".join((title, summary, content)).encode(), digest_size=10).hexdigest(),
    )


def _told_apart(entries: Iterable[Entry]) -> tuple[list[Entry], list[Rejection]]:
    """Entries with ids of their own; items that say nothing, or the same as an item before, are turned away.

    Where a feed gives several items one guid and one address (a live page, a constant guid), they are told apart by
    their titles: what does not identify is not used to identify.
    """
    entries = list(entries)
    titles_of: dict[str, set[str]] = {}
    for entry in entries:
        titles_of.setdefault(entry.entry_id, set()).add(entry.title)
    kept: dict[str, Entry] = {}
    rejected: list[Rejection] = []
    for number, entry in enumerate(entries):
        if not (entry.title or entry.summary or entry.url):
            rejected.append(Rejection(f"{entry.feed_id}#{number}", Reason.EMPTY, "neither title, text nor address"))
            continue
        if len(titles_of[entry.entry_id]) > 1:
            entry = replace(entry, entry_id=derived_id(entry.entry_id, entry.title))
        if entry.entry_id in kept:
            rejected.append(Rejection(entry.entry_id, Reason.DUPLICATE, f"item {number + 1} repeats an item before it"))
        else:
            kept[entry.entry_id] = entry
    return list(kept.values()), rejected


def _paragraphs(words: Words) -> str:
    return paragraphs(words.text) if words.markup else paragraphs_of_text(words.text)


def _date(text: str, now: datetime, zone: tzinfo) -> FeedDate:
    return read_feed_date(text, now=now, zone=zone) if text.strip() else FeedDate(None)


def _author(names: Iterable[str]) -> str | None:
    """ "editor@outlet.example (Jane Roe)" is Jane Roe; an address without a name is nobody."""
    found = []
    for name in names:
        mail = _EMAIL.match(name)
        plain = title_text(mail["name"] if mail else name, markup=True)[:_MAX_AUTHOR_CHARS]
        if plain and not ("@" in plain and " " not in plain):
            found.append(plain)
    return ", ".join(dict.fromkeys(found)) or None


def _absolute(address: str, base: str) -> str:
    address = address.strip()
    if address.startswith(("http://", "https://")):
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return ""
