"""The warehouse → what the digest of a day is composed of, as it was known at an instant."""

from __future__ import annotations

import dataclasses
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import duckdb

from pipeline.digests.digest_data import Correction, DayData, SilentRelease, StoryData, Trouble
from pipeline.edges.warehouse import SQL
from pipeline.model import (
    Article,
    Coverage,
    Excerpt,
    Figure,
    Mention,
    Placement,
    Quote,
    ReleaseLine,
    StoryLink,
)
from pipeline.plain import from_plain

Row = dict[str, Any]
_MOST_FEEDS = 6  # names in a line of the state; the feeds view has all of them
_NAMED = re.compile(r"\$([a-z_]+)")
ALWAYS = datetime(9999, 1, 1, tzinfo=UTC)  # as_of of whoever asks for all that is known


def read_day(connection: duckdb.DuckDBPyConnection, day: date, as_of: datetime | None) -> DayData:
    """The stories of a day with everything that was read out of their articles; as_of None: all that is known."""
    known: Row = {"as_of": as_of or ALWAYS}
    of_day = known | {"day": day}
    for table in ("of_stories", "around", "newest_batches"):
        run(connection, table, of_day)
    places = {row["article_id"]: row for row in read_rows(connection, "places", of_day)}
    before = {row["article_id"]: row["reports"] for row in read_rows(connection, "releases_before", of_day)}
    found = read_rows(connection, "articles", {"articles": sorted(places.keys() | before.keys())})
    rows = [row | places[row["article_id"]] for row in found if row["article_id"] in places]
    releases = [row for row in found if row["article_id"] in before]
    of_articles = known | {"articles": sorted(places)}
    quotes = _by("article_id", (from_plain(Quote, row) for row in read_rows(connection, "quotes", of_articles)))
    figures = _by("article_id", (_figure(row) for row in read_rows(connection, "figures", of_articles)))
    mentions = _by("article_id", (_mention(row) for row in read_rows(connection, "mentions", of_articles)))
    lines = _by("release_id", (release_line_of(row) for row in read_rows(connection, "release_lines", of_articles)))
    coverage = _by(
        "release_id", (from_plain(Coverage, row) for row in read_rows(connection, "release_coverage", of_articles))
    )
    links = read_rows(connection, "links", known)
    beside = known | {"articles": sorted({row["other_article_id"] for row in links})}
    others = {
        row["article_id"]: article_of(row) for row in (read_rows(connection, "articles_by_id", beside) if links else ())
    }
    linked: dict[str, list[Row]] = {}
    for row in links:
        for one in {row["from_story_id"], row["to_story_id"]}:
            linked.setdefault(one, []).append(row)
    of_story: dict[str, list[Row]] = {}
    for row in rows:
        of_story.setdefault(row["story_id"], []).append(row)
    stories = []
    for story_id, members in sorted(of_story.items()):
        articles = tuple(article_of(row) for row in members)
        by_id = sorted(articles, key=lambda article: article.article_id)
        stories.append(
            StoryData(
                story_id=story_id,
                articles=articles,
                placements={row["article_id"]: from_plain(Placement, row) for row in members},
                today=frozenset(row["article_id"] for row in members if row["covered_on"] == day),
                quotes=_of(articles, quotes),
                figures=_of(articles, figures),
                mentions=_of(articles, mentions),
                release_lines=_of(by_id, lines),
                release_coverage=_of(by_id, coverage),
                links=tuple(
                    (from_plain(StoryLink, row), others[row["other_article_id"]])
                    for row in linked.get(story_id, ())
                    if row["other_article_id"] in others
                ),
            )
        )
    volume = tuple((row["covered_on"], row["placement_count"]) for row in read_rows(connection, "volume", of_day))
    base = [count for on, count in volume if on < day and count]
    return DayData(
        day=day,
        as_of=as_of,
        stories=tuple(stories),
        volume=volume,
        base_median=statistics.median(base) if base else None,
        releases_before=tuple(
            SilentRelease(release=article_of(row), reports=tuple(before[row["article_id"]] or ())) for row in releases
        ),
        corrections=_corrections(connection, read_rows(connection, "corrections", of_day)),
        troubles=(
            *feed_troubles(read_rows(connection, "feed_troubles", of_day)),
            *turned_away(read_rows(connection, "turned_away", of_day)),
            *(_held(row) for row in read_rows(connection, "held", of_day)),
            *(_warned(row) for row in read_rows(connection, "warned", of_day)),
        ),
    )


def days_of_batch(connection: duckdb.DuckDBPyConnection, batch: str) -> list[date]:
    """Days that the articles of a batch count for, in order."""
    return [row["covered_on"] for row in read_rows(connection, "days", {"batch": batch})]


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


def branches_of(
    connection: duckdb.DuckDBPyConnection, article_ids: Sequence[str], as_of: datetime | None
) -> tuple[list[Quote], list[Figure]]:
    """Quotes and figures of articles."""
    known: Row = {"as_of": as_of or ALWAYS, "articles": list(article_ids)}
    quotes = [from_plain(Quote, row) for row in read_rows(connection, "quotes", known)]
    return quotes, [_figure(row) for row in read_rows(connection, "figures", known)]


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


