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

from pipeline.errors import ContractBroken
from pipeline.model import (
    Article,
    DocumentRecord,
    Figure,
    Mention,
    NearDuplicateGroup,
    Placement,
    QualityResult,
    Quarantined,
    Quote,
    StageCount,
    StoryLink,
    derived_id,
)
from pipeline.settings import Settings, settings

if TYPE_CHECKING:
    from pipeline.edges.partitions import Partitions
    from pipeline.edges.raw_documents import RawDocuments
    from pipeline.grouping.corrections import Correction

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
    """documents, text and HTML → articles, quarantine and stage_counts of the same batch."""
    from pipeline.edges.page_files import page_rules
    from pipeline.edges.seed_files import reading_rules
    from pipeline.model import Document
    from pipeline.reading.sources import SourceRules, furniture_of, one_each, read_source

    here, key = settings(), key_of(documents)
    partitions, raw = _partitions(here), _raw(here)
    records = partitions.read(documents, DocumentRecord)
    of_pages = page_rules(here)
    newest = max((record.received_on for record in records), default=None)
    repeated = furniture_of([(r.document_id, r.url) for r in records], raw.read, on=newest) if newest else {}
    articles: list[Article] = []
    rejected: list[Quarantined] = []
    empty = 0
    for record in records:
        rules = SourceRules(reading_rules(here, received_on=record.received_on), of_pages, repeated)
        document = Document(
            sha256=record.document_id,
            content=raw.read(record.document_id),
            received_on=record.received_on,
            outlet=record.outlet,
            url=record.url,
        )
        reading = one_each(read_source(document, rules, max_bytes=here.max_document_bytes), articles)
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
    """articles → quotes, figures and mentions of the same batch."""
    from pipeline.edges.lexicon_files import load_lexicon
    from pipeline.evidence.branches import branch_off

    here, key = settings(), key_of(articles)
    partitions, lexicon = _partitions(here), load_lexicon(here.seeds_dir)
    branches = [branch_off(article, lexicon) for article in partitions.read(articles, Article)]
    partitions.replace(f"quotes/{key}", Quote, (quote for branch in branches for quote in branch.quotes))
    partitions.replace(f"figures/{key}", Figure, (figure for branch in branches for figure in branch.figures))
    partitions.replace(f"mentions/{key}", Mention, (mention for branch in branches for mention in branch.mentions))
    log.info("stage_done", stage="extract_branches", batch=key, articles=len(branches))
    return articles


def group_near_duplicates(articles: Ref) -> Ref:
    """articles, with those of the window around them → near_duplicate_groups."""
    from pipeline.grouping import near_duplicates
    from pipeline.grouping.reports import report_of

    here, key = settings(), key_of(articles)
    reports = [report_of(article, here.zone) for article in _window(here, key)]
    groups = near_duplicates.group(reports)
    log.info("stage_done", stage="group_near_duplicates", batch=key, articles=len(reports), works=len(groups))
    return _partitions(here).replace(f"near_duplicate_groups/{key}", NearDuplicateGroup, groups)


def cluster_stories(groups: Ref) -> Ref:
    """near_duplicate_groups → placements and story_links of the stories that the batch touches."""
    from pipeline.grouping import stories
    from pipeline.grouping.placements import TOUCH_DAYS, around, is_touched, placements_of
    from pipeline.grouping.reports import report_of

    here, key = settings(), key_of(groups)
    partitions = _partitions(here)
    window = _window(here, key)
    grouped = stories.cluster(
        [report_of(article, here.zone) for article in window],
        partitions.read(groups, NearDuplicateGroup),
        corrections=_corrections(here),
    )
    batch = partitions.read(f"articles/{key}", Article)
    week = around([article.published_at for article in batch if article.published_at], days=TOUCH_DAYS)
    near = {article.article_id for article in window if is_touched(article, week)}
    touched = [story for story in grouped.stories if any(member.article_id in near for member in story.memberships)]
    ids = {story.story_id for story in touched}
    links = [link for link in grouped.links if link.from_story_id in ids or link.to_story_id in ids]
    log.info("stage_done", stage="cluster_stories", batch=key, articles=len(window), stories=len(touched))
    partitions.replace(f"story_links/{key}", StoryLink, links)
    return partitions.replace(f"placements/{key}", Placement, placements_of(touched, window, zone=here.zone))


