"""Bytes of a feed or page → text. Who is believed: byte order mark, HTTP, the document, UTF-8, a guess; in that order.

Labels mean what browsers take them to mean (WHATWG Encoding Standard): "iso-8859-1" is Windows-1252, and names that
only Python knows (undefined, punycode, utf-7, rot13) are no labels. Servers lie in one way more than in all others: a
default label on a UTF-8 document. Bytes that are good UTF-8 beyond ASCII are therefore UTF-8 whatever one-byte label
they carry: Windows-1252 prose is never good UTF-8 by chance.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, which begins alike
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Python codec → labels of the WHATWG standard. Where Python knows a superset, it stands for the encoding.
_LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "iso8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e "
    "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
    "iso8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 "
    "iso_8859-7:1987 sun_eu_greek",
    "iso8859-8": "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 "
    "iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
    "iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 "
    "windows-1254 x-cp1254",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc-jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022-jp": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean "
    "ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949",
    "utf-16-be": "unicodefffe utf-16be",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
}
_CODEC_OF = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
_MULTIBYTE = frozenset({"gb18030", "big5hkscs", "euc-jp", "iso2022-jp", "cp932", "cp949", "utf-16-be", "utf-16-le"})

_HEADER_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';,]{1,60})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""\A\s{0,1000}<\?xml\s[^>]{0,1000}?\bencoding\s{0,20}=\s{0,20}["']([^"'\s>]{1,60})["']""")
_META_CHARSET = re.compile(
    rb"""<meta\b[^>]{0,500}?\bcharset\s{0,20}=\s{0,20}["']?\s{0,20}([^\s"'/>;]{1,60})""", re.IGNORECASE
)
_META_WITHIN = 4_096  # browsers look at 1,024 bytes; pages that open with a comment or a script need more
_PROOF = 12  # bytes beyond ASCII after which East Asian text is no longer good UTF-8 by chance; two have been
_LETTER_LIKE = re.compile(rb"[A-Za-z\x80-\xff]")
_SAMPLE = 20_000
_GUESS_ABOVE = 0.15  # share of letters beyond ASCII: the most accented of Western languages has under 0.10


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text and the codec that was believed."""

    text: str
    encoding: str


def codec_of(label: str | None) -> str | None:
    """The Python codec that a label stands for on the web; None for no label or one that browsers do not know."""
    return _CODEC_OF.get(label.strip().lower()) if label else None


def header_charset(content_type: str | None) -> str | None:
    """The charset parameter of a Content-Type header, as spelt."""
    found = _HEADER_CHARSET.search(content_type or "")
    return found[1] if found else None


def decode_markup(content: bytes, content_type: str | None = None) -> Text:
    """Text of an XML or HTML document without its byte order mark. Never fails: what no label fits is guessed.

    content_type   the HTTP header as it came
    """
    for bom, marked in _BOMS:
        if content.startswith(bom):
            return Text(content[len(bom) :].decode(marked, "replace"), marked)
    if wide := _wide_without_mark(content):
        return Text(content.decode(wide, "replace"), wide)
    utf8 = _as_utf8(content)
    for label in (header_charset(content_type), _declared(content)):
        codec = codec_of(label)
        if codec is None or codec.startswith("utf-16"):  # a document whose ASCII reads as ASCII is not UTF-16
            continue
        if utf8 is not None and (codec not in _MULTIBYTE or len(content) - len(utf8) >= _PROOF):
            break
        try:
            return Text(content.decode(codec), codec)
        except UnicodeDecodeError:
            continue
    return Text(utf8, "utf-8") if utf8 is not None else _guessed(content)


def _wide_without_mark(content: bytes) -> str | None:
    """UTF-16 and UTF-32 without a mark show by the zeros around their first, always ASCII, character."""
    head = content[:4]
    if len(head) == 4 and head.count(0) == 3 and (head[0] or head[3]):
        return "utf-32-le" if head[0] else "utf-32-be"
    if len(head) == 4 and head[0] == 0 and head[1] != 0 and head[2] == 0:
        return "utf-16-be"
    if len(head) == 4 and head[0] != 0 and head[1] == 0 and head[3] == 0 and head[2] != 0:
        return "utf-16-le"
    return None


def _as_utf8(content: bytes) -> str | None:
    """The text when the bytes are good UTF-8 beyond ASCII; ASCII alone (which ISO-2022-JP also is) proves nothing
    against a label, but is UTF-8 without one."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _declared(content: bytes) -> str | None:
    found = _XML_ENCODING.match(content) or _META_CHARSET.search(content[:_META_WITHIN])
    return found[1].decode("ascii", "replace") if found else None


def _guessed(content: bytes) -> Text:
    """Text of bytes that neither a label nor UTF-8 explains."""
    loosely = content.decode("utf-8", "surrogateescape")
    strays = sum("\udc80" <= character <= "\udcff" for character in loosely)
    if strays <= sum(character > "\x7f" for character in loosely) - strays:
        return Text(content.decode("utf-8", "windows_1252_strays"), "utf-8")
    sample = b" ".join(line for line in content[: 10 * _SAMPLE].splitlines() if not line.isascii())[:_SAMPLE]
    letters = _LETTER_LIKE.findall(sample)
    if sum(letter > b"\x7f" for letter in letters) > _GUESS_ABOVE * len(letters):
        from charset_normalizer import from_bytes  # slow to import, rarely needed

        if best := from_bytes(sample).best():
            return Text(content.decode(best.encoding, "replace"), best.encoding)
    return Text(content.decode("cp1252", "replace"), "cp1252")


def _read_as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: bytes pasted from an old text into a UTF-8 one, mostly quotation marks and dashes."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("windows_1252_strays", _read_as_windows_1252)
