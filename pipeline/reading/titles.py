"""Which line above an article is its title: menus, teasers, section names and standfirsts stand there too.

Each candidate is weighed by what an editor would look at: whether the article takes up its words, how far above it the
line stands, whether a byline or a date follows, whether it stands in a row of teasers. What the looks weigh is learnt
(bench/learn_titles.py) and lies in seeds/title_weights.csv with what each means.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence

from pipeline.folding import fold, fold_marks, words
from pipeline.reading.layout import Block, ends_sentence, is_prose

_OPENING = 3  # paragraphs that mostly say again what the title says
_BELOW = 4  # lines below a title in which byline and date stand
_ABOVE = 3  # lines above a title in which its day may stand
_TEASER_WORDS, _ROW = range(4, 26), 8  # words of a headline; so many of them above or below make a row
_LONG, _LONG_SENTENCE, _VERY_LONG = 15, 14, 20  # words
_ADDRESS = re.compile(r"https?:|www\.|\w@\w|©|[|»›>]|\s[·•]\s")
_LABEL_WORDS = 4  # in capitals a line of as many is a section's name; tabloids and unions print one headline so
_BYLINE_WORDS = 14
_BYLINE = re.compile(
    r"(?i:(?:(?:written |posted |published |words )?by|author|reporter|von|par|por|di)\b:?)(?: [A-Z]|\s*$)"
    r"|.{1,60}(?i:view more articles|view author|contributor|staff writer|correspondent|reporter|editor)\s*$"
    r"|(?i:associated press|press association|pa media|reuters|afp|bloomberg|ap)\W*$"
)
_CAPTION = re.compile(
    r"(?:above|pictured|image|photo(?:graph)?|left to right|from left|file)\b.{0,3}[:.]|in this .{0,60}\bphoto\b|"
    r"image (?:caption|source),|"
    r".*(?:file photo|getty images|\(photo\b|photograph(?:er)? by|photo by|credit\.\.\.|/(?:afp|ap|reuters|getty)\b)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?!The )(?:[A-Z][\w'.-]+)(?: (?:de|van|von|al|bin|ap|le|la|[A-Z][\w'.-]*)){1,3}")
# Of nine names that stood alone above a date in 181 page texts and were no author's six hold one of these.
_OF_A_SECTION = re.compile(
    r"\b(?:news|business|sports?|politics|opinion|music|world|lifestyle|video|magazine|newsletter|emails?|search|text)\b",
    re.IGNORECASE,
)
Weights = Mapping[str, float]


def reads_like_name(text: str) -> bool:
    """Whether a line may be nothing but a person's name."""
    return _NAME.fullmatch(fold_marks(text)) is not None and _OF_A_SECTION.search(text) is None


def reads_like_byline(text: str) -> bool:
    """Whether a line names an author or an agency in a way that titles do not: looser than the rules for bylines."""
    return len(words(text)) <= _BYLINE_WORDS and _BYLINE.match(text) is not None and not is_prose(text)


def reads_like_caption(text: str) -> bool:
    """Whether a line says that it belongs to a picture: looser than the rules for credits."""
    return _CAPTION.match(fold_marks(text)) is not None


def weigh(
    blocks: Sequence[Block],
    candidates: Sequence[int],
    *,
    article: Sequence[int],
    labels: Container[int],
    bylines: Container[int],
    weights: Weights,
) -> dict[int, float]:
    """How much speaks for each candidate; only differences count.

    article  places of its paragraphs
    labels   places of dates and the like
    bylines  places of lines that name an author or an agency
    """
    found = looks(blocks, candidates, article=article, labels=labels, bylines=bylines)
    return {
        place: math.fsum(weights.get(name, 0.0) * value for name, value in own.items()) for place, own in found.items()
    }


