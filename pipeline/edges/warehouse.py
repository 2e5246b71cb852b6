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

from pipeline.edges.partitions import Partitions, written_aside
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
            f"create or replace temporary table scope as select unnest($scope) as {history.scope} "
            f"union select {history.scope} from staged",
            {"scope": list(scope)},
        )
    before = _count(connection, history.table)
    merging = (SQL / "merge_history.sql").read_text(encoding="utf-8")
    merging = merging.format(table=history.table, key=history.key, scope=history.scope)
    _run(connection, merging, {"known_at": known_at})
    return _count(connection, history.table) - before


def replace_batch(
    connection: duckdb.DuckDBPyConnection, dataset: str, paths: Sequence[Path], values: Mapping[str, Any] | None = None
) -> None:
    """Bring partitions into a table without history: rows of the same batch (or key) are replaced."""
    if not paths:
        return
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
    if not paths:
        return
    select = (SQL / "staging" / "quarantine.sql").read_text(encoding="utf-8")
    connection.execute(
        "create or replace temporary table staged as " + select, {"paths": [os.fspath(path) for path in paths]}
    )
    connection.execute((SQL / "merge_quarantine.sql").read_text(encoding="utf-8"), {"known_at": known_at})


def load_batch(
    connection: duckdb.DuckDBPyConnection,
    partitions: Partitions,
    batch: str,
    *,
    corrected_at: datetime | None = None,
) -> dict[str, int]:
    """Bring all partitions of a batch in; how many rows of each dataset are new or changed.

    corrected_at  when an editor last spoke of its articles: what became of them is known since then
    """

    def files(dataset: str) -> list[Path]:
        return partitions.of_batch(dataset, batch)

    replace_batch(connection, "documents", files("documents"))
    given = {"paths": [os.fspath(path) for path in files("documents")], "batch": batch}
    _run(connection, (SQL / "register_batch.sql").read_text(encoding="utf-8"), given)
    known_at = connection.execute("select known_at from batches where batch = $batch", {"batch": batch}).fetchall()[0][
        0
    ]
    quarantine(connection, files("quarantine"), known_at=known_at)
    turned_away = connection.execute(
        "select subject from quarantine where dataset = 'articles' and stage = 'check' and batch = $batch",
        {"batch": batch},
    ).fetchall()
    without = [subject for (subject,) in turned_away]
    articles = _ids(connection, files("articles"))
    scopes = {
        "articles": articles,
        "quotes": articles,
        "figures": articles,
        "mentions": articles,
        "story_links": _touched_links(connection, _ids(connection, files("placements"))),
    }
    since = {
        dataset: max(known_at, corrected_at) for dataset in ("placements", "story_links") if corrected_at is not None
    }
    changed = {
        dataset: merge(
            connection,
            dataset,
            files(dataset),
            known_at=since.get(dataset, known_at),
            scope=scopes.get(dataset),
            without=without,
        )
        for dataset in HISTORIES
        if files(dataset)
    }
    replace_batch(connection, "stage_counts", files("stage_counts"))
    replace_batch(connection, "quality_results", files("quality_results"), {"known_at": known_at})
    return changed


def _ids(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> list[str]:
    if not files:
        return []
    paths = {"paths": [os.fspath(path) for path in files]}
    return [row[0] for row in connection.execute("select article_id from read_parquet($paths)", paths).fetchall()]


def _touched_links(connection: duckdb.DuckDBPyConnection, articles: Sequence[str]) -> list[str]:
    """Ids of the links now held of the stories that these articles are on."""
    touched = "select story_id from placements where article_id in (select unnest($articles))"
    rows = connection.execute(
        f"select link_id from story_links where from_story_id in ({touched}) or to_story_id in ({touched})",
        {"articles": list(articles)},
    ).fetchall()
    return [link_id for (link_id,) in rows]


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
        connection = duckdb.connect(":memory:")
        try:
            connection.execute(f"attach '{_quoted(source)}' as source (read_only)")
            connection.execute(f"attach '{_quoted(aside)}' as copy (storage_version 'v1.2.0')")
            connection.execute("copy from database source to copy")
            connection.execute("detach source")
            connection.execute("use copy")
            connection.execute("set timezone = 'UTC'")
            names = connection.execute(
                "select view_name from duckdb_views() where not internal and database_name = 'copy' "
                "union all select table_name from duckdb_tables() where database_name = 'copy'"
            ).fetchall()
            for (name,) in sorted(names):
                if not name.endswith("_versions"):
                    _copy_parquet(connection, name, published.parent / "parquet" / f"{name}.parquet")
        finally:
            connection.close()


def _copy_parquet(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    with written_aside(path) as aside:
        connection.execute(
            f"copy (select * from {name} order by all) to '{_quoted(aside)}' (format parquet, compression zstd)"
        )


def _run(connection: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, Any]) -> None:
    """Statements one after the other, each with those of the values that it names."""
    for statement in connection.extract_statements(sql):
        connection.execute(statement, {name: values[name] for name in statement.named_parameters})


def _quoted(path: Path) -> str:
    return os.fspath(path).replace("'", "''")


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"select count(*) from {table}").fetchall()[0][0])
