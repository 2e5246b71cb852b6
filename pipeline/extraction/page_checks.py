"""What a page is when it is no article: a wall, an error page, a list of links, a video, a teaser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.extraction.page_blocks import PageBlock
from pipeline.extraction.text_units import PROSE_WORDS, count_words
from pipeline.folding import fold

_SHORT = 120  # words; walls and players stand where an article is missing, so only short texts are looked at for them
_NO_BODY = 25  # words; with fewer, what is taken for body is no article
_NOTICE = 400  # characters of a line around the body that may be a notice
_TEASERS = 8  # linked headlines that make a list page, when there is no article beside them
_TEXT_RUN = 2  # paragraphs in a row; a teaser has one, sometimes two
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})


@dataclass(frozen=True, slots=True)
class PageRule:
    """A row of seeds/page_rules.csv."""

    verdict: str  # wall: nothing of the article is there · stub: its beginning is · video: a film with a summary
    scope: str  # title, address, text of the body, or notice: that and the lines around it
    pattern: re.Pattern[str]
    reason: str


def rules_of(rows: Iterable[tuple[str, str, str, str]]) -> tuple[PageRule, ...]:
    """Rules from rows (verdict, scope, pattern, reason)."""
    return tuple(
        PageRule(verdict, scope, re.compile(pattern, re.IGNORECASE), reason) for verdict, scope, pattern, reason in rows
    )


def verdict(
    rules: Sequence[PageRule], *, title: str, body: str, around: Sequence[str], address: str
) -> PageRule | None:
    """The first rule that a page with so little text meets; None when it has enough, or meets none.

    around   lines of the page that are not body: buttons and notices. They tell that a text is a stub or stands below a
             film; a wall they are only where there is no body at all, for many articles stand under a cookie notice
    """
    words = count_words(body, enough=_SHORT)
    if words >= _SHORT:
        return None
    title, text = fold(title), fold(body)
    notices = [fold(line) for line in around if len(line) < _NOTICE]
    for rule in rules:
        if rule.scope == "address":
            met = rule.pattern.search(address)
        elif rule.scope == "title":
            met = rule.pattern.search(title)
        else:
            met = rule.pattern.search(text)
            if not met and (rule.scope == "notice" or words < _NO_BODY):
                met = next(filter(None, map(rule.pattern.search, notices)), None)
        if met:
            return rule
    return None


def is_list_page(
    blocks: Sequence[PageBlock], counts: Sequence[int], kept: Sequence[bool], *, says_article: bool, is_front: bool
) -> bool:
    """Whether a page lists articles instead of being one.

    counts         words of each block
    says_article   its meta data call it an article
    is_front       its address has no path: a front page
    """
    if says_article and not is_front:
        return False
    linked = [count for block, count in zip(blocks, counts, strict=True) if block.link_share > 0.8 and count >= 4]
    teasers = sum(
        block.link_share > 0.8 and count >= 4 and block.tag in _HEADINGS
        for block, count in zip(blocks, counts, strict=True)
    )
    prose = [
        block.parent
        for block, count, is_kept in zip(blocks, counts, kept, strict=True)
        if is_kept and count >= PROSE_WORDS and block.link_share < 0.5
    ]
    words = sum(count for count, is_kept in zip(counts, kept, strict=True) if is_kept)
    scattered = len(prose) >= 4 and len(set(prose)) > 0.7 * len(prose)  # each teaser in an element of its own
    if is_front:
        return len(linked) >= _TEASERS or scattered
    if _longest_run(blocks, counts, kept) > _TEXT_RUN:
        return False
    return teasers >= _TEASERS or (len(linked) >= 2 * _TEASERS and (scattered or words < 60))


def _longest_run(blocks: Sequence[PageBlock], counts: Sequence[int], kept: Sequence[bool]) -> int:
    """The most paragraphs of body in a row that no linked headline interrupts."""
    longest = run = 0
    for block, count, is_kept in zip(blocks, counts, kept, strict=True):
        if block.tag in _HEADINGS and block.link_share > 0.8:
            run = 0
        elif is_kept and count >= PROSE_WORDS and block.link_share < 0.5:
            run += 1
            longest = max(longest, run)
    return longest
