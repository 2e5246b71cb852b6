"""Pages that came together → what each of their outlets repeats on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from pipeline.extraction.learned_furniture import OutletFurniture, learn

ENOUGH = 3  # pages of a host; what two of them share may be their story
# As many pages of a host are looked at twice: what stands on a tenth of an outlet's pages stands on some of forty.
_LOOKED_AT = 40
_HEAD = 200_000  # bytes in which a page names its own address; scripts before it take 100 kB on some
_LINKS = re.compile(rb"<(?:link|meta)\b[^>]{0,2000}>", re.IGNORECASE)
_CANONICAL = re.compile(rb"(?:rel|property)\s*=\s*[\"']?(?:canonical|og:url)\b", re.IGNORECASE)
_ADDRESS = re.compile(rb"(?:href|content)\s*=\s*[\"']?\s*(https?://[^\s\"'<>]{4,500})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seen:
    """A page before it is read: its hash, and the host that it is of."""

    sha256: str
    host: str  # "" when it names none


def host_of(content: bytes, url: str | None = None) -> str:
    """The host of a page without "www.": of its address, else of the one it names itself; "" when it names none."""
    if url is None:
        for link in _LINKS.findall(content[:_HEAD]):
            if _CANONICAL.search(link) and (found := _ADDRESS.search(link)):
                url = found[1].decode("ascii", "replace")
                break
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def worth_a_second_look(pages: Iterable[Seen]) -> dict[str, tuple[str, ...]]:
    """Host → hashes of the pages to learn from, for hosts with ENOUGH pages; in any order of the pages the same."""
    by_host: dict[str, set[str]] = {}
    for page in pages:
        if page.host:
            by_host.setdefault(page.host, set()).add(page.sha256)
    return {
        host: tuple(sorted(hashes)[:_LOOKED_AT]) for host, hashes in sorted(by_host.items()) if len(hashes) >= ENOUGH
    }


def repeated_by(lines_of: Mapping[str, Iterable[Sequence[str]]], *, on: date) -> dict[str, OutletFurniture]:
    """Host → what it repeats, from the lines of its pages (pages.page_lines), given in order of their hashes."""
    return {host: learn(OutletFurniture(), pages, on=on) for host, pages in lines_of.items()}
