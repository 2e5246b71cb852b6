"""Text of an XML document → text that an XML parser takes, or why it is not let near one. Linear in its length.

feedparser looks for encodings and document types with patterns that take cubic time, and `<!ENTITY` is the one part of
XML that can be small and mean gigabytes. So the prolog is read here and left out: encodings are settled by then
(charsets.py), document types carry nothing that a feed needs, and entity declarations are refused.
"""

from __future__ import annotations

import html
import html.entities
import re

from pipeline.model import Reason

FEED_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,30}:)?(?:rss|feed|rdf|channel)(?=[\s/>])", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NUMERIC_REFERENCE = re.compile(r"&#(?:(\d{1,8})|[xX]([0-9a-fA-F]{1,8}));")
_NAMED_REFERENCE = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_BARE_AMPERSAND = re.compile(r"&(?!#\d{1,8};|#[xX][0-9a-fA-F]{1,8};|(?:amp|lt|gt|quot|apos);)")
_PREFIX = re.compile(r"""</?([A-Za-z_][\w.-]{0,30}):[A-Za-z_]|\s([A-Za-z_][\w.-]{0,30}):[A-Za-z_][\w.-]{0,60}=["']""")
_MAX_PREFIXES = 50
_START_TAG = re.compile(r"<([A-Za-z_][\w.:-]{0,60})(?=[\s/>])")
_ITEM_END = re.compile(r"</(?:[A-Za-z_][\w.-]{0,30}:)?(?:item|entry)\s{0,10}>", re.IGNORECASE)

# Prefixes that feeds use without declaring them, and what everybody takes them for.
_USUAL_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}


class NotParsable(Exception):
    """A document that is not given to a parser: NOT_A_FEED, ENTITY_DECLARATION or INCOMPLETE."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def root_element(text: str, root: re.Pattern[str] = FEED_ROOT) -> str:
    """The document from its root element on: declarations, comments, styles and document type left out.

    What stands before them (warnings that a server printed) is left out too.

    root     start tags that may begin the document
    raises   NotParsable
    """
    at = 0
    while (at := text.find("<", at)) >= 0:
        if text.startswith("<?", at):
            at = _after(text, "?>", at)
        elif text.startswith("<!--", at):
            at = _after(text, "-->", at + 4)
        elif text[at : at + 9].lower() == "<!doctype":
            at = _after_doctype(text, at)
        elif root.match(text, at):
            return _FORBIDDEN.sub("", text[at:])
        else:
            break
    found = root.search(text, max(at, 0))
    if found is None or "<!entity" in text[: found.start()].lower():
        raise NotParsable(Reason.NOT_A_FEED, _what_instead(text))
    return _FORBIDDEN.sub("", text[found.start() :])


def _after(text: str, end: str, start: int) -> int:
    found = text.find(end, start)
    if found < 0:
        raise NotParsable(Reason.NOT_A_FEED, f"the prolog has no {end!r}")
    return found + len(end)


def _after_doctype(text: str, start: int) -> int:
    closed, subset = text.find(">", start), text.find("[", start)
    if 0 <= subset < closed:
        end = text.find("]", subset)
        declarations = text[subset : end if end >= 0 else len(text)]
        if "<!entity" in declarations.lower():
            raise NotParsable(Reason.ENTITY_DECLARATION, "the document declares entities, which no feed needs")
        closed = text.find(">", end)
        if end < 0:
            raise NotParsable(Reason.NOT_A_FEED, "the document type does not end")
    if closed < 0:
        raise NotParsable(Reason.NOT_A_FEED, "the document type does not end")
    return closed + 1


def _what_instead(text: str) -> str:
    """What a document is that is no feed, in a few words."""
    if not text.strip():
        return "nothing but white space"
    start = text[:20_000].lower()
    if "<html" in start or "<!doctype html" in start or "<body" in start:
        title = re.search(r"<title[^<>]{0,200}>([^<]{0,200})", text[:100_000], re.IGNORECASE)
        return f"an HTML page titled {' '.join(title[1].split())[:100]!r}" if title else "an HTML page"
    found = _START_TAG.search(text)
    return f"the root element is <{found[1][:40]}>" if found else "no XML"


def mended(root: str) -> tuple[str, str]:
    """The document with its commonest faults mended, and which they were, in words.

    Entities of HTML, bare ampersands and references to forbidden characters outside of CDATA; prefixes that are not
    declared; words after the end.
    """
    pieces = []
    for number, piece in enumerate(_cdata_apart(root)):
        pieces.append(piece if number % 2 else _mended_references(piece))
    text = "".join(pieces)
    faults = ["references"] if text != root else []
    if declarations := _missing_declarations(text):
        name_end = _START_TAG.match(text)
        at = name_end.end() if name_end else 0
        text = f"{text[:at]}{declarations}{text[at:]}"
        faults.append("undeclared prefixes")
    if (end := _end_of_root(text)) is not None and text[end:].strip():
        text = text[:end]
        faults.append("words after the end")
    return text, ", ".join(faults)


def without_half_item(root: str) -> str | None:
    """The document up to its last whole item, with its open elements closed; None when its feed does end.

    Without any whole item the elements are closed after the root's start tag: an incomplete feed with no items.
    """
    if _end_of_root(root) is not None:
        return None
    name = _root_name(root)
    ends = [found.end() for found in _ITEM_END.finditer(root)]
    local = name.rpartition(":")[2].lower()
    if not ends:
        start_tag_end = root.find(">")
        return f"{root[: start_tag_end + 1]}</{name}>" if start_tag_end >= 0 else None
    closing = f"</channel></{name}>" if local == "rss" else f"</{name}>"
    return root[: ends[-1]] + closing


def _root_name(root: str) -> str:
    found = _START_TAG.match(root)
    return found[1] if found else ""


def _end_of_root(root: str) -> int | None:
    """Where the root element's last end tag ends."""
    name = _root_name(root)
    at = root.rfind(f"</{name}")
    end = root.find(">", at)
    return end + 1 if at >= 0 and end >= 0 and not root[at + 2 + len(name) : end].strip() else None


def _cdata_apart(text: str) -> list[str]:
    """Text outside and inside of CDATA sections in turn, outside first."""
    pieces, at = [], 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        end = len(text) if end < 0 else end + 3
        pieces += [text[at:start], text[start:end]]
        at = end
    return [*pieces, text[at:]]


def _mended_references(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        if found[1] in ("amp", "lt", "gt", "quot", "apos"):
            return found[0]
        meant = html.entities.html5.get(f"{found[1]};")
        return found[0] if meant is None else html.escape(meant, quote=False)

    def allowed(found: re.Match[str]) -> str:
        code = int(found[1]) if found[1] else int(found[2], 16)
        return "" if code > 0x10FFFF or _FORBIDDEN.match(chr(code)) else found[0]

    text = _NAMED_REFERENCE.sub(character, _NUMERIC_REFERENCE.sub(allowed, text))
    return _BARE_AMPERSAND.sub("&amp;", text)


def _missing_declarations(text: str) -> str:
    prefixes = list(dict.fromkeys(found[1] or found[2] for found in _PREFIX.finditer(text)))
    missing = [
        prefix
        for prefix in prefixes[:_MAX_PREFIXES]
        if prefix not in ("xml", "xmlns") and f"xmlns:{prefix}" not in text
    ]
    declared = (f' xmlns:{prefix}="{_USUAL_NAMESPACES.get(prefix, f"urn:undeclared:{prefix}")}"' for prefix in missing)
    return "".join(declared)
