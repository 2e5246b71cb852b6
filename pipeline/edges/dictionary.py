"""Comments of the warehouse → its data dictionary, warehouse/README.md."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from pipeline.edges.recipes import recipes
from pipeline.edges.warehouse import create

_HEAD = """# The warehouse

What each table, view, macro and column is. Made from the comments in the SQL by `make dictionary`; ask the published
copy, `warehouse/data/published/press.duckdb`, by `pipeline sql`, or with any DuckDB from 1.4. Every file here makes one
table or view and says on top what a row is.

| folder | holds |
|---|---|
| `tables/` | tables; `…_versions` keep every version of a row, with since when and until when it was known |
| `marts/` | views and macros that answer questions; `articles`, `quotes`, … are the rows known now |
| `staging/` | how the partitions of a dataset become rows of its table |
| `checks/` | queries whose rows are faults; a publication waits until there are none |
| `facts/`, `digest/` | what is read to compare the articles of a story, and to compose a digest |
| `recipes/` | questions that analysts ask first |
"""

_RECIPES = """
`pipeline sql --recipe share_of_voice --set from_day=2023-10-01`; in another client
`set variable from_day = '2023-10-01'` and then the file as it is.
"""

_MACROS = """
select function_name, parameters, any_value(comment)
from duckdb_functions()
where not internal and function_type like '%macro'
group by all
order by function_name
"""
_COLUMNS = """
select column_name, lower(data_type), comment
from duckdb_columns()
where not internal and table_name = $name
order by column_index
"""


def dictionary() -> str:
    """The data dictionary as Markdown: one line a table, view, macro and recipe, then the columns."""
    with duckdb.connect() as connection:
        connection.execute("set variable zone = 'Europe/London'")
        create(connection)
        views = _named(connection, "select view_name, comment from duckdb_views() where not internal")
        tables = _named(connection, "select table_name, comment from duckdb_tables() where not internal")
        parts = [
            _HEAD,
            "## Macros\n\n" + _table(("macro", "gives"), _macros(connection)),
            "## Recipes\n\n"
            + _table(
                ("recipe", "question", "settings"),
                ((f"`{one.name}`", one.question, ", ".join(f"`{name}`" for name in one.settings)) for one in recipes()),
            )
            + _RECIPES,
            "## Views\n\n" + _table(("view", "holds"), _linked(views)),
            "## Tables\n\n" + _table(("table", "holds"), _linked(tables)),
        ]
        for name, comment in (*views, *tables):
            columns = connection.execute(_COLUMNS, {"name": name}).fetchall()
            lines = [(f"`{column}`", f"{kind}", said) for column, kind, said in columns]
            parts.append(f"### {name}\n\n{comment}\n\n" + _table(("column", "type", "is"), lines))
    return "\n".join(parts)


def _named(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[str, str]]:
    return sorted((str(name), str(comment)) for name, comment in connection.execute(sql).fetchall())


def _macros(connection: duckdb.DuckDBPyConnection) -> Iterable[tuple[str, str]]:
    for name, parameters, comment in connection.execute(_MACROS).fetchall():
        yield f"`{name}({', '.join(parameters)})`", str(comment)


def _linked(named: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return ((f"[{name}](#{name})", comment) for name, comment in named)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in lines)
