"""Results of the quality gate → the quality report: one sentence a check, a light, rows, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.model import QualityResult, Quarantined, StageCount

Light = Literal["green", "amber", "red"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityReport:
    """What a press officer reads when asked whether the data can be trusted."""

    batch: str
    light: Light
    verdict: str  # one sentence
    results: tuple[QualityResult, ...]  # those that failed first
    reasons: tuple[tuple[str, int], ...]  # why things were turned away, the commonest first
    quarantined: tuple[Quarantined, ...]
    counts: tuple[StageCount, ...]


def report_of(
    batch: str, results: Sequence[QualityResult], quarantined: Sequence[Quarantined], counts: Sequence[StageCount]
) -> QualityReport:
    """The report on a batch: red when the publication is held, amber when something was turned away or warned of."""
    row_rules = {row.rule for row in quarantined}
    stops = [one for one in results if not one.passed and one.severity == "stop" and one.rule not in row_rules]
    warned = [one for one in results if not one.passed and one not in stops]
    light: Light = "red" if stops else "amber" if warned or quarantined else "green"
    if stops:
        verdict = (
            f"The publication is held: {stops[0].description} Found: {stops[0].observed}. The last good one stays."
        )
    elif light == "amber":
        verdict = f"Published, with {len(quarantined)} things turned away and {len(warned)} checks to look at."
    else:
        verdict = f"All {len(results)} checks were met and nothing was turned away."
    return QualityReport(
        batch=batch,
        light=light,
        verdict=verdict,
        results=tuple(sorted(results, key=lambda one: (one.passed, one.severity != "stop", one.dataset, one.rule))),
        reasons=tuple(Counter(str(row.reason) for row in quarantined).most_common()),
        quarantined=tuple(sorted(quarantined, key=lambda row: (row.stage, row.subject, row.rule))),
        counts=tuple(sorted(counts, key=lambda count: (count.stage, count.unit))),
    )
