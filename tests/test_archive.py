"""Raw responses in WARC files."""

from __future__ import annotations

import gzip
import io
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.edges.archive import Archive, Archived, read_archive
from pipeline.edges.web import Response
from pipeline.model import Reason, Rejection

AT = datetime(2026, 8, 22, 13, 5, 7, 123456, tzinfo=UTC)
LIMIT = 1_000_000


def response(number: int = 1, body: bytes = b"<rss/>", *, coded: bool = False, moved_to: str | None = None) -> Response:
    raw = gzip.compress(body) if coded else body
    headers = [("Content-Type", "text/xml; charset=utf-8"), ("ETag", 'W/"a b"'), ("Transfer-Encoding", "chunked")]
    return Response(
        url=f"https://herald.example/{number}",
        final_url=f"https://www.herald.example/{number}?q=a%20b",
        moved_to=moved_to,
        status=200,
        status_words="OK",
        headers=(*headers, *([("Content-Encoding", "gzip")] if coded else [])),
        raw_body=raw,
        body=body,
        fetched_at=AT,
        ip_address="192.0.2.1",
    )


def written(path: Path, *responses: Response) -> list[str]:
    with Archive(path, software="test") as archive:
        return [archive.add(each, purpose="feed", subject=f"f{number}") for number, each in enumerate(responses)]


@pytest.mark.parametrize("coded", [False, True])
def test_a_response_is_read_back_as_it_was(tmp_path, coded):
    given = response(body=b"<rss>\xff\x00</rss>" * 100, coded=coded, moved_to="https://www.herald.example/new")
    (place,) = written(tmp_path / "a.warc.gz", given)
    (found,) = read_archive(tmp_path / "a.warc.gz", max_bytes=LIMIT)
    assert isinstance(found, Archived)
    assert (found.url, found.final_url, found.moved_to) == (given.url, given.final_url, given.moved_to)
    assert (found.status, found.content, found.fetched_at) == (200, given.body, AT)
    assert (found.place, found.purpose, found.subject) == (place, "feed", "f0")
    assert found.header("etag") == 'W/"a b"'
    assert found.header("transfer-encoding") is None


def test_what_is_written_is_a_standard_archive_and_the_same_every_time(tmp_path):
    for name in ("a", "b"):
        written(tmp_path / f"{name}.warc.gz", response(), response(2))
    records = []
    for name in ("a", "b"):
        with (tmp_path / f"{name}.warc.gz").open("rb") as file:
            records.append([
                (record.rec_type, record.rec_headers.get_header("WARC-Record-ID"), record.content_stream().read())
                for record in ArchiveIterator(file, check_digests="raise")
                if record.rec_type != "warcinfo"
            ])  # fmt: skip
    assert records[0] == records[1]
    assert [record[0] for record in records[0]] == ["response", "response"]


def test_an_archive_is_never_overwritten(tmp_path):
    written(tmp_path / "a.warc.gz", response())
    with pytest.raises(FileExistsError):
        written(tmp_path / "a.warc.gz", response())


@pytest.mark.parametrize("cut", [50, 100, 300])
def test_of_an_archive_that_ends_in_the_middle_whole_records_are_read(tmp_path, cut):
    path = tmp_path / "a.warc.gz"
    written(path, response(1, b"1" * 500), response(2, bytes(range(256)) * 4))
    path.write_bytes(path.read_bytes()[:-cut])
    first, *rest = read_archive(path, max_bytes=LIMIT)
    assert isinstance(first, Archived)
    assert first.content == b"1" * 500
    assert all(isinstance(found, Rejection) and found.reason is Reason.INCOMPLETE for found in rest)
    assert rest


def test_a_record_that_was_changed_is_a_rejection(tmp_path):
    path = tmp_path / "a.warc.gz"
    written(path, response(1, b"1" * 500))
    plain = gzip.decompress(path.read_bytes()).replace(b"1111", b"1121", 1)
    (tmp_path / "b.warc").write_bytes(plain)
    (found,) = read_archive(tmp_path / "b.warc", max_bytes=LIMIT)
    assert isinstance(found, Rejection)
    assert found.reason is Reason.INCOMPLETE


def test_a_body_over_the_limit_is_a_rejection_and_the_next_is_read(tmp_path):
    written(
        tmp_path / "a.warc.gz",
        response(1, b"\0" * (LIMIT + 1), coded=True),
        response(2, b"\0" * (LIMIT + 1)),
        response(3),
    )
    first, second, third = read_archive(tmp_path / "a.warc.gz", max_bytes=LIMIT)
    assert isinstance(first, Rejection)
    assert isinstance(second, Rejection)
    assert first.reason is second.reason is Reason.TOO_LARGE
    assert isinstance(third, Archived)


def test_archives_of_others_are_read(tmp_path):
    path = tmp_path / "b.warc"
    chunked = b"6\r\n<rss/>\r\n0\r\n\r\n"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        for kind, headers, payload in [
            ("request", [("Host", "x")], b""),
            ("response", [("Transfer-Encoding", "chunked")], chunked),
            ("response", [("Content-Encoding", "gzip")], b"already decoded"),
            ("response", [("Content-Encoding", "br")], b"???"),
        ]:
            http = StatusAndHeaders("200 OK" if kind == "response" else "GET / HTTP/1.1", headers, protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    "https://x.example/", kind, payload=io.BytesIO(payload), length=len(payload), http_headers=http
                )
            )
        writer.write_record(
            writer.create_warc_record(
                "https://x.example/r", "resource", payload=io.BytesIO(b"<p>"), length=3, warc_content_type="text/html"
            )
        )
    first, second, third, fourth = read_archive(path, max_bytes=LIMIT)
    assert [found.content for found in (first, second, fourth) if isinstance(found, Archived)] == [
        b"<rss/>",
        b"already decoded",
        b"<p>",
    ]
    assert isinstance(third, Rejection)
    assert third.reason is Reason.UNKNOWN_CODING
    assert isinstance(fourth, Archived)
    assert (fourth.header("content-type"), fourth.status, fourth.purpose) == ("text/html", 200, "")


def test_what_is_no_archive_is_one_rejection(tmp_path):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"not an archive at all" * 100)
    found = list(read_archive(path, max_bytes=LIMIT))
    assert len(found) == 1
    assert isinstance(found[0], Rejection)


def test_threads_may_share_an_archive(tmp_path):
    path = tmp_path / "a.warc.gz"
    with Archive(path, software="test") as archive:
        threads = [
            threading.Thread(
                target=archive.add, args=[response(n, b"%d" % n * 1000)], kwargs={"purpose": "page", "subject": ""}
            )
            for n in range(10)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    found = list(read_archive(path, max_bytes=LIMIT))
    assert {each.content[:1] for each in found if isinstance(each, Archived)} == {b"%d" % n for n in range(10)}
