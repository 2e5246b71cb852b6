"""Bytes of a web page → its HTML as text, or why it is none that we read.

A page comes from strangers: it may be no page at all, say the wrong charset, or be built to keep a parser busy. What is
refused here was measured to take trafilatura or libxml2 longer than an hour's feeds may take.
"""

from __future__ import annotations

import codecs
import json
import re

import charset_normalizer

from pipeline.model import Reason
from pipeline.reading.decoding import MAGIC

MAX_BYTES = 5_000_000  # a 5 MB page takes trafilatura 11 s, a 20 MB page 40 s and 494 MB
_MAX_TAGS = 30_000  # "<" in a page: the fullest of 200 news pages has 4,091; 100,000 take 8 s
_MAX_TAG = 200_000  # characters in one tag; 100,000 attributes take over 60 s
_MAX_SCRIPT = 400_000  # characters of JSON-LD; 5 MB take 711 MB
_MAX_BROKEN = 4_000
_SNIFFED = 2_048
_GUESSED_FROM = 60_000

# What the encoding standard of the web (WHATWG) reads under a label, where Python reads something narrower.
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_NEVER = frozenset(
    {"utf-7", "utf_7", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "hex", "base64", "rot13"}
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{2,40})", re.IGNORECASE)
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{_MAX_TAG},}}")
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]|\x1b\([BJ]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CONTROL_BYTES = bytes(code for code in range(128) if _CONTROLS.match(chr(code)))
_BINARY_BYTES = bytes({*range(32)} - {*b"\t\n\v\f\r\x1b"})  # text has none; ISO 2022 has escapes
_FEED = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)\b", re.DOTALL
)
_HTML = re.compile(r"<(?:!doctype html|html|head|body|div|p|article|main|section|table|h1|title|meta)\b", re.IGNORECASE)
_BEGINS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|base|header|"
    r"main|article|section|nav|aside|div|p|h[1-6]|table|ul|ol|center)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_FURTHER_DOWN = re.compile(r"^\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.MULTILINE)
_JSON = re.compile(r"^\s*[\[{]\s*[\"\[{\]}]")
_SCRIPT = re.compile(r"<script\b[^>]*>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script\s*>", re.IGNORECASE)
_LINKED_DATA = re.compile(r"ld\+json", re.IGNORECASE)
_WRAPPERS = re.compile(
    r"</?(?!(?:p|h[1-6]|li|br|hr|title|meta|link|script|style|time|a|img|figcaption|html|head|body)\b)"
    r"[a-zA-Z][^<>]*>"
)


def refusal(content: bytes, content_type: str | None = None) -> tuple[Reason, str] | None:
    """Why these bytes are not read as a page, from their size, their first bytes and the type they were served as."""
    if not content.strip(b"\x00 \t\r\n"):
        return Reason.EMPTY, "nothing but white space"
    if len(content) > MAX_BYTES:
        return Reason.TOO_LARGE, f"{len(content):,} bytes where {MAX_BYTES:,} are read"
    for magic, what in MAGIC.items():
        if content.startswith(magic):
            return Reason.BINARY, what
    start = content[:_SNIFFED]
    if not start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not _utf_16(start):
        controls = len(start) - len(start.translate(None, _BINARY_BYTES))
        if controls > 0.05 * len(start):
            return Reason.BINARY, "control characters where text was expected"
    served = (content_type or "").split(";")[0].strip().lower()
    if served and not re.search(r"html|text/plain|octet-stream|xml|unknown", served):
        return Reason.BINARY, f"served as {served}, not as HTML"
    return None


def is_markup(content: bytes) -> bool:
    """Whether bytes are a web page (or a feed) rather than a text document: told by how they begin, not by a name.

    A document that speaks of <p> in mid-sentence is a text; a page that a server's warnings precede is a page.
    """
    start = content[:_SNIFFED]
    encoding = next((name for mark, name in _BOMS if start.startswith(mark)), None) or _utf_16(start) or "latin-1"
    text = start.decode(encoding, errors="replace").lstrip("\ufeff\xef\xbb\xbf")
    return any(pattern.search(text) for pattern in (_FEED, _FURTHER_DOWN)) or _BEGINS.match(text) is not None


