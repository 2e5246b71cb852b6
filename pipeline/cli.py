"""One command a step. Answers go to stdout, logs and progress to stderr; 0 done, 1 failed, 2 misused."""

from __future__ import annotations

import gc
import io
import json
import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from pipeline import logs
from pipeline.commands import correct_cli, export_cli, quarantine_cli, watch_cli
from pipeline.commands.deliver_cli import deliver
from pipeline.commands.feeds_cli import feeds, parse_feed
from pipeline.commands.sql_cli import dictionary, sql
from pipeline.errors import ConfigurationError, Misuse, PipelineError

app = typer.Typer(
    help="A press office's morning: documents and feeds in, one story once, a daily digest out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(feeds, name="feeds")
app.command()(parse_feed)

app.command()(deliver)
app.add_typer(watch_cli.app, name="watch")
app.add_typer(quarantine_cli.app, name="quarantine")
app.add_typer(correct_cli.app, name="correct")


def main() -> None:
    """Run the command line; an error is one clear line on stderr."""
    _log_to_stderr()
    # Commands end soon and make nouns and trees by the ten thousand, hardly any of them in a ring: looking for rings
    # among them took a seventh of the CPU of a digest and a tenth of that of reading pages.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    try:
        app()
    except (Misuse, ConfigurationError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    except PipelineError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    finally:
        gc.freeze()  # what is left goes with the process: looking through it for rings took 3 % of extracting 181 pages


def _log_to_stderr() -> None:
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    logs.to_stderr()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@app.command()
def run(
    paths: Annotated[list[Path] | None, typer.Argument(help="Documents and folders instead of seeds/.")] = None,
    airflow_home: Annotated[Path | None, typer.Option(help="Airflow's own folder; .airflow when not given.")] = None,
) -> None:
    """Run the real DAGs once and exit: pipeline run"""
    from pipeline.commands.run_command import run_once_and_report

    sys.exit(run_once_and_report(paths or [], home=airflow_home, say=_say))


@app.command()
def airflow(port: Annotated[int, typer.Option(help="Port of the web page.")] = 8080) -> None:
    """Run the same DAGs by the clock, with Airflow's web page, until interrupted: pipeline airflow --port 8080."""
    from pipeline.edges.airflow_once import run_standalone
    from pipeline.settings import ROOT

    sys.exit(run_standalone(ROOT / ".airflow", port=port, say=_say))


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(help="HTML pages or text documents.")],
    url: Annotated[str | None, typer.Option(help="Address that the page was fetched from.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines, which is what it prints anyway.")] = True,
) -> None:
    """Read the articles out of pages and documents, one JSON line each: pipeline extract page.html --url https://…"""
    from pipeline.commands.extract_command import extracted

    for file in files:
        if not file.is_file():
            raise Misuse("no such file", about=str(file))
    for line in extracted(files, url=url):
        print(json.dumps(line, ensure_ascii=False))


@app.command()
def ingest(paths: Annotated[list[Path], typer.Argument(help="Documents, folders of documents, web archives.")]) -> None:
    """Load documents by the path that the DAGs take, without a scheduler: pipeline ingest seeds/"""
    from pipeline.commands.run_command import ingest_and_report

    ingest_and_report(paths, say=_say)


app.command()(sql)
app.command()(dictionary)
app.add_typer(export_cli.app, name="export")


@app.command()
def digest(
    date: Annotated[str | None, typer.Option(help="Day, YYYY-MM-DD; the newest with coverage when not given.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Instant with offset: as it was known then.")] = None,
    form: Annotated[str, typer.Option("--format", help="md, html, json or text")] = "md",
    brief: Annotated[bool, typer.Option("--brief", help="Leading stories only, at most 250 words.")] = False,
) -> None:
    """Print the digest of a day: pipeline digest --date 2017-02-16 --format md"""
    from pipeline.commands.digest_command import digest_of

    print(digest_of(date, as_of=as_of, form=form, brief=brief).rstrip("\n"))


@app.command()
def trace(
    sentence_id: Annotated[str, typer.Argument(help="Id of a sentence of a digest, of a quote or of a figure.")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of lines.")] = False,
) -> None:
    """Print the evidence of a sentence, a quote or a figure, bytes and all: pipeline trace 296cd4a46b67"""
    from pipeline.commands.verify_command import trace_of

    print(trace_of(sentence_id, as_json=as_json))


@app.command()
def verify() -> None:
    """Read everything again: bytes against hashes, spans against bytes, counts against counts: pipeline verify"""
    from pipeline.commands.verify_command import verify_all

    faults = verify_all(say=_say)
    for fault in faults:
        print(fault)
    if faults:
        raise PipelineError(f"{len(faults)} things do not hold any more", about="verify")
    print("Everything holds.")


@app.command()
def quality(
    date: Annotated[str | None, typer.Option(help="Only what concerns the sources of this day.")] = None,
    form: Annotated[str, typer.Option("--format", help="md, html or json")] = "md",
    docs: Annotated[Path | None, typer.Option(help="Folder for Great Expectations' own pages, the annex.")] = None,
) -> None:
    """Print the data-quality report: pipeline quality --format md"""
    from pipeline.commands.quality_command import quality_report, write_data_docs

    if docs:
        print(write_data_docs(None, docs))
        return
    print(quality_report(date, form=form).rstrip("\n"))


@app.command()
def site() -> None:
    """Make the pages of the press room that are new or changed: pipeline site"""
    from pipeline.commands.site_cli import build_and_report

    print(build_and_report())


@app.command()
def group(
    file: Annotated[str, typer.Argument(help="JSON lines with id, title, text, date, outlet, url; - for stdin.")],
    explain: Annotated[bool, typer.Option("--explain", help="Add the evidence of each membership.")] = False,
) -> None:
    """Group articles into copies and stories, one JSON line each in the order given: pipeline group articles.jsonl"""
    from pipeline.commands.grouping_command import run as run_grouping

    with _lines(file) as lines:
        run_grouping(lines, sys.stdout, explain=explain, progress=_say)


@contextmanager
def _lines(file: str) -> Iterator[Iterable[str]]:
    """Lines of a file, or of stdin for "-"; bytes that are no UTF-8 become replacement characters."""
    if file == "-":
        yield io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
        return
    if not Path(file).is_file():
        raise Misuse("no such file", about=file)
    with Path(file).open(encoding="utf-8", errors="replace") as lines:
        yield lines
