"""Entries of a poll and those known before → which are new, which changed, which are the same as ever.

A feed is no record: items vanish and come back, guids change with the content system, addresses with the headline, and
some feeds give every item one guid. What a reader must never see is the same article announced twice, or an article
that never appears because another had its guid. Nothing known is ever deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pipeline.folding import words
from pipeline.gathering.urls import address_key
from pipeline.model import Entry, derived_id

# Two titles of one item share most of their words also after an edit ("Minister quits" → "Minister quits over leak").
# Of two items that share a guid by accident, few share more than a name: half of the shorter title parts the two.
SAME_TITLE = 0.5
_BOTH, _ID, _GUID, _ADDRESS = range(4)  # by what an entry is recognised, the surest first
_SAME_INSTANT = timedelta(minutes=2)
KEPT_FOR = timedelta(days=90)  # beyond any feed; an item that returns later has its old id all the same


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntry:
    """What is kept of an entry to know it again."""

    entry_id: str
    guid: str | None
    address: str | None  # urls.address_key
    title: str
    version: str
    published_at: datetime | None
    first_seen_at: datetime
    last_seen_on: date  # UTC; a day, so that a poll without news changes nothing


@dataclass(frozen=True, slots=True)
class Observed:
    """A poll, seen against what was known. Together `new`, `changed` and `unchanged` are the entries of the poll."""

    new: tuple[Entry, ...]
    changed: tuple[Entry, ...]  # known before, with other words now: a new version of the same entry
    unchanged: tuple[Entry, ...]
    known: tuple[KnownEntry, ...]  # what is known from now on


def observe(known: Iterable[KnownEntry], entries: Sequence[Entry], *, now: datetime) -> Observed:
    """Sort the entries of a poll by what is new about them. The order of entries changes nothing.

    An entry is known when its guid and address are; or when one of the two is, the poll holds no better match for what
    is known by it, and titles or instants of publication say that it is the same item. A page of its own is the same
    item also under another guid and title; a front page is nobody's own.
    """
    before = {entry.entry_id: entry for entry in known}
    pairs = _matched(list(before.values()), entries)
    new: list[Entry] = []
    changed: list[Entry] = []
    unchanged: list[Entry] = []
    for entry in entries:
        earlier = pairs.get(entry.entry_id)
        if earlier is None:
            while entry.entry_id in before:  # another item under a guid and address that were used before
                entry = replace(entry, entry_id=derived_id(entry.entry_id, entry.title, entry.published_at))
            before[entry.entry_id] = _known(entry, first_seen_at=now, now=now)
            new.append(entry)
            continue
        entry = replace(entry, entry_id=earlier.entry_id)
        before[earlier.entry_id] = _known(entry, first_seen_at=earlier.first_seen_at, now=now)
        (unchanged if entry.version == earlier.version else changed).append(entry)
    kept = tuple(entry for entry in before.values() if entry.last_seen_on > now.date() - KEPT_FOR)
    return Observed(tuple(new), tuple(changed), tuple(unchanged), kept)


def _known(entry: Entry, *, first_seen_at: datetime, now: datetime) -> KnownEntry:
    return KnownEntry(
        entry_id=entry.entry_id,
        guid=entry.guid,
        address=_address(entry),
        title=entry.title,
        version=entry.version,
        published_at=entry.published_at,
        first_seen_at=first_seen_at,
        last_seen_on=now.date(),
    )


def _matched(known: Sequence[KnownEntry], entries: Sequence[Entry]) -> Mapping[str, KnownEntry]:
    """entry id of the poll → the known entry it is. Each known entry is matched once, the surest matches first."""
    by_id = {entry.entry_id: entry for entry in known}
    by_guid = _by([(entry.guid, entry) for entry in known])
    by_address = _by([(entry.address, entry) for entry in known])
    candidates: list[tuple[int, float, str, str, KnownEntry]] = []
    for entry in entries:
        address = _address(entry) or ""
        own_page = "/" in address
        surety = {earlier.entry_id: _ADDRESS for earlier in by_address.get(address, ())}
        surety |= {earlier.entry_id: _GUID for earlier in by_guid.get(entry.guid or "", ())}
        surety |= {entry.entry_id: _ID} if entry.entry_id in by_id else {}
        for known_id, level in surety.items():
            earlier = by_id[known_id]
            if (earlier.guid, earlier.address or "") == (entry.guid, address):
                level = _BOTH
            likeness = title_likeness(entry.title, earlier.title)
            alike = likeness >= SAME_TITLE or _same_instant(entry.published_at, earlier.published_at)
            if alike or (own_page and level != _GUID):
                candidates.append((level, -likeness, entry.entry_id, known_id, earlier))
    pairs: dict[str, KnownEntry] = {}
    taken: set[str] = set()
    for _, _, entry_id, known_id, earlier in sorted(candidates, key=lambda candidate: candidate[:4]):
        if entry_id not in pairs and known_id not in taken:
            pairs[entry_id] = earlier
            taken.add(known_id)
    return pairs


def title_likeness(one: str, other: str) -> float:
    """Share of the shorter title's words that the other has too, from 0 to 1; 1 for two empty titles."""
    a, b = set(words(one)), set(words(other))
    if not a or not b:
        return float(a == b)
    return len(a & b) / min(len(a), len(b))


def _by(pairs: Iterable[tuple[str | None, KnownEntry]]) -> Mapping[str, list[KnownEntry]]:
    found: dict[str, list[KnownEntry]] = {}
    for key, entry in pairs:
        if key:
            found.setdefault(key, []).append(entry)
    return found


def _same_instant(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= _SAME_INSTANT


def _address(entry: Entry) -> str | None:
    return address_key(entry.url) if entry.url else None
