"""Article with what branches off it → the fields that the command line promises."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.evidence.branches import Branches
from pipeline.model import Article, Excerpt, Figure, Quote
from pipeline.spans import locate


def article_json(
    article: Article, branches: Branches, *, file: str | None, url: str | None, zone: ZoneInfo
) -> dict[str, Any]:
    """One article as a JSON object. Instants have the offset that the page printed, else that of the press office."""
    place = {"url": url} if url else {"file": file}
    return {
        "article_id": article.article_id,
        "source": place
        | {"sha256": article.document_id, "byte_start": article.byte_start, "byte_end": article.byte_end},
        "kind": article.kind.value,
        "release_type": article.release_type,
        "title": article.title.text,
        "title_span": _span(article.title),
        "standfirst": article.standfirst.text if article.standfirst else None,
        "text": article.text,
        "published_at": local_instant(article.published_at, _zone_of(article, zone)),
        "date_precision": article.date_precision,
        "dated_by": _value(article.dated_by),
        "author": article.author,
        "author_role": article.author_role,
        "author_by": _value(article.author_by),
        "outlet": article.outlet,
        "outlet_by": _value(article.outlet_by),
        "agency": article.agency,
        "issuer": article.issuer,
        "issuer_by": _value(article.issuer_by),
        "language": article.language,
        "url": article.url,
        "collection": article.collection,
        "captions": [caption.text for caption in article.captions],
        "reported_outlets": list(article.reported_outlets),
        "paragraphs": [{"byte_start": span.byte_start, "byte_end": span.byte_end} for span in article.paragraphs],
        "quotes": [quote_json(article, quote) for quote in branches.quotes],
        "figures": [figure_json(article, figure) for figure in branches.figures],
        "mentions": [
            {"name": mention.name, "type": mention.type, "role": mention.role, "role_by": _value(mention.role_by)}
            for mention in branches.mentions
        ],
    }


def _zone_of(article: Article, zone: ZoneInfo) -> tzinfo:
    if article.utc_offset_minutes is None:
        return zone
    return timezone(timedelta(minutes=article.utc_offset_minutes))


def local_instant(instant: datetime | None, zone: tzinfo) -> str | None:
    """The instant with the zone's offset: its first ten characters are the local day."""
    return instant.astimezone(zone).isoformat() if instant else None


def quote_json(article: Article, quote: Quote) -> dict[str, Any]:
    """A quote with its bytes: from its first word to its last, and each run of it."""
    spans = [locate(article, start, end) for start, end in quote.fragments]
    known = [span for span in spans if span is not None]
    return {
        "text": quote.text,
        "speaker": quote.speaker,
        "speaker_by": _value(quote.speaker_by),
        "role": quote.role,
        "role_by": _value(quote.role_by),
        "organisation": quote.organisation,
        "kind": quote.kind,
        "cue": quote.cue,
        "byte_start": known[0].byte_start if known else None,
        "byte_end": known[-1].byte_end if known else None,
        "fragments": [{"byte_start": span.byte_start, "byte_end": span.byte_end} for span in known],
    }


def figure_json(article: Article, figure: Figure) -> dict[str, Any]:
    """A figure with its bytes."""
    start, end = None, None
    if figure.where == "text":
        if span := locate(article, figure.start, figure.end):
            start, end = span.byte_start, span.byte_end
    else:
        part = article.title if figure.where == "title" else article.standfirst
        if part is not None and part.byte_start is not None:
            start = part.byte_start + len(part.text[: figure.start].encode(article.encoding))
            end = part.byte_start + len(part.text[: figure.end].encode(article.encoding))
    return {
        "text": figure.text,
        "value": figure.value,
        "value_max": figure.value_max,
        "unit": figure.unit,
        "bound": figure.bound,
        "subject": figure.subject,
        "where": figure.where,
        "byte_start": start,
        "byte_end": end,
    }


def _span(excerpt: Excerpt) -> dict[str, int] | None:
    if excerpt.byte_start is None or excerpt.byte_end is None:
        return None
    return {"byte_start": excerpt.byte_start, "byte_end": excerpt.byte_end}


def _value(evidence: Any) -> str | None:
    return None if evidence is None else str(evidence)
