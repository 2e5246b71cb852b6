"""Frames → which expectations they miss (Great Expectations on pandas).

The rules are data (rules/*.toml): each says in plain English what is expected, what its miss means and what to do. A
row that misses a rule of severity "quarantine" stays out and the rest goes on; a dataset that misses one of severity
"stop" holds the publication; a "warning" goes out and is said. An empty table passes most expectations, so that volume
and freshness are expectations too.
"""

from __future__ import annotations

import math
import tomllib
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from pipeline.model import QualityResult

_RULES = Path(__file__).parent / "rules"
_EXAMPLES = 5  # rows that a report shows of those that missed a rule
Level = Literal["row", "group", "dataset"]
Severity = Literal["quarantine", "stop", "warning"]
Outcome = Literal["met", "missed", "skipped", "error"]
# What a rule may expect of a column → the class of Great Expectations' core expectations that checks it.
_EXPECTATIONS = {
    "between": "ExpectColumnValuesToBeBetween",
    "length": "ExpectColumnValueLengthsToBeBetween",
    "empty": "ExpectColumnValuesToBeNull",
    "filled": "ExpectColumnValuesToNotBeNull",
    "unique": "ExpectColumnValuesToBeUnique",
    "one_of": "ExpectColumnValuesToBeInSet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One expectation, with its thresholds in place."""

    dataset: str
    frame: str
    name: str
    level: Level
    severity: Severity
    column: str
    expect: str
    bounds: Mapping[str, Any]
    description: str
    hint: str

    @property
    def expected(self) -> str:
        """The expectation in short: "undated_share ≤ 0.34"."""
        signs = {"min_value": "≥", "max_value": "≤", "value_set": "one of"}
        bounds = " and ".join(f"{signs[name]} {bound}" for name, bound in self.bounds.items())
        return f"{self.column} {bounds or self.expect}"

    def made(self, gxe: Any) -> Any:
        """The expectation of Great Expectations, from gxe, the module of its core expectations."""
        return getattr(gxe, _EXPECTATIONS[self.expect])(
            column=self.column, **self.bounds, meta={"rule": self.name}, description=self.description
        )


@dataclass(frozen=True, slots=True)
class Miss:
    """A row that misses a rule: its id, and the value that was found."""

    dataset: str
    row_id: str
    rule: str
    value: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules found: a result each, and the rows that missed rules of severity "quarantine"."""

    results: tuple[QualityResult, ...]
    misses: tuple[Miss, ...]


def load_rules(thresholds: Mapping[str, Any]) -> tuple[Rule, ...]:
    """All rules, in the order of their files.

    thresholds   name → number or instant; a rule names one where it gives no number itself
    raises       KeyError when a rule names a threshold that is not there
    """
    found = []
    for path in sorted(_RULES.glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
            bounds = {
                f"{bound}_value": thresholds[row[bound]] if isinstance(row[bound], str) else row[bound]
                for bound in ("min", "max")
                if bound in row
            }
            if "among" in row:
                bounds["value_set"] = row["among"]
            found.append(
                Rule(
                    dataset=row["dataset"],
                    frame=row.get("frame", row["dataset"]),
                    name=row["name"],
                    level=row["level"],
                    severity=row["severity"],
                    column=row["column"],
                    expect=row["expect"],
                    bounds=bounds,
                    description=row["description"].format(**thresholds),
                    hint=row["hint"].format(**thresholds),
                )
            )
    return tuple(found)


def validate(
    frames: Mapping[str, pd.DataFrame], rules: Sequence[Rule], *, batch: str, keys: Mapping[str, str]
) -> Verdict:
    """Every rule on its frame.

    frames   name → rows; a frame that is not there was not of this batch, and its rules are skipped
    keys     frame → the column that names a row, for rules about rows
    """
    there = [rule for rule in rules if rule.frame in frames]
    results = _of_whole_datasets(frames, [rule for rule in there if rule.level == "dataset"], batch)
    misses: list[Miss] = []
    for name in dict.fromkeys(rule.frame for rule in there if rule.level != "dataset"):
        of_frame = [rule for rule in there if rule.frame == name and rule.level != "dataset"]
        expected = {rule.name: (rule.column, rule.expect, rule.bounds, rule.description) for rule in of_frame}
        key = keys.get(name)
        # Great Expectations hashes every column of a frame, those too that nothing is expected of.
        columns = dict.fromkeys([*([key] if key else []), *(rule.column for rule in of_frame)])
        outcomes = _judged(name, frames[name][list(columns)], expected, key=key)
        for rule in of_frame:
            rows = _failing(outcomes[rule.name], keys[name]) if rule.level == "row" else []
            results[rule.name] = _result(rule, outcomes[rule.name], frames[name], rows, batch)
            if rule.severity == "quarantine":
                misses += [Miss(rule.dataset, row_id, rule.name, value) for row_id, value in rows]
    ordered = [results[rule.name] if rule.name in results else _skipped(rule, batch) for rule in rules]
    return Verdict(tuple(ordered), tuple(misses))


def _of_whole_datasets(
    frames: Mapping[str, pd.DataFrame], rules: Sequence[Rule], batch: str
) -> dict[str, QualityResult]:
    """Results of the rules about one number each. An expectation costs 25 ms whatever it looks at, so that rules with
    the same bounds share one: a row for each rule, a column for each pair of bounds."""
    values = {rule.name: _number(frames[rule.frame].iloc[0][rule.column]) for rule in rules}
    columns = {rule.name: "within " + rule.expected.partition(" ")[2] for rule in rules}
    measures = pd.DataFrame({"rule": [rule.name for rule in rules]})
    expected: dict[str, tuple[str, str, Mapping[str, Any], str]] = {}
    for rule in rules:
        column = columns[rule.name]
        measures[column] = [values[other.name] if columns[other.name] == column else None for other in rules]
        measures[column] = measures[column].astype(float)
        expected[column] = (column, rule.expect, rule.bounds, f"Every number is {column}.")
    outcomes = _judged("measures", measures, expected, key="rule") if rules else {}
    missed = {rule for outcome in outcomes.values() for rule, _ in _failing(outcome, "rule")}
    found = {}
    for rule in rules:
        row, value = frames[rule.frame].iloc[0], values[rule.name]
        error = _error(outcomes[columns[rule.name]].exception_info)
        is_missed = rule.name in missed
        outcome: Outcome = "error" if error else "skipped" if value is None else "missed" if is_missed else "met"
        found[rule.name] = _made(
            rule,
            batch,
            outcome,
            observed=error or ("too few to tell" if value is None else _shown(rule.column, value)),
            value=value,
            failed_count=int(is_missed),
            row_count=int(_number(row.get("row_count")) or 0),
            examples=_listed(row.get(f"{rule.column}_examples")) if is_missed else [],
        )
    return found


def _judged(
    name: str, frame: pd.DataFrame, expected: Mapping[str, tuple[str, str, Mapping[str, Any], str]], *, key: str | None
) -> dict[str, Any]:
    """What Great Expectations makes of a frame: name of an expectation → its outcome.

    expected   name → (column, what is expected of it, bounds, description)
    """
    asset, gxe, suite_of = _great_expectations()
    looks: dict[str, Any] = {"result_format": "COMPLETE"}
    if key is not None:
        looks["unexpected_index_column_names"] = [key]
    expectations = [
        getattr(gxe, _EXPECTATIONS[expect])(column=column, **bounds, meta={"rule": rule}, description=description)
        for rule, (column, expect, bounds, description) in expected.items()
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it calls pandas in ways that pandas 4 will not know
        checked = asset.get_batch({"dataframe": frame}).validate(
            suite_of(name=name, expectations=expectations), result_format=looks
        )
    return {outcome.expectation_config.meta["rule"]: outcome for outcome in checked.results}


def _result(
    rule: Rule, outcome: Any, frame: pd.DataFrame, rows: Sequence[tuple[str, str]], batch: str
) -> QualityResult:
    """The result of a rule about rows, or about feeds, outlets or days."""
    error = _error(outcome.exception_info)
    failed = int((outcome.result or {}).get("unexpected_count") or 0)
    titles = dict(zip(frame["article_id"], frame["title"], strict=True)) if rows and "title" in frame else {}
    examples: Sequence[str] = [f"{titles.get(row_id) or row_id}: {shown}" for row_id, shown in rows]
    observed = f"{failed} of {len(frame)} rows miss it"
    is_unknown = False
    if rule.level == "group":
        examples = _examples_of_groups(rule, frame) if failed else []
        observed = (
            "; ".join(examples[:3]) + (f" and {failed - 3} more" if failed > 3 else "")
            or f"none of {len(frame)} misses it"
        )
        is_unknown = rule.expect == "between" and bool(frame[rule.column].isna().all())
    kind: Outcome = "error" if error else "skipped" if is_unknown else "missed" if failed else "met"
    return _made(
        rule,
        batch,
        kind,
        observed=error or ("too little history to tell" if is_unknown else observed),
        value=float(failed),
        failed_count=failed,
        row_count=len(frame),
        examples=examples,
    )


def _made(
    rule: Rule,
    batch: str,
    outcome: Outcome,
    *,
    observed: str,
    value: float | None,
    failed_count: int,
    row_count: int,
    examples: Sequence[str] = (),
) -> QualityResult:
    return QualityResult(
        batch=batch,
        dataset=rule.dataset,
        rule=rule.name,
        level=rule.level,
        severity=rule.severity,
        outcome=outcome,
        passed=outcome in ("met", "skipped"),
        observed=observed[:500],
        expected=rule.expected[:500],
        value=value,
        failed_count=failed_count,
        row_count=row_count,
        description=rule.description,
        hint=rule.hint,
        examples=tuple(example[:300] for example in examples[:_EXAMPLES]),
    )


def _skipped(rule: Rule, batch: str) -> QualityResult:
    return _made(rule, batch, "skipped", observed="none in this batch", value=None, failed_count=0, row_count=0)


def _error(info: Any) -> str | None:
    """What Great Expectations says went wrong with itself, in one line; None when it could check."""
    if not isinstance(info, dict):
        return None
    told = [info] if "exception_message" in info else [each for each in info.values() if isinstance(each, dict)]
    return next(
        (str(each["exception_message"]).splitlines()[0] for each in told if each.get("exception_message")), None
    )


def _failing(outcome: Any, key: str) -> list[tuple[str, str]]:
    """(id, value) of the rows that missed an expectation, each once, in order."""
    rows = (outcome.result or {}).get("unexpected_index_list") or []
    pairs = set()
    for row in rows:
        column = next((column for column in row if column != key), key)
        value = row[column]
        pairs.add((str(row[key]), _shown(column, value) if isinstance(value, float) else str(value)[:200]))
    return sorted(pairs)


def _examples_of_groups(rule: Rule, frame: pd.DataFrame) -> list[str]:
    """The sentence that each failing feed, outlet or day has in the frame."""
    column = frame[rule.column]
    if rule.expect == "empty":
        return [str(text) for text in frame.loc[column.notna(), "example"]]
    low, high = rule.bounds.get("min_value", -math.inf), rule.bounds.get("max_value", math.inf)
    return [str(text) for text in frame.loc[column.notna() & ((column < low) | (column > high)), "example"]]


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _listed(value: Any) -> list[str]:
    return [] if value is None or isinstance(value, float) else [str(each) for each in value]


def _shown(column: str, value: float) -> str:
    if column.endswith(("_share", "_drop")):
        return f"{value:.0%}"
    return f"{value:g}"


@lru_cache(maxsize=1)
def _great_expectations() -> tuple[Any, Any, Any]:
    """A pandas asset, the module of expectations, the class of suites. Great Expectations takes seconds to import: once
    a process, and only where it is used. One asset for all frames, because each new one writes its settings."""
    from pipeline.auditing.great_expectations_core import gx, gxe

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False}
        asset = context.data_sources.add_pandas("partitions").add_dataframe_asset("frames")
        return asset.add_batch_definition_whole_dataframe("all"), gxe, gx.ExpectationSuite
