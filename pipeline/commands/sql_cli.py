"""pipeline sql: a statement or a recipe → its answer as a table, CSV, JSON or Parquet."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.errors import Misuse

if TYPE_CHECKING:
    from pipeline.edges.query import Answer

_FORMATS = ("table", "csv", "json", "parquet")


def sql(
    query: Annotated[str | None, typer.Argument(help="One statement that reads.")] = None,
    form: Annotated[
        str | None, typer.Option("--format", help="table, csv, json or parquet; else what --output ends in, else table")
    ] = None,
    recipe: Annotated[str | None, typer.Option(help="A recipe of warehouse/recipes by name or number.")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help="Of a recipe: day=2017-02-16, words=…")] = None,
    output: Annotated[Path | None, typer.Option(help="File to write instead of printing.")] = None,
    listed: Annotated[bool, typer.Option("--recipes", help="List the recipes and what they may be set to.")] = False,
) -> None:
    """Ask the published warehouse: pipeline sql "select * from daily_coverage", or --recipe share_of_voice."""
    from pipeline.edges.query import ask
    from pipeline.settings import settings as settings_of

    if listed:
        _list_recipes()
        return
    form = form or (output.suffix.lstrip(".").lower() if output else "table")
    if form not in _FORMATS:
        raise Misuse(f"expected table, csv, json or parquet; {form or 'no suffix'} came", about="--format")
    if form == "parquet" and output is None:
        raise Misuse("a Parquet file needs a name", about="--output")
    if (query is None) == (recipe is None):
        raise Misuse("expected a statement or --recipe; --recipes lists the recipes", about="sql")
    variables = _variables(settings or [])
    statement = _statement(recipe, variables) if recipe else query or ""
    here = settings_of()
    answer = ask(
        here.published_path,
        statement,
        time_s=here.query_time_s,
        memory=here.query_memory,
        zone=here.timezone,
        max_rows=here.query_rows,
        variables=variables,
    )
    content = _rendered(answer, form, width=max(80, shutil.get_terminal_size((160, 24)).columns))
    if output is None:
        print(content.decode().rstrip("\n"))
        return
    _write(output, content)
    print(f"{len(answer.rows):,} rows in {output}", file=sys.stderr)


def _statement(name: str, variables: dict[str, str]) -> str:
    from pipeline.edges.recipes import recipe

    found = recipe(name)
    unknown = sorted(variables.keys() - found.settings.keys())
    if unknown:
        raise Misuse(f"{found.name} knows {', '.join(found.settings)}, not {', '.join(unknown)}", about="--set")
    return found.sql


def _variables(settings: Sequence[str]) -> dict[str, str]:
    """name=value, each name once."""
    found: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip() or name.strip() in found:
            raise Misuse(f"expected name=value, each name once; {setting} came", about="--set")
        found[name.strip()] = value
    return found


def _rendered(answer: Answer, form: str, *, width: int) -> bytes:
    from pipeline.edges.query import as_csv, as_json, as_parquet, as_table

    if form == "parquet":
        return as_parquet(answer)
    text = as_csv(answer) if form == "csv" else as_json(answer) if form == "json" else as_table(answer, width=width)
    return f"{text.rstrip(chr(10))}\n".encode()


def _write(output: Path, content: bytes) -> None:
    """The file whole under its name, or none."""
    from pipeline.edges.atomic import written_aside

    try:
        with written_aside(output) as aside:
            aside.write_bytes(content)
    except OSError as error:
        raise Misuse(f"cannot be written: {error.strerror}", about=str(output)) from error


def _list_recipes() -> None:
    from pipeline.edges.recipes import recipes

    for one in recipes():
        known = "; ".join(f"{name}: {default}" for name, default in one.settings.items())
        print(f"{one.number:2}  {one.name}\n    {one.question}\n    --set {known}")


def dictionary() -> None:
    """Print the data dictionary, made from the comments of the warehouse: pipeline dictionary > warehouse/README.md"""
    from pipeline.edges.dictionary import dictionary as dictionary_of

    print(dictionary_of().rstrip("\n"))
