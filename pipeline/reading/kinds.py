"""Header and first paragraphs of a text → what kind of text it is."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.folding import fold_marks, words
from pipeline.model import Kind
from pipeline.reading.header_fields import Header
from pipeline.reading.layout import Block


def is_issued(what: str | None) -> bool:
    """Whether a page's label of its kind says that it was given out: a press release, a media statement."""
    return what is not None and any(word in what for word in ("release", "press", "media"))


def kind_of(header: Header, body: Sequence[Block], *, issued: bool) -> Kind:
    """What a page with one article holds."""
    if issued:
        return Kind.PRESS_RELEASE
    if header.what == "speech":
        return Kind.SPEECH
    if header.what in ("letter", "open letter") or (body and is_letter(body)):
        return Kind.LETTER
    return Kind.ARTICLE


def is_letter(body: Sequence[Block]) -> bool:
    """Whether a text opens with a salutation."""
    return any(is_salutation(block) for block in body[:3])


def is_salutation(block: Block) -> bool:
    """Whether a line greets whom a letter is to."""
    return fold_marks(block.text).startswith("Dear ") and len(words(block.text)) <= 15
