"""pipeline extract: the articles of pages and documents, as JSON objects."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.article_json import article_json
from pipeline.edges.lexicon_files import load_lexicon
from pipeline.edges.page_files import page_rules, reading_rules
from pipeline.edges.seed_files import configured_documents
from pipeline.errors import Misuse
from pipeline.evidence.branches import branch_off
from pipeline.model import Document
from pipeline.reading.sources import SourceRules, furniture_of, read_source
from pipeline.settings import settings


def extracted(files: Sequence[Path], *, url: str | None) -> Iterator[dict[str, Any]]:
    """For each file one object for each of its articles; one with the reason when there is none.

    What an outlet repeats is learned from its pages among the files, and left out of all of them: several pages in one
    call are read better than one by one.
    raises   Misuse when a file cannot be read, or an address is given for several files
    """
    if url is not None and len(files) > 1:
        raise Misuse(f"expected one file for one address; {len(files)} came", about="--url")
    here, now = settings(), datetime.now(UTC)
    today = now.astimezone(here.zone).date()
    configured = configured_documents(here.seeds_dir / "documents.csv")
    rules = SourceRules(reading_rules(here, received_on=today), page_rules(here))
    hashes = [hashlib.sha256(_content(file)).hexdigest() for file in files]
    if len(files) > 1:
        by_hash = dict(zip(hashes, files, strict=True))
        sources = [(sha256, configured.get(sha256, {}).get("url") or None) for sha256 in by_hash]
        rules = replace(rules, furniture=furniture_of(sources, lambda sha256: _content(by_hash[sha256]), on=today))
    lexicon = load_lexicon(here.seeds_dir)
    for file, sha256 in zip(files, hashes, strict=True):
        content = _content(file)
        row = configured.get(sha256, {})
        received = datetime.fromisoformat(row["received_at"]) if row.get("received_at") else now
        document = Document(
            sha256=sha256,
            content=content,
            received_on=received.astimezone(here.zone).date(),
            outlet=row.get("outlet") or None,
            url=url or row.get("url") or None,
        )
        reading = read_source(document, rules, max_bytes=here.max_document_bytes)
        for article in reading.articles:
            branches = branch_off(article, lexicon)
            yield article_json(article, branches, file=str(file), url=url, zone=here.zone)
        if not reading.articles:
            for rejection in reading.rejected:
                yield {"file": str(file), "rejected": {"reason": rejection.reason.value, "detail": rejection.detail}}


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Misuse(f"cannot be read: {error.strerror}", about=str(file)) from error
