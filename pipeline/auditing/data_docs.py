"""Frames of a batch → Great Expectations' own pages, the technical annex of the quality report.

Its pages load styles from elsewhere, which is why the quality report is a page of our own. They cost three seconds.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from pipeline.auditing.expectations import Rule, load_rules, validate
from pipeline.auditing.gate import KEYS, of_frames, thresholds
from pipeline.edges.gate_frames import open_frames
from pipeline.edges.partitions import Partitions
from pipeline.settings import Settings


def build(partitions: Partitions, batch: str, here: Settings, folder: Path) -> Path:
    """A checkpoint over every frame of the batch, and the pages on what it found; the first of them."""
    from pipeline.auditing.great_expectations_core import gx, gxe

    with open_frames(partitions, batch, here, held=partitions.keys("holds")) as frames:
        rules = load_rules(thresholds(here, frames.latest))
        rows = frames.article_rows()
        first = validate({"article_rows": rows}, of_frames(rules, "article_rows"), batch=batch, keys=KEYS)
        missed = {miss.row_id for miss in first.misses}
        every = {"article_rows": rows} | frames.rest(missed, judged=missed)
    folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from great_expectations.checkpoint.actions import UpdateDataDocsAction

        context: Any = gx.get_context(mode="file", project_root_dir=folder)
        context.variables.progress_bars = {"globally": False}
        source = context.data_sources.add_or_update_pandas("partitions")
        for name, frame in every.items():
            of_frame = [rule for rule in rules if rule.frame == name]
            if not of_frame or not len(frame):
                continue
            asset = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all")
            suite = context.suites.add_or_update(_suite(gx, gxe, name, of_frame))
            definition = context.validation_definitions.add_or_update(
                gx.ValidationDefinition(name=name, data=asset, suite=suite)
            )
            action = UpdateDataDocsAction(name="pages")
            checkpoint = context.checkpoints.add_or_update(
                gx.Checkpoint(name=name, validation_definitions=[definition], actions=[action])
            )
            checkpoint.run(batch_parameters={"dataframe": frame})
    return next(folder.rglob("local_site/index.html"))


def _suite(gx: Any, gxe: Any, name: str, rules: list[Rule]) -> Any:
    return gx.ExpectationSuite(name=name, expectations=[rule.made(gxe) for rule in rules])
