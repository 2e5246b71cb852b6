"""The feed register on disk: a JSON file a feed with its state, and one with the entries it is known to have had.

A file a feed, so that tasks that poll different feeds never write the same file; replaced whole, so that validators and
schedule change together. What is known is written before the validators that it came with: a run that dies in between
costs one poll more and announces nothing twice. DuckDB reads the files as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pipeline.edges.atomic import replace_file
from pipeline.gathering.entry_history import KnownEntry
from pipeline.gathering.register import FeedRecord
from pipeline.gathering.waiting import WaitingPage
from pipeline.model import Reason, Rejection, Sifted, derived_id

_RECORD: TypeAdapter[FeedRecord] = TypeAdapter(FeedRecord)
_KNOWN: TypeAdapter[tuple[KnownEntry, ...]] = TypeAdapter(tuple[KnownEntry, ...])
_WAITING: TypeAdapter[tuple[WaitingPage, ...]] = TypeAdapter(tuple[WaitingPage, ...])


class RegisterStore:
    """The records under a folder. Every method reads or writes the disk; none holds anything back."""

    def __init__(self, folder: Path) -> None:
        self._feeds = folder / "feeds"
        self._known = folder / "known"
        self._hosts = folder / "hosts"
        self._waiting = folder / "waiting_pages.json"
        self.robots_folder = folder / "robots"

    def records(self) -> Sifted[FeedRecord]:
        """All feeds in the order of their ids; a file that cannot be read is a rejection that names it."""
        kept, rejected = [], []
        for file in sorted(self._feeds.glob("*.json")):
            try:
                kept.append(_RECORD.validate_json(file.read_bytes()))
            except (ValidationError, ValueError) as error:
                detail = f"the register cannot be read: {str(error).splitlines()[0]}"
                rejected.append(Rejection(str(file), Reason.PARSER_FAILED, detail))
        return Sifted(tuple(kept), tuple(rejected))

    def record(self, feed_id: str) -> FeedRecord | None:
        """One feed; None when there is none of that id."""
        file = self._feeds / f"{feed_id}.json"
        return _RECORD.validate_json(file.read_bytes()) if file.exists() else None

    def save(self, record: FeedRecord) -> None:
        """Replace one feed's record."""
        replace_file(self._feeds / f"{record.feed.feed_id}.json", _RECORD.dump_json(record))

    def remove(self, feed_id: str) -> None:
        """Forget a feed. Its entries stay known, so that adding it again announces nothing twice."""
        (self._feeds / f"{feed_id}.json").unlink(missing_ok=True)

    def known(self, feed_id: str) -> tuple[KnownEntry, ...]:
        """The entries that a feed is known to have had."""
        file = self._known / f"{feed_id}.json"
        return _KNOWN.validate_json(file.read_bytes()) if file.exists() else ()

    def save_known(self, feed_id: str, known: Sequence[KnownEntry]) -> None:
        """Replace what is known of a feed's entries, if anything is new about it."""
        file = self._known / f"{feed_id}.json"
        content = _KNOWN.dump_json(tuple(sorted(known, key=lambda entry: entry.entry_id)))
        if not file.exists() or file.read_bytes() != content:
            replace_file(file, content)

    def add(self, records: Iterable[FeedRecord]) -> tuple[FeedRecord, ...]:
        """Save those whose feed is not registered yet, neither by id nor by address; returns them."""
        registered = self.records().kept
        known = {record.feed.feed_id for record in registered} | {record.feed.url for record in registered}
        added = []
        for record in records:
            if not {record.feed.feed_id, record.feed.url} & known:
                self.save(record)
                known |= {record.feed.feed_id, record.feed.url}
                added.append(record)
        return tuple(added)

    def waiting(self) -> tuple[WaitingPage, ...]:
        """Entries whose pages are asked for again in the next run."""
        return _WAITING.validate_json(self._waiting.read_bytes()) if self._waiting.exists() else ()

    def save_waiting(self, waiting: Iterable[WaitingPage]) -> None:
        """Replace what waits."""
        replace_file(self._waiting, _WAITING.dump_json(tuple(waiting)))

    def holds(self) -> dict[str, datetime]:
        """host → the instant before which it does not want to be asked (it said 429)."""
        found = (json.loads(file.read_bytes()) for file in sorted(self._hosts.glob("*.json")))
        return {hold["host"]: datetime.fromisoformat(hold["until"]) for hold in found}

    def hold(self, host: str, until: datetime) -> None:
        """Remember that a host does not want to be asked before this instant."""
        content = json.dumps({"host": host, "until": until.isoformat()}).encode()
        replace_file(self._hosts / f"{derived_id('host', host)}.json", content)
