"""Results of the quality gate → the quality report: a light, one sentence a check, rows, trends, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.model import QualityResult, Quarantined, StageCount

Light = Literal["green", "amber", "red", "grey"]
State = Literal["complete", "partial", "held", "failed"]
TREND_DAYS = 30
# Datasets in the order of the path, as a press officer would call them.
NAMES = {
    "lists": "Our own lists",
    "partitions": "Files",
    "feeds": "Feeds",
    "entries": "Feed entries",
    "pages": "Web pages",
    "documents": "Sources",
    "rejected": "What was turned away",
    "articles": "Articles",
    "outlets": "Outlets",
    "days": "Volume",
    "copies": "Copies",
    "stories": "Stories",
    "quotes": "Quotations",
    "figures": "Figures",
    "mentions": "Names",
    "coverage": "Coverage",
    "counts": "Counts",
    "digests": "Digests",
}
_REASONS = {
    "failed_expectation": "missed a check of the gate",
    "empty": "empty file",
    "binary": "a picture or another file that is no text",
    "too_large": "too large",
    "too_short": "too short to be an article",
    "no_text": "no readable text",
    "no_title": "no headline",
    "mixed_encoding": "letters in two encodings",
    "unknown_timezone": "a time in a zone that nobody knows",
    "impossible_date": "an impossible date",
    "list_page": "a list of links",
    "wall": "behind a wall",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One expectation as the report shows it."""

    result: QualityResult
    light: Light
    trend: tuple[tuple[date, float], ...]  # its number on the days before and now, oldest first

    @property
    def points(self) -> str:
        """The trend as points of a line, 100 wide and 20 high; empty when fewer than two values differ."""
        values = [value for _, value in self.trend]
        return sparkline(values) if len(set(values)) > 1 else ""

    @property
    def span(self) -> str:
        """What the trend lay between, in words: "0% to 12%", "always 0"; empty when there are fewer than two days."""
        values = [value for _, value in self.trend]
        if len(values) < 2:
            return ""
        is_share = (
            self.result.expected.partition(" ")[0].endswith(("_share", "_drop")) and self.result.level == "dataset"
        )
        low, high = (f"{value:.0%}" if is_share else f"{value:g}" for value in (min(values), max(values)))
        return f"always {low}" if low == high else f"{low} to {high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed or outlet as the report lists it."""

    name: str
    article_count: int  # of the batch
    usual: str  # what it brings, in words
    newest: date | None
    trouble: str  # why it needs attention; empty when it does not


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityReport:
    """What a press officer reads when asked whether the data can be trusted."""

    batch: str
    day: date | None  # on which the newest source came
    state: State
    light: Light
    verdict: str  # one sentence
    results: tuple[QualityResult, ...]  # those that failed first
    checks: tuple[Check, ...]  # the same, with lights and trends
    reasons: tuple[tuple[str, int], ...]  # why things were turned away, the commonest first
    quarantined: tuple[Quarantined, ...]
    counts: tuple[StageCount, ...]
    sources: tuple[Source, ...] = ()  # the worst first

    @property
    def attention(self) -> tuple[Check, ...]:
        """Checks that were missed or could not be made, the gravest first."""
        return tuple(check for check in self.checks if check.result.outcome in ("missed", "error"))

    @property
    def by_dataset(self) -> tuple[tuple[str, tuple[Check, ...]], ...]:
        """(name, checks) of each dataset, in the order of the path."""
        return tuple(
            (name, found)
            for dataset, name in NAMES.items()
            if (found := tuple(check for check in self.checks if check.result.dataset == dataset))
        )

    @property
    def unseen(self) -> tuple[tuple[str, int], ...]:
        """(name, number of checks) of datasets of which the batch had nothing."""
        return tuple(
            (name, len(checks))
            for name, checks in self.by_dataset
            if all(one.result.outcome == "skipped" for one in checks)
        )

    @property
    def met_count(self) -> int:
        """Checks that were met."""
        return sum(check.result.outcome == "met" for check in self.checks)

    @property
    def skipped_count(self) -> int:
        """Checks that had nothing to look at."""
        return sum(check.result.outcome == "skipped" for check in self.checks)


