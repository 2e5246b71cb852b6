"""One SQL statement from an analyst → rows of the published copy, within limits, touching nothing else."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipeline.edges.warehouse import reader
from pipeline.errors import Misuse


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns and rows of an answer."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def ask(
    published: Path,
    sql: str,
    *,
    time_s: float,
    memory: str,
    zone: str,
    max_rows: int = 1_000_000,
    variables: Mapping[str, str] | None = None,
) -> Answer:
    """The answer to one statement that only reads.

    Files, networks and extensions are out of reach and the settings are locked, so that a query can be passed on from
    anywhere. It never waits for a writer and never makes one wait: the published copy is a file of its own.
    variables   what getvariable() gives: the settings of a recipe
    raises      Misuse when it is not one reading statement, is wrong, takes more than time_s seconds or the memory, or
                answers with more than max_rows rows
    """
    with reader(published) as connection:
        for name, value in {**(variables or {}), "zone": zone}.items():
            if not name.isidentifier():
                raise Misuse(f"expected a name of letters, digits and _; {name} came", about="--set")
            connection.execute(f"set variable {name} = $value", {"value": value})
        connection.execute("set timezone = $zone", {"zone": zone})
        connection.execute(f"set memory_limit = '{memory}'")
        connection.execute("set temp_directory = ''")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        try:
            statements = connection.extract_statements(sql)
        except duckdb.Error as error:
            raise Misuse(_first_lines(error), about="the query") from error
        if len(statements) != 1:
            raise Misuse(f"expected one statement; {len(statements)} came", about="the query")
        if statements[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
            kind = statements[0].type.name.lower().replace("_", " ")
            raise Misuse(f"expected a statement that reads; {kind} came", about="the query")
        timer = threading.Timer(time_s, connection.interrupt)
        timer.start()
        try:
            cursor = connection.execute(sql)
            rows = tuple(cursor.fetchmany(max_rows + 1))
            columns = tuple(column[0] for column in cursor.description or ())
        except duckdb.InterruptException as error:
            raise Misuse(f"took longer than {time_s:.0f} s", about="the query") from error
        except duckdb.Error as error:
            raise Misuse(_first_lines(error), about="the query") from error
        finally:
            timer.cancel()
    if len(rows) > max_rows:
        raise Misuse(f"more than {max_rows:,} rows; ask for fewer with where or limit", about="the query")
    return Answer(columns, rows)


def as_json(answer: Answer) -> str:
    """The rows as a JSON array of objects. Instants and days in ISO 8601."""
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return json.dumps(rows, default=_plain, ensure_ascii=False)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def as_csv(answer: Answer) -> str:
    """The rows as CSV. A cell that a spreadsheet would run as a formula gets a quotation mark before it."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_harmless(cell) for cell in row] for row in answer.rows)
    return out.getvalue()


def as_parquet(answer: Answer) -> bytes:
    """The rows as a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = list(zip(*answer.rows, strict=True)) if answer.rows else [()] * len(answer.columns)
    names = [name if answer.columns.index(name) == n else f"{name}_{n + 1}" for n, name in enumerate(answer.columns)]
    table = pa.table({name: pa.array(list(column)) for name, column in zip(names, columns, strict=True)})
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _first_lines(error: Exception) -> str:
    """What is wrong, without the line of the statement that DuckDB shows below it."""
    return " ".join(str(error).split("\n\n")[0].split())


_CELL = 200  # characters of a cell in a terminal; the other formats give all of it


def as_table(answer: Answer, *, width: int) -> str:
    """The rows as a table for a terminal of so many columns; long cells are cut, visibly."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*answer.columns)
    for row in answer.rows:
        table.add_row(*(Text(_short(cell)) for cell in row))
    console = Console(width=width, file=io.StringIO(), highlight=False)
    console.print(table)
    return str(console.file.getvalue()) if isinstance(console.file, io.StringIO) else ""


def _short(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return text if len(text) <= _CELL else f"{text[:_CELL]}…"
