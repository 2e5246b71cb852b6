"""What `pipeline feeds add | import | export | list | fetch` and `pipeline parse-feed` do and print.

Plain functions; the command line hangs them up. Answers go to `out`, one JSON line each; what a person should know
besides goes to `say` (standard error).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.edges.fetching import Polled, due_records
from pipeline.edges.pacing import Pacer
from pipeline.edges.taking_in import TakenIn, parse_documents, take_in
from pipeline.edges.web import Web
from pipeline.edges.web_setup import archive_of, feed_rules, fetcher_of, instant_now, store_of, web_of, workers_of
from pipeline.errors import Misuse, Unreachable
from pipeline.gathering.opml import ListedFeed, read_opml, write_opml
from pipeline.gathering.register import FeedRecord, expected_per_day, new_feed, silence
from pipeline.gathering.web_address import WebAddress
from pipeline.model import Entry, FeedDocument, Rejection, derived_id
from pipeline.settings import Settings

Out = Callable[[str], None]


def add(urls: Sequence[str], *, here: Settings, out: Out, say: Out, now: datetime | None = None) -> None:
    """Register feeds by their addresses. A feed that was given up (410) is asked again. Raises Misuse."""
    now = now or instant_now()
    for url in urls:
        _checked(url)
    store = store_of(here)
    added = {record.feed.url for record in store.add(new_feed(url, now=now) for url in urls)}
    gone = {record.feed.url: record for record in store.records().kept if record.state.gone_at is not None}
    for url in urls:
        if url in gone:
            fresh = new_feed(url, now=now).state
            store.save(FeedRecord(feed=gone[url].feed, state=fresh))
        out(_line({"feed": url, "added": url in added, "asked_again": url in gone}))
    say(f"{len(added)} of {len(urls)} feeds are new")


def import_opml(path: Path, *, here: Settings, out: Out, say: Out, now: datetime | None = None) -> int:
    """Register the feeds of an OPML file. Good entries are kept, each bad one is a line of its own.

    returns   2 when some entries are bad, so that nobody takes half a list for a whole one; else 0
    raises    Misuse when the file cannot be read
    """
    now = now or instant_now()
    listed = read_opml(_read(path), name=path.name)
    added = store_of(here).add(_record_of(feed, now) for feed in listed.kept)
    for record in added:
        out(_line({"feed": record.feed.url, "title": record.feed.title, "outlet": record.feed.outlet}))
    _say_rejected(listed.rejected, say)
    say(f"{len(listed.kept)} feeds in {path.name}: {len(added)} new; {len(listed.rejected)} entries turned away")
    return 2 if listed.rejected else 0


def export_opml(*, here: Settings, out: Out) -> None:
    """The register as an OPML document."""
    feeds = (record.feed for record in store_of(here).records().kept)
    listed = (
        ListedFeed(
            url=feed.url,
            title=feed.title,
            outlet=feed.outlet,
            kind=feed.kind,
            note=feed.note,
            items_per_day=feed.items_per_day,
        )
        for feed in feeds
    )
    out(write_opml(listed, title="Feeds of the press office").decode().rstrip())


def list_feeds(*, here: Settings, out: Out, say: Out, now: datetime | None = None) -> None:
    """One JSON line a feed: what it is, how it has been, and what is wrong with it."""
    now = now or instant_now()
    records = store_of(here).records()
    for record in sorted(records.kept, key=lambda record: record.feed.url):
        out(_line(_row(record, now)))
    _say_rejected(records.rejected, say)


def fetch(
    *,
    here: Settings,
    out: Out,
    say: Out,
    ask_all: bool = False,
    publish: Callable[[TakenIn], None] = lambda taken: None,
    now: datetime | None = None,
    web: Web | None = None,
    pacer: Pacer | None = None,
) -> tuple[Polled, TakenIn]:
    """Poll the feeds that are due; a line for each new or changed entry, on `say` one for each feed that failed.

    ask_all   all that may be asked, due or not; no server is asked before the instant that it gave
    publish   keeps the entries where they last, before the register believes them
    raises    Unreachable when feeds were asked and not one answered
    """
    now = now or instant_now()
    web = web or web_of(here)
    store = store_of(here)
    due = due_records(store, now=now, ask_all=ask_all)
    with workers_of() as workers, archive_of(here, now) as archive:
        fetcher = fetcher_of(here, web=web, archive=archive, pacer=pacer)
        polled = fetcher.poll(due, now=now, max_bytes=here.max_feed_bytes)
        taken = take_in(
            polled.documents, store=store, workers=workers, rules=feed_rules(here), now=now, publish=publish
        )
    for entry in (*taken.new, *taken.changed):
        out(_line(entry_row(entry, here)))
    _say_rejected((*polled.rejected, *taken.rejected), say)
    answered = len(polled.unchanged) + len(taken.feed_ids)
    state = "complete" if answered == len(due) else "degraded" if answered else "failed"
    say(f"{state}: {answered} of {len(due)} feeds answered; {len(taken.new)} new entries, {len(taken.changed)} changed")
    if due and not answered:
        raise Unreachable(f"not one of {len(due)} feeds answered", about="feeds fetch")
    return polled, taken


def parse_feed_files(
    paths: Sequence[Path], *, here: Settings, out: Out, say: Out, url: str | None = None, now: datetime | None = None
) -> int:
    """The entries of feeds in files, a JSON line each.

    returns   1 when one of the files is no feed, which is said; the others are printed all the same
    raises    Misuse when there is no such file
    """
    now = now or instant_now()
    documents = [file_document(path, url, now) for path in paths]
    with workers_of(min(2, len(documents))) as workers:
        parsed = parse_documents(documents, workers=workers, rules=feed_rules(here), now=now)
    for path, found in zip(paths, parsed, strict=True):
        if isinstance(found, Rejection):
            say(f"{path}: {found.reason}: {found.detail}")
            continue
        if found.incomplete:
            say(f"{path}: incomplete: the document ended before the feed did; whole items are kept")
        _say_rejected(found.rejected, say)
        for entry in found.entries:
            out(_line(entry_row(entry, here) | {"file": str(path)}))
    return 1 if any(isinstance(found, Rejection) for found in parsed) else 0


def file_document(path: Path, url: str | None, now: datetime) -> FeedDocument:
    """A file as if it had been fetched from `url`, now. Raises Misuse."""
    if url is not None:
        _checked(url)
    at = url or ""
    return FeedDocument(
        feed_id=derived_id("feed", at), url=url or str(path), final_url=at, content=_read(path), fetched_at=now
    )


def entry_row(entry: Entry, here: Settings) -> dict[str, Any]:
    """An entry as it is printed. Instants are local, so that their first ten characters are the day."""
    return {
        "feed_title": entry.feed_title,
        "entry_id": entry.entry_id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "author": entry.author,
        "published_at": _instant(entry.published_at, here),
        "dated_by": entry.dated_by,
        "date_fault": entry.date_fault or None,
        "content": entry.content or None,
        "guid": entry.guid,
        "updated_at": _instant(entry.updated_at, here),
        "language": entry.language,
        "source": {"title": entry.source_title, "url": entry.source_url} if entry.source_title else None,
        "version": entry.version,
    }


def _row(record: FeedRecord, now: datetime) -> dict[str, Any]:
    feed, state = record.feed, record.state
    expected = expected_per_day(record, now=now)
    due = [at for at in (state.next_due_at, state.not_before) if at is not None]
    return {
        "feed": feed.url,
        "title": feed.title,
        "outlet": feed.outlet,
        "kind": feed.kind or None,
        "health": _health(record, now),
        "last_success_at": _instant(state.last_success_at),
        "last_new_at": _instant(state.last_new_at),
        "failures": state.failures,
        "last_fault": state.last_fault or None,
        "next_due_at": _instant(max(due, default=None)),
        "items_per_day": None if expected is None else round(expected, 2),
        "silence": silence(record, now=now),
        "note": feed.note or None,
    }


def _health(record: FeedRecord, now: datetime) -> str:
    """In a word: new, well, failing, gone or silent."""
    state = record.state
    if state.gone_at is not None:
        return "gone"
    if state.failures or state.last_fault:
        return "failing"
    if silence(record, now=now):
        return "silent"
    return "well" if state.last_success_at else "new"


def _record_of(listed: ListedFeed, now: datetime) -> FeedRecord:
    return new_feed(
        listed.url,
        now=now,
        title=listed.title,
        outlet=listed.outlet,
        kind=listed.kind,
        note=listed.note,
        items_per_day=listed.items_per_day,
    )


def _checked(url: str) -> None:
    try:
        WebAddress.parse(url)
    except ValueError as error:
        raise Misuse(f"expected an http or https address: {error}") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Misuse(f"cannot be read: {error.strerror}", about=str(path)) from error


def _say_rejected(rejected: Sequence[Rejection], say: Out) -> None:
    for rejection in rejected:
        say(f"{rejection.subject}: {rejection.reason}: {rejection.detail}")


def _instant(at: datetime | None, here: Settings | None = None) -> str | None:
    return None if at is None else (at.astimezone(here.zone) if here else at).isoformat()


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)
