"""Feeds and web archives → articles: the steps of a batch that begins on the web. One function a task, as in steps.py.

A batch of feeds is named by its instant, so that a task that is tried again finds what it wrote. What came over the web
is written once and kept; entries are written before the register believes them. After extract_articles the batch goes
the way of every other one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.edges.partitions import Partitions, key_of
from pipeline.errors import Misuse
from pipeline.logs import logger
from pipeline.model import (
    Article,
    DocumentRecord,
    Entry,
    Feed,
    FeedDocument,
    FeedRun,
    FeedStanding,
    Kind,
    Page,
    Quarantined,
    Reason,
    Rejection,
    StageCount,
    derived_id,
)
from pipeline.settings import settings

if TYPE_CHECKING:
    from pipeline.edges.taking_in import TakenIn

log = logger()
Ref = str

INSTANT = "%Y-%m-%dT%H%M%SZ"
_FEEDS, _ARCHIVE = "feeds-", "archive-"


def find_due_feeds(feeds: str = "due", at: str = "", *, shards: int | None = None) -> list[Ref]:
    """The register → feeds/<batch>.<shard>, one reference for each shard that has any; none when no feed is due.

    feeds    due: those that their schedule wants asked; all: every one that may be asked; none
    at       instant of the batch with its offset; the clock's when empty
    shards   parts that are asked side by side, all feeds of a host in one; as the settings say when not given
    """
    if feeds == "none":
        return []
    from pipeline.edges.fetching import due_records
    from pipeline.edges.web_setup import instant_now, store_of

    here = settings()
    now = read_instant(at) if at else instant_now()
    batch, count = f"{_FEEDS}{now:{INSTANT}}", shards or here.feed_shards
    partitions, store, refs = Partitions.of(here), store_of(here), []
    for shard in range(count):
        records = due_records(store, now=now, ask_all=feeds == "all", shard=shard, shards=count)
        if records:
            refs.append(partitions.replace(f"feeds/{batch}.{shard}", Feed, (record.feed for record in records)))
    log.info("feeds_due", batch=batch, shards=len(refs))
    return refs


def fetch_feeds(feeds: Ref) -> Ref:
    """feeds → feed_documents of the same shard, each response in the archive before anything parses it.

    A feed that gives nothing is a row of quarantine with one reason; the others go on.
    """
    from pipeline.edges.web_setup import archive_of, clock_from, fetcher_of, store_of, web_of
    from pipeline.gathering.register import may_ask, new_feed

    here, key = settings(), key_of(feeds)
    partitions, store = Partitions.of(here), store_of(here)
    if partitions.exists(f"feed_documents/{key}"):
        return f"feed_documents/{key}"
    batch = key.rpartition(".")[0]
    at = batch_instant(partitions, batch)
    records = [store.record(feed.feed_id) or new_feed(feed.url, now=at) for feed in partitions.read(feeds, Feed)]
    early = [record for record in records if not may_ask(record.state, at)]  # tried again after the server said wait
    with archive_of(here, at) as archive:
        fetcher = fetcher_of(here, web=web_of(here, clock=clock_from(at)), archive=archive)
        polled = fetcher.poll([r for r in records if r not in early], now=at, max_bytes=here.max_feed_bytes)
    waiting = [Rejection(record.feed.url, Reason.RATE_LIMITED, record.state.last_fault) for record in early]
    _quarantine(partitions, f"{key}.fetch_feeds", batch, "fetch_feeds", feeds=(*polled.rejected, *waiting))
    log.info("stage_done", stage="fetch_feeds", batch=key, given=len(records), documents=len(polled.documents))
    return partitions.replace(f"feed_documents/{key}", FeedDocument, polled.documents)


def parse_feeds(documents: Sequence[Ref]) -> Ref:
    """feed_documents of all shards → entries that are new or have other words, and how every feed stands now."""
    from pipeline.edges.taking_in import take_in
    from pipeline.edges.web_setup import feed_rules, store_of, workers_for
    from pipeline.gathering.register import standing

    here, partitions = settings(), Partitions.of(settings())
    batch = key_of(documents[0]).rpartition(".")[0]
    entries = f"entries/{batch}"
    if partitions.exists(f"feed_standings/{batch}"):  # the last thing written: the register knows these entries
        return entries
    at, store = batch_instant(partitions, batch), store_of(here)
    given = [document for ref in documents[:] for document in partitions.read(ref, FeedDocument)]

    def publish(taken: TakenIn) -> None:
        found = {entry.entry_id: entry for entry in (*taken.new, *taken.changed)}
        partitions.replace(entries, Entry, (found[entry_id] for entry_id in sorted(found)))

    with workers_for(len(given)) as workers:
        taken = take_in(given, store=store, workers=workers, rules=feed_rules(here), now=at, publish=publish)
    of_feeds = [one for one in taken.rejected if one.subject in {document.url for document in given}]
    of_items = [one for one in taken.rejected if one not in of_feeds]
    _quarantine(partitions, f"{batch}.parse_feeds", batch, "parse_feeds", feeds=of_feeds, entries=of_items)
    asked = len(partitions.read_batch("feeds", batch, Feed))
    unheard = sum(row.stage == "fetch_feeds" for row in partitions.read_batch("quarantine", batch, Quarantined))
    unread = len(given) - len(taken.feed_ids)
    seen = len(taken.new) + len(taken.changed) + taken.unchanged_count
    counts = [
        _count(batch, "fetch_feeds", "feeds", given=asked, rejected=unheard),
        _count(batch, "parse_feeds", "feeds", given=len(given), rejected=unread),
        _count(batch, "parse_feeds", "entries", given=seen + len(of_items), rejected=len(of_items)),
    ]
    partitions.replace(f"stage_counts/{batch}.parse_feeds", StageCount, counts)
    failed = unheard + unread
    run = FeedRun(
        batch=batch,
        ran_at=at,
        state="complete" if not failed else "degraded" if failed < asked else "failed",
        asked_count=asked,
        answered_count=asked - failed,
        failed_count=failed,
        new_count=len(taken.new),
        changed_count=len(taken.changed),
    )
    partitions.replace(f"feed_runs/{batch}", FeedRun, [run])
    standings = [standing(record, now=at) for record in store.records().kept]
    partitions.replace(f"feed_standings/{batch}", FeedStanding, standings)
    log.info(
        "stage_done", stage="parse_feeds", batch=batch, state=run.state, asked=asked, failed=failed, new=run.new_count
    )
    return entries


def fetch_pages(entries: Ref) -> Ref:
    """entries → pages of the same batch, each response in the archive before anything parses it.

    Pages that could not be had in earlier runs, for reasons that may pass, are asked for with them.
    """
    from pipeline.edges.web_setup import archive_of, clock_from, fetcher_of, store_of, web_of
    from pipeline.gathering.waiting import still_waiting

    here, batch = settings(), key_of(entries)
    partitions, pages = Partitions.of(here), f"pages/{batch}"
    if partitions.exists(pages):
        return pages
    at = batch_instant(partitions, batch)
    new, store = partitions.read(entries, Entry), store_of(here)
    ids = {entry.entry_id for entry in new}
    waiting = [page for page in store.waiting() if page.entry.entry_id not in ids]
    wanted = [*new, *(page.entry for page in waiting)]
    with archive_of(here, at) as archive:
        fetcher = fetcher_of(here, web=web_of(here, clock=clock_from(at)), archive=archive)
        sifted = fetcher.pages(wanted, now=at, max_bytes=here.max_page_bytes, max_pages=here.max_pages)
    given = len(sifted.kept) + len(sifted.rejected)
    had = {page.url for page in sifted.kept}
    again = [page.entry for page in waiting if page.entry.url in had]
    partitions.replace(f"entries/{batch}.waited", Entry, again)
    _quarantine(partitions, f"{batch}.fetch_pages", batch, "fetch_pages", pages=sifted.rejected)
    counts = [_count(batch, "fetch_pages", "pages", given=given, rejected=len(sifted.rejected))]
    partitions.replace(f"stage_counts/{batch}.fetch_pages", StageCount, counts)
    store.save_waiting(still_waiting(new, waiting, sifted.rejected))
    log.info("stage_done", stage="fetch_pages", batch=batch, given=given, rejected=len(sifted.rejected))
    return partitions.replace(pages, Page, sifted.kept)


def replay_archives(paths: Sequence[str]) -> list[Ref]:
    """Web archives among the files → feeds, feed_documents, entries and pages as if just fetched; no network.

    returns   the reference of their pages; none when there is no archive among the files
    """
    from pipeline.edges.raw_documents import find_files, is_archive

    here = settings()
    files = [file for file in find_files([Path(path) for path in paths]) if is_archive(file)]
    if not files:
        return []
    from pipeline.edges.replay import replay
    from pipeline.edges.taking_in import parse_documents
    from pipeline.edges.web_setup import feed_rules, store_of, workers_for
    from pipeline.gathering.urls import canonicalise

    partitions, store, rules = Partitions.of(here), store_of(here), feed_rules(here)
    of_hash = {_sha256(file): file for file in files}
    batch = f"{_ARCHIVE}{derived_id(*sorted(of_hash))}"
    largest = max(here.max_feed_bytes, here.max_page_bytes)
    replayed = [
        replay(of_hash[sha256], max_bytes=largest, canonical=lambda url: canonicalise(url, rules.addresses))
        for sha256 in sorted(of_hash)
    ]
    documents = sorted(
        (document for found in replayed for document in found.documents), key=lambda d: (d.fetched_at, d.feed_id)
    )
    newest_pages = {
        page.url: page for found in replayed for page in sorted(found.pages, key=lambda page: page.fetched_at)
    }
    pages = [newest_pages[url] for url in sorted(newest_pages)]
    partitions.replace(f"feed_documents/{batch}", FeedDocument, documents)
    partitions.replace(f"pages/{batch}", Page, pages)
    at = batch_instant(partitions, batch)
    with workers_for(len(documents)) as workers:
        parsed = parse_documents(documents, workers=workers, rules=rules, now=at)
    feeds: dict[str, Feed] = {}
    entries: dict[str, Entry] = {}
    unread: list[Rejection] = []
    for document, found in zip(documents, parsed, strict=True):
        if isinstance(found, Rejection):
            unread.append(found)
            continue
        record = store.record(document.feed_id)
        own = Feed(feed_id=document.feed_id, url=document.url, title=found.title or None)
        feeds[document.feed_id] = record.feed if record else own
        entries |= {entry.entry_id: entry for entry in found.entries}
    partitions.replace(f"feeds/{batch}", Feed, (feeds[feed_id] for feed_id in sorted(feeds)))
    partitions.replace(f"entries/{batch}", Entry, (entries[entry_id] for entry_id in sorted(entries)))
    not_answers = [rejection for found in replayed for rejection in found.rejected]
    _quarantine(partitions, f"{batch}.replay", batch, "replay_archives", pages=not_answers, feeds=unread)
    given = len(documents) + len(pages) + len(not_answers)
    counts = [_count(batch, "replay_archives", "responses", given=given, rejected=len(not_answers))]
    partitions.replace(f"stage_counts/{batch}.replay", StageCount, counts)
    log.info("stage_done", stage="replay_archives", batch=batch, given=given, entries=len(entries), pages=len(pages))
    return [f"pages/{batch}"]


def extract_articles(pages: Ref) -> Ref:
    """pages and entries → articles, documents, quarantine and stage_counts of the same batch."""
    from pipeline.edges.furniture_store import FurnitureStore
    from pipeline.edges.page_reading import lines_by_site, read_sources
    from pipeline.edges.web_setup import store_of, workers_for
    from pipeline.extraction.sources import settle, sources_of

    here, batch = settings(), key_of(pages)
    partitions = Partitions.of(here)
    at, fetched = batch_instant(partitions, batch), partitions.read(pages, Page)
    followed = [record.feed for record in store_of(here).records().kept]  # of entries that waited since another batch
    feeds = {feed.feed_id: feed for feed in (*followed, *partitions.read_batch("feeds", batch, Feed))}
    entries = partitions.read_batch("entries", batch, Entry)
    received_on = at.astimezone(here.zone).date()
    sources = sources_of(fetched, entries, feeds, received_on=received_on, zone=here.zone)
    with workers_for(len(sources)) as workers:
        furniture = FurnitureStore(here.data_dir / "register" / "furniture").learned(
            lines_by_site(fetched, workers=workers), batch=batch, on=received_on
        )
        outcomes = list(read_sources(sources, workers=workers, here=here, furniture=furniture))
    ids = [outcome.article.article_id for _, outcome in outcomes if isinstance(outcome.article, Article)]
    settled = settle(outcomes, held=held_texts(partitions, ids, besides=batch))
    records = {
        article.document_id: DocumentRecord(
            document_id=article.document_id,
            medium="page" if source.page and _is_of(article, source.page) else "entry",
            byte_count=article.byte_end,
            first_seen_at=(source.page.fetched_at if source.page else at).replace(microsecond=0),
            received_on=source.received_on,
            url=article.url,
        )
        for article, source in settled.kept
    }
    _quarantine(
        partitions, f"{batch}.extract", batch, "extract_articles", articles=settled.rejected, pages=settled.page_faults
    )
    counts = [
        _count(batch, "extract_articles", "sources", given=len(sources), rejected=len(settled.rejected)),
    ]
    partitions.replace(f"stage_counts/{batch}.extract", StageCount, counts)
    partitions.replace(f"documents/{batch}", DocumentRecord, (records[one] for one in sorted(records)))
    log.info(
        "stage_done", stage="extract_articles", batch=batch, kept=len(settled.kept), rejected=len(settled.rejected)
    )
    return partitions.replace(f"articles/{batch}", Article, (article for article, _ in settled.kept))


def batch_instant(partitions: Partitions, batch: str) -> datetime:
    """The instant that a batch is of: as its name says, or when the newest response of an archive was fetched."""
    if batch.startswith(_FEEDS):
        return datetime.strptime(batch.removeprefix(_FEEDS), INSTANT).replace(tzinfo=UTC)
    fetched = [document.fetched_at for document in partitions.read_batch("feed_documents", batch, FeedDocument)]
    fetched += [page.fetched_at for page in partitions.read_batch("pages", batch, Page)]
    return max(fetched, default=datetime(1970, 1, 1, tzinfo=UTC)).replace(microsecond=0)


def held_texts(partitions: Partitions, ids: Iterable[str], *, besides: str) -> set[str]:
    """Those of the article ids whose full text other batches hold."""
    import pyarrow.dataset as ds

    wanted = sorted(set(ids))
    files = [str(partitions.path(f"articles/{key}")) for key in partitions.keys("articles") if key != besides]
    if not files or not wanted:
        return set()
    is_wanted = ds.field("article_id").isin(wanted) & (ds.field("kind") != str(Kind.SUMMARY_ONLY))
    found = ds.dataset(files, format="parquet").to_table(columns=["article_id"], filter=is_wanted)
    return set(found.column("article_id").to_pylist())


def _is_of(article: Article, page: Page) -> bool:
    return article.document_id == hashlib.sha256(page.content).hexdigest()


def _quarantine(partitions: Partitions, key: str, batch: str, stage: str, **rejected: Iterable[Rejection]) -> None:
    """Rejections of a stage, by the dataset that they are of, as rows of quarantine."""
    rows = {
        row.quarantine_id: row
        for dataset, rejections in rejected.items()
        for rejection in rejections
        for row in [
            Quarantined(
                quarantine_id=derived_id(stage, dataset, rejection.subject, rejection.reason),
                batch=batch,
                stage=stage,
                dataset=dataset,
                subject=rejection.subject,
                reason=rejection.reason,
                rule=rejection.reason,
                value=rejection.detail,
                document_id=None,
            )
        ]
    }
    partitions.replace(f"quarantine/{key}", Quarantined, (rows[one] for one in sorted(rows)))


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def read_instant(text: str) -> datetime:
    """An instant with its offset, in UTC. Raises Misuse."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise Misuse(f"expected an instant as 2026-11-22T07:30:00+00:00; {text} came", about="at") from error
    if instant.tzinfo is None:
        raise Misuse(f"{text} has no offset: nobody can tell which instant it is", about="at")
    return instant.astimezone(UTC).replace(microsecond=0)


def _count(batch: str, stage: str, unit: str, *, given: int, rejected: int) -> StageCount:
    return StageCount(
        batch=batch, stage=stage, unit=unit, given_count=given, kept_count=given - rejected, rejected_count=rejected
    )
