"""WARC file → the feed documents and pages in it, as if they had just been fetched. No network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.edges.archive import Archived, read_archive
from pipeline.edges.fetching import why_no_page
from pipeline.gathering.charsets import decode_markup
from pipeline.gathering.feed_text import NotParsable, root_element
from pipeline.model import FeedDocument, Page, Reason, Rejection, derived_id

_HEAD_BYTES = 65_536  # a feed shows within this, however long its prolog


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What an archive holds: together, every response in it."""

    documents: tuple[FeedDocument, ...]
    pages: tuple[Page, ...]
    rejected: tuple[Rejection, ...]


def replay(path: Path, *, max_bytes: int, canonical: Callable[[str], str | None]) -> Replayed:
    """Read an archive of ours, which says what each response was fetched for, or of others, where the bytes say it.

    canonical   urls.canonicalise with the rules of the data
    """
    documents: list[FeedDocument] = []
    pages: list[Page] = []
    rejected: list[Rejection] = []
    for found in read_archive(path, max_bytes=max_bytes):
        if isinstance(found, Rejection):
            rejected.append(found)
        elif found.status not in (200, 203):
            rejected.append(Rejection(found.place, Reason.HTTP_STATUS, f"{found.status} from {found.url[:200]}"))
        elif _is_feed(found):
            documents.append(_document(found))
        elif rejection := why_no_page(found.url, found.content, found.header("Content-Type")):
            rejected.append(rejection)
        else:
            pages.append(_page(found, canonical(found.url) or found.url))
    return Replayed(documents=tuple(documents), pages=tuple(pages), rejected=tuple(rejected))


def _is_feed(found: Archived) -> bool:
    if found.purpose:
        return found.purpose != "page"
    text = decode_markup(found.content[:_HEAD_BYTES], found.header("Content-Type")).text
    if text.lstrip().startswith("{"):
        return "jsonfeed.org/version/" in text
    try:
        root_element(text)
    except NotParsable as error:
        return error.reason is Reason.ENTITY_DECLARATION
    return "<html" not in text[:2_000].lower()


def _document(found: Archived) -> FeedDocument:
    return FeedDocument(
        feed_id=found.subject or derived_id("feed", found.url),
        url=found.url,
        final_url=found.final_url,
        moved_to=found.moved_to,
        content=found.content,
        content_type=found.header("Content-Type"),
        etag=found.header("ETag"),
        last_modified=found.header("Last-Modified"),
        fetched_at=found.fetched_at,
        archived_at=found.place,
    )


def _page(found: Archived, url: str) -> Page:
    return Page(
        page_id=derived_id("page", url),
        url=url,
        final_url=found.final_url,
        entry_id=found.subject or None,
        content=found.content,
        content_type=found.header("Content-Type"),
        fetched_at=found.fetched_at,
        archived_at=found.place,
    )
