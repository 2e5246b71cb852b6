"""A response body as it came → the bytes it stands for, within a limit, or why there are none.

HTTP libraries take a body that ends in the middle of its gzip stream for a whole one, and hand over bodies whose
coding they do not know. Here both are faults: half a feed would otherwise be stored as a whole feed.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from pipeline.model import Reason

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS  # zlib tells the two apart by their header
_RAW_DEFLATE = -zlib.MAX_WBITS  # what some servers call "deflate"
_GZIP_MAGIC = b"\x1f\x8b"
_MAX_MEMBERS = 100  # real bodies have one, log-like ones a dozen; each costs a copy of what follows it


@dataclass(frozen=True, slots=True)
class Undecoded:
    """Why a body could not be decoded: TOO_LARGE, INCOMPLETE or UNKNOWN_CODING."""

    reason: Reason
    detail: str


def decode_body(raw: bytes, coding: str, *, max_bytes: int) -> bytes | Undecoded:
    """The decoded body; at most `max_bytes` are ever unpacked, so a bomb costs no more than the limit.

    coding   the Content-Encoding header as it came; one layer of gzip or deflate is read. Two layers are refused:
             822 bytes of gzip in gzip have held 400 MB.
    """
    name = coding.strip().lower()
    if name in ("", "identity"):
        return raw if len(raw) <= max_bytes else _too_large(max_bytes)
    if name in ("gzip", "x-gzip"):
        return _inflate(raw, _GZIP_OR_ZLIB, name, max_bytes=max_bytes)
    if name == "deflate":
        has_zlib_header = len(raw) > 1 and raw[0] & 0x0F == 8 and (raw[0] << 8 | raw[1]) % 31 == 0
        return _inflate(raw, _GZIP_OR_ZLIB if has_zlib_header else _RAW_DEFLATE, name, max_bytes=max_bytes)
    return Undecoded(Reason.UNKNOWN_CODING, f"Content-Encoding {coding[:60]!r}; one layer of gzip or deflate is read")


def _inflate(raw: bytes, window: int, name: str, *, max_bytes: int) -> bytes | Undecoded:
    """Unpack one stream, or the members of a gzip file one after another; bytes after the last are padding."""
    decoded = b""
    rest = raw
    for _ in range(_MAX_MEMBERS):
        stream = zlib.decompressobj(window)
        try:
            decoded += stream.decompress(rest, max_bytes - len(decoded) + 1)
        except zlib.error as error:
            return Undecoded(Reason.UNKNOWN_CODING, f"declared as {name}, but is not ({error})")
        if len(decoded) > max_bytes:
            return _too_large(max_bytes)
        if not stream.eof:
            return Undecoded(Reason.INCOMPLETE, f"the {name} stream ends in the middle, after {len(raw)} bytes")
        rest = stream.unused_data
        if window == _RAW_DEFLATE or not rest.startswith(_GZIP_MAGIC):
            return decoded
    return Undecoded(Reason.UNKNOWN_CODING, f"a {name} stream of more than {_MAX_MEMBERS} members")


def _too_large(max_bytes: int) -> Undecoded:
    return Undecoded(Reason.TOO_LARGE, f"more than {max_bytes} bytes when decoded")
