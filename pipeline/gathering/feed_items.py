"""What the readers of XML, of broken XML and of JSON hand to feeds.py: the words of a feed as it spells them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Words:
    """A text and whether its source may have meant markup: RSS never says, Atom and JSON Feed do."""

    text: str = ""
    markup: bool = True


@dataclass(slots=True, kw_only=True)
class FeedItem:
    """An item or entry. Empty where the feed says nothing; addresses as spelt, with the base they are relative to."""

    guid: str = ""
    guid_is_link: bool = False  # the guid may be read as an address when there is no link
    link: str = ""
    base: str = ""
    title: Words = field(default_factory=Words)
    summary: Words = field(default_factory=Words)
    content: Words = field(default_factory=Words)
    authors: list[str] = field(default_factory=list)
    published: str = ""
    updated: str = ""
    language: str = ""
    source_title: str = ""
    source_url: str = ""


@dataclass(slots=True, kw_only=True)
class FeedContent:
    """A feed as it spells itself."""

    title: Words = field(default_factory=Words)
    home: str = ""  # address of the site
    own_address: str = ""  # rel=self, feed_url
    language: str = ""
    items: list[FeedItem] = field(default_factory=list)
    incomplete: bool = False  # the document ends before its feed does; whole items are kept
    repaired: str = ""  # what had to be mended before it could be read, in words
