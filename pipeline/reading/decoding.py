"""Bytes of a text document → its lines, each with the byte span it came from."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pipeline.model import Reason

# What a file begins with when it is not text, whatever its name says.
MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or office file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip file",
    b"\xd0\xcf\x11\xe0": "an old office file",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "an SQLite file",
}
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NEWLINE = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Controls that no reader sees are left out of every text (bidirectional overrides make a line read backwards).
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank, without the white space around it."""

    text: str
    byte_start: int
    byte_end: int
    indent: int  # columns of white space before it
    blanks_before: int  # blank lines between it and the line before


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document's lines in order, and the encoding that turns them back into its bytes."""

    encoding: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Why the bytes are no text document."""

    reason: Reason
    detail: str


def decode(content: bytes, *, max_bytes: int) -> Decoded | Undecodable:
    """Lines of a text document with their byte spans, or why there are none.

    Encodings are tried in this order: byte order mark, UTF-8, Windows-1252. A file that is partly UTF-8 and partly
    something else is turned away: whatever was chosen, some words of it would be wrong.
    """
    if len(content) > max_bytes:
        return Undecodable(Reason.TOO_LARGE, f"{len(content)} bytes; at most {max_bytes} are read")
    if not content.strip():
        return Undecodable(Reason.EMPTY, f"{len(content)} bytes, none but white space")
    for magic, what in MAGIC.items():
        if content.startswith(magic):
            return Undecodable(Reason.BINARY, f"begins like {what}")
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decode_as(content, encoding, skip=len(bom))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_legacy(content, error)
    return _lines(text, "utf-8", skip=0)


def _decode_as(content: bytes, encoding: str, *, skip: int) -> Decoded | Undecodable:
    try:
        return _lines(content[skip:].decode(encoding), encoding, skip=skip)
    except UnicodeDecodeError as error:
        return Undecodable(Reason.MIXED_ENCODING, f"marked as {encoding}, but is not at byte {skip + error.start}")


def _decode_legacy(content: bytes, error: UnicodeDecodeError) -> Decoded | Undecodable:
    """Windows-1252, unless some of the file is good UTF-8 beyond ASCII: then nobody can say which part is right."""
    loosely = content.decode("utf-8", "surrogateescape")
    if any(character >= "\x80" and not "\udc80" <= character <= "\udcff" for character in loosely):
        where = content.count(b"\n", 0, error.start) + 1
        return Undecodable(Reason.MIXED_ENCODING, f"UTF-8 in some places and not in others (line {where})")
    try:
        return _lines(content.decode("cp1252"), "cp1252", skip=0)
    except UnicodeDecodeError:
        return Undecodable(Reason.BINARY, "neither UTF-8 nor Windows-1252 text")


def _lines(text: str, encoding: str, *, skip: int) -> Decoded | Undecodable:
    controls = len(_NOT_TEXT.findall(text[:100_000]))
    if controls > 0.01 * min(len(text), 100_000):
        return Undecodable(Reason.BINARY, f"{controls} control characters among the first {min(len(text), 100_000)}")
    lines: list[Line] = []
    offset, blanks, start = skip, 0, 0
    while start <= len(text):
        found = _NEWLINE.search(text, start)
        end = found.start() if found else len(text)
        raw = text[start:end]
        kept = raw.strip()
        if INVISIBLE.sub("", kept).strip():
            lead = raw[: len(raw) - len(raw.lstrip())]
            byte_start = offset + len(lead.encode(encoding))
            lines.append(Line(kept, byte_start, byte_start + len(kept.encode(encoding)), len(lead), blanks))
            blanks = 0
        else:
            blanks += 1
        if found is None:
            break
        offset += len(text[start : found.end()].encode(encoding))
        start = found.end()
    if not lines:
        return Undecodable(Reason.EMPTY, "white space and control characters only")
    return Decoded(encoding, tuple(lines))
