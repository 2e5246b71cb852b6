"""seeds/furniture_web.csv, furniture_weights.csv and others → the rules that pages and page texts are read by."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.edges.seed_files import line_rules, outlets, rows, time_zones
from pipeline.errors import ConfigurationError
from pipeline.extraction.page_about import Agency, agencies_of
from pipeline.extraction.page_checks import rules_of
from pipeline.extraction.pages import PageRules
from pipeline.extraction.text_furniture import FurnitureModel, model_of
from pipeline.reading.header_fields import Zones
from pipeline.reading.items import ReadingRules
from pipeline.settings import Settings

CUES, WEIGHTS, VERDICTS, AGENCIES = "furniture_web.csv", "furniture_weights.csv", "page_rules.csv", "agencies.csv"
SECOND_PASS, TITLES = "second_pass_weights.csv", "title_weights.csv"
WEIGHT_COLUMNS = ("feature", "meaning", "weight")  # of both


def cue_rows(seeds: Path) -> list[tuple[str, str]]:
    """Cues: columns cue, pattern, reason."""
    return [(row["cue"], row["pattern"]) for _, row in rows(seeds / CUES, "cue", "pattern", "reason")]


def furniture_model(seeds: Path) -> FurnitureModel:
    """The furniture model of this folder.

    raises   ConfigurationError when a file or a column is missing, or a field is no number or pattern
    """
    try:
        weights = [
            (
                row["feature"],
                row["meaning"],
                float(row["text"] or 0),
                float(row["main_part"] or 0),
                float(row["page"] or 0),
            )
            for _, row in rows(seeds / WEIGHTS, "feature", "meaning", "text", "main_part", "page")
        ]
        second = [(row["feature"], float(row["weight"])) for _, row in rows(seeds / SECOND_PASS, *WEIGHT_COLUMNS)]
        return model_of(cue_rows(seeds), weights, second)
    except (ValueError, re.error) as error:
        raise ConfigurationError(
            f"expected numbers and patterns: {error}", about=f"{CUES}, {WEIGHTS} or {SECOND_PASS}"
        ) from error


def agencies(seeds: Path) -> tuple[Agency, ...]:
    """News agencies and how they sign: columns agency, pattern, reason."""
    return agencies_of(
        (row["agency"], row["pattern"]) for _, row in rows(seeds / AGENCIES, "agency", "pattern", "reason")
    )


def title_weights(seeds: Path) -> dict[str, float]:
    """What the looks of a title weigh, by name.

    raises   ConfigurationError when the file or a column is missing, or a weight is no number
    """
    try:
        return {row["feature"]: float(row["weight"]) for _, row in rows(seeds / TITLES, *WEIGHT_COLUMNS)}
    except ValueError as error:
        raise ConfigurationError(f"expected numbers: {error}", about=TITLES) from error


def reading_rules(settings: Settings, *, received_on: date) -> ReadingRules:
    """Everything that documents.read_document goes by."""
    seeds = settings.seeds_dir
    return ReadingRules(
        furniture=line_rules(seeds / "furniture.csv"),
        header=line_rules(seeds / "header_lines.csv"),
        outlets=outlets(seeds / "outlets.csv"),
        zones=Zones(received_on, ZoneInfo(settings.timezone), time_zones(seeds / "timezones.csv")),
        model=furniture_model(seeds),
        titles=title_weights(seeds),
        min_words=settings.min_words,
        min_item_words=settings.min_item_words,
        agencies=agencies(seeds),
    )


def page_rules(settings: Settings) -> PageRules:
    """Everything that reading pages goes by."""
    seeds = settings.seeds_dir
    try:
        return PageRules(
            model=furniture_model(seeds),
            furniture=line_rules(seeds / "furniture.csv"),
            verdicts=rules_of(
                (row["verdict"], row["scope"], row["pattern"], row["reason"])
                for _, row in rows(seeds / VERDICTS, "verdict", "scope", "pattern", "reason")
            ),
            agencies=agencies(seeds),
            outlets=outlets(seeds / "outlets.csv"),
            zone=settings.zone,
            min_words=settings.min_words,
        )
    except re.error as error:
        raise ConfigurationError(
            f"a pattern is no regular expression: {error}", about=f"{VERDICTS}, {AGENCIES}"
        ) from error
