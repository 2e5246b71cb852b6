"""Blocks → text with its places in the source. Characters that no reader sees are left out, the rest is as spelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Excerpt, Piece, Span
from pipeline.reading.decoding import INVISIBLE, Line
from pipeline.reading.header_fields import Found
from pipeline.reading.layout import Block


@dataclass(frozen=True, slots=True)
class BodyText:
    """Paragraphs joined by blank lines, with a span for each and the pieces that lead from characters to bytes."""

    text: str
    paragraphs: tuple[Span, ...]
    pieces: tuple[Piece, ...]


def body_text(paragraphs: Sequence[Sequence[Block]], encoding: str) -> BodyText:
    """The text of paragraphs; one that was broken in the source has the pieces of both of its halves."""
    parts: list[str] = []
    pieces: list[Piece] = []
    spans: list[Span] = []
    length = 0
    for number, paragraph in enumerate(paragraphs):
        lines = [line for block in paragraph for line in block.lines]
        separator = "\n\n" if number else ""
        for line in lines:
            parts.append(separator)
            length += len(separator)
            for text, byte_start in _runs(line, encoding):
                pieces.append(Piece(length, length + len(text), byte_start, byte_start + len(text.encode(encoding))))
                parts.append(text)
                length += len(text)
            separator = " "
        spans.append(Span(lines[0].byte_start, lines[-1].byte_end))
    return BodyText("".join(parts), tuple(spans), tuple(pieces))


def excerpt(blocks: Sequence[Block], found: Found, encoding: str) -> Excerpt:
    """Words of one block with their bytes; the byte range runs over line breaks inside a hard-wrapped block."""
    start, end = found.start, found.end
    byte_start = byte_end = 0
    offset = 0
    for line in blocks[found.place].lines:
        if offset <= start <= offset + len(line.text):
            byte_start = line.byte_start + len(line.text[: start - offset].encode(encoding))
        if offset < end <= offset + len(line.text):
            byte_end = line.byte_start + len(line.text[: end - offset].encode(encoding))
        offset += len(line.text) + 1
    text = " ".join(INVISIBLE.sub("", found.text).split(" "))
    return Excerpt(text.replace("\n", " ").strip(), byte_start, byte_end)


def _runs(line: Line, encoding: str) -> list[tuple[str, int]]:
    """The line's visible runs of characters and the byte that each begins at."""
    found: list[tuple[str, int]] = []
    start = 0
    for match in [*INVISIBLE.finditer(line.text), None]:
        end = match.start() if match else len(line.text)
        if end > start:
            found.append((line.text[start:end], line.byte_start + len(line.text[:start].encode(encoding))))
        start = match.end() if match else end
    return found
