"""What `pipeline feeds add | remove | import | export | list | fetch` and `pipeline parse-feed` do and print.

Plain functions; the command line hangs them up. Answers go to `out`, one JSON line each; what a person should know
besides goes to `say` (standard error).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline import feed_steps
from pipeline.commands.run_command import follow
from pipeline.edges.taking_in import parse_documents
from pipeline.edges.web_setup import feed_rules, instant_now, store_of, workers_of
from pipeline.errors import Misuse
from pipeline.gathering.opml import ListedFeed, read_opml, write_opml
from pipeline.gathering.register import FeedRecord, new_feed, standing
from pipeline.gathering.web_address import WebAddress
from pipeline.model import Entry, FeedDocument, FeedRun, Quarantined, Rejection, derived_id
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


def remove(urls: Sequence[str], *, here: Settings, out: Out, say: Out) -> None:
    """Take feeds out of the register; what came of them stays. Raises Misuse for one that is not in it."""
    store = store_of(here)
    registered = {record.feed.url: record for record in store.records().kept}
    if unknown := [url for url in urls if url not in registered]:
        raise Misuse("not in the register", about=unknown[0])
    for url in urls:
        store.remove(registered[url].feed.feed_id)
        out(_line({"feed": url, "removed": True}))
    say(f"{len(urls)} feeds removed")


def fetch(
    *,
    here: Settings,
    out: Out,
    say: Out,
    ask_all: bool = False,
    at: str = "",
    load: Callable[[str, Out], None] = lambda articles, say: follow(articles, say=say),
) -> int:
    """Poll the feeds that are due and load what is new by the path of the DAGs; a line for each new or changed entry.

    ask_all   all that may be asked, due or not; no server is asked before the instant that it gave
    at        instant of the run, the clock's when empty
    load      takes the batch of articles on to the digests
    returns   1 when feeds were asked and not one answered, else 0; `say` has a line for each feed that failed
    """
    from pipeline.edges.partitions import Partitions

    shards = feed_steps.find_due_feeds("all" if ask_all else "due", at, shards=1)
    if not shards:
        say("complete: 0 of 0 feeds answered; no feed is due")
        return 0
    entries = feed_steps.parse_feeds([feed_steps.fetch_feeds(shard) for shard in shards])
    partitions, batch = Partitions.of(here), entries.partition("/")[2]
    for entry in partitions.read(entries, Entry):
        out(_line(entry_row(entry, here)))
    for row in partitions.read_batch("quarantine", batch, Quarantined):
        say(f"{row.subject}: {row.reason}: {row.value}")
    (run,) = partitions.read(f"feed_runs/{batch}", FeedRun)
    say(
        f"{run.state}: {run.answered_count} of {run.asked_count} feeds answered; "
        f"{run.new_count} new entries, {run.changed_count} changed"
    )
    load(feed_steps.extract_articles(feed_steps.fetch_pages(entries)), say)
    return 1 if run.state == "failed" else 0


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
    found = standing(record, now=now)
    return {
        "feed": found.url,
        "title": found.title,
        "outlet": found.outlet,
        "kind": found.kind or None,
        "health": found.health,
        "last_success_at": _instant(found.last_success_at),
        "last_new_at": _instant(found.last_new_at),
        "failures": found.failures,
        "last_fault": found.fault or None,
        "next_due_at": _instant(found.next_due_at),
        "items_per_day": found.items_per_day,
        "silence": found.silence,
        "note": found.note or None,
    }


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
