"""Articles → a JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) that feed readers take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.exports.leaving import Row, address, doubt, leaving


def json_feed(rows: Iterable[Row], *, title: str, issuers: frozenset[str]) -> dict[str, Any]:
    """A feed of articles, the newest first."""
    newest_first = sorted(
        rows,
        key=lambda row: (
            row["published_at"] is not None,
            row["published_at"] or row["first_seen_at"],
            row["article_id"],
        ),
        reverse=True,
    )
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "language": "en-GB",
        "items": [_item(row, issuers) for row in newest_first],
    }


def _item(row: Row, issuers: frozenset[str]) -> dict[str, Any]:
    by = [name for name in (row["author"], row["outlet"] or row["issuer"]) if name]
    fields = {
        "id": address(row),
        "url": row["url"],
        "title": " ".join(row["title"].split()),
        "content_text": leaving(row, issuers).text,
        "summary": doubt(row),
        "date_published": row["published_at"].isoformat() if row["published_at"] else None,
        "authors": [{"name": name} for name in by],
        "tags": [row["kind"], f"story:{row['story_id']}"],
        "language": row["language"],
    }
    return {name: value for name, value in fields.items() if value not in (None, [], "")}
