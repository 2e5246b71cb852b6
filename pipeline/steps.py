"""One function a task: read partitions, call the pure part, replace partitions, hand on a reference.

A reference is "dataset/key"; the partitions of one batch share their key, so that a reference to one names them all.
Heavy imports stand inside the steps that need them: a scheduler that parses the DAGs needs none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.edges.partitions import Partitions, key_of
from pipeline.errors import ContractBroken, GateFailed
from pipeline.logs import logger
from pipeline.model import (
    Article,
    Coverage,
    DocumentRecord,
    Figure,
    Mention,
    Placement,
    QualityResult,
    Quarantined,
    Quote,
    ReleaseLine,
    StageCount,
    derived_id,
)
from pipeline.settings import Settings, settings

if TYPE_CHECKING:
    from pipeline.edges.outbox import Posted
    from pipeline.edges.raw_documents import RawDocuments

log = logger()
Ref = str


def register_documents(paths: Sequence[str], *, now: datetime | None = None) -> Ref:
    """Files and folders → their bytes, kept raw, and documents/<key>. The same files are the same batch.

    Web archives are left to feed_steps.replay_archives; "" when the paths hold nothing else.
    now   instant at which unknown bytes come; the clock's when not given
    """
    from pipeline.edges.raw_documents import find_files, is_archive
    from pipeline.edges.seed_files import configured_documents

    here, at = settings(), now or datetime.now(UTC).replace(microsecond=0)
    configured = configured_documents(here.seeds_dir / "documents.csv")
    today = at.astimezone(here.zone).date()
    raw = _raw(here)
    records = {
        record.document_id: record
        for file in find_files([Path(path) for path in paths])
        if not is_archive(file)
        for record in [raw.keep(file.read_bytes(), now=at, today=today, configured=configured)]
    }
    ordered = sorted(records.values(), key=lambda record: record.document_id)
    if not ordered:
        return ""
    key = f"documents-{derived_id(*(record.document_id for record in ordered))}"
    log.info("documents_registered", batch=key, documents=len(ordered))
    return Partitions.of(here).replace(f"documents/{key}", DocumentRecord, ordered)


def read_documents(documents: Ref) -> Ref:
    """documents, text and HTML → articles, quarantine and stage_counts of the same batch."""
    from pipeline.edges.page_files import page_rules, reading_rules
    from pipeline.model import Document
    from pipeline.reading.sources import SourceRules, furniture_of, one_each, read_source

    here, key = settings(), key_of(documents)
    partitions, raw = Partitions.of(here), _raw(here)
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
    from pipeline.edges.name_model import missing_model, recogniser
    from pipeline.evidence.branches import branch_off

    here, key = settings(), key_of(articles)
    partitions, lexicon = Partitions.of(here), load_lexicon(here.seeds_dir)
    recognise = recogniser(here.name_model) if here.name_model else None
    branches = [branch_off(article, lexicon, recognise) for article in partitions.read(articles, Article)]
    if here.name_model and recognise is None:
        missing = missing_model(key, here.name_model, len(branches))
        partitions.replace(f"quality_results/{key}.extract_branches", QualityResult, [missing])
    else:
        partitions.remove(f"quality_results/{key}.extract_branches")
    partitions.replace(f"quotes/{key}", Quote, (quote for branch in branches for quote in branch.quotes))
    partitions.replace(f"figures/{key}", Figure, (figure for branch in branches for figure in branch.figures))
    partitions.replace(f"mentions/{key}", Mention, (mention for branch in branches for mention in branch.mentions))
    log.info("stage_done", stage="extract_branches", batch=key, articles=len(branches))
    return articles


def check(placements: Ref) -> Ref:
    """The quality gate: rows that miss an expectation go to quarantine, and what is left is grouped again.

    raises   ContractBroken when the batch is held; GateFailed when it could not be checked. The report has its rows
    """
    from pipeline.auditing.gate import check_batch, holds_of
    from pipeline.edges.release_log import read_releases
    from pipeline.grouping_steps import cluster_stories, group_near_duplicates

    here, key = settings(), key_of(placements)
    partitions = Partitions.of(here)
    partitions.replace(f"quarantine/{key}.check", Quarantined, ())
    if partitions.exists(f"feed_runs/{key}") and not partitions.read(f"articles/{key}", Article):
        return placements  # an hour without news is no fault; what the feeds did is loaded all the same
    partitions.replace(f"quality_results/{key}", QualityResult, ())  # nothing is known until the gate has spoken
    released = {release.quarantine_id for release in read_releases(here.releases_path)}
    verdict = check_batch(partitions, key, here, released=released, held=partitions.keys("holds"))
    misses = verdict.quarantined
    partitions.replace(f"quality_results/{key}", QualityResult, verdict.results)
    if verdict.errors:
        error = verdict.errors[0]
        raise GateFailed(f"the rule {error.rule} could not be checked: {error.observed}", about=key)
    partitions.replace(f"quarantine/{key}.check", Quarantined, (*misses, *holds_of(verdict)))
    counts = [_count(key, "check", "articles", given=verdict.article_count, rejected=len({m.subject for m in misses}))]
    partitions.replace(f"stage_counts/{key}.check", StageCount, counts)
    if verdict.stops:
        partitions.replace(f"holds/{key}", QualityResult, verdict.stops)
        raise ContractBroken(
            "; ".join(f"{stop.description} Found: {stop.observed}" for stop in verdict.stops), about=key
        )
    partitions.remove(f"holds/{key}")
    if misses:
        cluster_stories(group_near_duplicates(f"articles/{key}", judged=True), judged=True)
    return placements


def follow_releases(placements: Ref) -> Ref:
    """placements → release_lines and release_coverage of the stories that the batch touches."""
    from pipeline.grouping.release_following import follow, stories_with_releases
    from pipeline.grouping_steps import articles_of

    here, key = settings(), key_of(placements)
    partitions = Partitions.of(here)
    placed = partitions.read(f"placements/{key}", Placement)
    stories = stories_with_releases(placed, articles_of(here, key, [each.article_id for each in placed]))
    ids = sorted({one.article_id for releases, reports in stories for one in (*releases, *reports)})
    quotes = partitions.read_around("quotes", Quote, (), ids=ids, nulls=False)
    figures = partitions.read_around("figures", Figure, (), ids=ids, nulls=False)
    lines: list[ReleaseLine] = []
    coverage: list[Coverage] = []
    for releases, reports in stories:
        beside = {article.article_id for article in (*releases, *reports)}
        found = follow(
            releases,
            reports,
            list({quote.quote_id: quote for quote in quotes if quote.article_id in beside}.values()),
            list({figure.figure_id: figure for figure in figures if figure.article_id in beside}.values()),
        )
        lines += found[0]
        coverage += found[1]
    log.info("stage_done", stage="follow_releases", batch=key, lines=len(lines), reports=len(coverage))
    partitions.replace(f"release_coverage/{key}", Coverage, coverage)
    partitions.replace(f"release_lines/{key}", ReleaseLine, lines)
    return placements


def load_warehouse(placements: Ref) -> Ref:
    """Partitions that passed the gate → the warehouse, in one transaction, and then the published copy of it."""
    from pipeline.edges import publication, warehouse
    from pipeline.edges.release_log import read_releases
    from pipeline.edges.story_facts import changed_stories, places, replace_facts

    here, key = settings(), key_of(placements)
    partitions = Partitions.of(here)
    own = set(partitions.ids("articles", key))
    placed = sorted({*own, *partitions.ids("placements", key)})
    released = [release.quarantine_id for release in read_releases(here.releases_path)]
    with warehouse.writer(here.warehouse_path, zone=here.timezone) as connection:
        warehouse.create(connection)
        before = places(connection, placed)
        warehouse.load_batch(
            connection, partitions, key, released=released, corrected_at=_corrected_at(here, placements)
        )
        warehouse.hold_batches(connection, partitions, held=partitions.keys("holds"))
        after = places(connection, placed)
        replace_facts(connection, changed_stories(before, after, own=own))
        broken = warehouse.broken_checks(connection)
        if broken:
            name, rows = next(iter(broken.items()))
            raise ContractBroken(f"warehouse/checks/{name}.sql finds {rows[:3]}", about=key)
    warehouse.publish(here.warehouse_path, here.published_path)
    publication.lift(here, key)
    return f"warehouse/{key}"


def compose_digests(loaded: Ref) -> Ref:
    """The warehouse → the digests of the days that a batch touched, and of those that were held until now.

    They are files, feeds, and their sentences as rows. With them the batch is wholly published: only now the Parquet
    files are written, which at a million articles takes a minute of CPU.
    """
    from pipeline.digests.digest_issue import composed, digest_rules, remember, write, write_feeds
    from pipeline.edges import publication, warehouse
    from pipeline.edges.digest_reader import days_of_batch, has_something_to_tell
    from pipeline.edges.exporting import write_data_package, write_lineage

    here, key = settings(), key_of(loaded)
    rules, raw = digest_rules(here), _raw(here)
    changed = 0
    with warehouse.writer(here.warehouse_path, zone=here.timezone) as connection:
        now = publication.read_publication(here)
        redo = set(now.redo_days) if now else set()
        days = [day for day in days_of_batch(connection, key) if not now or day not in now.notice_days]
        days += sorted(day for day in redo - set(days) if has_something_to_tell(connection, day))
        for day in days:
            issued = write(composed(connection, day, None, rules, raw), here.data_dir / "digests")
            remember(connection, issued.digest)
            changed += issued.changed
    warehouse.publish(here.warehouse_path, here.published_path)
    warehouse.publish_parquet(here.published_path)
    write_data_package(here.published_path, title=here.department)
    write_lineage(here)
    with warehouse.reader(here.published_path) as published:
        write_feeds(here, published)
    for day in redo - set(days):
        publication.withdraw(here, day)
    publication.replaced(here, redo)
    log.info("stage_done", stage="compose_digests", batch=key, days=len(days), changed=changed)
    return f"digests/{key}"


def deliver_digest(digests: Ref, *, now: datetime | None = None) -> Ref:
    """The digest that is due → everybody who has not had it, by mail or to files. Running it twice sends nothing twice.

    now   the clock's instant when not given: by it the due day is told, and mails are dated
    """
    from pipeline.digests.delivery import deliver

    posted = deliver(settings(), now=now or datetime.now(UTC).replace(microsecond=0))
    _log_posted("deliver_digest", key_of(digests), posted)
    return f"mails/{key_of(digests)}"


def notify_held(placements: Ref, *, now: datetime | None = None) -> Ref:
    """A batch that missed the gate → a notice to everybody, with the reasons, in place of a digest."""
    from pipeline.digests.delivery import deliver_notice

    key = key_of(placements)
    posted = deliver_notice(settings(), key, now=now or datetime.now(UTC).replace(microsecond=0))
    _log_posted("notify_held", key, posted)
    return f"mails/{key}"


def build_site(composed: Ref) -> Ref:
    """The published warehouse → the pages of the press room that are new or changed."""
    from pipeline.edges.site_building import build

    built = build(settings())
    log.info("stage_done", stage="build_site", pages=built.page_count, written=built.written, removed=built.removed)
    return f"site/{key_of(composed)}"


def report_quality(checked: Ref, *, now: datetime | None = None) -> Ref:
    """The results of the gate → the quality report, whether the batch was published or is held; then a notice, too.

    now   the clock's instant when not given: a report that is mailed is dated by it
    """
    from pipeline.commands.quality_command import alert, batch_report, write_report
    from pipeline.digests.delivery import deliver_report
    from pipeline.edges import publication
    from pipeline.edges.exporting import write_lineage

    here, key = settings(), key_of(checked)
    if Partitions.of(here).exists(f"holds/{key}"):
        publication.hold(here, Partitions.of(here), key)
        write_lineage(here)  # a batch that is published has written it with its publication
    write_report(here, key)
    if here.data_recipients and (found := alert(batch_report(here, key))):
        subject, text, html = found
        at = now or datetime.now(UTC).replace(microsecond=0)
        _log_posted("report_quality", key, deliver_report(here, key, subject=subject, text=text, html=html, now=at))
    return f"quality/{key}"


def _log_posted(stage: str, key: str, posted: Sequence[Posted]) -> None:
    outcomes = [one.outcome for one in posted]
    counts = {outcome.replace(" ", "_"): outcomes.count(outcome) for outcome in sorted(set(outcomes))}
    log.info("stage_done", stage=stage, batch=key, **counts)
    for one in posted:
        if one.outcome == "not known":
            log.warning("mail_in_doubt", mail=one.name, hint="a run ended while it was sent; pipeline deliver --again")


def _corrected_at(here: Settings, placements: Ref) -> datetime | None:
    """When an editor last spoke of an article of these placements; None when nobody did."""
    from pipeline.edges.correction_log import read_corrections

    said = read_corrections(here.corrections_path)
    placed = {each.article_id for each in Partitions.of(here).read(placements, Placement)} if said else set()
    return max((one.at for one in said if placed & set(one.article_ids)), default=None)


def _count(key: str, stage: str, unit: str, *, given: int, rejected: int) -> StageCount:
    return StageCount(
        batch=key, stage=stage, unit=unit, given_count=given, kept_count=given - rejected, rejected_count=rejected
    )


def _raw(here: Settings) -> RawDocuments:
    from pipeline.edges.raw_documents import RawDocuments

    return RawDocuments(here.data_dir / "raw" / "documents")
