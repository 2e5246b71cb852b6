"""pipeline export ninjs | jsonfeed | opml | datapackage | openlineage: what is published, as other programs read it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import Misuse

app = typer.Typer(help="Give on what is published, in formats that other programs read.", no_args_is_help=True)

_Day = Annotated[str | None, typer.Option(help="Only the articles of this day, YYYY-MM-DD.")]
_Output = Annotated[Path | None, typer.Option(help="File to write instead of printing.")]


@app.command()
def ninjs(day: _Day = None, output: _Output = None) -> None:
    """IPTC ninjs 3.1, one news object a line: pipeline export ninjs --day 2023-10-30 --output day.jsonl"""
    from pipeline.edges.exporting import ninjs_lines
    from pipeline.settings import settings

    _give(ninjs_lines(settings(), _day(day)), output)


@app.command()
def jsonfeed(day: _Day = None, output: _Output = None) -> None:
    """JSON Feed 1.1 of the articles, the newest first: pipeline export jsonfeed --day 2023-10-30"""
    from pipeline.edges.exporting import json_feed_text
    from pipeline.settings import settings

    _give([json_feed_text(settings(), _day(day))], output)


@app.command()
def opml(output: _Output = None) -> None:
    """OPML 2.0 of the feed register: pipeline export opml --output feeds.opml"""
    from pipeline.commands.feeds_command import export_opml
    from pipeline.settings import settings

    lines: list[str] = []
    export_opml(here=settings(), out=lines.append)
    _give(lines, output)


@app.command()
def datapackage(output: _Output = None) -> None:
    """Data Package 2.0 of the published Parquet files, as it lies beside them: pipeline export datapackage"""
    from pipeline.edges.exporting import data_package_text
    from pipeline.settings import settings

    here = settings()
    _give([data_package_text(here.published_path, title=here.department)], output)


@app.command()
def openlineage(output: _Output = None) -> None:
    """OpenLineage events of every task on every batch, one a line: pipeline export openlineage --output runs.jsonl"""
    from pipeline.edges.exporting import lineage_lines
    from pipeline.settings import settings

    _give(lineage_lines(settings()), output)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError as error:
        raise Misuse(f"expected a day as YYYY-MM-DD; {text} came", about="--day") from error


def _give(lines: Iterable[str], output: Path | None) -> None:
    """Lines on stdout, or in a file that is there whole or not at all."""
    from pipeline.edges.atomic import written_aside

    if output is None:
        for line in lines:
            print(line)
        return
    try:
        with written_aside(output) as aside, aside.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise Misuse(f"cannot be written: {error.strerror}", about=str(output)) from error
    print(f"written to {output}", file=sys.stderr)
