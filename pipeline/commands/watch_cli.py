"""pipeline watch: saved searches, and what they would have caught."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from pipeline.errors import Misuse
from pipeline.settings import settings

app = typer.Typer(help="Saved boolean searches: a section in the digest and a feed each.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Lower-case letters, digits and hyphens.")]
Query = Annotated[
    str | None,
    typer.Option(help='asylum AND (hotel* OR "Home Office") NOT visa; a NEAR/5 b; outlet: speaker: figure:'),
]


@app.command()
def add(
    name: Name,
    query: Query = None,
    title: Annotated[str | None, typer.Option(help="What the digest calls it; the name when not given.")] = None,
    owner: Annotated[str, typer.Option(help="Whose it is.")] = "",
) -> None:
    """Save a search: pipeline watch add hotels --query "asylum NEAR/5 hotel*" --title "Asylum hotels" """
    from pipeline.edges.watch_log import add_watchlist
    from pipeline.watching.search_text import parse_search
    from pipeline.watching.watchlist import Watchlist, checked_name

    if query is None:
        raise Misuse("a watchlist needs a search", about="--query")
    parse_search(query)
    wanted = Watchlist(checked_name(name), query, " ".join((title or name).split()), " ".join(owner.split()))
    add_watchlist(settings(), wanted, at=_now())
    print(f"{name} is watched from the next run on; pipeline watch test {name} says what it would have caught.")


@app.command("list")
def list_() -> None:
    """Print the saved searches: pipeline watch list"""
    from pipeline.edges.watch_log import read_watchlists

    for watchlist in read_watchlists(settings()):
        owner = f"  ({watchlist.owner})" if watchlist.owner else ""
        print(f"{watchlist.name}  {watchlist.title}{owner}\n    {watchlist.query}")


@app.command()
def remove(name: Name) -> None:
    """Forget a saved search: pipeline watch remove hotels"""
    from pipeline.edges.watch_log import read_watchlists, remove_watchlist

    if name not in {watchlist.name for watchlist in read_watchlists(settings())}:
        raise Misuse("no watchlist of that name", about=name)
    remove_watchlist(settings(), name, at=_now())
    print(f"{name} is no longer watched.")


@app.command("test")
def try_out(
    name: Name,
    query: Query = None,
    since: Annotated[str | None, typer.Option(help="First day, YYYY-MM-DD; all that is held when not given.")] = None,
) -> None:
    """Say what a search would have caught in the past: pipeline watch test hotels --query "asylum NEAR/5 hotel*" """
    from pipeline.digests.outgoing_feed import words_found
    from pipeline.edges import warehouse
    from pipeline.edges.watch_log import read_watchlists
    from pipeline.edges.watch_reader import caught_between
    from pipeline.watching.watchlist import Watchlist, checked_name

    saved = {watchlist.name: watchlist for watchlist in read_watchlists(settings())}
    if query is None and name not in saved:
        raise Misuse("no watchlist of that name; give a --query to try one", about=name)
    watchlist = saved[name] if query is None else Watchlist(checked_name(name), query, name)
    _ = watchlist.search  # wrong searches are refused before anything is opened
    first = _day(since) if since else date.min.replace(year=1900)
    days, stories, count = set(), set(), 0
    with warehouse.reader(settings().published_path) as connection:
        for one in caught_between(connection, watchlist, first, date.max):
            article = one.catch.article
            words = ", ".join(f"“{words}”" for words in dict.fromkeys(words_found(one.catch)))
            print(f"{one.covered_on}  {article.outlet or article.issuer or 'outlet not known'}: {article.title.text}")
            print(f"    {words}" if words else "    (by its outlet, or by what it lacks)")
            days.add(one.covered_on)
            stories.add(one.story_id)
            count += 1
    print(f"{count} items in {len(stories)} stories on {len(days)} days.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Misuse(f"expected a day as YYYY-MM-DD; {text} came", about="--since") from error


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
