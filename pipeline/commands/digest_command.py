"""pipeline digest: the digest of a day from the published warehouse, as it was known at an instant."""

from __future__ import annotations

from datetime import date, datetime

import duckdb

from pipeline.auditing.held_notice import rendered_notice
from pipeline.digests.charts import volume_chart
from pipeline.digests.digest_issue import composed, digest_rules
from pipeline.digests.rendering import as_html, as_json, as_markdown, as_text
from pipeline.digests.rendering import brief as shortened
from pipeline.edges import warehouse
from pipeline.edges.publication import current_notice
from pipeline.edges.raw_documents import RawDocuments
from pipeline.errors import Misuse
from pipeline.settings import settings


def digest_of(day: str | None, *, as_of: str | None, form: str, brief: bool) -> str:
    """The digest in one of its forms. A day without coverage has a digest too: it says so in one line."""
    if form not in ("md", "html", "json", "text"):
        raise Misuse(f"expected md, html, json or text; {form} came", about="--format")
    here = settings()
    notice = current_notice(here, _day(day) if day else None) if as_of is None else None
    if notice is not None:
        return rendered_notice(notice, form)
    with warehouse.reader(here.published_path) as connection:
        on = _day(day) if day else _newest(connection)
        raw = RawDocuments(here.data_dir / "raw" / "documents")
        known = _instant(as_of) if as_of else None
        rules = digest_rules(here, known)
        found = composed(connection, on, known, rules, raw)
    if brief:
        found = shortened(found, max_words=rules.brief_words)
    if form == "json":
        return as_json(found)
    if form == "html":
        several = sum(count > 0 for _, count in found.volume) > 1
        return as_html(found, chart_png=volume_chart(found.volume, day=on) if several else None, brief=brief)
    return as_markdown(found, brief=brief) if form == "md" else as_text(found, brief=brief)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Misuse(f"expected a day as YYYY-MM-DD; {text} came", about="--date") from error


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise Misuse(f"expected an instant as 2026-11-22T07:30:00+00:00; {text} came", about="--as-of") from error
    if instant.tzinfo is None:
        raise Misuse(f"{text} has no offset: nobody can tell which instant it is", about="--as-of")
    return instant


def _newest(connection: duckdb.DuckDBPyConnection) -> date:
    rows = connection.execute("select max(covered_on) from coverage_days").fetchall()
    if rows[0][0] is None:
        raise Misuse("no day has coverage yet; give one", about="--date")
    found: date = rows[0][0]
    return found
