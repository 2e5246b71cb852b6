"""Views → pages. Strangers’ words are values and never markup; no page leads to a request outside the site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.digests.digest_data import short_name
from pipeline.digests.digest_model import Witness
from pipeline.digests.rendering import long_day, safe_link, short_day
from pipeline.site.site_model import Page, slug

TEMPLATES = Path(__file__).parent / "templates"
_BLANK_LINES = re.compile(r"\n\s*\n+")
_LONG_DECIMALS = re.compile(r"(\d\.\d{3})\d+")
_SHOWN_WORDS = 25  # of a witness: as many as of any quotation; the whole is one `pipeline trace` away
_KINDS = {
    "article": "article",
    "press_release": "press release",
    "coverage_report": "report on coverage",
    "speech": "speech",
    "letter": "letter",
    "summary_only": "summary only",
}


class Evidence:
    """The witnesses of a page, numbered in the order in which they are first named."""

    def __init__(self) -> None:
        self._order: dict[Witness, int] = {}

    def numbers(self, witnesses: Iterable[Witness]) -> list[int]:
        """Numbers of these witnesses, each once, in order."""
        return sorted({self._order.setdefault(witness, len(self._order) + 1) for witness in witnesses})

    @property
    def listed(self) -> list[Witness]:
        """All witnesses so far, by their numbers."""
        return list(self._order)


class Renderer:
    """Renders the templates of one site: whose it is, and which optional pages it has."""

    def __init__(self, *, department: str, has_feeds: bool, stories: frozenset[str], people: frozenset[str]) -> None:
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters.update(
            long_day=lambda day: long_day(day) if day else "Day not known",
            short_day=short_day,
            month=lambda day: f"{day:%B}",
            kind=lambda kind: _KINDS.get(str(kind), str(kind).replace("_", " ")),
            short_name=short_name,
            clipped=clipped,
            shortened=lambda text: _LONG_DECIMALS.sub(r"\1", str(text)),
            safe_link=safe_link,
            items=lambda count, noun="item": f"{count} {noun}" if count == 1 else f"{count} {plural(noun)}",
        )
        environment.globals.update(
            department=department,
            has_feeds=has_feeds,
            story_exists=stories.__contains__,
            person_path=lambda name: f"people/{slug(name)}.html" if name in people else None,
            days_said=days_said,
        )
        self._environment = environment

    def page(self, path: str, template: str, **values: Any) -> Page:
        """A template with values as the page at a path; addresses in it are relative to the page."""
        root = "../" * path.count("/")
        text = self._environment.get_template(template).render(root=root, path=path, evidence=Evidence(), **values)
        return Page(path, _BLANK_LINES.sub("\n", text).strip() + "\n")


def asset(name: str) -> Page:
    """A file of the site that is the same in every site: its style and its search."""
    return Page(name, (TEMPLATES / name).read_text(encoding="utf-8"))


def clipped(text: str) -> str:
    """At most the first 25 words."""
    found = text.split()
    return " ".join(found[:_SHOWN_WORDS]) + (" …" if len(found) > _SHOWN_WORDS else "")


def plural(noun: str) -> str:
    """story → stories, day → days."""
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else noun + "s"


def days_said(first: date | None, last: date | None) -> str:
    """From one day to another in words; one day when they are the same."""
    if first is None or last is None:
        return "day not known"
    if first == last:
        return f"{first.day} {first:%B %Y}"
    return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
