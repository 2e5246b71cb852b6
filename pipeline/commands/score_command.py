"""What `pipeline feeds score` and `pipeline feeds discover` do and print."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.commands.feeds_command import file_document
from pipeline.edges.fetching import Fetcher, failure_of
from pipeline.edges.isolation import Failed
from pipeline.edges.pacing import Pacer
from pipeline.edges.taking_in import parse_documents
from pipeline.edges.warehouse import reader
from pipeline.edges.web import Response, Web
from pipeline.edges.web_setup import (
    archive_of,
    corpus_of,
    feed_rules,
    fetcher_of,
    instant_now,
    store_of,
    web_of,
    wording_of,
    workers_of,
)
from pipeline.gathering.charsets import decode_markup
from pipeline.gathering.discovery import Candidate, feeds_of_page, home_pages
from pipeline.gathering.likeness import Likeness, likeness
from pipeline.gathering.opml import read_opml
from pipeline.gathering.register import new_feed
from pipeline.gathering.urls import site_of
from pipeline.model import FeedDocument, Rejection, derived_id
from pipeline.settings import Settings

Out = Callable[[str], None]
_MOST_HOMES = 200  # front pages of one run: a second each, and a week has time enough for the others


def score(
    sources: Sequence[str],
    *,
    here: Settings,
    out: Out,
    say: Out,
    now: datetime | None = None,
    web: Web | None = None,
    pacer: Pacer | None = None,
) -> int:
    """How much each feed, a file or an address, looks like the corpus; a JSON line each.

    returns   1 when one of them cannot be read, else 0
    raises    Misuse when a file is not there
    """
    now = now or instant_now()
    fetched = _documents(sources, here, now, web or web_of(here), pacer)
    scored = _scored(fetched, here, now)
    for source, found in zip(sources, scored, strict=True):
        if isinstance(found, Rejection):
            say(f"{source}: {found.reason}: {found.detail}")
        else:
            out(json.dumps(score_row(source, found, here), ensure_ascii=False))
    return 1 if any(isinstance(found, Rejection) for found in scored) else 0


def discover(
    pages: Sequence[str],
    *,
    here: Settings,
    out: Out,
    say: Out,
    now: datetime | None = None,
    web: Web | None = None,
    pacer: Pacer | None = None,
    register: bool = False,
) -> None:
    """Feeds that front pages name and the register does not hold, best first, a JSON line each.

    pages      front pages; those of the sites of our articles when there are none
    register   add those that are admitted; the others are listed all the same, and not ingested
    """
    now = now or instant_now()
    scored = scored_candidates(pages or front_pages(here), here=here, say=say, now=now, web=web, pacer=pacer)
    for candidate, found in scored:
        where = {"title": candidate.title, "found_in": candidate.found_in, "how": candidate.how}
        out(json.dumps(score_row(candidate.url, found, here) | where, ensure_ascii=False))
    if register:
        store_of(here).add(
            new_feed(each.url, now=now, title=each.title or None, note=f"discovered in {each.found_in}")
            for each, found in scored
            if found.score >= here.min_likeness
        )


def scored_candidates(
    pages: Sequence[str],
    *,
    here: Settings,
    say: Out,
    now: datetime,
    lists: Sequence[Path] = (),
    web: Web | None = None,
    pacer: Pacer | None = None,
) -> list[tuple[Candidate, Likeness]]:
    """The feeds that these front pages and OPML files name and nobody follows yet, with their scores, best first.

    say   has a line for each page or feed that could not be read
    """
    web = web or web_of(here)
    known = {record.feed.url for record in store_of(here).records().kept}
    candidates: dict[str, Candidate] = {}
    for path in lists:
        for feed in read_opml(path.read_bytes(), name=path.name).kept:
            candidates.setdefault(feed.url, Candidate(feed.url, feed.title or "", path.name, "listed"))
    with workers_of(1) as workers, archive_of(here, now) as archive:
        fetcher = fetcher_of(here, web=web, archive=archive, pacer=pacer)
        for page in pages:
            answer = _answer(page, fetcher, here.max_page_bytes, now)
            outcome = answer if isinstance(answer, Rejection) else workers.call(feeds_of_answer, answer)
            if isinstance(outcome, Rejection | Failed):
                say(f"{page}: {outcome.reason}: {outcome.detail}")
                continue
            candidates |= {each.url: each for each in outcome.value if each.url not in candidates}
    found = [candidate for url, candidate in candidates.items() if url not in known]
    rows = []
    for candidate, likeness_of_it in zip(
        found, _scored(_documents([each.url for each in found], here, now, web, pacer), here, now), strict=True
    ):
        if isinstance(likeness_of_it, Rejection):
            say(f"{candidate.url}: {likeness_of_it.reason}: {likeness_of_it.detail}")
        else:
            rows.append((candidate, likeness_of_it))
    return sorted(rows, key=lambda row: (-row[1].score, row[0].url))


def front_pages(here: Settings) -> tuple[str, ...]:
    """The front pages of the sites that articles of the published warehouse stand on; those with most articles first.

    None of a site that is followed already: its feeds are known.
    """
    if not here.published_path.exists():
        return ()
    with reader(here.published_path) as connection:
        rows = connection.execute("select url from articles where url is not null order by article_id").fetchall()
    followed = {site_of(record.feed.url) for record in store_of(here).records().kept}
    urls = [url for (url,) in rows if site_of(url) not in followed]
    counted = Counter(home for url in urls for home in home_pages([url]))
    return tuple(home for home, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_HOMES])


def score_row(source: str, found: Likeness, here: Settings) -> dict[str, Any]:
    """A score as it is printed: feed, score, admitted, and the parts with their values and reasons."""
    parts = {name: {"value": round(part.value, 3), "because": part.because} for name, part in found.parts.items()}
    return {"feed": source, "score": found.score, "admitted": found.score >= here.min_likeness, "parts": parts}


def feeds_of_answer(answer: Response) -> tuple[Candidate, ...]:
    """The feeds that a page names. Runs in a worker: the page is a stranger's."""
    return feeds_of_page(decode_markup(answer.body, answer.header("Content-Type")).text, answer.final_url)