def check(placements: Ref) -> Ref:
    """The quality gate: rows that miss an expectation go to quarantine, and what is left is grouped again.

    raises   ContractBroken when a dataset misses one; its results are kept for the report
    """
    from pipeline.auditing.gate import check_batch

    here, key = settings(), key_of(placements)
    partitions = _partitions(here)
    partitions.replace(f"quarantine/{key}.check", Quarantined, ())
    verdict = check_batch(partitions, key, here)
    misses = verdict.quarantined
    if misses and not verdict.stops:
        partitions.replace(f"quarantine/{key}.check", Quarantined, misses)
        cluster_stories(group_near_duplicates(f"articles/{key}"))
    partitions.replace(f"quality_results/{key}", QualityResult, verdict.results)
    counts = [_count(key, "check", "articles", given=verdict.article_count, rejected=len({m.subject for m in misses}))]
    partitions.replace(f"stage_counts/{key}.check", StageCount, counts)
    if verdict.stops:
        raise ContractBroken(
            "; ".join(f"{stop.description} Found: {stop.observed}" for stop in verdict.stops), about=key
        )
    return placements


def load_warehouse(placements: Ref) -> Ref:
    """Partitions that passed the gate → the warehouse, in one transaction, and then the published copy."""
    from pipeline.edges import warehouse

    here, key = settings(), key_of(placements)
    with warehouse.writer(here.warehouse_path, zone=here.timezone) as connection:
        warehouse.create(connection)
        warehouse.load_batch(connection, _partitions(here), key, corrected_at=_corrected_at(here, placements))
        broken = warehouse.broken_checks(connection)
        if broken:
            name, rows = next(iter(broken.items()))
            raise ContractBroken(f"warehouse/checks/{name}.sql finds {rows[:3]}", about=key)
    warehouse.publish(here.warehouse_path, here.published_path)
    return f"warehouse/{key}"


def compose_digests(loaded: Ref) -> Ref:
    """The warehouse → the digests of the days that a batch touched: files, and their sentences as rows."""
    from pipeline.digests.digest_issue import composed, digest_rules, remember, write
    from pipeline.edges import warehouse
    from pipeline.edges.digest_reader import days_of_batch

    here, key = settings(), key_of(loaded)
    rules, raw = digest_rules(here), _raw(here)
    changed = 0
    with warehouse.writer(here.warehouse_path, zone=here.timezone) as connection:
        days = days_of_batch(connection, key)
        for day in days:
            issued = write(composed(connection, day, None, rules, raw), here.data_dir / "digests")
            remember(connection, issued.digest)
            changed += issued.changed
    warehouse.publish(here.warehouse_path, here.published_path)
    log.info("stage_done", stage="compose_digests", batch=key, days=len(days), changed=changed)
    return f"digests/{key}"


def report_quality(checked: Ref) -> Ref:
    """The results of the gate → the quality report, whether the batch was published or is held."""
    from pipeline.commands.quality_command import write_report

    here, key = settings(), key_of(checked)
    write_report(here, key)
    return f"quality/{key}"


def _window(here: Settings, key: str) -> list[Article]:
    """The articles of a batch and those published within three weeks of them, without those in quarantine; each once.

    Articles without a date belong to every window: only their story can give them a day.
    """
    from pipeline.grouping.placements import around

    partitions = _partitions(here)
    batch = partitions.read(f"articles/{key}", Article)
    stretches = around([article.published_at for article in batch if article.published_at])
    corrected = sorted({article_id for said in _corrections(here) for article_id in said.article_ids})
    beside = partitions.read_around("articles", Article, stretches, ids=corrected)
    found = {article.article_id: article for article in (*beside, *batch)}
    turned_away = _turned_away(partitions)
    return [article for article_id, article in sorted(found.items()) if article_id not in turned_away]


def _turned_away(partitions: Partitions) -> set[str]:
    """Ids of articles that the gate keeps in quarantine."""
    return {
        row.subject
        for key in partitions.keys("quarantine")
        if key.endswith(".check")
        for row in partitions.read(f"quarantine/{key}", Quarantined)
        if row.dataset == "articles"
    }


def _corrections(here: Settings) -> list[Correction]:
    from pipeline.edges.correction_log import read_corrections

    return read_corrections(here.corrections_path)


def _corrected_at(here: Settings, placements: Ref) -> datetime | None:
    """When an editor last spoke of an article of these placements; None when nobody did."""
    said = _corrections(here)
    placed = {each.article_id for each in _partitions(here).read(placements, Placement)} if said else set()
    return max((one.at for one in said if placed & set(one.article_ids)), default=None)


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
