"""One SQL statement from an analyst → rows of the published copy, within limits, touching nothing else."""

from __future__ import annotations

import csv
import io
import json
import threading
from dataclasses import dataclass
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


def ask(published: Path, sql: str, *, time_s: float, memory: str, zone: str) -> Answer:
    """The answer to one statement that only reads.

    Files, networks and extensions are out of reach and the settings are locked, so that a query can be passed on from
    anywhere. It never waits for a writer and never makes one wait: the published copy is a file of its own.
    raises   Misuse when it is not one reading statement, is wrong, or takes more than time_s seconds or the memory
    """
    with reader(published) as connection:
        connection.execute("set variable zone = $zone", {"zone": zone})
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
        timer = threading.Timer(time_s, connection.interrupt)
        timer.start()
        try:
            cursor = connection.execute(sql)
            rows = tuple(cursor.fetchall())
            columns = tuple(column[0] for column in cursor.description or ())
        except duckdb.InterruptException as error:
            raise Misuse(f"took longer than {time_s:.0f} s", about="the query") from error
        except duckdb.Error as error:
            raise Misuse(_first_lines(error), about="the query") from error
        finally:
            timer.cancel()
    return Answer(columns, rows)


def as_json(answer: Answer) -> str:
    """The rows as a JSON array of objects."""
    return json.dumps(
        [dict(zip(answer.columns, row, strict=True)) for row in answer.rows], default=str, ensure_ascii=False
    )


def as_csv(answer: Answer) -> str:
    """The rows as CSV. A cell that a spreadsheet would run as a formula gets a quotation mark before it."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_harmless(cell) for cell in row] for row in answer.rows)
    return out.getvalue()


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _first_lines(error: Exception) -> str:
    return " ".join(str(error).split("\n")[:3])


def as_table(answer: Answer, *, width: int) -> str:
    """The rows as a table for a terminal of so many columns."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*answer.columns)
    for row in answer.rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    console = Console(width=width, file=io.StringIO(), highlight=False)
    console.print(table)
    return str(console.file.getvalue()) if isinstance(console.file, io.StringIO) else ""
