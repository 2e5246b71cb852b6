"""Markup from strangers → plain text. Nothing that this module returns holds a tag that a browser would obey.

feedparser hands over RSS titles as live markup, `<script>` and all, also when told to sanitise. Feed text is plain text
here, from the first step on; whoever shows it escapes it once more.
"""

from __future__ import annotations

import html
import re
import unicodedata

from lxml import etree

MAX_TITLE_CHARS = 1_000
_MAX_MARKUP_CHARS = 2_000_000  # a feed item of more has never been prose
_MAX_UNPARSED_CHARS = 20_000

# Characters that a reader never sees: controls, byte order marks, unpaired surrogates, tags, and directional marks,
# which can make a line read backwards. Joiners stay: Persian and emoji are spelt with them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_INVISIBLE_ASCII = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))  # the same, 20 times as fast
_BLANK_LINE = re.compile(r"\n\s*\n")
_LINES_APART = re.compile(r"\n{2,}")
_TAG_NAMES = (
    "a|abbr|acronym|address|article|aside|audio|b|base|bdi|bdo|big|blink|blockquote|body|br|button|canvas|center|cite|code"
    "|data|dd|del|details|dfn|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head"
    "|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|mark|marquee|math|meta|nav|noscript|object|ol|option|p"
    "|param|picture|pre|q|s|samp|script|section|select|slot|small|source|span|strike|strong|style|sub|summary|sup|svg|table"
    "|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr|xml|[a-z]{1,12}:[a-z][a-z-]{0,30}"
)
_TAG = re.compile(rf"</?(?:{_TAG_NAMES})(?![\w-])[^<>]*(?:>|\Z)|<!--.{{0,500}}?-->|<!\[CDATA\[|\]\]>", re.I | re.S)
_HIDDEN_ELEMENT = re.compile(r"<(script|style|template|iframe|noscript)\b[^<>]*>.{0,500}?</\1\s*>", re.I | re.S)
_MAX_PASSES = 20  # "<scr<b>ipt>" needs two
_LOOKS_LIKE_MARKUP = re.compile(r"<[a-z!/?]|&[a-z#]", re.I)

_HIDDEN = frozenset(
    {"script", "style", "template", "iframe", "noscript", "object", "svg", "math", "head", "select", "button", "form"}
    | {"audio", "video", "canvas"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "header"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul"}
)
_PARAGRAPH = "\n\n"


def clean(text: str) -> str:
    """NFC text without characters that nobody sees; white space as it was."""
    if text.isascii():
        return text.translate(_INVISIBLE_ASCII)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def one_line(text: str) -> str:
    """The text as one line of at most 1,000 characters."""
    return _spaced(clean(text))[:MAX_TITLE_CHARS].rstrip()


def _spaced(text: str) -> str:
    """One space for any white space, none around it."""
    return " ".join(text.split())


def title_text(raw: str, *, markup: bool) -> str:
    """A title as a reader sees it, in one line.

    markup   whether the source may have meant markup (RSS never says; Atom says type="html"). Only tags of HTML are
             taken for tags: "I <3 NY" and "MPs <ask> why" are titles. Atom text keeps its entities, loses its tags
    """
    text = _without_tags(clean(raw[: 20 * MAX_TITLE_CHARS]))
    if markup and "&" in text:
        text = _without_tags(clean(html.unescape(text)))
    return one_line(text)


def _without_tags(text: str) -> str:
    """Tags of HTML taken out until none is left: taking one out can put another together."""
    for _ in range(_MAX_PASSES):
        if "<" not in text or (rest := _TAG.sub("", _HIDDEN_ELEMENT.sub("", text))) == text:
            return text
        text = rest
    return text.replace("<", "")


def paragraphs(markup: str) -> str:
    """HTML as paragraphs parted by a blank line; scripts, forms and other things that are not text left out."""
    markup = markup[:_MAX_MARKUP_CHARS]
    if not _LOOKS_LIKE_MARKUP.search(markup):
        return paragraphs_of_text(markup)
    root = etree.HTML("<div>" + markup.replace("\x00", ""))
    text = _tidy(_text_of(root)) if root is not None else ""
    # libxml2 drops what is nested more than 256 deep: then the tags are taken out as text.
    return text or _tidy(_without_tags(html.unescape(_without_tags(markup[:_MAX_UNPARSED_CHARS]))))


def paragraphs_of_text(text: str) -> str:
    """Text that is declared to hold no markup as paragraphs; entities are left as they are, tags are taken out."""
    parts = _BLANK_LINE.split(_without_tags(clean(text[:_MAX_MARKUP_CHARS])))
    return _PARAGRAPH.join(part for text in parts if (part := _spaced(text)))


def _text_of(root: etree._Element) -> str:
    """The visible text, blocks parted by blank lines, `br` as a line break."""
    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag
        if event == "start":
            hidden += tag in _HIDDEN
            if not hidden:
                pieces.append(_PARAGRAPH if tag in _BLOCKS else "\n" if tag == "br" else "")
                pieces.append((element.text or "").replace("\n", " "))
            continue
        if event == "end":
            if not hidden and tag in _BLOCKS:
                pieces.append(_PARAGRAPH)
            hidden -= tag in _HIDDEN
        if not hidden:
            pieces.append((element.tail or "").replace("\n", " "))
    return "".join(pieces)


def _tidy(text: str) -> str:
    """Paragraphs without space around them, empty ones left out."""
    lines = (_spaced(line) for line in _without_tags(clean(text)).split("\n"))
    return _LINES_APART.sub(_PARAGRAPH, "\n".join(lines)).strip()
