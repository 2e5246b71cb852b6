"""Articles → news objects of IPTC's ninjs 3.1 (https://www.iptc.org/std/ninjs/), one JSON object an article.

A text that may not leave whole is `partial`, and its few words are a description, not a body.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pipeline.exports.leaving import Row, address, doubt, leaving

_STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}


def news_object(row: Row, *, issuers: frozenset[str]) -> dict[str, Any]:
    """One article as a news object; what is not known is left out."""
    text = leaving(row, issuers)
    dated = row["published_at"] is not None and row["dated_by"] != "inferred"
    sources = [("publisher", row["outlet"]), ("agency", row["agency"]), ("issuer", row["issuer"])]
    body = {"role": "main", "contentType": "text/plain", "wordCount": row["word_count"], "value": text.text}
    return _known(
        {
            "uri": address(row),
            "standard": _STANDARD,
            "type": "text",
            "representationType": "full" if text.is_whole else "partial",
            "profile": row["kind"],
            "firstCreated": _instant(row["first_seen_at"]),
            "contentCreated": _instant(row["published_at"]) if dated else None,
            "pubStatus": "usable",
            "language": row["language"],
            "edNote": doubt(row),
            "title": " ".join(row["title"].split()),
            "headlines": [{"role": "main", "contentType": "text/plain", "value": " ".join(row["title"].split())}],
            "descriptions": None if text.is_whole else [{"role": "excerpt", "value": text.text}],
            "bodies": [body] if text.is_whole else None,
            "by": row["author"],
            "people": [{"name": name} for name in row["people"]],
            "organisations": [{"name": name} for name in row["organisations"]],
            "places": [{"name": name} for name in row["places"]],
            "events": [{"id": row["story_id"], "name": " ".join(row["story_title"].split()), "rel": "reports"}],
            "infoSources": [{"name": name, "role": role} for role, name in sources if name],
            "renditions": [{"name": "page", "href": row["url"], "contentType": "text/html"}] if row["url"] else None,
            "altIds": [
                {"role": "article", "value": row["article_id"]},
                {"role": "work", "value": row["group_id"]},
            ],
        }
    )


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, [], "")}


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
