"""One function a task: read partitions, call the pure part, replace partitions, hand on a reference.

A reference is "dataset/key"; the partitions of one batch share their key, so that a reference to one names them all.
Heavy imports stand inside the steps that need them: a scheduler that parses the DAGs needs none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from pipeline.model import Article, DocumentRecord, Quarantined, StageCount, derived_id
from pipeline.settings import Settings, settings

if TYPE_CHECKING:
    from pipeline.edges.partitions import Partitions
    from pipeline.edges.raw_documents import RawDocuments

log = structlog.get_logger()
Ref = str


def register_documents(paths: Sequence[str], *, now: datetime | None = None) -> Ref:
    """Files and folders → their bytes, kept raw, and documents/<key>. The same files are the same batch.

    now   instant at which unknown bytes come; the clock's when not given
    """
    from pipeline.edges.raw_documents import find_files
    from pipeline.edges.seed_files import configured_documents

    here, at = settings(), now or datetime.now(UTC).replace(microsecond=0)
    configured = configured_documents(here.seeds_dir / "documents.csv")
    today = at.astimezone(here.zone).date()
    raw = _raw(here)
    records = {
        record.document_id: record
        for file in find_files([Path(path) for path in paths])
        for record in [raw.keep(file.read_bytes(), now=at, today=today, configured=configured)]
    }
    ordered = sorted(records.values(), key=lambda record: record.document_id)
    key = f"documents-{derived_id(*(record.document_id for record in ordered))}"
    log.info("documents_registered", batch=key, documents=len(ordered))
    return _partitions(here).replace(f"documents/{key}", DocumentRecord, ordered)


def read_documents(documents: Ref) -> Ref:
    """documents → articles, quarantine and stage_counts of the same batch."""
    from pipeline.documents import read_document
    from pipeline.edges.seed_files import reading_rules
    from pipeline.model import Document

    here, key = settings(), key_of(documents)
    partitions, raw = _partitions(here), _raw(here)
    records = partitions.read(documents, DocumentRecord)
    articles: list[Article] = []
    rejected: list[Quarantined] = []
    empty = 0
    for record in records:
        rules = reading_rules(here, received_on=record.received_on)
        document = Document(
            sha256=record.document_id,
            content=raw.read(record.document_id),
            received_on=record.received_on,
            outlet=record.outlet,
            url=record.url,
        )
        reading = read_document(document, rules, max_bytes=here.max_document_bytes)
        articles += reading.articles
        empty += not reading.articles
        rejected += [
            Quarantined(
                quarantine_id=derived_id("read_documents", rejection.subject, rejection.reason),
                batch=key,
                stage="read_documents",
                dataset="articles",
                subject=rejection.subject,
                reason=rejection.reason,
                rule=rejection.reason,
                value=rejection.detail,
                document_id=record.document_id,
            )
            for rejection in reading.rejected
        ]
    counts = [
        _count(key, "read_documents", "documents", given=len(records), rejected=empty),
        _count(key, "read_documents", "items", given=len(articles) + len(rejected), rejected=len(rejected)),
    ]
    log.info("stage_done", stage="read_documents", batch=key, kept=len(articles), rejected=len(rejected))
    partitions.replace(f"quarantine/{key}.read", Quarantined, rejected)
    partitions.replace(f"stage_counts/{key}.read", StageCount, counts)
    return partitions.replace(f"articles/{key}", Article, articles)


def extract_branches(articles: Ref) -> Ref:
    return articles


def group_near_duplicates(articles: Ref) -> Ref:
    return articles


def cluster_stories(articles: Ref) -> Ref:
    return articles


def check(articles: Ref) -> Ref:
    return articles


def load_warehouse(articles: Ref) -> Ref:
    return articles


def compose_digests(articles: Ref) -> Ref:
    return articles


def report_quality(articles: Ref) -> Ref:
    return articles


def key_of(ref: Ref) -> str:
    """The batch that a reference is of."""
    return ref.partition("/")[2]


def _count(key: str, stage: str, unit: str, *, given: int, rejected: int) -> StageCount:
    return StageCount(
        batch=key, stage=stage, unit=unit, given_count=given, kept_count=given - rejected, rejected_count=rejected
    )


def _partitions(here: Settings) -> Partitions:
    from pipeline.edges.partitions import Partitions

    return Partitions(here.data_dir / "partitions")


def _raw(here: Settings) -> RawDocuments:
    from pipeline.edges.raw_documents import RawDocuments

    return RawDocuments(here.data_dir / "raw" / "documents")
