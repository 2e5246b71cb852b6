"""Which line between a title and the article is its standfirst: bylines, days, tags and captions stand there too."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from pipeline.folding import fold, fold_marks, words
from pipeline.reading.layout import Block, is_prose
from pipeline.reading.line_rules import LineRules
from pipeline.reading.titles import reads_like_byline, reads_like_caption

STANDFIRST_WORDS = range(5, 61)  # release summaries reach 43 words in the seeds
_DATED_WORDS = 16
_WITHIN = 8  # lines below the title
# Of 63 lines that stood first below the titles of 181 page texts 29 were no standfirst: eleven bylines with days, seven
# captions, four rows of tags or links, seven titles of other articles.
_DAY = re.compile(
    r"\d{4}-\d\d-\d\d|\b\d{1,2}[:.]\d\d\b|\d{1,2}/\d{1,2}/\d{2,4}|\b(?:\d{1,2}(?:st|nd|rd|th)? )?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,4}\b"
    r"|\b\d+ (?:minute|hour|day|week)s?\b(?: ago)?$",
    re.IGNORECASE,
)
_ROW_OF_LINKS = re.compile(r"\s[|»›>]\s|https?:|\w@\w")
_PARTED_LINES = 3  # so few between a title and its byline or day are its standfirst, whatever words they share
_SHARED = 2  # words of four letters and more with the article
_SHARED_IN_A_ROW = 3  # tabloids print a standfirst of several lines; the titles of other articles stand in rows too
# "LONDON (PA) —", "NEW YORK, Nov. 3 (Reuters) -": the article's first words.
_DATELINE = re.compile(r"(?:[A-Z][A-Z.'-]+,? ){1,4}(?:[\w. ,]{2,20} )?(?:\([A-Z][\w ]{1,20}\) ?)?[-–—] ")
_NAMES_WORDS = 8
_TAG_WORDS = 5  # words between the commas of a list, at most
_OF_WORDS = ("by its words", "by the words of a long line")  # how reasons end that are a line's own, not its place's


def standfirst_of(
    blocks: Sequence[Block],
    below: Sequence[int],
    *,
    title: str,
    article: Container[str],
    labels: Sequence[int],
    known: Mapping[int, str],
    rules: LineRules,
) -> int | None:
    """The first of the lines below the title that reads like a standfirst, when only labels stand above it.

    below    free places between title and article
    article  its words
    labels   places of days, issuers and the like between title and article
    known    place → why a line is furniture
    """
    label = min([*labels, *(at for at in below if _is_label(blocks[at].text, rules))], default=0)
    is_parted = len([at for at in below if at < label]) <= _PARTED_LINES
    for order, place in enumerate(below[:_WITHIN]):
        text = blocks[place].text
        if known.get(place, "").endswith(_OF_WORDS) or _is_label(text, rules):
            continue
        if len(words(text)) not in STANDFIRST_WORDS:
            continue
        in_a_row = not is_prose(text) and _in_a_row(blocks, below[order + 1 : order + 2])
        shared = sum(len(word) > 3 and word in article for word in set(words(text)))
        needed = 0 if is_parted and place < label else _SHARED_IN_A_ROW if in_a_row else _SHARED
        return place if shared >= needed and _reads_like_standfirst(text, title) else None
    return None


def begins_with_dateline(text: str) -> bool:
    """Whether the article itself begins here, with a place and an agency."""
    return _DATELINE.match(text) is not None


def _is_label(text: str, rules: LineRules) -> bool:
    if rules.match(text, "byline", "role", "credit", "date", "updated", "issuer", "kind", "item", "intro"):
        return True
    dated = _DAY.search(fold_marks(text)) is not None and len(words(text)) <= _DATED_WORDS
    return (dated and (not is_prose(text) or text.startswith("By "))) or reads_like_byline(text)


def _reads_like_standfirst(text: str, title: str) -> bool:
    plain = fold_marks(text)
    if (
        reads_like_caption(text)
        or _ROW_OF_LINKS.search(plain)
        or begins_with_dateline(text)
        or fold(title) in fold(text)
    ):
        return False
    if len(words(text)) <= _NAMES_WORDS and sum(word[0].islower() for word in plain.split()) <= 1:
        return False  # "Ann Lee and Jan Pell Weir Courier"
    return is_prose(text) or plain.count(",") * _TAG_WORDS < len(words(text))


def _in_a_row(blocks: Sequence[Block], after: Sequence[int]) -> bool:
    """Whether the next line is as long as a headline and no prose: a row of them are other articles' titles."""
    return any(len(words(blocks[at].text)) in STANDFIRST_WORDS and not is_prose(blocks[at].text) for at in after)