def release_line_of(row: Mapping[str, Any]) -> ReleaseLine:
    """A line of a release out of a row of the table; of a row from before standfirsts were looked at, too."""
    carried = [
        one | {"start": one["char_start"], "end": one["char_end"], "in_standfirst": one.get("in_standfirst") or False}
        for one in row["carried_by"] or ()
    ]
    line: ReleaseLine = from_plain(
        ReleaseLine, dict(row) | {"start": row["char_start"], "end": row["char_end"], "carried_by": carried}
    )
    return line


def _corrections(connection: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> tuple[Correction, ...]:
    """Both states of each text, as it was known when it was the newest; those of one instant are looked up together."""
    wanted: dict[datetime, set[str]] = {}
    for row in rows:
        for state in ("old", "new"):
            wanted.setdefault(row[f"{state}_at"], set()).add(row[f"{state}_id"])
    articles: dict[tuple[str, datetime], Article] = {}
    quotes: dict[tuple[str, datetime], list[Quote]] = {}
    for at, ids in wanted.items():
        known: Row = {"as_of": at, "articles": sorted(ids)}
        for found in read_rows(connection, "articles_by_id", known):
            articles[found["article_id"], at] = article_of(found)
        for found in read_rows(connection, "quotes", known):
            quotes.setdefault((found["article_id"], at), []).append(from_plain(Quote, found))
    return tuple(
        Correction(
            covered_on=row["covered_on"],
            old=articles[row["old_id"], row["old_at"]],
            new=articles[row["new_id"], row["new_at"]],
            old_quotes=tuple(quotes.get((row["old_id"], row["old_at"]), ())),
            new_quotes=tuple(quotes.get((row["new_id"], row["new_at"]), ())),
        )
        for row in rows
    )


def feed_troubles(rows: Sequence[Row]) -> tuple[Trouble, ...]:
    """Feeds that failed, have gone or fell silent, a line each, with the names of the first of them."""
    told = {"failing": "failed", "gone": "gone for good", "silent": "silent"}
    lines = []
    for health, said in told.items():
        names = [
            f"{row['name']} ({row['reason'].replace('_', ' ')})" if health == "failing" else row["name"]
            for row in rows
            if row["health"] == health
        ]
        if names:
            more = f" and {len(names) - _MOST_FEEDS} more" if len(names) > _MOST_FEEDS else ""
            lines.append(Trouble(text=f"{_counted(len(names), 'feed')} {said}: {', '.join(names[:_MOST_FEEDS])}{more}"))
    return tuple(lines)


def turned_away(rows: Sequence[Row]) -> tuple[Trouble, ...]:
    """What is in quarantine, a line for each kind of thing and reason; which rule it missed is for the report."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        thing, what = "item", "held in quarantine"
        if row["stage"] == "read_documents":
            thing, what = "document", "could not be read"
        elif row["stage"] == "fetch_pages":
            thing, what = "page", "could not be fetched"
        elif row["dataset"] not in ("articles", "pages"):
            thing = row["dataset"].removesuffix("s")
        counts[thing, what, row["reason"].replace("_", " ")] += row["item_count"]
    return tuple(
        Trouble(text=f"{_counted(count, thing)} {what} ({reason})") for (thing, what, reason), count in counts.items()
    )


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _held(row: Row) -> Trouble:
    number = row["item_count"]
    return Trouble(text=f"{number} item{'' if number == 1 else 's'} held back by the quality gate ({row['reason']})")


def _warned(row: Row) -> Trouble:
    return Trouble(text=row["observed"])


def run(connection: duckdb.DuckDBPyConnection, name: str, values: Row) -> duckdb.DuckDBPyConnection:
    """Runs a statement of warehouse/digest, with those of the values that it names."""
    sql = (SQL / "digest" / f"{name}.sql").read_text(encoding="utf-8")
    return connection.execute(_NAMED.sub(lambda found: literal(values[found[1]]), sql))


def read_rows(connection: duckdb.DuckDBPyConnection, name: str, values: Row) -> list[Row]:
    """Rows of a query of warehouse/digest, with those of the values that it names."""
    cursor = run(connection, name, values)
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def literal(value: object) -> str:
    """A value as SQL spells it. Binding it as a parameter would make duckdb import pandas, a second for every digest.

    raises   TypeError for what the queries of a digest have no use for
    """
    match value:
        case bool() | int():
            return str(value)
        case datetime():
            return f"timestamptz '{value.isoformat()}'"
        case date():
            return f"date '{value.isoformat()}'"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case list() | tuple() if value:
            return "[" + ", ".join(literal(item) for item in value) + "]"
        case list() | tuple():
            return "cast([] as varchar[])"
    raise TypeError(f"no query of a digest takes a {type(value).__name__}")


def _by(name: str, items: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for item in items:
        found.setdefault(getattr(item, name), []).append(item)
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
