"""Partitions of a batch → frames → the verdict of the quality gate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from pipeline.auditing.expectations import Miss, Rule, load_rules, validate
from pipeline.auditing.held_notice import hold_id
from pipeline.edges.gate_frames import EARLIEST, open_frames
from pipeline.edges.partitions import Partitions
from pipeline.model import QualityResult, Quarantined, Reason, derived_id
from pipeline.settings import Settings

KEYS = {"article_rows": "article_id"}
_FIRST = "article_rows"  # judged before the rest: what goes to quarantine is a measure of the whole


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """What the gate found in a batch."""

    results: tuple[QualityResult, ...]
    quarantined: tuple[Quarantined, ...]  # rows that stay out
    article_count: int
    released: tuple[str, ...] = ()  # ids of quarantine rows that an editor released and that would be held otherwise

    @property
    def stops(self) -> tuple[QualityResult, ...]:
        """Results that hold the publication."""
        return tuple(
            result
            for result in self.results
            if result.outcome == "missed" and result.severity == "stop" and hold_id(result) not in self.released
        )

    @property
    def errors(self) -> tuple[QualityResult, ...]:
        """Rules that could not be checked: our own failure, and no word about the data."""
        return tuple(result for result in self.results if result.outcome == "error")


def check_batch(
    partitions: Partitions, batch: str, here: Settings, *, released: Iterable[str] = (), held: Sequence[str] = ()
) -> GateVerdict:
    """Every expectation on the partitions of a batch. One process a run: Great Expectations takes seconds to import.

    released   ids of quarantine rows that an editor has released: a row or a hold that misses only such passes
    held       batches that are not published, which are therefore no measure of this one
    """
    let_through = frozenset(released)
    with open_frames(partitions, batch, here, held=held) as frames:
        rules = load_rules(thresholds(here, frames.latest))
        rows = frames.article_rows()
        first = validate({_FIRST: rows}, of_frames(rules, _FIRST), batch=batch, keys=KEYS)
        quarantined = _quarantined(first.misses, rows, batch)
        out = [row for row in quarantined if row.quarantine_id not in let_through]
        rest = frames.rest({row.subject for row in out}, judged={row.subject for row in quarantined})
    second = validate(rest, of_frames(rules, _FIRST, is_in=False), batch=batch, keys=KEYS)
    by_rule = {result.rule: result for result in (*first.results, *second.results)}
    used = {row.quarantine_id for row in quarantined} | {hold_id(result) for result in by_rule.values()}
    return GateVerdict(
        results=tuple(by_rule[rule.name] for rule in rules),
        quarantined=tuple(out),
        article_count=len(rows),
        released=tuple(sorted(let_through & used)),
    )


def thresholds(here: Settings, latest: datetime) -> dict[str, Any]:
    """What rules name as their bounds."""
    return here.gate.model_dump() | {
        "min_words": here.min_item_words,
        "latest": pd.Timestamp(latest),
        "earliest": pd.Timestamp(EARLIEST),
    }


def of_frames(rules: Iterable[Rule], frame: str, *, is_in: bool = True) -> list[Rule]:
    """The rules that look at a frame, or at any other."""
    return [rule for rule in rules if (rule.frame == frame) == is_in]


def holds_of(verdict: GateVerdict) -> tuple[Quarantined, ...]:
    """A quarantine row for each rule that holds the batch: what is held is listed, retried and released like a row."""
    return tuple(
        Quarantined(
            quarantine_id=hold_id(stop),
            batch=stop.batch,
            stage="check",
            dataset="batches",
            subject=stop.batch,
            reason=Reason.FAILED_EXPECTATION,
            rule=stop.rule,
            value=stop.observed,
            document_id=None,
        )
        for stop in verdict.stops
    )


def _quarantined(misses: Sequence[Miss], rows: pd.DataFrame, batch: str) -> list[Quarantined]:
    documents = dict(zip(rows["article_id"], rows["document_id"], strict=True))
    return [
        Quarantined(
            quarantine_id=derived_id("check", miss.dataset, miss.row_id, miss.rule),
            batch=batch,
            stage="check",
            dataset=miss.dataset,
            subject=miss.row_id,
            reason=Reason.FAILED_EXPECTATION,
            rule=miss.rule,
            value=miss.value,
            document_id=documents.get(miss.row_id),
        )
        for miss in misses
    ]
