"""Pages, entries and feeds → sources, one for each address; and their outcomes → articles, each once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from pipeline.extraction.entry_articles import Outcome, Source
from pipeline.model import Article, Entry, Feed, Kind, Page, Reason, Rejection


@dataclass(frozen=True, slots=True)
class Settled:
    """What a batch of sources came to. Each source is in `kept` or in `rejected`."""

    kept: tuple[tuple[Article, Source], ...]  # in the order of the articles' ids
    rejected: tuple[Rejection, ...]
    page_faults: tuple[Rejection, ...]  # pages without a text of their own whose entry gave an article


def sources_of(
    pages: Iterable[Page],
    entries: Sequence[Entry],
    feeds: Mapping[str, Feed],
    *,
    received_on: date,
    zone: tzinfo,
) -> list[Source]:
    """A source for each page, with the entry that leads to it, and for each entry that has no page.

    received_on   day on which entries without a page came; a page came when it was fetched
    """
    of_url: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.entry_id):
        if entry.url:
            of_url.setdefault(entry.url, entry)
    by_id = {entry.entry_id: entry for entry in entries}
    found: list[Source] = []
    fetched: set[str] = set()
    for page in sorted(pages, key=lambda page: (page.url, page.fetched_at)):
        leading = of_url.get(page.url) or by_id.get(page.entry_id or "")
        fetched |= {page.url} | ({leading.url} if leading and leading.url else set())
        found.append(
            Source(
                page=page,
                entry=leading,
                feed=feeds.get(leading.feed_id) if leading else None,
                received_on=page.fetched_at.astimezone(zone).date(),
            )
        )
    alone = [entry for entry in by_id.values() if entry.url not in fetched]
    found += [
        Source(page=None, entry=entry, feed=feeds.get(entry.feed_id), received_on=received_on)
        for entry in sorted(alone, key=lambda entry: entry.entry_id)
        if entry.url is None or of_url[entry.url] is entry  # two feeds that lead to one address lead to one article
    ]
    return found


def settle(outcomes: Iterable[tuple[Source, Outcome]], *, held: Collection[str]) -> Settled:
    """Each article once, and why the other sources gave none.

    held   ids of articles whose full text earlier batches hold: no summary may take its place
    """
    rejected: list[Rejection] = []
    faults: list[Rejection] = []
    best: dict[str, tuple[Article, Source]] = {}
    for source, outcome in sorted(outcomes, key=_fullest_first):
        article = outcome.article
        if isinstance(article, Rejection):
            rejected.append(article)
            continue
        if article.article_id in best:
            rejected.append(Rejection(source.subject, Reason.DUPLICATE, f"another source of {article.url}"))
        elif article.kind is Kind.SUMMARY_ONLY and article.article_id in held:
            rejected.append(Rejection(source.subject, Reason.DUPLICATE, "a summary, and the text is held"))
        else:
            best[article.article_id] = (article, source)
        if outcome.page_fault is not None:
            faults.append(outcome.page_fault)
    kept = sorted(best.values(), key=lambda pair: pair[0].article_id)
    return Settled(tuple(kept), tuple(_in_order(rejected)), tuple(_in_order(faults)))


def _fullest_first(pair: tuple[Source, Outcome]) -> tuple[bool, bool, float, str]:
    """Texts before summaries, pages before entries, the newest page first."""
    source, outcome = pair
    article = outcome.article
    is_summary = isinstance(article, Rejection) or article.kind is Kind.SUMMARY_ONLY
    newest = -source.page.fetched_at.timestamp() if source.page else 0.0
    return is_summary, source.page is None, newest, source.subject


def _in_order(rejections: Iterable[Rejection]) -> list[Rejection]:
    return sorted(rejections, key=lambda rejection: (rejection.subject, rejection.reason, rejection.detail))