def looks(
    blocks: Sequence[Block],
    candidates: Sequence[int],
    *,
    article: Sequence[int],
    labels: Container[int],
    bylines: Container[int],
) -> dict[int, dict[str, float]]:
    """What is seen of each candidate, by name."""
    texts = [_content(blocks[place].text) for place in article]
    own = {word for text in texts for word in text}
    opening = {word for text in texts[:_OPENING] for word in text}
    elsewhere = Counter(word for place in candidates for word in set(_content(blocks[place].text)))
    copies = Counter(fold(block.text) for block in blocks)
    begin = article[0] if article else len(blocks)
    like_headlines = [_is_like_a_headline(block.text) for block in blocks[: max(candidates, default=0) + _ROW + 1]]
    shouted = sum(len(words(blocks[at].text)) > _LABEL_WORDS and blocks[at].text.isupper() for at in candidates)
    found: dict[int, dict[str, float]] = {}
    for order, place in enumerate(candidates):
        text = blocks[place].text
        content = _content(text) or words(text)
        count = len(words(text))
        rarity = {word: 1 / elsewhere[word] if elsewhere[word] else 1.0 for word in content}
        total = math.fsum(rarity.values()) or 1.0
        times = copies[fold(text)]
        prose = is_prose(text)
        above, below = _row(like_headlines, place, -1), _row(like_headlines, place, 1)
        found[place] = {
            "taken_up": math.fsum(rarity[word] for word in rarity if word in own) / total,
            "taken_up_count": math.log1p(sum(word in own for word in rarity)),
            "opening": math.fsum(rarity[word] for word in rarity if word in opening) / total,
            "opening_count": math.log1p(sum(word in opening for word in rarity)),
            "distance": math.log1p(max(begin - place, 0)),
            "candidates_below": math.log1p(len(candidates) - 1 - order),
            "next_to_article": float(begin - place <= 1),
            "one_to_three_words": float(count <= 3),
            "four_or_five_words": float(4 <= count <= 5),
            "length": min(count, 8) / 8,
            "long": float(count > _LONG),
            "very_long": float(count > _VERY_LONG),
            "prose": float(prose),
            "prose_long": float(prose and count > _LONG_SENTENCE),
            "prose_question": float(prose and text.rstrip().endswith("?")),
            "sentence": float(ends_sentence(text)),
            "colon": float(text.rstrip().endswith(":")),
            "twice": float(times == 2),
            "often": float(times > 2),
            "row": math.log1p(above + below),
            "row_above": math.log1p(above),
            "label_above": float(any(at in labels for at in range(place - _ABOVE, place))),
            "label_next": float(place + 1 in labels),
            "label_below": float(any(at in labels for at in range(place + 1, place + 1 + _BELOW))),
            "byline_next": float(place + 1 in bylines),
            "byline_below": float(any(at in bylines for at in range(place + 2, place + 1 + _BELOW))),
            "address": float(_ADDRESS.search(text) is not None),
            "capitals": float(text.isupper() and (count <= _LABEL_WORDS or shouted > 1)),
            "small": float(text[:1].islower()),
        }
    _add_neighbours(found, blocks)
    return found


def _is_like_a_headline(text: str) -> bool:
    return len(words(text)) in _TEASER_WORDS and not is_prose(text)


def _row(like_headlines: Sequence[bool], place: int, step: int) -> int:
    """How many lines in a row above (step -1) or below (1) are like headlines; _ROW at most."""
    count = 0
    while count < _ROW and 0 <= (at := place + step * (count + 1)) < len(like_headlines) and like_headlines[at]:
        count += 1
    return count


def _add_neighbours(found: dict[int, dict[str, float]], blocks: Sequence[Block]) -> None:
    """Of the candidates right above and below: how much of the opening they hold, which is longer, who holds most."""
    most = max((own["taken_up_count"] for own in found.values()), default=0.0)
    counts = {place: len(words(blocks[place].text)) for place in found}
    for place, own in found.items():
        count, above, below = counts[place], counts.get(place - 1, 0), counts.get(place + 1, 0)
        own["most_taken_up"] = float(own["taken_up_count"] == most)
        own["opening_above"] = found[place - 1]["opening_count"] if above else 0.0
        own["opening_below"] = found[place + 1]["opening_count"] if below else 0.0
        own["words_above"] = float(above >= 4)
        own["shorter_above"] = float(4 <= above < count)
        own["longer_below"] = float(4 <= count < below)


def _content(text: str) -> list[str]:
    return [word for word in words(text) if len(word) > 3]
