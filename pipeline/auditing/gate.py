"""Partitions of a batch → frames → the verdict of the quality gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pandas as pd

from pipeline.auditing.expectations import Miss, rules, validate
from pipeline.edges.partitions import Partitions
from pipeline.edges.seed_files import line_rules, outlets
from pipeline.folding import words
from pipeline.model import Article, DocumentRecord, Kind, Placement, QualityResult, Quarantined, Reason, derived_id
from pipeline.reading.furniture import line_of_furniture
from pipeline.reading.line_rules import LineRules
from pipeline.settings import Settings

_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # before it no outlet of ours published on the web
_IDS = {"outlets": "name", "articles": "article_id", "placements": "article_id"}


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """What the gate found in a batch."""

    results: tuple[QualityResult, ...]
    stops: tuple[QualityResult, ...]  # that hold the publication
    quarantined: tuple[Quarantined, ...]  # rows that stay out
    article_count: int


def check_batch(partitions: Partitions, batch: str, here: Settings) -> GateVerdict:
    """Every expectation on the partitions of a batch. One process a run: Great Expectations takes seconds to import."""
    articles = partitions.read(f"articles/{batch}", Article)
    documents = partitions.read(f"documents/{batch}", DocumentRecord)
    newest = max((record.first_seen_at for record in documents), default=_EARLIEST)
    frames = {
        "outlets": pd.DataFrame({"name": [outlet.name for outlet in outlets(here.seeds_dir / "outlets.csv").outlets]}),
        "articles": _article_frame(articles, line_rules(here.seeds_dir / "furniture.csv")),
        "placements": _placement_frame(partitions.read(f"placements/{batch}", Placement), articles),
    }
    verdict = validate(
        frames,
        rules(
            latest=pd.Timestamp(newest + timedelta(days=1)),
            earliest=pd.Timestamp(_EARLIEST),
            min_words=here.min_item_words,
        ),
        batch=batch,
        ids=_IDS,
    )
    row_rules = {miss.rule for miss in verdict.misses}
    stops = tuple(stop for stop in verdict.stops if stop.rule not in row_rules)
    return GateVerdict(
        results=verdict.results,
        stops=stops,
        quarantined=tuple(_quarantined(miss, batch, articles) for miss in verdict.misses),
        article_count=len(articles),
    )


def _article_frame(articles: Sequence[Article], furniture: LineRules) -> pd.DataFrame:
    rows = [
        {
            "article_id": article.article_id,
            "title": article.title.text,
            # A summary is as short as it is.
            "word_count": None
            if article.kind is Kind.SUMMARY_ONLY
            else len(words(f"{article.standfirst.text if article.standfirst else ''} {article.text}")),
            "published_at": article.published_at,
            "outlet": article.outlet,
            "kind": str(article.kind),
            "furniture": line_of_furniture(article.text, furniture, kind=article.kind),
        }
        for article in articles
    ]
    columns = ["article_id", "title", "word_count", "published_at", "outlet", "kind", "furniture"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["published_at"] = pd.to_datetime(frame["published_at"], utc=True)
    return frame


def _placement_frame(placements: Sequence[Placement], articles: Sequence[Article]) -> pd.DataFrame:
    """One row for each article of the batch, with its place; none where it has none."""
    places = pd.DataFrame(
        {"article_id": [p.article_id for p in placements], "story_id": [p.story_id for p in placements]}
    )
    own = pd.DataFrame({"article_id": [article.article_id for article in articles]}, dtype=object)
    return own.merge(places.astype(object), on="article_id", how="left")


def _quarantined(miss: Miss, batch: str, articles: Sequence[Article]) -> Quarantined:
    document_id = next((a.document_id for a in articles if a.article_id == miss.row_id), None)
    return Quarantined(
        quarantine_id=derived_id("check", miss.dataset, miss.row_id, miss.rule),
        batch=batch,
        stage="check",
        dataset=miss.dataset,
        subject=miss.row_id,
        reason=Reason.FAILED_EXPECTATION,
        rule=miss.rule,
        value=miss.value,
        document_id=document_id,
    )
