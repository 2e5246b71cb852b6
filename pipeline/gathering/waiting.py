"""Pages that could not be had → those that are asked for again, because their failure may pass. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import Entry, Reason, Rejection

MAX_TRIES = 6  # an hour apart: what a newsroom's server does not give in that time was not meant to be had
_MOST = 20_000  # entries; ten hours of what one run asks for: beyond it something else is wrong
_MAY_PASS = frozenset(
    {
        *(Reason.UNREACHABLE, Reason.DEADLINE, Reason.INCOMPLETE, Reason.RATE_LIMITED, Reason.HOST_DOWN),
        *(Reason.BAD_RESPONSE, Reason.PUT_OFF),
    }
)


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """An entry whose page could not be had, so many times."""

    entry: Entry
    tries: int


def still_waiting(
    entries: Iterable[Entry], waiting: Iterable[WaitingPage], rejected: Iterable[Rejection]
) -> tuple[WaitingPage, ...]:
    """What waits after a run over the pages of `entries` and of those that waited; in the order of their ids.

    A page that was put off was not asked for: that is no try.
    """
    failed = {rejection.subject: rejection.reason for rejection in rejected if may_pass(rejection)}
    tries = {page.entry.entry_id: page.tries for page in waiting}
    known = {page.entry.entry_id: page.entry for page in waiting} | {entry.entry_id: entry for entry in entries}
    found = (
        WaitingPage(entry, tries.get(entry_id, 0) + (failed[entry.url] is not Reason.PUT_OFF))
        for entry_id, entry in known.items()
        if entry.url and entry.url in failed
    )
    left = sorted((page for page in found if page.tries < MAX_TRIES), key=lambda page: page.entry.entry_id)
    return tuple(left[:_MOST])


def may_pass(rejection: Rejection) -> bool:
    """Whether asking again later may give the page: no answer, half an answer, a busy server."""
    if rejection.reason is Reason.HTTP_STATUS:
        return rejection.detail.startswith("5")
    return rejection.reason in _MAY_PASS
