"""Watchlists: those that ship (seeds/watchlists.csv) and those that were added, one JSON line for each change."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from pipeline.edges.seed_files import rows
from pipeline.errors import ConfigurationError, Misuse
from pipeline.settings import Settings
from pipeline.watching.watchlist import Watchlist, checked_name


def read_watchlists(here: Settings, as_of: datetime | None = None) -> tuple[Watchlist, ...]:
    """The watchlists of an instant in the order of their names; as_of None: those that there are.

    raises   ConfigurationError when a row or a line is none
    """
    found = {watchlist.name: watchlist for watchlist in _shipped(here.seeds_dir / "watchlists.csv")}
    path = here.watchlists_path
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else (), start=1):
        try:
            change = json.loads(line)
            if as_of is not None and datetime.fromisoformat(change["at"]) > as_of:
                continue
            name = change["name"]
            if change["said"] == "remove":
                found.pop(name, None)
            else:
                found[name] = Watchlist(name, change["query"], change["title"], change["owner"])
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigurationError(f"line {number} is no watchlist: {error}", about=os.fspath(path)) from error
    return tuple(watchlist for _, watchlist in sorted(found.items()))


def _shipped(path: Path) -> list[Watchlist]:
    if not path.exists():
        return []
    found = []
    for line, row in rows(path, "name", "query", "title", "owner", "reason"):
        try:
            watchlist = Watchlist(checked_name(row["name"]), row["query"], row["title"], row["owner"])
            _ = watchlist.search
        except Misuse as error:
            raise ConfigurationError(str(error), about=f"{path.name} line {line}") from error
        found.append(watchlist)
    return found


def add_watchlist(here: Settings, watchlist: Watchlist, *, at: datetime) -> None:
    """Say a watchlist, new or another in place of one of that name; on the disk before it returns."""
    row = {"query": watchlist.query, "title": watchlist.title, "owner": watchlist.owner}
    _say(here.watchlists_path, {"said": "add", "name": watchlist.name, **row, "at": at.isoformat()})


def remove_watchlist(here: Settings, name: str, *, at: datetime) -> None:
    """Say that a watchlist is no more."""
    _say(here.watchlists_path, {"said": "remove", "name": name, "at": at.isoformat()})


def _say(path: Path, change: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(change, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
