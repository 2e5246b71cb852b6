"""Id of a quote or a figure → its words and where they stand, as `pipeline trace` tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from pipeline.digests.digest_model import Witness
from pipeline.digests.story_figures import figure_witness
from pipeline.digests.witnesses import in_text
from pipeline.edges.digest_reader import article_of
from pipeline.edges.site_reader import rows
from pipeline.model import Article, Figure, Quote
from pipeline.plain import from_plain


@dataclass(frozen=True, slots=True)
class Traced:
    """Words with their evidence."""

    text: str
    section: str
    day: date | None
    witnesses: tuple[Witness, ...]


def quote_or_figure(connection: duckdb.DuckDBPyConnection, wanted: str) -> Traced | None:
    """The quote or figure of this id; None when there is none."""
    for row in rows(connection, "quote_by_id", {"id": wanted}):
        quote: Quote = from_plain(Quote, row)
        article = _article(connection, quote.article_id)
        places = tuple(in_text(article, start, end) for start, end in quote.fragments)
        return Traced(quote.text, f"quote of {quote.speaker or 'a speaker not known'}", row["covered_on"], places)
    for row in rows(connection, "figure_by_id", {"id": wanted}):
        figure: Figure = from_plain(Figure, row)
        article = _article(connection, figure.article_id)
        return Traced(figure.text, "figure", row["covered_on"], (figure_witness(article, figure),))
    return None


def _article(connection: duckdb.DuckDBPyConnection, article_id: str) -> Article:
    cursor = connection.execute("select * from articles where article_id = $id", {"id": article_id})
    columns = [column[0] for column in cursor.description or ()]
    return article_of(dict(zip(columns, cursor.fetchall()[0], strict=True)))