def report_of(
    batch: str,
    results: Sequence[QualityResult],
    quarantined: Sequence[Quarantined],
    counts: Sequence[StageCount],
    *,
    day: date | None = None,
    held_rules: Sequence[str] = (),
    trends: Mapping[str, Sequence[tuple[date, float]]] | None = None,
    sources: Sequence[Source] = (),
) -> QualityReport:
    """The report on a batch.

    held_rules   names of the rules that hold it; empty when it was published
    trends       rule → (day, its number) of earlier batches
    No results at all, or one that is an error, is our own failure: grey, and no word about the data.
    """
    rows = [row for row in quarantined if row.dataset != "batches"]
    errors = [one for one in results if one.outcome == "error"]
    stops = [one for one in results if one.rule in held_rules]
    warned = [one for one in results if one.outcome == "missed" and one.severity == "warning"]
    state: State = (
        "failed" if errors or not results else "held" if stops else "partial" if warned or rows else "complete"
    )
    light: Light = {"failed": "grey", "held": "red", "partial": "amber", "complete": "green"}[state]  # type: ignore[assignment]
    ordered = sorted(results, key=lambda one: (_gravity(one, held_rules), list(NAMES).index(one.dataset), one.rule))
    return QualityReport(
        batch=batch,
        day=day,
        state=state,
        light=light,
        verdict=_verdict(state, results, stops, warned, rows, errors),
        results=tuple(ordered),
        checks=tuple(
            Check(result=one, light=_light(one), trend=_trend(one, day, (trends or {}).get(one.rule, ())))
            for one in ordered
        ),
        reasons=tuple(Counter(_REASONS.get(row.reason, row.reason.replace("_", " ")) for row in rows).most_common()),
        quarantined=tuple(sorted(rows, key=lambda row: (row.stage, row.subject, row.rule))),
        counts=tuple(sorted(counts, key=lambda count: (count.stage, count.unit))),
        sources=tuple(sources),
    )


def sparkline(values: Sequence[float]) -> str:
    """Values as points "x,y" of a line that is 100 wide and 20 high, a flat line in its middle when all are equal."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    width = 100 / (len(values) - 1)
    return " ".join(
        f"{place * width:.1f},{10.0 if high == low else 18 - 16 * (value - low) / (high - low):.1f}"
        for place, value in enumerate(values)
    )


def red_alert(report: QualityReport) -> tuple[str, str] | None:
    """Subject and opening line of the mail that goes out when a batch is held or could not be checked; else None."""
    if report.light not in ("red", "grey"):
        return None
    what = "publication held" if report.light == "red" else "checks could not be made"
    return f"Press data: {what}" + (f", {report.day:%-d %B %Y}" if report.day else ""), report.verdict


def _verdict(
    state: State,
    results: Sequence[QualityResult],
    stops: Sequence[QualityResult],
    warned: Sequence[QualityResult],
    rows: Sequence[Quarantined],
    errors: Sequence[QualityResult],
) -> str:
    if state == "failed":
        why = f" ({errors[0].rule}: {errors[0].observed})" if errors else ""
        return f"The checks could not be made{why}: nothing is known about the newest data. The last good copy stays."
    if state == "held":
        more = f", and {len(stops) - 1} more" if len(stops) > 1 else ""
        first = f"{stops[0].description} Found: {stops[0].observed}{more}"
        return f"The publication is held: {first}. The last good one stays."
    if state == "partial":
        said = [_plural(len(rows), "item was turned away", "items were turned away")] if rows else []
        said += [_plural(len(warned), "check needs a look", "checks need a look")] if warned else []
        return f"Published; {' and '.join(said)}."
    met = sum(one.outcome == "met" for one in results)
    return f"Published: all {met} checks that apply were met, and nothing was turned away."


def _plural(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _gravity(one: QualityResult, held_rules: Sequence[str]) -> int:
    if one.outcome == "error":
        return 0
    if one.outcome == "missed":
        return 1 if one.rule in held_rules else 2 if one.severity != "warning" else 3
    return 4 if one.outcome == "met" else 5


def _light(one: QualityResult) -> Light:
    if one.outcome in ("skipped", "error"):
        return "grey"
    if one.outcome == "met":
        return "green"
    return "red" if one.severity == "stop" else "amber"


def _trend(
    one: QualityResult, day: date | None, before: Sequence[tuple[date, float]]
) -> tuple[tuple[date, float], ...]:
    """Its number on the last thirty days that have one, with today's behind."""
    known = {on: value for on, value in before if day is None or 0 <= (day - on).days < TREND_DAYS}
    if one.value is not None and day is not None:
        known[day] = one.value
    return tuple(sorted(known.items()))
