"""Feeds that are due → their documents; entries → their pages. Each host is asked by one thread at a time, politely.

A failure of one feed is one rejection with one reason; the others go on. Whatever came is in the archive, on the disk,
before anything parses it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from pipeline.edges.archive import Archive
from pipeline.edges.register_store import RegisterStore
from pipeline.edges.web import BeforeHop, Response, Validators, Web
from pipeline.gathering.politeness import by_host, host_of, retry_after, shard_of
from pipeline.gathering.register import FeedRecord, PollFailure, after_failure, after_unchanged, is_due, may_ask
from pipeline.model import Entry, FeedDocument, Page, Reason, Rejection, Sifted, derived_id

T = TypeVar("T")

_FEED_TYPES = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
_DEFAULT_HOLD = timedelta(hours=1)  # what 429 means when it does not say
_GIVE_UP_AFTER = 3  # failed connections in a row: the host is down, and 20 seconds for each more are better spent
_HOST_IS_DOWN = frozenset({Reason.UNREACHABLE, Reason.DEADLINE, Reason.TLS_FAILED})
# Types that are no pages whatever their bytes are like; a type that is missing or vague is left to the bytes.
_NOT_PAGES = (
    *("image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/octet-stream"),
    *("application/msword", "application/vnd.", "text/calendar", "text/csv"),
)
_MAGIC = (
    *(b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x1f\x8b", b"ID3", b"\xd0\xcf\x11\xe0"),
    *(b"MZ", b"\x7fELF", b"\x00\x00\x00", b"BZh", b"SQLite"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """A round of polls. Documents, unchanged and rejected together are the feeds that were asked."""

    documents: tuple[FeedDocument, ...]
    unchanged: tuple[str, ...]  # ids of feeds that answered 304
    rejected: tuple[Rejection, ...]  # one for each feed that gave nothing: its address and the reason


def due_records(
    store: RegisterStore, *, now: datetime, ask_all: bool = False, shard: int = 0, shards: int = 1
) -> list[FeedRecord]:
    """Feeds to be asked now.

    ask_all   all that may be asked, due or not; what a server has asked us to wait for is honoured all the same
    shard     which of `shards` parts; feeds of one host are all in one
    """
    wanted = may_ask if ask_all else is_due
    records = store.records().kept
    return [each for each in records if wanted(each.state, now) and shard_of(each.feed.url, shards) == shard]


@dataclass(frozen=True, kw_only=True)
class Fetcher:
    """What every request of a run shares.

    before_hop   waits for the host's turn and asks robots.txt (edges/robots.py)
    threads      hosts asked at the same time
    """

    web: Web
    before_hop: BeforeHop
    archive: Archive
    store: RegisterStore
    threads: int

    def poll(self, records: Sequence[FeedRecord], *, now: datetime, max_bytes: int) -> Polled:
        """Ask each feed for its document. What a failure or a 304 means for its schedule is saved at once; what a
        document means is saved once its entries have been published (edges/taking_in.py)."""
        of_url = {record.feed.url: record for record in records}
        holds = self.store.holds()

        def ask(url: str) -> FeedDocument | str | Rejection:
            return self._document(of_url[url], holds, now, max_bytes)

        answers = self._host_by_host(list(of_url), ask, holds, now)
        documents = [answer for answer in answers if isinstance(answer, FeedDocument)]
        return Polled(
            documents=tuple(sorted(documents, key=lambda document: document.feed_id)),
            unchanged=tuple(sorted(answer for answer in answers if isinstance(answer, str))),
            rejected=_in_order(answer for answer in answers if isinstance(answer, Rejection)),
        )

    def pages(
        self,
        entries: Iterable[Entry],
        *,
        now: datetime,
        max_bytes: int,
        max_pages: int,
        max_per_host: int = 300,
    ) -> Sifted[Page]:
        """The pages that entries lead to, each address once; entries without an address are not asked about.

        max_pages      pages asked for in one run, of every host its first ones; the rest are put off
        max_per_host   pages asked of a host in one run, five minutes of its patience
        """
        of_url: dict[str, Entry] = {}
        for entry in entries:
            if entry.url:
                of_url.setdefault(entry.url, entry)
        holds = self.store.holds()
        in_turns = sorted(
            (pair for urls in by_host(of_url).values() for pair in enumerate(urls)), key=operator.itemgetter(0)
        )
        asked = [url for turn, url in in_turns if turn < max_per_host][:max_pages]

        def ask(url: str) -> Page | Rejection:
            return self._page(url, of_url[url].entry_id, holds, now, max_bytes)

        answers = self._host_by_host(asked, ask, holds, now)
        why = f"this run asks for {max_pages:,} pages, and {max_per_host} of a host"
        put_off = [Rejection(url, Reason.PUT_OFF, why) for url in of_url.keys() - set(asked)]
        return Sifted(
            tuple(sorted((page for page in answers if isinstance(page, Page)), key=lambda page: page.page_id)),
            _in_order([*(answer for answer in answers if isinstance(answer, Rejection)), *put_off]),
        )

    def _document(
        self, record: FeedRecord, holds: dict[str, datetime], now: datetime, max_bytes: int
    ) -> FeedDocument | str | Rejection:
        """One feed: its document, its id when nothing has changed, or why there is nothing."""
        feed, state = record.feed, record.state
        validators = Validators(state.etag, state.last_modified)
        answer = self.web.get(
            feed.url, max_bytes=max_bytes, accept=_FEED_TYPES, validators=validators, before_hop=self.before_hop
        )
        if isinstance(answer, Rejection):
            self.store.save(after_failure(record, PollFailure(rejection=answer), now=now))
            return answer
        if answer.status == 304 and validators != Validators():
            self.store.save(after_unchanged(record, now=now))
            return feed.feed_id
        if failure := failure_of(answer, now):
            self._remember_hold(answer, failure, holds)
            self.store.save(after_failure(record, failure, now=now))
            return failure.rejection
        return FeedDocument(
            feed_id=feed.feed_id,
            url=feed.url,
            final_url=answer.final_url,
            moved_to=answer.moved_to,
            content=answer.body,
            content_type=answer.header("Content-Type"),
            etag=answer.validators.etag,
            last_modified=answer.validators.last_modified,
            fetched_at=answer.fetched_at,
            archived_at=self.archive.add(answer, purpose="feed", subject=feed.feed_id),
        )

    def _page(
        self, url: str, entry_id: str, holds: dict[str, datetime], now: datetime, max_bytes: int
    ) -> Page | Rejection:
        answer = self.web.get(url, max_bytes=max_bytes, accept=_PAGE_TYPES, before_hop=self.before_hop)
        if isinstance(answer, Rejection):
            return answer
        if failure := failure_of(answer, now):
            self._remember_hold(answer, failure, holds)
            return failure.rejection
        archived_at = self.archive.add(answer, purpose="page", subject=entry_id)
        content_type = answer.header("Content-Type")
        if rejection := why_no_page(url, answer.body, content_type):
            return rejection
        return Page(
            page_id=derived_id("page", url),
            url=url,
            final_url=answer.final_url,
            entry_id=entry_id,
            content=answer.body,
            content_type=content_type,
            fetched_at=answer.fetched_at,
            archived_at=archived_at,
        )

    def _remember_hold(self, answer: Response, failure: PollFailure, holds: dict[str, datetime]) -> None:
        """429 is meant for the client and not for one address: the whole host is left alone, by later runs too."""
        if failure.rejection.reason is Reason.RATE_LIMITED and failure.retry_at is not None:
            host = host_of(answer.final_url)
            holds[host] = failure.retry_at
            self.store.hold(host, failure.retry_at)

    def _host_by_host(
        self,
        urls: Sequence[str],
        ask: Callable[[str], T],
        holds: Mapping[str, datetime],
        now: datetime,
    ) -> list[T | Rejection]:
        """An answer for each address. Hosts with most addresses first; those of a host one after another."""

        def ask_host(group: tuple[str, tuple[str, ...]]) -> list[T | Rejection]:
            host, members = group
            answers: list[T | Rejection] = []
            failed = 0
            for url in members:
                if (until := holds.get(host, now)) > now:
                    detail = f"{host} asked us to wait until {until:%Y-%m-%d %H:%M} UTC"
                    answers.append(Rejection(url, Reason.RATE_LIMITED, detail))
                elif failed >= _GIVE_UP_AFTER:
                    answers.append(Rejection(url, Reason.HOST_DOWN, f"{host} failed {failed} times in a row just now"))
                else:
                    answers.append(answer := ask(url))
                    is_down = isinstance(answer, Rejection) and answer.reason in _HOST_IS_DOWN
                    failed = failed + 1 if is_down else 0
            return answers

        groups = sorted(by_host(urls).items(), key=lambda group: -len(group[1]))
        with ThreadPoolExecutor(self.threads, thread_name_prefix="host") as threads:
            return [answer for answers in threads.map(ask_host, groups) for answer in answers]


def failure_of(answer: Response, now: datetime) -> PollFailure | None:
    """Why an answer holds no document; None when it holds one."""
    if answer.status in (200, 203):
        return None
    said = retry_after(answer.header("Retry-After"), now)
    detail = f"{answer.status} {answer.status_words}".strip()[:200]
    if answer.status == 410:
        return PollFailure(rejection=Rejection(answer.url, Reason.GONE, detail))
    if answer.status == 429:
        rejection = Rejection(answer.url, Reason.RATE_LIMITED, detail)
        return PollFailure(rejection=rejection, retry_at=said or now + _DEFAULT_HOLD)
    return PollFailure(rejection=Rejection(answer.url, Reason.HTTP_STATUS, detail), retry_at=said)


def why_no_page(url: str, content: bytes, content_type: str | None) -> Rejection | None:
    """Why a body cannot be an HTML page, by its first bytes and its type; None when it can."""
    if not content.strip():
        return Rejection(url, Reason.EMPTY, f"{len(content)} bytes, none but white space")
    if content.startswith(_MAGIC):
        return Rejection(url, Reason.BINARY, f"begins with {content[:8]!r}")
    kind = (content_type or "").partition(";")[0].strip().lower()
    return Rejection(url, Reason.BINARY, f"type {kind[:60]}") if kind.startswith(_NOT_PAGES) else None


def _in_order(rejections: Iterable[Rejection]) -> tuple[Rejection, ...]:
    return tuple(sorted(rejections, key=lambda rejection: (rejection.subject, rejection.reason)))
