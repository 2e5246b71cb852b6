"""Parsed page → what it does not state about itself, searched for in its markup: title, author, day, site.

Searching costs a fifth of reading a page and most pages state what it would find, so that each is asked for only where
the page's statements (page_statements.py) leave it open.
"""

from __future__ import annotations

from datetime import date

import htmldate
from lxml.html import HtmlElement
from trafilatura import metadata


def searched_title(tree: HtmlElement) -> str:
    """The title by heading, class names and <title>; "" when there is none."""
    return metadata.extract_title(tree) or ""


def searched_author(tree: HtmlElement) -> str:
    """The author by the names of elements; "" when there is none."""
    return metadata.extract_author(tree) or ""


def searched_site(tree: HtmlElement) -> str:
    """The site's name as <title> ends with it; "" when it does not."""
    return metadata.extract_sitename(tree) or ""


def searched_day(tree: HtmlElement, *, url: str | None, received_on: date | None) -> str | None:
    """The day of publication that the page's text and markup hold, as YYYY-MM-DD."""
    found: str | None = htmldate.find_date(
        tree,
        url=url,
        extensive_search=True,
        original_date=True,
        max_date=received_on.isoformat() if received_on else None,
    )
    return found
