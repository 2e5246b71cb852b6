"""Partitions → DuckDB → the published copy. The SQL lives in warehouse/; this is who runs it, and in which order.

DuckDB has one writing process, and while it writes nobody else can open the file. So readers get a copy: whole, under
its final name by a rename, and Parquet beside it. The file format is v1.2.0, which every tool an analyst has can open.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

from pipeline.edges.partitions import written_aside
from pipeline.errors import Busy, PipelineError
from pipeline.settings import ROOT

SQL = ROOT / "warehouse"
_FORMAT = {"storage_compatibility_version": "v1.2.0"}
_READS = re.compile(r"Reads: ([^.]*)\.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class History:
    """How a dataset's rows enter the table that keeps their versions."""

    table: str
    key: str  # names a row
    scope: str  # rows of a batch replace those that share this column with it


# dataset of the partitions → its table. story_links are replaced for the stories that the batch touched.
HISTORIES: Mapping[str, History] = {
    "articles": History("article_versions", "article_id", "article_id"),
    "placements": History("placement_versions", "article_id", "article_id"),
    "quotes": History("quote_versions", "quote_id", "article_id"),
    "figures": History("figure_versions", "figure_id", "article_id"),
    "mentions": History("mention_versions", "mention_id", "article_id"),
    "story_links": History("story_link_versions", "link_id", "link_id"),
}


@contextmanager
def writer(path: Path, *, zone: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """The one writing connection, in one transaction: all of the block is kept, or nothing.

    raises   Busy when another process has the file open
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = duckdb.connect(os.fspath(path), config=dict(_FORMAT))
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise Busy("another process is writing", about=path.name) from error
        raise PipelineError(f"the warehouse cannot be opened: {error}", about=os.fspath(path)) from error
    try:
        connection.execute("set timezone = 'UTC'")
        connection.execute("set variable zone = $zone", {"zone": zone})
        connection.execute("begin")
        try:
            yield connection
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")
        connection.execute("checkpoint")
    except duckdb.Error as error:
        raise PipelineError(f"the warehouse refused: {error}", about=os.fspath(path)) from error
    finally:
        connection.close()


@contextmanager
def reader(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the published copy. It goes on undisturbed when a newer copy takes its place."""
    if not path.exists():
        raise PipelineError("nothing has been published yet; make run publishes the seeds", about=os.fspath(path))
    connection = duckdb.connect(os.fspath(path), read_only=True)
    try:
        connection.execute("set timezone = 'UTC'")
        yield connection
    finally:
        connection.close()


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Tables that are missing, and every view and macro anew, those first that others read."""
    for path in sorted((SQL / "tables").glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))
    files = {path.stem: path for path in (SQL / "marts").glob("*.sql")}
    for name in TopologicalSorter({name: _reads(path) & files.keys() for name, path in files.items()}).static_order():
        connection.execute(files[name].read_text(encoding="utf-8"))


def _reads(path: Path) -> set[str]:
    """Names in the "Reads:" line at the top of a file."""
    found = _READS.search(path.read_text(encoding="utf-8"))
    return set(re.findall(r"\w+", found[1])) if found else set()


def merge(
    connection: duckdb.DuckDBPyConnection,
    dataset: str,
    paths: Sequence[Path],
    *,
    known_at: datetime,
    scope: Sequence[str] | None = None,
    without: Sequence[str] = (),
) -> int:
    """Bring a dataset's partitions into its table with history; how many rows of it are new or changed.

    scope     values of the scope column that the batch answers for; those of its rows when None
    without   article ids that are in quarantine: their rows stay out
    """
    history = HISTORIES[dataset]
    select = (SQL / "staging" / f"{history.table}.sql").read_text(encoding="utf-8")
    connection.execute(
        "create or replace temporary table selected as " + select, {"paths": [os.fspath(p) for p in paths]}
    )
    if without:
        column = "article_id" if history.scope == "article_id" else history.key
        connection.execute(
            f"delete from selected where {column} in (select unnest($without))", {"without": list(without)}
        )
    connection.execute(
        "create or replace temporary table staged as "
        "select *, md5(cast(to_json(selected) as varchar)) as row_hash from selected"
    )
    if scope is None:
        connection.execute(f"create or replace temporary table scope as select distinct {history.scope} from staged")
    else:
        connection.execute(
            f"create or replace temporary table scope as select unnest($scope) as {history.scope}",
            {"scope": list(scope)},
        )
    before = _count(connection, history.table)
    parts = (SQL / "merge_history.sql").read_text(encoding="utf-8")
    for statement in parts.format(table=history.table, key=history.key, scope=history.scope).split(";"):
        if statement.strip():
            values = {"known_at": known_at} if "$known_at" in statement else None
            connection.execute(statement, values)
    return _count(connection, history.table) - before


def replace_batch(
    connection: duckdb.DuckDBPyConnection, dataset: str, paths: Sequence[Path], values: Mapping[str, Any] | None = None
) -> None:
    """Bring partitions into a table without history: rows of the same batch (or key) are replaced."""
    select = (SQL / "staging" / f"{dataset}.sql").read_text(encoding="utf-8")
    given = {"paths": [os.fspath(path) for path in paths], **(values or {})}
    connection.execute("create or replace temporary table staged as " + select, given)
    key = "document_id" if dataset == "documents" else "batch"
    if dataset == "documents":
        connection.execute("insert or ignore into documents by name select * from staged")
    else:
        connection.execute(f"delete from {dataset} where {key} in (select {key} from staged)")
        connection.execute(f"insert into {dataset} by name select * from staged")


def quarantine(connection: duckdb.DuckDBPyConnection, paths: Sequence[Path], *, known_at: datetime) -> None:
    """Bring quarantine partitions in: a row that comes again keeps its first day and counts a try more."""
    select = (SQL / "staging" / "quarantine.sql").read_text(encoding="utf-8")
    connection.execute(
        "create or replace temporary table staged as " + select, {"paths": [os.fspath(path) for path in paths]}
    )
    connection.execute((SQL / "merge_quarantine.sql").read_text(encoding="utf-8"), {"known_at": known_at})


def broken_checks(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    """Names of warehouse/checks whose query finds rows, with a few of those rows."""
    found = {}
    for path in sorted((SQL / "checks").glob("*.sql")):
        rows = connection.execute(f"select * from ({path.read_text(encoding='utf-8')}) limit 5").fetchall()
        if rows:
            found[path.stem] = rows
    return found


def publish(source: Path, published: Path) -> None:
    """Give readers a new copy: DuckDB file and Parquet files, each whole and under its name by a rename."""
    with written_aside(published) as aside:
        aside.unlink(missing_ok=True)
        connection = duckdb.connect(os.fspath(source), read_only=True)
        try:
            connection.execute(f"attach '{_quoted(aside)}' as copy (storage_version 'v1.2.0')")
            connection.execute(f'copy from database "{source.stem}" to copy')
            connection.execute("detach copy")
            tables = connection.execute(
                "select view_name from duckdb_views() where not internal "
                "union all select table_name from duckdb_tables()"
            ).fetchall()
            for (name,) in sorted(tables):
                if not name.endswith("_versions"):
                    _copy_parquet(connection, name, published.parent / "parquet" / f"{name}.parquet")
        finally:
            connection.close()


def _copy_parquet(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    with written_aside(path) as aside:
        connection.execute(
            f"copy (select * from {name} order by all) to '{_quoted(aside)}' (format parquet, compression zstd)"
        )


def _quoted(path: Path) -> str:
    return os.fspath(path).replace("'", "''")


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"select count(*) from {table}").fetchall()[0][0])
