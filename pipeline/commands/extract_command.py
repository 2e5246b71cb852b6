"""pipeline extract: the articles of a page or document, as JSON objects."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.article_json import article_json
from pipeline.edges.lexicon_files import load_lexicon
from pipeline.edges.seed_files import configured_documents, reading_rules
from pipeline.evidence.branches import branch_off
from pipeline.evidence.lexicon import Lexicon
from pipeline.model import Article, Document, Rejection
from pipeline.reading.documents import ReadingRules, read_document
from pipeline.settings import settings


def extracted(file: Path, *, url: str | None) -> Iterator[dict[str, Any]]:
    """One object for each article; one with the reason when there is none."""
    content = file.read_bytes()
    articles, rejected = _read(content, url)
    for article in articles:
        branches = branch_off(article, _lexicon())
        yield article_json(article, branches, file=str(file), url=url, zone=settings().zone)
    if not articles:
        for rejection in rejected:
            yield {"file": str(file), "rejected": {"reason": rejection.reason.value, "detail": rejection.detail}}


def _read(content: bytes, url: str | None) -> tuple[tuple[Article, ...], tuple[Rejection, ...]]:
    here = settings()
    sha256 = hashlib.sha256(content).hexdigest()
    row = configured_documents(here.seeds_dir / "documents.csv").get(sha256, {})
    received_at = row.get("received_at")
    received = datetime.fromisoformat(received_at) if received_at else datetime.now(UTC)
    document = Document(
        sha256=sha256,
        content=content,
        received_on=received.astimezone(here.zone).date(),
        outlet=row.get("outlet") or None,
        url=url or row.get("url") or None,
    )
    reading = read_document(document, _rules(), max_bytes=here.max_document_bytes)
    return reading.articles, reading.rejected


@lru_cache(maxsize=1)
def _rules() -> ReadingRules:
    return reading_rules(settings(), received_on=datetime.now(settings().zone).date())


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return load_lexicon(settings().seeds_dir)
