"""The published copy → files that other programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipeline.edges.atomic import written_aside
from pipeline.edges.lineage_reader import batch_runs
from pipeline.edges.seed_files import rows as seed_rows
from pipeline.edges.warehouse import SQL, reader
from pipeline.exports.data_package import Described, data_package
from pipeline.exports.json_feed import json_feed
from pipeline.exports.leaving import GOVERNMENT
from pipeline.exports.ninjs import news_object
from pipeline.exports.open_lineage import run_events
from pipeline.settings import Settings

_AT_ONCE = 1_000  # rows in memory: an export of everything must not need everything at once


def ninjs_lines(here: Settings, day: date | None) -> Iterator[str]:
    """A news object a line, in the order of publication."""
    issuers = issuers_of(here)
    with reader(here.published_path) as connection:
        for row in _rows(connection, "articles", {"day": day}):
            yield _line(news_object(row, issuers=issuers))


def json_feed_text(here: Settings, day: date | None) -> str:
    """The articles of a day as a JSON Feed."""
    title = f"{here.department}: articles of {day}" if day else f"{here.department}: articles"
    with reader(here.published_path) as connection:
        feed = json_feed(_rows(connection, "articles", {"day": day}), title=title, issuers=issuers_of(here))
    return json.dumps(feed, ensure_ascii=False, indent=1)


def lineage_lines(here: Settings) -> Iterator[str]:
    """An OpenLineage event a line, for every task of the path on every batch."""
    for event in run_events(batch_runs(here)):
        yield _line(event)


def write_lineage(here: Settings) -> None:
    """The events into the file of the settings, all of them anew: the same batches give the same file."""
    if here.lineage_path is not None and here.published_path.exists():
        with written_aside(here.lineage_path) as aside:
            aside.write_text("".join(f"{line}\n" for line in lineage_lines(here)), encoding="utf-8")


def data_package_text(published: Path, *, title: str) -> str:
    """The descriptor of the Parquet files beside the published copy."""
    files = {path.stem: path for path in sorted((published.parent / "parquet").glob("*.parquet"))}
    with reader(published) as connection:
        named = connection.execute(
            "select view_name, comment from duckdb_views() where not internal "
            "union all select table_name, comment from duckdb_tables() where not internal order by all"
        ).fetchall()
        described = [Described(name, comment, _columns(connection, name)) for name, comment in named]
    return json.dumps(data_package(described, files, title=title), ensure_ascii=False, indent=1)


def write_data_package(published: Path, *, title: str) -> None:
    """datapackage.json beside the Parquet files that it describes."""
    with written_aside(published.parent / "parquet" / "datapackage.json") as aside:
        aside.write_text(data_package_text(published, title=title) + "\n", encoding="utf-8")


def issuers_of(here: Settings) -> frozenset[str]:
    """Names of government bodies in lower case: their releases are Crown copyright."""
    listed = seed_rows(here.seeds_dir / "organisations.csv", "name", "aliases", "kind")
    return frozenset(
        name.strip().casefold()
        for _, row in listed
        if row["kind"] in GOVERNMENT
        for name in (row["name"], *row["aliases"].split("|"))
        if name.strip()
    )


def _columns(connection: duckdb.DuckDBPyConnection, name: str) -> list[tuple[str, str, str]]:
    rows = connection.execute(
        "select column_name, lower(data_type), comment from duckdb_columns() "
        "where table_name = $name and not internal order by column_index",
        {"name": name},
    ).fetchall()
    return [(column, kind, comment or "") for column, kind, comment in rows]


def _rows(connection: duckdb.DuckDBPyConnection, name: str, values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    cursor = connection.execute((SQL / "exports" / f"{name}.sql").read_text(encoding="utf-8"), dict(values))
    columns = [column[0] for column in cursor.description or ()]
    while found := cursor.fetchmany(_AT_ONCE):
        for row in found:
            yield dict(zip(columns, row, strict=True))


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
