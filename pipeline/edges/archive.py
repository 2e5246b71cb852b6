"""Responses ↔ WARC files: what was fetched is written once, before anything parses it, and can be read again.

Plays in every web-archive tool, and reads what they write. Each response is one gzip member, synced to disk before its
place is handed out, so that a run that is killed leaves whole records behind.
"""

from __future__ import annotations

import io
import os
import threading
import uuid
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from pipeline.edges.web import Response
from pipeline.gathering.content_coding import Undecoded, decode_body
from pipeline.model import Reason, Rejection

# Headers of ours beside the standard's: what was asked, why, and for which feed or entry.
_ASKED, _PURPOSE, _SUBJECT, _MOVED = "X-Asked-URI", "X-Purpose", "X-Subject", "X-Moved-To"
_HOP_BY_HOP = frozenset({"transfer-encoding", "connection", "keep-alive", "content-length"})
_IDS = uuid.UUID("5f1d3c1e-7a34-5c53-9f0e-0f6a5b0c8d11")  # namespace of record ids, which are derived


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A response as an archive holds it."""

    place: str  # "file.warc.gz#offset"
    url: str  # as asked
    final_url: str
    moved_to: str | None
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes  # content coding removed
    fetched_at: datetime
    purpose: str  # "feed" or "page"; empty in archives of others
    subject: str  # id of the feed or entry; empty in archives of others

    def header(self, name: str) -> str | None:
        """The first header of that name, case ignored."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Archive:
    """A new WARC file; threads may share it. A context manager."""

    def __init__(self, path: Path, *, software: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = path.open("xb")  # raw partitions are written once
        self._writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
        self._lock = threading.Lock()
        info = {"software": software, "format": "WARC File Format 1.1"}
        self._writer.write_record(self._writer.create_warcinfo_record(path.name, info))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """No more responses."""
        self._file.close()

    def add(self, response: Response, *, purpose: str, subject: str) -> str:
        """Write a response; its place, once it is on the disk."""
        at = response.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        record = self._writer.create_warc_record(
            response.final_url,
            "response",
            payload=io.BytesIO(response.raw_body),
            length=len(response.raw_body),
            http_headers=_http_headers(response),
            warc_headers_dict={
                "WARC-Date": at,
                "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(_IDS, f'{response.url} {at} {subject}')}>",
                "WARC-IP-Address": response.ip_address,
                _ASKED: response.url,
                _PURPOSE: purpose,
                _SUBJECT: subject,
                **({_MOVED: response.moved_to} if response.moved_to else {}),
            },
        )
        with self._lock:
            offset = self._file.tell()
            self._writer.write_record(record)
            self._file.flush()
            os.fsync(self._file.fileno())
        return f"{self.path.name}#{offset}"


def read_archive(path: Path, *, max_bytes: int) -> Iterator[Archived | Rejection]:
    """Every response of a WARC (or ARC) file, ours or others', in order; what cannot be read is a rejection.

    max_bytes   limit of each body, decoded
    """
    with path.open("rb") as file:
        records = ArchiveIterator(file, arc2warc=True, check_digests=True)
        while True:
            try:
                record = next(records)
            except StopIteration:
                return
            except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, zlib.error, ValueError) as error:
                place = f"{path.name}#{file.tell()}"
                yield Rejection(place, Reason.INCOMPLETE, f"the archive cannot be read on: {error}"[:300])
                return
            if record.rec_type in ("response", "resource"):
                yield _read(record, lambda: f"{path.name}#{records.get_record_offset()}", max_bytes)


def _http_headers(response: Response) -> StatusAndHeaders:
    """The headers as they came, but for those that describe the transfer, which is over."""
    kept = [(name, value) for name, value in response.headers if name.lower() not in _HOP_BY_HOP]
    status = f"{response.status} {response.status_words}".strip()
    return StatusAndHeaders(status, [*kept, ("Content-Length", str(len(response.raw_body)))], protocol="HTTP/1.1")


def _read(record: ArcWarcRecord, place_of_it: Callable[[], str], max_bytes: int) -> Archived | Rejection:
    """One record. Its place is known to warcio once it has been read, and asking sooner skips its body."""
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    headers = tuple(record.http_headers.headers) if record.http_headers else ()
    named = {name.lower(): value for name, value in headers}
    if not headers:
        headers = (("Content-Type", record.rec_headers.get_header("Content-Type") or ""),)
    chunked = "chunked" in named.get("transfer-encoding", "").lower()
    try:
        stream = ChunkedDataReader(record.raw_stream, decomp_type=None) if chunked else record.raw_stream
        raw = _at_most(stream, max_bytes)
        fetched_at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
    except (OSError, EOFError, zlib.error, ValueError) as error:
        return Rejection(place_of_it(), Reason.INCOMPLETE, f"{type(error).__name__}: {error}"[:300])
    place = place_of_it()
    if len(raw) <= max_bytes and (record.digest_checker.passed is False or (record.raw_stream.limit and not chunked)):
        return Rejection(place, Reason.INCOMPLETE, f"{len(raw)} bytes, cut or changed since they were written")
    if not url.startswith(("http://", "https://")):
        return Rejection(place, Reason.BAD_ADDRESS, f"a record of {url[:100]!r}")
    coding = named.get("content-encoding", "")
    if "gzip" in coding and not raw.startswith(b"\x1f\x8b"):
        coding = ""  # some archivers store the decoded body and keep the header
    body = decode_body(raw, coding, max_bytes=max_bytes)
    if isinstance(body, Undecoded):
        return Rejection(place, body.reason, body.detail)
    return Archived(
        place=place,
        url=record.rec_headers.get_header(_ASKED) or url,
        final_url=url,
        moved_to=record.rec_headers.get_header(_MOVED),
        status=int(record.http_headers.get_statuscode() or 0) if record.http_headers else 200,
        headers=headers,
        content=body,
        fetched_at=fetched_at,
        purpose=record.rec_headers.get_header(_PURPOSE) or "",
        subject=record.rec_headers.get_header(_SUBJECT) or "",
    )


def _at_most(stream: io.BufferedIOBase, max_bytes: int) -> bytes:
    """The stream's bytes, cut one byte after the limit, so that it shows as too large."""
    raw = bytearray()
    while len(raw) <= max_bytes and (piece := stream.read(65_536)):
        raw += piece
    return bytes(raw[: max_bytes + 1])
