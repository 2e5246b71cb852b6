"""Datasets → what of them misses its expectations (Great Expectations on pandas frames).

Each rule says in plain English what is expected and what to do when it is missed. A row that misses a rule of level
"row" goes to quarantine and the rest goes on; a dataset that misses a rule of level "dataset" with severity "stop"
holds the publication. An empty table passes most expectations, so that every dataset has one about its size.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from pipeline.model import QualityResult

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

_EXAMPLES = 5  # rows that a report shows of those that missed a rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One expectation. `expect` makes it from gxe, the module of Great Expectations' core expectations."""

    dataset: str
    name: str
    level: Literal["row", "dataset"]
    severity: Literal["warning", "stop"] = "stop"
    description: str
    hint: str
    expect: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Miss:
    """A row that misses a rule: its id, and the value that was found."""

    dataset: str
    row_id: str
    rule: str
    value: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules found: a result each, and the rows that missed rules of level "row" and severity "stop"."""

    results: tuple[QualityResult, ...]
    misses: tuple[Miss, ...]

    @property
    def stops(self) -> tuple[QualityResult, ...]:
        """Results that hold the publication."""
        return tuple(result for result in self.results if not result.passed and result.severity == "stop")


def validate(
    frames: Mapping[str, pd.DataFrame], rules: Sequence[Rule], *, batch: str, ids: Mapping[str, str]
) -> Verdict:
    """Every rule on the frame of its dataset.

    frames   dataset → its rows
    ids      dataset → the column that names a row
    raises   KeyError when a rule is about a dataset that has no frame
    """
    context, gxe, suite_of = _great_expectations()
    results: list[QualityResult] = []
    misses: list[Miss] = []
    source = context.data_sources.add_pandas("partitions")
    for dataset in dict.fromkeys(rule.dataset for rule in rules):
        of_dataset = [rule for rule in rules if rule.dataset == dataset]
        frame, key = frames[dataset], ids[dataset]
        asset = source.add_dataframe_asset(dataset).add_batch_definition_whole_dataframe("all")
        checked = asset.get_batch({"dataframe": frame}).validate(
            suite_of(name=dataset, expectations=[rule.expect(gxe) for rule in of_dataset]),
            result_format={"result_format": "COMPLETE", "unexpected_index_column_names": [key]},
        )
        outcomes = {outcome.expectation_config.id: outcome for outcome in checked.results}
        for rule, outcome in zip(of_dataset, _in_order(checked, outcomes), strict=True):
            result, rows = _result(rule, outcome, frame, key, batch)
            results.append(result)
            if rule.level == "row" and rule.severity == "stop":
                misses += [Miss(dataset, row_id, rule.name, value) for row_id, value in rows]
    return Verdict(tuple(results), tuple(misses))


def _in_order(checked: Any, outcomes: Mapping[str, Any]) -> list[Any]:
    return list(checked.results) if len(outcomes) != len(checked.results) else list(outcomes.values())


def _result(
    rule: Rule, outcome: Any, frame: pd.DataFrame, key: str, batch: str
) -> tuple[QualityResult, list[tuple[str, str]]]:
    found = outcome.result or {}
    exception = outcome.exception_info.get("exception_message") if isinstance(outcome.exception_info, dict) else None
    rows = _failing(found, key)
    kwargs = {name: value for name, value in outcome.expectation_config.kwargs.items() if name != "batch_id"}
    observed = found.get("observed_value", f"{found.get('unexpected_count', 0)} of {len(frame)} rows miss it")
    result = QualityResult(
        batch=batch,
        dataset=rule.dataset,
        rule=rule.name,
        severity=rule.severity,
        passed=bool(outcome.success) or (rule.level == "row" and not rows and exception is None),
        observed=str(exception or observed)[:500],
        expected=", ".join(f"{name} {value}" for name, value in sorted(kwargs.items()))[:500],
        failed_count=int(found.get("unexpected_count", 0) or (0 if outcome.success else 1)),
        row_count=len(frame),
        description=rule.description,
        hint=rule.hint,
        examples=tuple(f"{row_id}: {value}" for row_id, value in rows[:_EXAMPLES]),
    )
    return result, rows


def _failing(found: Mapping[str, Any], key: str) -> list[tuple[str, str]]:
    rows = found.get("unexpected_index_list") or []
    pairs = []
    for row in rows:
        value = next((row[column] for column in row if column != key), row.get(key))
        pairs.append((str(row[key]), str(value)[:200]))
    return sorted(set(pairs))


def _great_expectations() -> tuple[Any, Any, Any]:
    """Great Expectations takes six seconds to import: once a run, and only where it is used."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.getLogger("great_expectations").setLevel(logging.WARNING)
        import great_expectations as gx
        import great_expectations.expectations as gxe

        os.environ["TQDM_DISABLE"] = "1"
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
        return context, gxe, gx.ExpectationSuite