def decode_page(content: bytes, charset: str | None = None) -> str:
    """The text of a page: a byte order mark decides, then valid UTF-8, then the header's charset, then the page's own.

    charset   from the Content-Type header, None when it has none

    Bytes above 127 that are valid UTF-8 are UTF-8 whatever is declared: no other text looks like it by chance. Without
    a declaration the charset is guessed. Controls, lone surrogates and NULs are left out. Never fails: what cannot be
    decoded becomes U+FFFD.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _plain(content[len(mark) :].decode(encoding, errors="replace"))
    if unmarked := _utf_16(content[:_SNIFFED]):
        return _plain(content.decode(unmarked, errors="replace"))
    declared = [label for label in (charset, *_own_labels(content)) if label]
    if _ISO_2022_JP.search(content[:_GUESSED_FROM]):
        declared = ["iso2022_jp_ext"]
    else:
        try:
            return _plain_utf_8(content)
        except UnicodeDecodeError:
            pass
    for label in declared:
        if (found := _codec(label)) and found != "utf-8":
            try:
                return _plain(content.decode(found))
            except UnicodeDecodeError:
                continue
    fallback = next((found for label in declared if (found := _codec(label))), None)
    if fallback is None and (best := charset_normalizer.from_bytes(content[:_GUESSED_FROM]).best()) is not None:
        fallback = _codec(best.encoding)
    return _plain(content.decode(fallback or "cp1252", errors="replace"))


def _own_labels(content: bytes) -> list[str]:
    found = (_META.search(content[:_SNIFFED]) or _META.search(content[:60_000]), _XML.search(content[:_SNIFFED]))
    return [match[1].decode("ascii", errors="ignore") for match in found if match]


def _codec(label: str) -> str | None:
    """Python's name for a charset label as the web reads it, None when there is none."""
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in _NEVER or name.startswith(("utf-16", "utf-32")):
        return "utf-8"  # a page whose ASCII could be read has no such encoding, whatever it says
    return _READ_AS.get(name, name)


def _utf_16(start: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of markup is 0."""
    if len(start) < 20:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    return (
        "utf-16-le"
        if odd > 0.7 * half and even < 0.1 * half
        else ("utf-16-be" if even > 0.7 * half and odd < 0.1 * half else None)
    )


def _plain(text: str) -> str:
    return _CONTROLS.sub("", text).replace("\ufeff", "")


def _plain_utf_8(content: bytes) -> str:
    """The same of valid UTF-8, whose controls are found among its bytes: 31 MB of pages took 110 ms, and take 65.

    raises   UnicodeDecodeError when it is none
    """
    text = content.decode("utf-8")
    kept = content.translate(None, _CONTROL_BYTES)
    if len(kept) < len(content):
        text = kept.decode("utf-8")
    for mark in "\ufeff\ufffe\uffff":
        text = text.replace(mark, "")
    return text


def not_a_page(html: str) -> tuple[Reason, str] | None:
    """Why this text is not parsed: no HTML, or more of it than a news page has."""
    if _FEED.match(html[:_SNIFFED]):
        return Reason.NO_TEXT, "a feed or sitemap, not a page"
    if not _HTML.search(html[:200_000]):
        return Reason.NO_TEXT, "JSON, not HTML" if _JSON.match(html) else "no HTML element in it"
    tags = html.count("<")
    if tags > _MAX_TAGS:
        return Reason.TOO_LARGE, f"{tags:,} tags where {_MAX_TAGS:,} are read"
    if len(html) > _MAX_TAG and _LONG_TAG.search(html):
        return Reason.TOO_LARGE, f"a tag of over {_MAX_TAG:,} characters"
    return None


def without_long_scripts(html: str) -> str:
    """The page without data that costs more to parse than it tells.

    That is scripts longer than any article's data, and JSON-LD that is no JSON: trafilatura then looks for its fields
    with regular expressions, which takes a minute for 100 kB.
    """

    kept: list[str] = []
    done = end = 0
    for found in _SCRIPT.finditer(html):
        if found.start() < end:  # inside of the script before
            continue
        end = html.find("</script>", found.end())
        if end < 0 or "</SCRIPT" in html[found.end() : end]:
            closed = _SCRIPT_END.search(html, found.end())
            end = closed.end() if closed else len(html)
        else:
            end += len("</script>")
        if _costs_more_than_it_tells(html[found.start() : end]):
            kept.append(html[done : found.start()])
            done = end
    return "".join([*kept, html[done:]])


def _costs_more_than_it_tells(script: str) -> bool:
    if len(script) > _MAX_SCRIPT:
        return True
    if len(script) > _MAX_BROKEN and _LINKED_DATA.search(script[:300]):
        try:
            json.loads(script[script.index(">") + 1 : script.rindex("<")].strip().strip(";"), strict=False)
        except (ValueError, RecursionError):
            return True
    return False


def flattened(html: str) -> str:
    """The page without the elements that only wrap others.

    libxml2 leaves out what is nested deeper than 256 elements, without a word; flattened, nothing is.
    """
    return _WRAPPERS.sub("\n", html)
