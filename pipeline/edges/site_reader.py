"""The published warehouse → what the pages of the press room are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import duckdb

from pipeline.digests.digest_data import StoryData
from pipeline.digests.digest_model import Witness
from pipeline.edges.digest_reader import article_of, release_line_of
from pipeline.edges.warehouse import SQL
from pipeline.model import Because, Coverage, Figure, Placement, Quote
from pipeline.plain import from_plain
from pipeline.site.site_model import (
    DayLine,
    FeedTable,
    Item,
    Named,
    QualityRows,
    RelatedStory,
    Saying,
    SiteRows,
    StoryRows,
    Told,
)

T = TypeVar("T")
Row = dict[str, Any]
_FEEDS = "feeds"


def read_site(connection: duckdb.DuckDBPyConnection, *, broken: frozenset[str]) -> SiteRows:
    """Everything beside the stories.

    broken   hashes of sources that are no longer what was received: nothing that rests on them is shown
    """
    items = [item for item in _nouns(connection, "items", Item) if item.document_id not in broken]
    held = {item.article_id for item in items}
    return SiteRows(
        items=tuple(items),
        named=tuple(one for one in _nouns(connection, "people", Named) if one.article_id in held),
        organisations={row["article_id"]: tuple(row["names"]) for row in rows(connection, "organisations")},
        sayings=tuple(one for one in _nouns(connection, "sayings", Saying) if one.article_id in held),
        days=tuple(_nouns(connection, "days", DayLine)),
        quality=QualityRows(
            checks=tuple(rows(connection, "checks")),
            turned_away=tuple(rows(connection, "turned_away")),
            counts=tuple(rows(connection, "counts")),
            not_known=tuple(rows(connection, "not_known")),
        ),
        feeds=_feeds(connection),
    )


def read_prints(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The state of each story in one hash."""
    return {row["story_id"]: row["print"] for row in rows(connection, "prints")}


def read_told(connection: duckdb.DuckDBPyConnection, days: Sequence[date]) -> dict[date, tuple[Told, ...]]:
    """What the digests of these days say, with the evidence, in their order."""
    given = {"days": list(days)}
    evidence: dict[tuple[date, str], list[Witness]] = {}
    for row in rows(connection, "witnesses", given):
        key = (row.pop("digest_on"), row.pop("sentence_id"))
        evidence.setdefault(key, []).append(from_plain(Witness, row))
    found: dict[date, list[Told]] = {day: [] for day in days}
    for row in rows(connection, "sentences", given):
        witnesses = evidence.get((row["digest_on"], row["sentence_id"]), [])
        row.pop("place")
        found[row["digest_on"]].append(Told(**row, witnesses=tuple(witnesses)))
    return {day: tuple(told) for day, told in found.items()}


def read_stories(
    connection: duckdb.DuckDBPyConnection, story_ids: Sequence[str], *, broken: frozenset[str]
) -> list[StoryRows]:
    """These stories whole, in the order of their ids; articles of broken sources are not among theirs."""
    given = {"stories": list(story_ids)}
    members: dict[str, list[Row]] = {}
    for row in rows(connection, "story_articles", given):
        if row["document_id"] not in broken:
            members.setdefault(row["story_id"], []).append(row)
    quotes = _by_article(from_plain(Quote, row) for row in rows(connection, "story_quotes", given))
    figures = _by_article(from_plain(Figure, row) for row in rows(connection, "story_figures", given))
    lines = _by_release(release_line_of(row) for row in rows(connection, "story_release_lines", given))
    coverage = _by_release(from_plain(Coverage, row) for row in rows(connection, "story_release_coverage", given))
    related: dict[str, list[RelatedStory]] = {}
    for row in rows(connection, "story_links", given):
        because = tuple(from_plain(Because, one) for one in row.pop("because") or ())
        related.setdefault(row.pop("story_id"), []).append(RelatedStory(**row, because=because))
    found = []
    for story_id, own in sorted(members.items()):
        articles = tuple(article_of(row) for row in own)
        story = StoryData(
            story_id=story_id,
            articles=articles,
            placements={row["article_id"]: from_plain(Placement, row) for row in own},
            today=frozenset(article.article_id for article in articles),
            quotes=tuple(one for article in articles for one in quotes.get(article.article_id, ())),
            figures=tuple(one for article in articles for one in figures.get(article.article_id, ())),
            release_lines=tuple(one for article in articles for one in lines.get(article.article_id, ())),
            release_coverage=tuple(one for article in articles for one in coverage.get(article.article_id, ())),
        )
        found.append(StoryRows(story=story, related=tuple(related.get(story_id, ()))))
    return found


def sources(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Hashes of the text documents that articles were read out of."""
    found = connection.execute("select document_id from documents where medium = 'document' order by 1").fetchall()
    return [document_id for (document_id,) in found]


def rows(connection: duckdb.DuckDBPyConnection, name: str, values: Mapping[str, Any] | None = None) -> list[Row]:
    """Rows of warehouse/site/<name>.sql."""
    sql = (SQL / "site" / f"{name}.sql").read_text(encoding="utf-8")
    cursor = connection.execute(sql, dict(values or {}))
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _nouns(connection: duckdb.DuckDBPyConnection, name: str, noun: type[T]) -> list[T]:
    return [from_plain(noun, row) for row in rows(connection, name)]


def _by_article(found: Iterable[Any]) -> dict[str, list[Any]]:
    by_article: dict[str, list[Any]] = {}
    for one in found:
        by_article.setdefault(one.article_id, []).append(one)
    return by_article


def _by_release(found: Iterable[Any]) -> dict[str, list[Any]]:
    by_release: dict[str, list[Any]] = {}
    for one in found:
        by_release.setdefault(one.release_id, []).append(one)
    return by_release


def _feeds(connection: duckdb.DuckDBPyConnection) -> FeedTable | None:
    """The register of feeds with the columns that it has, whichever they are; None where none is followed."""
    columns = rows(connection, "has_view", {"name": _FEEDS})
    if not columns:
        return None
    names = [column["column_name"] for column in columns]
    found = connection.execute(f"select * from {_FEEDS} order by all").fetchall()
    if not found:
        return None
    return FeedTable(
        columns=tuple(
            (name.removesuffix("_at").removesuffix("_count").replace("_", " "), column["comment"] or "")
            for name, column in zip(names, columns, strict=True)
        ),
        rows=tuple(tuple(_as_text(cell) for cell in row) for row in found),
    )


def _as_text(cell: Any) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    if isinstance(cell, float):
        return f"{cell:.3g}"
    return ", ".join(str(one) for one in cell) if isinstance(cell, list | tuple) else str(cell)
