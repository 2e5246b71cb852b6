"""Archives read again without the network."""

from __future__ import annotations

import io
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.edges.archive import Archive
from pipeline.edges.replay import Replayed, replay
from pipeline.gathering.urls import AddressRules, canonicalise
from pipeline.model import Reason
from tests.made_feeds import ATOM_10, JSON_11, RSS_20
from tests.test_archive import response

HTML = b"<!doctype html><html><title>x</title><p>Talks of <rss> and <feed> tags.</p></html>"


def replayed(path: Path) -> Replayed:
    rules = AddressRules(parameters={"*": ("utm_*",)})
    return replay(path, max_bytes=1_000_000, canonical=lambda url: canonicalise(url, rules))


def foreign(path: Path, *answers: tuple[str, str, bytes]) -> None:
    """An archive that another program wrote: (status, type, body) each."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, (status, kind, body) in enumerate(answers):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            url = f"https://x.example/{number}?utm_source=a"
            stream = io.BytesIO(body)
            writer.write_record(
                writer.create_warc_record(url, "response", payload=stream, length=len(body), http_headers=headers)
            )


def test_our_archives_say_what_each_response_was_fetched_for(tmp_path):
    path = tmp_path / "a.warc.gz"
    with Archive(path, software="test") as archive:
        place = archive.add(
            response(1, b"not even a feed", moved_to="https://x.example/"), purpose="feed", subject="f1"
        )
        archive.add(response(2, HTML), purpose="page", subject="e1")
    found = replayed(path)
    (document,), (page,) = found.documents, found.pages
    assert (document.feed_id, document.url, document.moved_to) == (
        "f1",
        "https://herald.example/1",
        "https://x.example/",
    )
    assert (document.content, document.archived_at, document.etag) == (b"not even a feed", place, 'W/"a b"')
    assert (page.entry_id, page.url, page.content) == ("e1", "https://herald.example/2", HTML)
    assert found.rejected == ()


def test_in_archives_of_others_the_bytes_say_it(tmp_path):
    path = tmp_path / "b.warc.gz"
    foreign(
        path,
        ("200 OK", "text/html", RSS_20.encode()),
        ("200 OK", "text/plain", ATOM_10.encode()),
        ("200 OK", "application/json", JSON_11.encode()),
        ("200 OK", "text/html", HTML),
        ("404 Not Found", "text/html", HTML),
        ("200 OK", "image/png", b"\x89PNG\r\n"),
        ("200 OK", "text/html", b" "),
    )
    found = replayed(path)
    assert [document.content for document in found.documents] == [RSS_20.encode(), ATOM_10.encode(), JSON_11.encode()]
    assert [(page.url, page.content) for page in found.pages] == [("https://x.example/3", HTML)]
    assert [rejection.reason for rejection in found.rejected] == [Reason.HTTP_STATUS, Reason.BINARY, Reason.EMPTY]
