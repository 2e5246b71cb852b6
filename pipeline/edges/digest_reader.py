"""The warehouse → what the digest of a day is composed of, as it was known at an instant."""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import duckdb

from pipeline.digests.digest_data import DayData, StoryData, Trouble
from pipeline.edges.partitions import from_plain
from pipeline.edges.warehouse import SQL
from pipeline.model import Article, Excerpt, Figure, Mention, Placement, Quote, StoryLink

Row = dict[str, Any]


def read_day(connection: duckdb.DuckDBPyConnection, day: date, as_of: datetime | None) -> DayData:
    """The stories of a day with everything that was read out of their articles; as_of None: all that is known."""
    known: Row = {"as_of": as_of or "infinity"}
    rows = _rows(connection, "articles", known | {"day": day})
    of_articles = known | {"articles": [row["article_id"] for row in rows]}
    of_stories = known | {"stories": sorted({row["story_id"] for row in rows})}
    quotes = _by_article(from_plain(Quote, row) for row in _rows(connection, "quotes", of_articles))
    figures = _by_article(_figure(row) for row in _rows(connection, "figures", of_articles))
    mentions = _by_article(_mention(row) for row in _rows(connection, "mentions", of_articles))
    links = _rows(connection, "links", of_stories)
    beside = known | {"articles": sorted({row["other_article_id"] for row in links})}
    others = {row["article_id"]: article_of(row) for row in _rows(connection, "articles_by_id", beside)}
    stories = []
    for story_id in of_stories["stories"]:
        members = [row for row in rows if row["story_id"] == story_id]
        articles = tuple(article_of(row) for row in members)
        stories.append(
            StoryData(
                story_id=story_id,
                articles=articles,
                placements={row["article_id"]: from_plain(Placement, row) for row in members},
                today=frozenset(row["article_id"] for row in members if row["covered_on"] == day),
                quotes=_of(articles, quotes),
                figures=_of(articles, figures),
                mentions=_of(articles, mentions),
                links=tuple(
                    (from_plain(StoryLink, row), others[row["other_article_id"]])
                    for row in links
                    if story_id in (row["from_story_id"], row["to_story_id"]) and row["other_article_id"] in others
                ),
            )
        )
    volume = tuple(
        (row["covered_on"], row["placement_count"]) for row in _rows(connection, "volume", known | {"day": day})
    )
    base = [count for on, count in volume if on < day and count]
    return DayData(
        day=day,
        as_of=as_of,
        stories=tuple(stories),
        volume=volume,
        base_median=statistics.median(base) if base else None,
        troubles=(
            *(_trouble(row) for row in _rows(connection, "turned_away", known | {"day": day})),
            *(_held(row) for row in _rows(connection, "held", known | {"day": day})),
            *(_warned(row) for row in _rows(connection, "warned", known | {"day": day})),
        ),
    )


def days_of_batch(connection: duckdb.DuckDBPyConnection, batch: str) -> list[date]:
    """Days that the articles of a batch count for, in order."""
    return [row["covered_on"] for row in _rows(connection, "days", {"batch": batch})]


def has_something_to_tell(connection: duckdb.DuckDBPyConnection, day: date) -> bool:
    """Whether a day has coverage, or articles that are held back."""
    rows = connection.execute(
        "select exists (select 1 from placements where covered_on = $day) "
        "or exists (select 1 from held_days where covered_on = $day)",
        {"day": day},
    ).fetchall()
    return bool(rows[0][0])


def article_of(row: Mapping[str, Any]) -> Article:
    """An article out of a row of the table, whose excerpts are flat."""

    def excerpt(text: str | None, span: Row | None) -> Excerpt | None:
        return (
            None if text is None else Excerpt(text, *((span["byte_start"], span["byte_end"]) if span else (None, None)))
        )

    plain = dict(row) | {
        "title": excerpt(row["title"], row["title_span"]),
        "standfirst": excerpt(row["standfirst"], row["standfirst_span"]),
        "date_words": excerpt(row["date_words"], row["date_span"]),
        "outlet_words": excerpt(row["outlet_words"], row["outlet_span"]),
        "captions": [Excerpt(caption) for caption in row["captions"] or []],
        "published_at": row["published_at"].astimezone(UTC) if row["published_at"] else None,
    }
    ready = {name: plain.pop(name) for name in ("title", "standfirst", "date_words", "outlet_words", "captions")}
    blank = dict.fromkeys(ready) | {"captions": (), "title": {"text": "", "byte_start": None, "byte_end": None}}
    article: Article = from_plain(Article, plain | blank)
    return dataclasses.replace(article, **(ready | {"captions": tuple(ready["captions"])}))


def _figure(row: Row) -> Figure:
    figure: Figure = from_plain(
        Figure, row | {"where": row["part"], "start": row["char_start"], "end": row["char_end"]}
    )
    return figure


def _mention(row: Row) -> Mention:
    mention: Mention = from_plain(
        Mention, row | {"start": row["char_start"], "end": row["char_end"], "count": row["mention_count"]}
    )
    return mention


def _trouble(row: Row) -> Trouble:
    things = {"articles": "document" if row["stage"] == "read_documents" else "item"}
    thing = things.get(row["dataset"], row["dataset"])
    number = row["item_count"]
    plural = "" if number == 1 else "s"
    what = "could not be read" if row["stage"] == "read_documents" else "held in quarantine"
    return Trouble(text=f"{number} {thing}{plural} {what} ({row['reason'].replace('_', ' ')})")


def _held(row: Row) -> Trouble:
    number = row["item_count"]
    return Trouble(text=f"{number} item{'' if number == 1 else 's'} held back by the quality gate ({row['reason']})")


def _warned(row: Row) -> Trouble:
    return Trouble(text=row["observed"])


def _rows(connection: duckdb.DuckDBPyConnection, name: str, values: Row) -> list[Row]:
    sql = (SQL / "digest" / f"{name}.sql").read_text(encoding="utf-8")
    (statement,) = connection.extract_statements(sql)
    cursor = connection.execute(statement, {key: values[key] for key in statement.named_parameters})
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _by_article(items: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for item in items:
        found.setdefault(item.article_id, []).append(item)
    return found


def _of(articles: Sequence[Article], items: Mapping[str, list[Any]]) -> tuple[Any, ...]:
    return tuple(item for article in articles for item in items.get(article.article_id, ()))


def queries(day: date) -> tuple[tuple[str, str], ...]:
    """The SQL that gives each table of a digest, for whoever wants to see the rows."""
    return (
        ("Stories of the day", f"select * from coverage_days where covered_on = date '{day}'"),
        ("Numbers", f"select * from daily_coverage where covered_on = date '{day}'"),
        ("Not known", f"select * from not_known where covered_on = date '{day}'"),
        ("Turned away", "select stage, reason, count(*) from quarantine group by all"),
    )
