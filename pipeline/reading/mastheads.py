"""Page text → the outlet that its masthead or its appeals to readers name, be it listed or not."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.folding import fold_marks
from pipeline.reading.layout import Block, is_prose
from pipeline.reading.line_rules import LineRules
from pipeline.reading.outlets import Outlet, OutletDirectory

_FIRST_LINES = 2  # further down a single word is one of a menu, and an agency's name the credit of a picture
_MENU_LINES = 16  # further down, and two words, is what a menu leads to
# What only the outlet itself asks of its readers, or says of itself. Its name may stand behind a few words.
_APPEAL = re.compile(
    r"(?:support|subscribe to|sign up (?:to|for)|join|follow|download|contact|about|advertise (?:in|on|with)|"
    r"more from|the latest from|read more (?:from|on)|become a (?:member|supporter|subscriber) of|"
    r"(?:©|\(c\)|copyright)(?: \d{4})?|all rights reserved,?)\s(?P<rest>.{2,60})",
    re.IGNORECASE,
)
_NAMED_FIRST = re.compile(r"(?:the )?(?:(?:free|new|daily|our)\s)*", re.IGNORECASE)
_PARTS = re.compile(r"\s[|–—-]\s")  # "FBU | Fire Brigades Union"
_NAME = re.compile(r"[A-Z][\w'.&-]+(?: (?:[A-Z][\w'.&-]*|of|and|the|for|in|on|&)){1,5}")
_ASKS = re.compile(
    r"(?:support|subscribe|download|register|advertise|submit|shop|sign|join|follow|about|contact)\b", re.I
)
_PATH = re.compile(r"\s[>›»]\s")  # "UK Parliament > Written questions": a path begins with whose page it is
_COPYRIGHT = re.compile(r"©|\(c\)|copyright\b", re.IGNORECASE)
# The beginning of a longer name: "National Review", "Express-News".
_LONGER = re.compile(r"-|\s(?!(?:Newsletters?|App|Daily|Online|Media|Group|News|Ltd|Limited)\b)[A-Z]")


def masthead(
    page: Sequence[Block], above: Collection[int], furniture: Collection[int], outlets: OutletDirectory
) -> tuple[int, str] | None:
    """Place and words of the outlet's name; None when the page names none, or two in one way.

    above      places before the title: a line there that is an outlet's whole name is the masthead
    furniture  places left out of the article: "Support the Guardian", "© 2024 Yorkshire Post"

    Of 181 pages in two tools' words single names down the menu were wrong in 40 cases and right in 2.
    """
    lines = {place: fold_marks(page[place].text).strip() for place in sorted({*above, *furniture})}
    mast = [
        (place, text, outlet)
        for place, text in ((place, _PATH.split(line)[0]) for place, line in lines.items())
        if place in above and (outlet := outlets.named(text)) is not None
        if place < _FIRST_LINES or (place < _MENU_LINES and _is_title(text) and not outlet.is_agency)
    ]
    appeals = [
        (place, found[0], found[1])
        for place, text in lines.items()
        if place in furniture and (found := _appealing(text, outlets)) is not None
    ]
    for signs in (mast, appeals):
        if len({outlet.name for _, _, outlet in signs}) == 1:
            return signs[0][0], signs[0][1]
    return None


@dataclass(frozen=True, slots=True)
class OwnName:
    """What a page calls itself on its first line, and where."""

    place: int
    words: str  # as they stand there
    name: str  # as the page spells it elsewhere, where the first line is in capitals
    is_body: bool  # of a body with a press office, and no newspaper


def own_name(
    page: Sequence[Block], above: Collection[int], left_out: Collection[int], rules: LineRules
) -> OwnName | None:
    """The name of an outlet that no list holds: a page's first line, and a name as outlets have them, or said again.

    above     places before the title; right above it stands what the article is about ("Metropolitan Police")
    left_out  places that a rule knows: "Skip to main content" is no first line
    A menu's first word is said again, too, so that a name of one word counts for nothing. Further down counts what is
    both a paper's name and said again: "Follow Weir Observer on Facebook".
    """
    first = [place for place in sorted(above) if place not in left_out][:1]
    for place in first if len(above) > 1 + (first[0] if first else 0) else ():
        for part in sorted(_PARTS.split(page[place].text), key=len, reverse=True):
            text = part.strip()
            named = rules.match(text, "masthead")
            again = _said_again(text, page, place)
            if named or again:
                return OwnName(place, text, again or text, is_body=named is None or "issuer" in named.caught)
    for place in sorted(above):
        text = page[place].text.strip()
        named = rules.match(text, "masthead") if place < _MENU_LINES else None
        if named and "outlet" in named.caught and any(_is_its_own(block.text, text) for block in page[place + 1 :]):
            return OwnName(place, text, text, is_body=False)
    return None


def _is_its_own(line: str, name: str) -> bool:
    """Whether a line is what only the outlet of that name says: "Follow Weir Observer", "© 2025 Weir Observer"."""
    appeal = _APPEAL.fullmatch(fold_marks(line))
    return appeal is not None and _NAMED_FIRST.sub("", appeal["rest"], count=1).startswith(fold_marks(name))


def _said_again(text: str, page: Sequence[Block], place: int) -> str | None:
    """The name as running text below spells it; None when it is no name of several words, or nowhere."""
    if not _NAME.fullmatch(fold_marks(text)) or _ASKS.match(text):
        return None
    spelt = re.compile(rf"(?<![\w-]){re.escape(text)}(?![\w-])", re.IGNORECASE)
    for block in page[place + 1 :]:
        found = spelt.search(block.text) if is_prose(block.text) or _COPYRIGHT.match(block.text) else None
        if found and _capitals(found[0]):
            return found[0]
    return None


def _capitals(name: str) -> bool:
    return all(word[:1].isupper() or word in ("of", "and", "the", "for", "in", "on", "&") for word in name.split())


def _is_title(text: str) -> bool:
    """Whether a line is a newspaper's title and no word of a menu ("National", "Magazine", "Register", "Express")."""
    return len(re.sub(r"^the ", "", text, flags=re.IGNORECASE).split()) > 1


def _appealing(text: str, outlets: OutletDirectory) -> tuple[str, Outlet] | None:
    if (found := _APPEAL.fullmatch(text)) is None:
        return None
    start = found.start("rest")
    if opening := _NAMED_FIRST.match(text, start):
        start = opening.end()
    return next(
        (
            (match[0], one)
            for match, one in outlets.places_in(text)
            if match.start() == start and not one.is_agency and not _LONGER.match(text, match.end())
        ),
        None,
    )
