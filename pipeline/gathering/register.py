"""The feed register as a pure state machine: what a feed's state becomes after a poll, and when it is due again.

A feed's validators are believed only with the rows they came with: they are kept once its document has parsed whole
and its entries have been published and are known. So a truncated answer, a page in place of a feed or a run that is
killed in between cost a second fetch and never an item.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from pipeline.gathering.entry_history import KnownEntry, Observed, observe
from pipeline.gathering.feeds import ParsedFeed
from pipeline.gathering.politeness import MAX_WAIT, POLL_INTERVAL, back_off
from pipeline.model import Feed, FeedDocument, FeedStanding, Reason, Rejection, derived_id

_COUNTED_DAYS = 28  # four weeks: as many Sundays as Mondays
_SETTLED_AFTER = timedelta(days=7)  # a rate learned from fewer days is no expectation
# A feed with λ items a day says nothing for so many days by chance once in a thousand times: exp(-7) = 0.0009.
_EXPECTED_MISSES = 7.0
_SHORTEST_SILENCE = timedelta(days=1)  # newsrooms sleep


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered of a feed between polls."""

    added_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    last_asked_at: datetime | None = None
    last_success_at: datetime | None = None  # answered, and read well or unchanged
    last_new_at: datetime | None = None  # had an item that was not known
    failures: int = 0  # in a row
    last_fault: str = ""  # reason and detail of the last failure; empty after a success
    next_due_at: datetime | None = None  # by our own schedule; None is now
    not_before: datetime | None = None  # by the server's word (Retry-After): no request sooner, not by hand either
    gone_at: datetime | None = None  # 410: not asked again
    new_by_day: tuple[tuple[date, int], ...] = ()  # items first seen, by UTC day, the last four weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecord:
    """A feed and its state."""

    feed: Feed
    state: FeedState


@dataclass(frozen=True, slots=True, kw_only=True)
class PollFailure:
    """A poll without a feed in it."""

    rejection: Rejection
    retry_at: datetime | None = None  # the server's Retry-After


def new_feed(
    url: str,
    *,
    now: datetime,
    title: str | None = None,
    outlet: str | None = None,
    kind: str = "",
    note: str = "",
    items_per_day: float | None = None,
) -> FeedRecord:
    """A record for an address; the same address gives the same feed id."""
    feed = Feed(
        feed_id=derived_id("feed", url),
        url=url,
        title=title,
        outlet=outlet,
        kind=kind,
        note=note,
        items_per_day=items_per_day,
    )
    return FeedRecord(feed=feed, state=FeedState(added_at=now))


def may_ask(state: FeedState, now: datetime) -> bool:
    """Whether the feed may be asked at all: it is not gone, and no server has asked us to wait."""
    return state.gone_at is None and (state.not_before is None or state.not_before <= now)


def is_due(state: FeedState, now: datetime) -> bool:
    """Whether the schedule wants it asked now."""
    return may_ask(state, now) and (state.next_due_at is None or state.next_due_at <= now)


def after_failure(record: FeedRecord, failure: PollFailure, *, now: datetime) -> FeedRecord:
    """The poll failed: wait longer each time, up to a day, or as long as the server says; 410 is the end."""
    state = record.state
    failures = state.failures + 1
    wait_until = max(now + back_off(failures, key=record.feed.feed_id), failure.retry_at or now)
    rejection = failure.rejection
    return replace(
        record,
        state=replace(
            state,
            last_asked_at=now,
            failures=failures,
            last_fault=f"{rejection.reason}: {rejection.detail}",
            next_due_at=min(wait_until, now + MAX_WAIT),
            not_before=failure.retry_at,
            gone_at=now if rejection.reason is Reason.GONE else None,
        ),
    )


def after_unchanged(record: FeedRecord, *, now: datetime) -> FeedRecord:
    """The server said 304: nothing new, and all is well."""
    return replace(record, state=_succeeded(record.state, now))


