"""Digest → HTML, Markdown, JSON and plain text. Strangers' words are values and never markup."""

from __future__ import annotations

import base64
import json
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.digests.digest_model import Digest, Witness
from pipeline.digests.length import brief_of
from pipeline.plain import to_plain

_TEMPLATES = Path(__file__).parent / "templates"
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|!~])")
_TEXT_WIDTH = 78  # RFC 5322 asks for lines of mail that are no longer
_SHOWN_WORDS = 25  # of a witness, as many as may be quoted of a newspaper; the whole is one `pipeline trace` away


def brief(digest: Digest, *, max_words: int) -> Digest:
    """The minister's version: the digest so far shortened that its whole brief page has at most so many words."""
    return brief_of(digest, max_words=max_words, count=lambda one: len(as_markdown(one, brief=True).split()))


def as_json(digest: Digest) -> str:
    """The digest with every sentence, its parts and its witnesses."""
    return json.dumps(_with_texts(to_plain(digest)), ensure_ascii=False, indent=1, default=_iso) + "\n"


def as_markdown(digest: Digest, *, brief: bool = False) -> str:
    """The digest as Markdown; an id stands behind each sentence that has evidence."""
    template = _environment(escape=False).get_template("digest.md.j2")
    text = template.render(digest=digest, marks=_marks(digest)[0], brief=brief)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def as_text(digest: Digest, *, brief: bool = False) -> str:
    """The digest as plain text, for the text part of a mail: lines of at most 78 characters, no marks."""
    environment = _environment(escape=False)
    environment.filters["md"] = lambda text: " ".join(str(text).split())
    template = environment.get_template("digest.md.j2")
    text = template.render(digest=digest, marks=dict.fromkeys(_marks(digest)[0], ()), brief=brief)
    return "\n".join(_plain_lines(re.sub(r"\n{3,}", "\n\n", text).strip())) + "\n"


def _plain_lines(markdown_text: str) -> Iterator[str]:
    lines = markdown_text.split("\n")
    for place, line in enumerate(lines):
        if heading := re.match(r"(#+) (.*)", line):
            yield heading[2].upper() if len(heading[1]) < 3 else heading[2]
            if len(heading[1]) == 1:
                yield "=" * min(len(heading[2]), _TEXT_WIDTH)
        elif line.startswith("|"):
            if place == 0 or not lines[place - 1].startswith("|"):
                yield from _plain_table(list(takewhile(lambda row: row.startswith("|"), lines[place:])))
        else:
            indent = "  " if line.startswith("- ") else ""
            plain = re.sub(r"^\*([A-Z][a-z ]+)\*$", r"\1:", line.replace("**", "").replace("`", ""))
            yield from textwrap.wrap(plain, _TEXT_WIDTH, subsequent_indent=indent) or [""]


def _plain_table(rows: Sequence[str]) -> Iterator[str]:
    """A table in columns where they have room; otherwise a line for each row, without the names of the columns."""
    cells = [[cell.strip() for cell in row.strip("|").split(" | ")] for row in (rows[0], *rows[2:])]
    widths = [max(len(row[place]) for row in cells) for place in range(len(cells[0]))]
    if sum(widths) + 2 * (len(widths) - 1) <= _TEXT_WIDTH:
        yield from ("  ".join(map(str.ljust, row, widths)).rstrip() for row in cells)
        return
    for first, *rest in cells[1:]:
        yield from textwrap.wrap(f"- {first}: {', '.join(filter(None, rest))}", _TEXT_WIDTH, subsequent_indent="  ")


def as_html(
    digest: Digest,
    *,
    chart_png: bytes | None = None,
    chart_url: str | None = None,
    brief: bool = False,
    evidence: bool = True,
) -> str:
    """The digest as one page without any outside asset, readable in a mail client.

    chart_png, chart_url   the chart as a picture inside the page, or where a mail has it
    evidence               whether the list of evidence stands at the end; a mail and the brief version do without
    """
    marks, witnesses = _marks(digest)
    chart = f"data:image/png;base64,{base64.b64encode(chart_png).decode()}" if chart_png else chart_url
    template = _environment(escape=True).get_template("digest.html.j2")
    evidence = evidence and not brief
    if not evidence:
        marks = {sentence_id: [] for sentence_id in marks}
    page = template.render(digest=digest, marks=marks, witnesses=witnesses, chart=chart, brief=brief, evidence=evidence)
    return re.sub(r"\n\s*\n+", "\n", page).strip() + "\n"


def render(template: str, *, escape: bool, **values: object) -> str:
    """A template with values, blank lines folded."""
    text = _environment(escape=escape).get_template(template).render(**values)
    return re.sub(r"\n\s*\n+", "\n" if escape else "\n\n", text).strip() + "\n"


def _marks(digest: Digest) -> tuple[dict[str, list[int]], list[Witness]]:
    """Numbers of each sentence's witnesses, counted through the page, and the witnesses in that order."""
    order: dict[Witness, int] = {}
    marks: dict[str, list[int]] = {}
    for sentence in digest.sentences():
        numbers = [order.setdefault(witness, len(order) + 1) for witness in sentence.witnesses]
        marks[sentence.sentence_id] = sorted(set(numbers))
    return marks, list(order)


def _environment(*, escape: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=escape,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    filters: dict[str, Callable[..., Any]] = {
        "long_day": long_day,
        "short_day": short_day,
        "instant": lambda at: at.strftime("%Y-%m-%d %H:%M UTC"),
        "md": markdown,
        "clipped": clipped,
        "safe_link": safe_link,
    }
    environment.filters.update(filters)
    return environment


def long_day(day: date) -> str:
    """Thursday 16 February 2017."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def short_day(day: date) -> str:
    """16 February."""
    return f"{day.day} {day:%B}"


def markdown(text: Any) -> str:
    """The text as Markdown that shows it letter by letter on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(str(text).split()))


def clipped(text: str) -> str:
    """At most the first 25 words."""
    found = text.split()
    return " ".join(found[:_SHOWN_WORDS]) + (" …" if len(found) > _SHOWN_WORDS else "")


def safe_link(address: str | None) -> bool:
    """Whether an address may be a link: http or https, with a host."""
    if not address:
        return False
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _iso(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _with_texts(plain: Any) -> Any:
    """Every sentence with its text spelled out beside its parts."""
    if isinstance(plain, dict):
        found = {name: _with_texts(value) for name, value in plain.items()}
        if "sentence_id" in found and "parts" in found:
            found = {
                "sentence_id": found.pop("sentence_id"),
                "text": "".join(p["text"] for p in found["parts"]),
                **found,
            }
        return found
    return [_with_texts(item) for item in plain] if isinstance(plain, list) else plain