# ------------------------------------------------------------------------------------------------------- the rules


def rules(*, latest: pd.Timestamp, earliest: pd.Timestamp, min_words: int) -> tuple[Rule, ...]:
    """The expectations of a batch of articles, their quotes and their places.

    latest     the day after the newest source of the batch was first seen: nothing can be published later
    earliest   the first day that a date can plausibly mean
    """
    return (
        Rule(
            dataset="outlets",
            name="outlets_are_listed",
            level="dataset",
            description="The list of outlets is there and has rows.",
            hint="Restore seeds/outlets.csv; without it outlets cannot be told apart.",
            expect=lambda gxe: gxe.ExpectTableRowCountToBeBetween(min_value=1),
        ),
        Rule(
            dataset="articles",
            name="articles_were_read",
            level="dataset",
            description="At least one article was read out of the sources of this batch.",
            hint="Look at the rejections: every source of the batch gave nothing that can be read.",
            expect=lambda gxe: gxe.ExpectTableRowCountToBeBetween(min_value=1),
        ),
        Rule(
            dataset="articles",
            name="article_ids_are_unique",
            level="dataset",
            description="No two articles share an id.",
            hint="Two sources gave the same id: report it as an error of the pipeline, with both documents.",
            expect=lambda gxe: gxe.ExpectColumnValuesToBeUnique(column="article_id"),
        ),
        Rule(
            dataset="articles",
            name="titles_are_there",
            level="row",
            description="Every article has a headline of one line.",
            hint="Look at the source: a headline is missing, or half a page was taken for one.",
            expect=lambda gxe: gxe.ExpectColumnValueLengthsToBeBetween(column="title", min_value=1, max_value=1000),
        ),
        Rule(
            dataset="articles",
            name="bodies_have_words",
            level="row",
            description=f"Every article has a body of at least {min_words} words.",
            hint="Look at the source: it may be a teaser, a wall or a list of links.",
            expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="word_count", min_value=min_words),
        ),
        Rule(
            dataset="articles",
            name="no_furniture_in_bodies",
            level="row",
            description="No body holds a line of the site's furniture: prompts, appeals, share buttons, link lists.",
            hint="Add a rule to seeds/furniture.csv for the line that is shown, and retry the row.",
            expect=lambda gxe: gxe.ExpectColumnValuesToBeNull(column="furniture"),
        ),
        Rule(
            dataset="articles",
            name="no_date_in_the_future",
            level="row",
            description="No article is dated after the day on which its source came.",
            hint="Look at the printed date: day and month may be swapped, or the source's clock is wrong.",
            expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="published_at", max_value=latest),
        ),
        Rule(
            dataset="articles",
            name="no_date_before_the_web",
            level="row",
            description=f"No article is dated before {earliest.date()}.",
            hint="Look at the printed date: it may be a date in the text rather than of the text.",
            expect=lambda gxe: gxe.ExpectColumnValuesToBeBetween(column="published_at", min_value=earliest),
        ),
        Rule(
            dataset="articles",
            name="most_articles_are_dated",
            level="dataset",
            severity="warning",
            description="At least two thirds of the articles have a date of their own.",
            hint="A layout may have changed: look at undated articles and at seeds/header_lines.csv.",
            expect=lambda gxe: gxe.ExpectColumnProportionOfNonNullValuesToBeBetween(
                column="published_at", min_value=0.66
            ),
        ),
        Rule(
            dataset="placements",
            name="every_article_has_one_place",
            level="dataset",
            description="Every article stands in exactly one story.",
            hint="The grouping lost or doubled an article: report it as an error of the pipeline.",
            expect=lambda gxe: gxe.ExpectColumnValuesToBeUnique(column="article_id"),
        ),
        Rule(
            dataset="placements",
            name="no_article_is_without_a_place",
            level="dataset",
            description="There are as many places as articles.",
            hint="The grouping lost or doubled an article: report it as an error of the pipeline.",
            expect=lambda gxe: gxe.ExpectColumnValuesToNotBeNull(column="story_id"),
        ),
    )