def _scored(documents: Sequence[FeedDocument | Rejection], here: Settings, now: datetime) -> list[Likeness | Rejection]:
    wording = wording_of(here)
    corpus = corpus_of(here, wording)
    readable = [document for document in documents if isinstance(document, FeedDocument)]
    with workers_of() as workers:
        parsed = iter(parse_documents(readable, workers=workers, rules=feed_rules(here), now=now))
    found = [next(parsed) if isinstance(document, FeedDocument) else document for document in documents]
    return [feed if isinstance(feed, Rejection) else likeness(feed.entries, corpus, wording, now=now) for feed in found]


def _documents(
    sources: Sequence[str], here: Settings, now: datetime, web: Web, pacer: Pacer | None
) -> list[FeedDocument | Rejection]:
    """Files as they are, addresses as they answer."""
    if not any(source.startswith(("http://", "https://")) for source in sources):
        return [file_document(Path(source), None, now) for source in sources]
    with archive_of(here, now) as archive:
        fetcher = fetcher_of(here, web=web, archive=archive, pacer=pacer)
        return [
            _fetched(source, fetcher, here, now)
            if source.startswith(("http://", "https://"))
            else file_document(Path(source), None, now)
            for source in sources
        ]


def _fetched(url: str, fetcher: Fetcher, here: Settings, now: datetime) -> FeedDocument | Rejection:
    answer = _answer(url, fetcher, here.max_feed_bytes, now)
    if isinstance(answer, Rejection):
        return answer
    feed_id = derived_id("feed", url)
    return FeedDocument(
        feed_id=feed_id,
        url=url,
        final_url=answer.final_url,
        content=answer.body,
        content_type=answer.header("Content-Type"),
        fetched_at=answer.fetched_at,
        archived_at=fetcher.archive.add(answer, purpose="candidate", subject=feed_id),
    )


def _answer(url: str, fetcher: Fetcher, max_bytes: int, now: datetime) -> Response | Rejection:
    answer = fetcher.web.get(url, max_bytes=max_bytes, before_hop=fetcher.before_hop)
    if isinstance(answer, Rejection):
        return answer
    failure = failure_of(answer, now)
    return failure.rejection if failure else answer
