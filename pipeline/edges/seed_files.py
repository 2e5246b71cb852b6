"""seeds/*.csv → the data that reading goes by. A row that cannot be used ends the run and names its file and line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.digests.broadcasts import Programme
from pipeline.errors import ConfigurationError
from pipeline.reading.line_rules import LineRule, LineRules
from pipeline.reading.outlets import Outlet, OutletDirectory


def rows(path: Path, *columns: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a seed file with their line numbers. Every column must be there, and every row must give its reason."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise ConfigurationError(
                    f"expected the columns {', '.join(columns)}; {missing[0]} is missing", about=path.name
                )
            for row in reader:
                if None in row or None in row.values():
                    raise ConfigurationError(
                        "the row has more or fewer fields than the header", about=_at(path, reader)
                    )
                if "reason" in columns and not row["reason"].strip():
                    raise ConfigurationError("the row gives no reason", about=_at(path, reader))
                yield reader.line_num, {name: value.strip() for name, value in row.items()}
    except (OSError, csv.Error, UnicodeDecodeError) as error:
        raise ConfigurationError(f"cannot be read: {error}", about=str(path)) from error


def line_rules(path: Path) -> LineRules:
    """Rules about lines: columns scope, pattern, reason."""
    found = []
    for number, row in rows(path, "scope", "pattern", "reason"):
        try:
            found.append(LineRule(row["scope"], re.compile(row["pattern"], re.IGNORECASE), row["reason"]))
        except re.error as error:
            raise ConfigurationError(
                f"the pattern is no regular expression: {error}", about=f"{path.name} line {number}"
            ) from error
    return LineRules.of(found)


def time_zones(path: Path) -> dict[str, str]:
    """Abbreviation → offset or IANA name: columns abbreviation, means, reason."""
    return {row["abbreviation"]: row["means"] for _, row in rows(path, "abbreviation", "means", "reason")}


def outlets(path: Path) -> OutletDirectory:
    """The outlets that texts and addresses name."""
    columns = ("domain", "name", "kind", "timezone", "country", "is_agency", "aliases", "reason")
    return OutletDirectory(
        Outlet(
            name=row["name"],
            domain=row["domain"] or None,
            aliases=tuple(alias.strip() for alias in row["aliases"].split("|") if alias.strip()),
            kind=row["kind"],
            timezone=row["timezone"] or "Europe/London",
            is_agency=row["is_agency"] == "yes",
            is_government=row["kind"] == "government",
        )
        for _, row in rows(path, *columns)
    )


def neutral_words(path: Path) -> dict[str, str]:
    """Loaded word or phrase → what stands for it in a heading; empty when it is left out."""
    return {row["loaded"].casefold(): row["neutral"] for _, row in rows(path, "loaded", "neutral", "reason")}


def configured_documents(path: Path) -> dict[str, dict[str, str]]:
    """What is configured for single documents, by the hash of their bytes."""
    return {row["sha256"]: row for _, row in rows(path, "sha256", "outlet", "url", "received_at", "reason")}


def _at(path: Path, reader: csv.DictReader[str]) -> str:
    return f"{path.name} line {reader.line_num}"


def programmes(path: Path) -> list[Programme]:
    """Broadcasts, chambers and committees by the names that texts give them."""
    return [
        Programme(row["name"], tuple(alias.strip() for alias in row["aliases"].split("|")), row["kind"])
        for _, row in rows(path, "name", "aliases", "kind", "reason")
    ]


def aliases_of(path: Path, name: str) -> tuple[str, ...]:
    """Other names of an organisation (seeds/organisations.csv)."""
    found = next((row for _, row in rows(path, "name", "aliases") if row["name"] == name), None)
    return tuple(alias.strip() for alias in found["aliases"].split("|") if alias.strip()) if found else ()


def offices_of(path: Path, organisation: str) -> tuple[str, ...]:
    """Offices of an organisation by all their names (seeds/offices.csv)."""
    return tuple(
        name.strip()
        for _, row in rows(path, "office", "aliases", "organisation")
        if row["organisation"] == organisation
        for name in (row["office"], *row["aliases"].split("|"))
        if name.strip()
    )
