"""pipeline trace and pipeline verify: from sentences back to bytes, and everything read again."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any

import duckdb

from pipeline.digests.digest_issue import digest_rules, rereader
from pipeline.digests.digest_model import Witness
from pipeline.edges import warehouse
from pipeline.edges.digest_reader import article_of
from pipeline.edges.evidence_reader import quote_or_figure
from pipeline.edges.partitions import Partitions
from pipeline.edges.raw_documents import RawDocuments
from pipeline.edges.site_sentences import sentence_of_a_story
from pipeline.errors import EvidenceBroken, Misuse
from pipeline.extraction.entry_articles import entry_bytes
from pipeline.folding import fold
from pipeline.model import Entry, Page
from pipeline.settings import Settings, settings

_WITNESSES = (
    "select sentence_id, article_id, document_id, medium, byte_start, byte_end, words "
    "from digest_witnesses where sentence_id = $id order by digest_on, number"
)


def trace_of(sentence_id: str, *, as_json: bool) -> str:
    """The sentence, quote or figure and, for each witness, document, byte span and the bytes as they are now."""
    here = settings()
    with warehouse.reader(here.published_path) as connection:
        found = connection.execute(
            "select text, section, digest_on from digest_sentences where sentence_id = $id", {"id": sentence_id}
        ).fetchall()
        reread = rereader(_raw(here), connection)
        if found:
            text, section, day = found[0]
            witnesses = [_witness(row) for row in connection.execute(_WITNESSES, {"id": sentence_id}).fetchall()]
        elif traced := quote_or_figure(connection, sentence_id) or sentence_of_a_story(
            connection, here.site_dir, sentence_id, digest_rules(here)
        ):
            text, section, day, witnesses = traced.text, traced.section, traced.day, list(traced.witnesses)
        else:
            raise Misuse(
                "no digest or page of a story has a sentence, and no article a quote or figure, of that id",
                about=sentence_id,
            )
        evidence = [_evidence(witness, reread) for witness in witnesses]
    if as_json:
        told = {
            "sentence_id": sentence_id,
            "day": day.isoformat() if day else None,
            "section": section,
            "text": text,
            "evidence": evidence,
        }
        return json.dumps(told, ensure_ascii=False, indent=1)
    lines = [f"{day or 'day not known'}  {section}", text, ""]
    for one in evidence:
        where = f"bytes {one['byte_start']}–{one['byte_end']}" if one["medium"] != "configured" else "configured"
        lines += [
            f"{one['document_id']}  {where}  {'holds' if one['holds'] else 'DOES NOT HOLD'}",
            f"    {one['bytes']}",
        ]
    return "\n".join(lines)


def _witness(row: tuple[Any, ...]) -> Witness:
    return Witness(
        article_id=row[1], document_id=row[2], medium=row[3], byte_start=row[4], byte_end=row[5], words=row[6]
    )


def _evidence(witness: Witness, reread: Callable[[Witness], str | None]) -> dict[str, Any]:
    there = reread(witness)
    return {
        "article_id": witness.article_id,
        "document_id": witness.document_id,
        "medium": witness.medium,
        "byte_start": witness.byte_start,
        "byte_end": witness.byte_end,
        "bytes": there,
        "holds": _stands(witness, reread),
    }


def verify_all(*, say: Callable[[str], None]) -> list[str]:
    """Everything that does not hold any more, in words: raw bytes, spans, counts, sentences that rest on them."""
    here = settings()
    raw = _raw(here)
    with warehouse.reader(here.published_path) as connection:
        faults = list(_broken_bytes(connection, raw, say))
        faults += _broken_spans(connection, raw, say)
        faults += _broken_sentences(connection, raw, say)
        say("counts …")
        for name, rows in warehouse.broken_checks(connection).items():
            faults.append(f"warehouse/checks/{name}.sql finds {len(rows)} rows or more, the first {rows[0]}")
    return faults


def _broken_bytes(
    connection: duckdb.DuckDBPyConnection, raw: RawDocuments, say: Callable[[str], None]
) -> Iterator[str]:
    rows = connection.execute("select document_id from documents where medium = 'document' order by 1").fetchall()
    say(f"raw bytes of {len(rows)} documents …")
    for (document_id,) in rows:
        try:
            raw.read(document_id)
        except EvidenceBroken as error:
            yield str(error)
    kept = _kept_off_the_web(Partitions.of(settings()))
    rows = connection.execute("select document_id, url from documents where medium <> 'document' order by 1").fetchall()
    say(f"raw bytes of {len(rows)} pages and entries …")
    for document_id, url in rows:
        if document_id not in kept:
            yield f"{document_id}: the bytes that came from {url} are gone or no longer what was received"


def _kept_off_the_web(partitions: Partitions) -> set[str]:
    """Hashes of all pages and entries as they are kept now."""
    pages = (page.content for key in partitions.keys("pages") for page in partitions.read(f"pages/{key}", Page))
    entries = (
        entry_bytes(entry) for key in partitions.keys("entries") for entry in partitions.read(f"entries/{key}", Entry)
    )
    return {hashlib.sha256(content).hexdigest() for content in itertools.chain(pages, entries)}


def _broken_spans(
    connection: duckdb.DuckDBPyConnection, raw: RawDocuments, say: Callable[[str], None]
) -> Iterator[str]:
    """Articles whose pieces are not the bytes of their source any more."""
    cursor = connection.execute("select * from articles where len(pieces) > 0 order by article_id")
    columns = [column[0] for column in cursor.description or ()]
    rows = cursor.fetchall()
    say(f"spans of {len(rows)} articles …")
    for row in rows:
        article = article_of(dict(zip(columns, row, strict=True)))
        try:
            content = raw.as_they_are(article.document_id)
        except EvidenceBroken:
            yield f"article {article.article_id} “{article.title.text}” rests on a source that is gone"
            continue
        for piece in article.pieces:
            there = content[piece.byte_start : piece.byte_end].decode(article.encoding, "replace")
            if there != article.text[piece.text_start : piece.text_end]:
                yield f"article {article.article_id}: bytes {piece.byte_start}–{piece.byte_end} are no longer its words"


def _broken_sentences(
    connection: duckdb.DuckDBPyConnection, raw: RawDocuments, say: Callable[[str], None]
) -> Iterator[str]:
    """Sentences whose own words are gone first, then those that only rest on a source that changed elsewhere."""
    rows = connection.execute(
        "select w.sentence_id, w.article_id, w.document_id, w.medium, w.byte_start, w.byte_end, w.words, "
        "s.text, s.digest_on from digest_witnesses as w "
        "join digest_sentences as s using (sentence_id, digest_on) order by s.digest_on, s.place, w.number"
    ).fetchall()
    say(f"evidence of {len({row[0] for row in rows})} sentences …")
    pages = {row[1] for row in rows if row[3] == "page"}
    now = rereader(raw, connection, checked=False, articles=pages)
    then = rereader(raw, connection, articles=pages)
    gone: dict[str, str] = {}
    shaken: dict[str, str] = {}
    for row in rows:
        witness, said = _witness(row), f"{row[0]} of {row[8]}"
        if not _stands(witness, now):
            gone[row[0]] = f"sentence {said} no longer holds: {row[7]}"
        elif not _stands(witness, then):
            shaken[row[0]] = f"sentence {said} rests on a source that has changed elsewhere: {row[7]}"
    yield from gone.values()
    yield from (text for sentence_id, text in shaken.items() if sentence_id not in gone)


def _stands(witness: Witness, reread: Callable[[Witness], str | None]) -> bool:
    there = reread(witness)
    return there is not None and fold(there) == fold(witness.words)


def _raw(here: Settings) -> RawDocuments:
    return RawDocuments(here.data_dir / "raw" / "documents")
