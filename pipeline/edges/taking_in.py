"""Feed documents → entries, parsed in worker processes, seen against what was known, and only then believed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from pipeline.edges.isolation import Failed, Workers
from pipeline.edges.register_store import RegisterStore
from pipeline.gathering.entry_history import KnownEntry
from pipeline.gathering.feeds import ParsedFeed, parse_feed
from pipeline.gathering.register import FeedRecord, PollFailure, after_failure, after_parsed, new_feed
from pipeline.gathering.urls import AddressRules
from pipeline.model import Entry, FeedDocument, Reason, Rejection


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What a round of documents brought."""

    new: tuple[Entry, ...]
    changed: tuple[Entry, ...]  # known entries with other words: new versions
    unchanged_count: int
    feed_ids: tuple[str, ...]  # feeds that were read well
    rejected: tuple[Rejection, ...]  # documents that are no feeds, and items that are no entries


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRules:
    """What parsing needs to know, and may not look up."""

    zone: tzinfo
    addresses: AddressRules
    max_bytes: int


def parse_documents(
    documents: Sequence[FeedDocument], *, workers: Workers, rules: FeedRules, now: datetime
) -> list[ParsedFeed | Rejection]:
    """A parsed feed or a rejection for each document, in their order. None of them can stop, slow or end another."""
    parse = functools.partial(parse_feed, now=now, zone=rules.zone, rules=rules.addresses, max_bytes=rules.max_bytes)
    outcomes = workers.map(parse, documents)
    return [
        Rejection(document.url, outcome.reason, outcome.detail) if isinstance(outcome, Failed) else outcome.value
        for document, outcome in zip(documents, outcomes, strict=True)
    ]


def take_in(
    documents: Sequence[FeedDocument],
    *,
    store: RegisterStore,
    workers: Workers,
    rules: FeedRules,
    now: datetime,
    publish: Callable[[TakenIn], None],
) -> TakenIn:
    """Parse documents, find what is new in them, publish it, and then let the register know.

    publish   writes the entries where they last. The register is saved after it has returned: a run that is killed in
              between asks for the same documents again and publishes the same entries, with the same ids
    """
    to_save: list[FeedRecord] = []
    known: dict[str, tuple[KnownEntry, ...]] = {}
    new: list[Entry] = []
    changed: list[Entry] = []
    rejected: list[Rejection] = []
    read_well: list[str] = []
    unchanged = 0
    for document, parsed in zip(
        documents, parse_documents(documents, workers=workers, rules=rules, now=now), strict=True
    ):
        record = store.record(document.feed_id) or new_feed(document.url, now=now)
        if isinstance(parsed, Rejection):
            to_save.append(after_failure(record, PollFailure(rejection=parsed), now=now))
            rejected.append(parsed)
            continue
        feed_id = record.feed.feed_id
        record, observed = after_parsed(record, store.known(feed_id), document, parsed, now=now)
        known[feed_id] = observed.known
        to_save.append(record)
        new += observed.new
        changed += observed.changed
        unchanged += len(observed.unchanged)
        rejected += parsed.rejected
        if parsed.incomplete:
            detail = f"the document ended before the feed did; {len(parsed.entries)} whole items were kept"
            rejected.append(Rejection(document.url, Reason.INCOMPLETE, detail))
        else:
            read_well.append(document.feed_id)
    taken = TakenIn(
        new=tuple(new),
        changed=tuple(changed),
        unchanged_count=unchanged,
        feed_ids=tuple(read_well),
        rejected=tuple(rejected),
    )
    publish(taken)
    for feed_id, entries in known.items():
        store.save_known(feed_id, entries)
    for record in to_save:
        store.save(record)
    return taken
