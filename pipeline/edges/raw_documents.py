"""Text documents as received: bytes under their hash, written once, and beside them when they first came."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.edges.atomic import written_aside
from pipeline.errors import ConfigurationError, EvidenceBroken
from pipeline.model import DocumentRecord


class RawDocuments:
    """The documents under one folder: <root>/<first two hex digits>/<sha256>, and .json with the record."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def keep(
        self, content: bytes, *, now: datetime, today: date, configured: Mapping[str, Mapping[str, str]]
    ) -> DocumentRecord:
        """Keep the bytes. Known bytes keep their first record, but for what is configured about them.

        now, today   instant and local day, used when these bytes come for the first time and nothing is configured
        configured   rows of seeds/documents.csv by hash
        """
        sha256 = hashlib.sha256(content).hexdigest()
        row = configured.get(sha256, {})
        first_seen_at, received_on = self._first_seen(sha256) or (now, today)
        if row.get("received_at"):
            first_seen_at = datetime.fromisoformat(row["received_at"]).astimezone(UTC)
            received_on = date.fromisoformat(row["received_at"][:10])
        record = DocumentRecord(
            document_id=sha256,
            medium="document",
            byte_count=len(content),
            first_seen_at=first_seen_at,
            received_on=received_on,
            outlet=row.get("outlet") or None,
            url=row.get("url") or None,
        )
        path = self._path(sha256)
        if not path.exists():
            with written_aside(path) as aside:
                aside.write_bytes(content)
            path.chmod(0o444)
        if not self._record_path(sha256).exists():
            with written_aside(self._record_path(sha256)) as aside:
                seen = {"first_seen_at": first_seen_at.isoformat(), "received_on": received_on.isoformat()}
                aside.write_text(json.dumps(seen), encoding="utf-8")
        return record

    def read(self, sha256: str) -> bytes:
        """The bytes; EvidenceBroken when they are gone or no longer what their hash says."""
        content = self.as_they_are(sha256)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise EvidenceBroken("the raw bytes are not those that were received", about=sha256)
        return content

    def as_they_are(self, sha256: str) -> bytes:
        """The bytes on the disk, be they what was received or not; EvidenceBroken when they are gone."""
        try:
            return self._path(sha256).read_bytes()
        except OSError as error:
            raise EvidenceBroken(f"the raw bytes cannot be read: {error}", about=sha256) from error

    def all(self) -> Iterator[str]:
        """Hashes of everything kept, in order."""
        return (path.name for path in sorted(self.root.glob("??/*")) if not path.name.endswith(".json"))

    def _path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256

    def _record_path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / f"{sha256}.json"

    def _first_seen(self, sha256: str) -> tuple[datetime, date] | None:
        path = self._record_path(sha256)
        if not path.exists():
            return None
        seen = json.loads(path.read_text(encoding="utf-8"))
        return datetime.fromisoformat(seen["first_seen_at"]), date.fromisoformat(seen["received_on"])


_DATA_SUFFIXES = frozenset({".csv", ".toml", ".opml", ".json", ".jsonl", ".md", ".yaml", ".yml", ".sql", ".py"})


def find_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files that paths name: files as they are; of a folder all files but hidden ones and data (CSV, TOML, …).

    A picture or a PDF in a folder is not passed over: it becomes a rejection with a reason, so that somebody sees it.
    raises   ConfigurationError when a path names nothing
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
                if file.is_file() and not hidden and file.suffix.lower() not in _DATA_SUFFIXES:
                    found.append(file)
        elif path.is_file():
            found.append(path)
        else:
            raise ConfigurationError("expected a file or folder; nothing is there", about=os.fspath(path))
    return tuple(dict.fromkeys(found))


def is_archive(path: Path) -> bool:
    """Whether a file is a web archive (WARC, or ARC before it), by its first bytes; plain or compressed."""
    try:
        with path.open("rb") as file:
            head = file.read(4_096)
            if head.startswith(b"\x1f\x8b"):
                head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 64)
    except (OSError, zlib.error):
        return False
    return head.startswith((b"WARC/", b"filedesc://"))
