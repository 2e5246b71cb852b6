"""Article, characters → bytes: where a run of an article's text stands in its raw source."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.model import Article, Span


def locate(article: Article, start: int, end: int) -> Span | None:
    """Byte span of article.text[start:end] in the raw source; None for web pages, which have no pieces.

    A run that begins or ends between two pieces (the blank line between paragraphs) is narrowed to the pieces.
    raises   ValueError when start..end is not inside the text
    """
    if not 0 <= start < end <= len(article.text):
        raise ValueError(f"characters {start} to {end} are not inside a text of {len(article.text)}")
    if not article.pieces:
        return None
    starts = [piece.text_start for piece in article.pieces]
    first = article.pieces[max(bisect_right(starts, start) - 1, 0)]
    if start >= first.text_end:
        first = article.pieces[bisect_right(starts, start)]
    last = article.pieces[bisect_right(starts, end - 1) - 1]
    head = article.text[first.text_start : max(start, first.text_start)]
    tail = article.text[last.text_start : min(end, last.text_end)]
    return Span(
        first.byte_start + len(head.encode(article.encoding)),
        last.byte_start + len(tail.encode(article.encoding)),
    )
