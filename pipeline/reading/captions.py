"""Captions and the standfirst: lines without a label of their own between a title and the second paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.folding import fold_marks, words
from pipeline.reading.furniture import Reasons, own_words
from pipeline.reading.header_fields import Found, Header, whole
from pipeline.reading.layout import Block, breaks_off, ends_sentence, is_prose, without_bullet
from pipeline.reading.learned_view import View
from pipeline.reading.line_rules import LineRules
from pipeline.reading.standfirsts import STANDFIRST_WORDS, begins_with_dateline, standfirst_of

_CAPTION_WORDS = range(6, 36)
_FEW_WORDS = 12  # of a line between title and article that the line model takes for body and that lacks its full stop


def read_captions_and_standfirst(
    header: Header, blocks: Sequence[Block], body: int, known: Reasons, rules: LineRules, view: View
) -> None:
    """Set the header's captions and its standfirst, and give every line between title and article its role.

    body    place of the first paragraph
    known   place → why a line is furniture
    view    what the line model takes the lines for: what it holds to be body above `body` stays body
    """
    if header.title is None:
        return
    top = header.title.place
    free = [place for place in range(top + 1, len(blocks)) if place not in known and place not in header.roles]
    prose = [place for place in free if place >= body and is_prose(blocks[place].text)]
    if not prose:
        return
    second = prose[1] if len(prose) > 1 else prose[0]
    labels = [place for place in header.roles if top < place < body]
    # Where most paragraphs end without a stop, a line without one need be no caption.
    longer = [place for place in free if place >= body and len(words(blocks[place].text)) in _CAPTION_WORDS]
    stopped = 2 * sum(ends_sentence(blocks[place].text) for place in longer) >= len(longer)
    for order, place in enumerate(free):
        text = blocks[place].text
        credited = rules.match(text, "credit") is not None and not is_prose(re.sub(r"\s*\([^()]*\)\.?$", "", text))
        copied = order + 1 < len(free) and place < second and _is_copied_caption(text, blocks[free[order + 1]].text)
        under_labels = stopped and bool(labels) and place > labels[-1] and place < second and _may_be_caption(text)
        under_first = stopped and place == free[min(free.index(prose[0]) + 1, len(free) - 1)] and _may_be_caption(text)
        if credited or copied or under_labels or (under_first and place < second):
            if not copied:
                header.captions.append(whole(blocks, place))
            header.roles[place] = "first copy of a caption" if copied else "caption"
    free = [place for place in free if place not in header.roles]
    above = [place for place in free if place < body]
    standfirst = standfirst_of(
        blocks,
        above,
        title=header.title.text,
        article=own_words(blocks[place].text for place in prose),
        labels=labels,
        known=view.furniture,
        rules=rules,
    )
    if standfirst is not None:
        _set_standfirst(header, blocks, standfirst)
    elif prose[0] in free and not begins_with_dateline(blocks[prose[0]].text):
        captions = [found.place for found in header.captions]
        if (
            any(prose[0] < place < second for place in captions)
            and len(words(blocks[prose[0]].text)) in STANDFIRST_WORDS
        ) or (labels and prose[0] == free[0] and prose[0] < labels[0]):
            _set_standfirst(header, blocks, prose[0])
    for place in above:
        if place not in view.body or not _is_long_enough(blocks[place].text):
            header.roles.setdefault(place, "line above the article")


def _is_long_enough(text: str) -> bool:
    """Whether what the line model takes for body is no label or heading: outlets forget the full stop of a lead."""
    return is_prose(text) or len(words(text)) >= _FEW_WORDS


def _set_standfirst(header: Header, blocks: Sequence[Block], place: int) -> None:
    text = blocks[place].text
    start = len(text) - len(without_bullet(text))
    header.standfirst = Found(place, start, len(text), text[start:])
    header.roles[place] = "standfirst"


def _may_be_caption(text: str) -> bool:
    return not ends_sentence(text) and not breaks_off(text) and len(words(text)) in _CAPTION_WORDS


def _is_copied_caption(text: str, after: str) -> bool:
    """An image's alternative text stands before the caption that repeats it, often with the agency added."""
    plain = fold_marks(text).strip()
    return len(plain) > 20 and fold_marks(after).strip().startswith(plain)
