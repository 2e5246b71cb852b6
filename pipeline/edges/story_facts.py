"""Stories → what their articles say together: quotation_variants and figure_doubts, as rows for analysts.

The digest works the same things out with the same functions; here they are kept, so that SQL can ask for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.edges.digest_reader import article_of
from pipeline.edges.warehouse import SQL, run_statements
from pipeline.evidence.figure_ledger import conflicts, unsupported_headlines
from pipeline.evidence.quotations import group_quotations
from pipeline.model import Article, Figure, Quotation, Quote
from pipeline.plain import from_plain

Row = dict[str, Any]

_STORIES_AT_ONCE = 500  # their texts are in memory together: some 10 MB


def places(connection: duckdb.DuckDBPyConnection, articles: Sequence[str]) -> set[tuple[str, str]]:
    """Each of the articles that has a place, with its story."""
    sql = "select article_id, story_id from placements where article_id in (select unnest($articles))"
    return set(connection.execute(sql, {"articles": list(articles)}).fetchall())


def changed_stories(before: Set[tuple[str, str]], after: Set[tuple[str, str]], *, own: Set[str]) -> list[str]:
    """The stories that a load changed: those that an article joined or left, and those of the batch's own articles.

    Most stories of the week come back as they were: their facts stand, and took half of loading an hour.
    before, after   (article, story) as `places` gives them
    """
    return sorted({story for _, story in before ^ after} | {story for article, story in after if article in own})


def replace_facts(connection: duckdb.DuckDBPyConnection, stories: Sequence[str]) -> None:
    """Work the facts of these stories out anew; those of stories that are no more go."""
    listed = sorted(set(stories))
    run_statements(connection, (SQL / "facts" / "forget.sql").read_text(encoding="utf-8"), {"stories": listed})
    for start in range(0, len(listed), _STORIES_AT_ONCE):
        some = listed[start : start + _STORIES_AT_ONCE]
        variants: list[Row] = []
        doubts: list[Row] = []
        quotes = _by_story(connection, "quotes", some)
        figures = _by_story(connection, "figures", some)
        for story_id, articles in _by_story(connection, "articles", some).items():
            variants += _variants(story_id, [from_plain(Quote, row) for row in quotes[story_id]])
            doubts += _doubts(
                story_id, [article_of(row) for row in articles], [_figure(row) for row in figures[story_id]]
            )
        _insert(connection, "quotation_variants", variants)
        _insert(connection, "figure_doubts", doubts)


def _by_story(connection: duckdb.DuckDBPyConnection, name: str, stories: Sequence[str]) -> dict[str, list[Row]]:
    sql = (SQL / "facts" / f"{name}.sql").read_text(encoding="utf-8")
    cursor = connection.execute(sql, {"stories": list(stories)})
    columns = [column[0] for column in cursor.description or ()]
    found: dict[str, list[Row]] = defaultdict(list)
    for row in cursor.fetchall():
        plain = dict(zip(columns, row, strict=True))
        found[plain["story_id"]].append(plain)
    return found


def _figure(row: Row) -> Figure:
    figure: Figure = from_plain(
        Figure, row | {"where": row["part"], "start": row["char_start"], "end": row["char_end"]}
    )
    return figure


def _variants(story_id: str, quotes: Iterable[Quote]) -> Iterator[Row]:
    for quotation in group_quotations(quotes):
        yield from _of_quotation(story_id, quotation)


def _of_quotation(story_id: str, quotation: Quotation) -> Iterator[Row]:
    for place, variant in enumerate(quotation.variants):
        yield {
            "quotation_id": quotation.quotation_id,
            "story_id": story_id,
            "place": place,
            "quote_id": variant.quote_id,
            "article_id": variant.article_id,
            "speaker": quotation.speaker,
            "role": quotation.role,
            "carried": variant.carried,
            "differences": [
                {"kind": one.kind, "full_words": one.full, "variant_words": one.variant, "detail": one.detail}
                for one in variant.differences
            ],
        }


def _doubts(story_id: str, articles: Sequence[Article], figures: Sequence[Figure]) -> Iterator[Row]:
    found = [*conflicts(articles, figures)]
    found += [doubt for article in articles for doubt in unsupported_headlines(article, figures)]
    for number, doubt in enumerate(found):
        yield {
            "story_id": story_id,
            "number": number,
            "kind": doubt.kind,
            "detail": doubt.detail,
            "figure_ids": list(doubt.figure_ids),
            "article_ids": list(doubt.article_ids),
        }


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Rows by way of Arrow: row by row they would take a millisecond each."""
    if rows:
        connection.register("facts", pa.Table.from_pylist(list(rows)))
        connection.execute(f"insert into {table} by name select * from facts")
        connection.unregister("facts")
