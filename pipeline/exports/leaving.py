"""An article as a row → what of it may leave the house.

The text of a government's own release is Crown copyright and goes out whole; of anybody else's text there are headline,
link and no more than 25 words: the licences that a press office holds do not cover passing articles on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.digests.clauses import clip

Row = Mapping[str, Any]

MAX_PRESS_WORDS = 25
GOVERNMENT = frozenset({"government department", "government body"})  # kinds of seeds/organisations.csv
_OWN_KINDS = frozenset({"press_release", "speech", "letter"})


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaves: the whole text, or a few words of it."""

    text: str
    is_whole: bool


def leaving(row: Row, issuers: frozenset[str]) -> Leaving:
    """The text that an export may carry.

    issuers   bodies whose releases are Crown copyright, by all their names in lower case
    """
    if row["kind"] in _OWN_KINDS and (row["issuer"] or "").casefold() in issuers:
        return Leaving(row["text"], is_whole=True)
    few = clip(" ".join((row["standfirst"] or row["text"]).split()), max_words=MAX_PRESS_WORDS)
    return Leaving(few, is_whole=few == row["text"].strip())


def address(row: Row) -> str:
    """The address of an article, or a name of ours where it has none."""
    return row["url"] or f"urn:x-press:article:{row['article_id']}"


def doubt(row: Row) -> str | None:
    """What a reader must know about the date, where there is something to know."""
    if row["published_at"] is None:
        return "The date of publication is not known."
    if row["dated_by"] == "inferred":
        return "The date of publication is inferred; no source states it."
    return "Only the day of publication is known, not the time." if row["date_precision"] == "day" else None
