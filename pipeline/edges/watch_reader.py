"""The warehouse → what watchlists catch in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from pipeline.edges.digest_reader import ALWAYS, Row, article_of, branches_of, read_rows
from pipeline.watching.watchlist import Catch, Watchlist, catches, needed_words

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Caught:
    """An article that a watchlist caught, with its story and the day that it counts for."""

    catch: Catch
    story_id: str
    covered_on: date


def caught_between(
    connection: duckdb.DuckDBPyConnection,
    watchlist: Watchlist,
    first: date,
    last: date,
    *,
    as_of: datetime | None = None,
) -> Iterator[Caught]:
    """What a watchlist catches of the articles that count for these days, newest first."""
    needed = needed_words(watchlist.search)
    known: Row = {"as_of": as_of or ALWAYS, "first": first, "last": last, "needed": needed}
    rows = read_rows(connection, "watched", known)
    for start in range(0, len(rows), _AT_A_TIME):
        some = {row["article_id"]: row for row in rows[start : start + _AT_A_TIME]}
        quotes, figures = branches_of(connection, sorted(some), as_of)
        for catch in catches(watchlist, [article_of(row) for row in some.values()], quotes, figures):
            row = some[catch.article.article_id]
            yield Caught(catch, row["story_id"], row["covered_on"])
