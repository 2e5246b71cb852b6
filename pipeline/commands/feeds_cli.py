"""pipeline feeds … and pipeline parse-feed: the command line of what feeds_command and score_command do."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

feeds = typer.Typer(help="The feeds that are followed: who they are, how they are, what is new.", no_args_is_help=True)

Urls = Annotated[list[str], typer.Argument(help="Addresses of feeds.")]


def _out(line: str) -> None:
    print(line, flush=True)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


@feeds.command("add")
def add_feeds(urls: Urls) -> None:
    """Follow feeds; one that had been given up is asked again: pipeline feeds add https://www.gov.uk/search.atom"""
    from pipeline.commands.feeds_command import add
    from pipeline.settings import settings

    add(urls, here=settings(), out=_out, say=_say)


@feeds.command("remove")
def remove_feeds(urls: Urls) -> None:
    """Follow feeds no more; what came of them stays: pipeline feeds remove https://www.gov.uk/search.atom"""
    from pipeline.commands.feeds_command import remove
    from pipeline.settings import settings

    remove(urls, here=settings(), out=_out, say=_say)


@feeds.command("import")
def import_feeds(opml: Annotated[Path, typer.Argument(help="An OPML file.")]) -> None:
    """Follow the feeds of a list; exit code 2 when entries of it are bad: pipeline feeds import seeds/feeds.opml"""
    from pipeline.commands.feeds_command import import_opml
    from pipeline.settings import settings

    sys.exit(import_opml(opml, here=settings(), out=_out, say=_say))


@feeds.command("export")
def export_feeds() -> None:
    """Print the register as OPML: pipeline feeds export > feeds.opml"""
    from pipeline.commands.feeds_command import export_opml
    from pipeline.settings import settings

    export_opml(here=settings(), out=_out)


@feeds.command("list")
def list_register() -> None:
    """Print each feed and how it is, one JSON line each: pipeline feeds list"""
    from pipeline.commands.feeds_command import list_feeds
    from pipeline.settings import settings

    list_feeds(here=settings(), out=_out, say=_say)


@feeds.command("score")
def score_feeds(sources: Annotated[list[str], typer.Argument(help="Files or addresses of feeds.")]) -> None:
    """Print how much feeds look like the corpus, and why: pipeline feeds score feed.xml https://www.gov.uk/search.atom"""
    from pipeline.commands.score_command import score
    from pipeline.settings import settings

    sys.exit(score(sources, here=settings(), out=_out, say=_say))


@feeds.command("discover")
def discover_feeds(
    pages: Annotated[
        list[str] | None, typer.Argument(help="Front pages; those of our articles when none is given.")
    ] = None,
    register: Annotated[bool, typer.Option("--add", help="Follow those that look like the corpus.")] = False,
) -> None:
    """Print the feeds that front pages name and nobody follows yet, best first: pipeline feeds discover https://…"""
    from pipeline.commands.score_command import discover
    from pipeline.settings import settings

    discover(pages or [], here=settings(), out=_out, say=_say, register=register)


@feeds.command("fetch")
def fetch_feeds(
    now: Annotated[bool, typer.Option("--now", help="All that may be asked, and not only those that are due.")] = False,
    at: Annotated[str, typer.Option(help="Instant of the run with its offset; the clock's when not given.")] = "",
) -> None:
    """Ask the feeds that are due and load what is new, one JSON line an entry: pipeline feeds fetch --now"""
    from pipeline.commands.feeds_command import fetch
    from pipeline.errors import Unreachable
    from pipeline.settings import settings

    if fetch(here=settings(), out=_out, say=_say, ask_all=now, at=at):
        raise Unreachable("not one feed answered", about="feeds fetch")


def parse_feed(
    files: Annotated[list[Path], typer.Argument(help="Files that hold feeds.")],
    url: Annotated[str | None, typer.Option(help="Address that the feed was fetched from.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines, which is what it prints anyway.")] = True,
) -> None:
    """Print the entries of a feed, one JSON line each: pipeline parse-feed feed.xml --url https://… --json"""
    from pipeline.commands.feeds_command import parse_feed_files
    from pipeline.settings import settings

    sys.exit(parse_feed_files(files, here=settings(), out=_out, say=_say, url=url))
