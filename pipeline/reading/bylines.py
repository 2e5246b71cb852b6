"""Lines around an article → its author and the author's post."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.reading.header_fields import Header
from pipeline.reading.layout import Block
from pipeline.reading.line_rules import LineRules
from pipeline.reading.titles import reads_like_name

_POST_OF_A_MINISTER = re.compile(
    r"(?:the )?(?:parliamentary |shadow |deputy |assistant )*"
    r"(?:under-?secretary|secretary|minister|attorney|solicitor)\b",
    re.IGNORECASE,
)


def read_names(
    header: Header, blocks: Sequence[Block], before: Sequence[int], foot: Sequence[int], rules: LineRules
) -> None:
    """Author and post: a "By …" line, a name with its post, or a name beside the post or the date.

    foot     lines below the body: where none above it is a byline, one of them may be
    """
    for order, place in enumerate(before):
        if place in header.roles:
            continue
        text = blocks[place].text
        following = before[order + 1] if order + 1 < len(before) else None
        post = rules.match(blocks[following].text, "role") if following is not None else None
        if match := rules.match(text, "byline"):
            header.roles[place] = "byline"
            if header.author is None:
                header.author = match.caught["author"]
                header.author_role = match.caught.get("role")
                if post and following is not None and header.author_role is None:
                    header.author_role = blocks[following].text
                    header.roles[following] = "post of the author"
            continue
        beside_date = following is not None and header.roles.get(following) == "date"
        if header.author is None and reads_like_name(text) and (post or beside_date):
            header.author = text
            header.roles[place] = "byline"
            if post and following is not None:
                header.author_role = blocks[following].text
                header.roles[following] = "post of the author"
    for place in foot if header.author is None else ():
        if place not in header.roles and (match := rules.match(blocks[place].text, "byline")):
            header.roles[place] = "byline"
            header.author, header.author_role = match.caught["author"], match.caught.get("role")
            return


def read_labelled_name(header: Header, blocks: Sequence[Block], before: Sequence[int], rules: LineRules) -> None:
    """ "Statement made by", the name on the next line, and the post of whoever has one on the line after it."""
    for label, name, post in zip(before, before[1:], before[2:], strict=False):
        if rules.match(blocks[label].text, "author") and reads_like_name(blocks[name].text):
            header.author = blocks[name].text
            header.roles |= {label: "label of the author", name: "byline"}
            if _POST_OF_A_MINISTER.match(blocks[post].text):
                header.author_role = blocks[post].text
                header.roles[post] = "post of the author"
            return