def after_parsed(
    record: FeedRecord, known: Iterable[KnownEntry], document: FeedDocument, parsed: ParsedFeed, *, now: datetime
) -> tuple[FeedRecord, Observed]:
    """The document is a feed: the record from now on, and what it holds against the entries that were known.

    To be saved after the entries have been published, what is known first and the record last. Validators are kept only
    when the document was whole; an address that permanent redirects led to, because it has proved to be the feed.
    """
    observed = observe(known, parsed.entries, now=now)
    state = _succeeded(record.state, now)
    if parsed.incomplete:
        state = replace(state, last_fault=f"{Reason.INCOMPLETE}: the document ended before the feed did")
    validators = (None, None) if parsed.incomplete else (document.etag, document.last_modified)
    state = replace(
        state,
        etag=validators[0],
        last_modified=validators[1],
        last_new_at=now if observed.new else state.last_new_at,
        new_by_day=_counted(state.new_by_day, len(observed.new), now.date()),
    )
    feed = replace(
        record.feed, url=document.moved_to or record.feed.url, title=record.feed.title or parsed.title or None
    )
    return FeedRecord(feed=feed, state=state), observed


def expected_per_day(record: FeedRecord, *, now: datetime) -> float | None:
    """Items a day that the feed should have: as configured, else the mean of four weeks; None when it is too new.

    The first day does not count: everything in the feed was new then. Nor do the days since its last item: a feed that
    has fallen silent is measured by what it was.
    """
    if record.feed.items_per_day is not None:
        return record.feed.items_per_day
    counts = record.state.new_by_day
    if not counts or now - record.state.added_at < _SETTLED_AFTER:
        return None
    (started, _), (ended, _) = counts[0], counts[-1]
    return sum(count for _, count in counts[1:]) / (ended - started).days if ended > started else None


def silence(record: FeedRecord, *, now: datetime) -> str | None:
    """Why a feed is suspiciously quiet, in words; None when it is not, or nobody knows what to expect of it."""
    expected = expected_per_day(record, now=now)
    since = record.state.last_new_at or record.state.added_at
    if not expected or record.state.gone_at is not None:
        return None
    quiet = now - since
    if quiet <= max(_SHORTEST_SILENCE, timedelta(days=_EXPECTED_MISSES / expected)):
        return None
    return f"nothing new for {quiet / timedelta(hours=1):.0f} hours; usually {expected:.2g} items a day"


def standing(record: FeedRecord, *, now: datetime) -> FeedStanding:
    """The feed as it stands at an instant."""
    feed, state = record.feed, record.state
    expected = expected_per_day(record, now=now)
    due = [at for at in (state.next_due_at, state.not_before) if at is not None]
    return FeedStanding(
        feed_id=feed.feed_id,
        url=feed.url,
        title=feed.title,
        outlet=feed.outlet,
        kind=feed.kind,
        note=feed.note,
        health=health(record, now=now),
        added_at=state.added_at,
        last_asked_at=state.last_asked_at,
        last_success_at=state.last_success_at,
        last_new_at=state.last_new_at,
        failures=state.failures,
        fault=state.last_fault,
        next_due_at=max(due, default=None),
        items_per_day=None if expected is None else round(expected, 2),
        silence=silence(record, now=now),
    )


def health(record: FeedRecord, *, now: datetime) -> Literal["new", "well", "failing", "silent", "gone"]:
    """How the feed is, in a word."""
    state = record.state
    if state.gone_at is not None:
        return "gone"
    if state.failures or state.last_fault:
        return "failing"
    if silence(record, now=now):
        return "silent"
    return "well" if state.last_success_at else "new"


def _succeeded(state: FeedState, now: datetime) -> FeedState:
    return replace(
        state,
        last_asked_at=now,
        last_success_at=now,
        failures=0,
        last_fault="",
        next_due_at=now + POLL_INTERVAL,
        not_before=None,
    )


def _counted(counts: Sequence[tuple[date, int]], new: int, today: date) -> tuple[tuple[date, int], ...]:
    """Days with new items, today's among them, of the four weeks before the last one."""
    by_day = dict(counts)
    if new:
        by_day[today] = by_day.get(today, 0) + new
    last = max(by_day, default=today)
    return tuple(sorted((day, count) for day, count in by_day.items() if (last - day).days < _COUNTED_DAYS))
