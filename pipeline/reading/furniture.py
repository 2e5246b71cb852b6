"""Blocks of a page text → which of them are the site's furniture, and why.

Furniture stands before, after and in the middle of an article; what follows it is article again. Single lines are
known by rules (seeds/furniture.csv). Appeals are known by what they talk about: the paper itself and the reader's
money. Runs of headlines among paragraphs are links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.folding import fold_marks, words
from pipeline.model import Kind
from pipeline.reading.layout import Block, ends_sentence, is_prose
from pipeline.reading.line_rules import LineRules

Reasons = dict[int, str]  # index of a block → why it is furniture

_APPEAL_LENGTH = 8  # an appeal that is opened and closed is at most so long; the longest seen has five paragraphs
_QUOTED = re.compile(r'"[^"]*"?')
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]+(?: [A-Z][a-z]+)*")
# What a line without a full stop is that stands under such a label.
_LEADS_TO = frozenset({"link label", "heading of links", "picture or video label"})
_NO_HEADLINE = re.compile(r"https?:|\w\.\w+/|(?:^|\s)[@#]\w| \| ")  # a post that is quoted, a row of a table
_LINKS = re.compile(r"related|read|recommended|more\b|in other news|latest", re.IGNORECASE)
_TEASER_WORDS = 12  # of four letters and more: a teaser with a quotation in it has fewer
_SPEECH_MARKS = re.compile(r"\"|(?<!\w)'(?=\w)")
_SAYS = re.compile(r"\b(?:said|says|added|adds|told|tells|warned|insisted)\b")
_TAIL_WORDS = 12  # behind the last paragraph a longer line may be one that lacks its full stop
_LINK_WORDS = range(5, 26)  # a headline has five to 25 words; shorter is a sub-heading, longer a paragraph
_STRAY_WORDS = range(8, 21)  # alone among paragraphs, under eight words may well be a sub-heading of the article


def by_rule(blocks: Sequence[Block], rules: LineRules) -> Reasons:
    """Blocks that a rule about single lines knows."""
    found = {}
    for place, block in enumerate(blocks):
        if match := rules.match(block.text, "line", "opens", "closes"):
            found[place] = match.rule.reason
    return found


def appeals(blocks: Sequence[Block], rules: LineRules, *, known: Reasons) -> Reasons:
    """Appeals for money, subscriptions and the like: opened and closed by known lines, or two cues in a paragraph.

    A paragraph with one cue beside an appeal belongs to it. Quoted words are no cues: a minister may well say that
    "your support" counts.
    """
    found: Reasons = {}
    for place, block in enumerate(blocks):
        if opening := rules.match(block.text, "opens"):
            for end in range(place + 1, min(place + 1 + _APPEAL_LENGTH, len(blocks))):
                if rules.match(blocks[end].text, "closes"):
                    found |= dict.fromkeys(range(place, end + 1), opening.rule.reason)
                    break
    cues = {
        place: rules.count(_QUOTED.sub(" ", fold_marks(block.text)), "appeal")
        for place, block in enumerate(blocks)
        if place not in known and place not in found
    }
    strong = {place for place, count in cues.items() if count >= 2}
    for place in strong:
        found[place] = "appeal: speaks of the paper itself and the reader's money"
    opening_or_strong = strong | {at for at in known if rules.match(blocks[at].text, "opens")}
    for place, count in cues.items():
        if count == 1 and {place - 1, place + 1} & opening_or_strong:
            found[place] = "appeal: beside another appeal"
    return found


def links(blocks: Sequence[Block], *, known: Reasons) -> Reasons:
    """Headlines of other articles among or behind the paragraphs: in a run, under a label, or one that reads like one.

    After a line that ends with a colon it is a list of the article's own. Where most paragraphs end without a full stop
    nothing can be said.
    """
    places = [place for place in range(len(blocks)) if place not in known]
    prose = [place for place in places if is_prose(blocks[place].text)]
    found: Reasons = {}
    for place in places:
        label = known.get(place - 1) or found.get(place - 1)
        if label in _LEADS_TO and _is_headline(blocks[place]) and prose and place > prose[0]:
            found[place] = label
    if len(prose) < 3 or 2 * len(prose) < len(places):
        return found
    for place in reversed(places):
        if place <= prose[-1] or blocks[place].is_bullet or ends_sentence(blocks[place].text):
            break
        short = len(words(blocks[place].text)) <= _TAIL_WORDS
        if short and not blocks[prose[-1]].text.rstrip().endswith(":"):
            found.setdefault(place, "line without a sentence behind the last paragraph")
    places = [place for place in places if place not in found]
    run: list[int] = []
    inside = [place for place in places if prose[0] < place]
    for place in [*inside, len(blocks)]:
        text = blocks[place].text if place < len(blocks) else "."
        if place < len(blocks) and _is_headline(blocks[place]) and len(words(text)) in _LINK_WORDS:
            run.append(place)
            continue
        before = blocks[run[0] - 1].text if run else ""
        if run and not before.rstrip().endswith(":"):
            if len(run) > 1:
                found |= dict.fromkeys(run, "run of headlines among the paragraphs: links to other articles")
            elif len(words(blocks[run[0]].text)) in _STRAY_WORDS:
                found[run[0]] = "headline among the paragraphs: link or caption"
        run = []
    return found


def after_the_article(blocks: Sequence[Block], rules: LineRules, *, known: Reasons, begin: int = 0) -> Reasons:
    """What stands behind the article, from the first heading of such a part on: but only as long as it stays so.

    begin   place of the first paragraph: "Most read" above it is the page's head

    Where prose goes on that speaks of the article's own people or is quoted speech, it is article again.
    """
    found: Reasons = {}
    reason: str | None = None
    heading = ""
    own: set[str] = set()
    prose_count = 0
    for place, block in enumerate(blocks[begin:], start=begin):
        tail = rules.match(block.text, "tail")
        if tail and prose_count >= 2:
            reason, heading = tail.rule.reason, block.text
        linked = reason is not None and _LINKS.match(heading)
        if reason is not None and not (
            is_prose(block.text)
            and (_goes_on(block.text, own, rules) or (linked and quotes_in_the_article(block.text, own, rules)))
        ):
            found[place] = reason
            continue
        reason = None
        if place not in known:
            prose_count += is_prose(block.text)
            own |= set(_content_words(block.text))
    return found


def _is_headline(block: Block) -> bool:
    text = fold_marks(block.text).rstrip()
    return (
        not ends_sentence(text)
        and not block.is_bullet
        and not text.endswith(",")
        and text[:1].isalnum() | text.startswith("'")
        and not _NO_HEADLINE.search(text)
    )


def _goes_on(text: str, own: set[str], rules: LineRules) -> bool:
    """Whether a paragraph behind a heading of links is the article again: half its words known, or a quotation."""
    if rules.count(text, "appeal"):
        return False
    content = _content_words(text)
    shared = sum(word in own for word in content) / len(content) if content else 0.0
    quoted = '"' in fold_marks(text)
    return shared >= 0.5 or (quoted and shared >= 1 / 3)


def own_words(paragraphs: Iterable[str]) -> set[str]:
    """The words of four letters and more that an article is told in."""
    return {word for paragraph in paragraphs for word in _content_words(paragraph)}


def quotes_in_the_article(text: str, own: set[str], rules: LineRules) -> bool:
    """Whether a paragraph quotes somebody, at length or with a word in six of the article's: teasers do not."""
    if not is_prose(text) or rules.count(_QUOTED.sub(" ", fold_marks(text)), "appeal"):
        return False
    content = _content_words(text)
    quoted = _SPEECH_MARKS.search(fold_marks(text)) and _SAYS.search(text)
    return bool(quoted) and (len(content) >= _TEASER_WORDS or sum(word in own for word in content) >= len(content) / 6)


def _content_words(text: str) -> list[str]:
    return [word for word in words(text) if len(word) > 3]


def line_of_furniture(text: str, rules: LineRules, *, kind: Kind) -> str | None:
    """The first paragraph of a body that is furniture after all, or None: what the quality gate looks for.

    A release or a speech may well ask for support in its own words, so that only newspapers' appeals are counted.
    """
    for paragraph in text.split("\n\n"):
        if rules.match(paragraph, "line", "opens", "closes"):
            return paragraph
        if kind is Kind.ARTICLE and rules.count(_QUOTED.sub(" ", fold_marks(paragraph)), "appeal") >= 2:
            return paragraph
    return None
