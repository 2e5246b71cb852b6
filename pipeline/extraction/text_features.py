"""Paragraphs of a page text → readable features of each, for telling the article from the furniture around it.

Each feature is a number that an editor could check by looking at the page: how long a line is, whether it ends a
sentence, what stands beside it. What they weigh is learnt (bench/learn_furniture.py) and lies in
seeds/furniture_weights.csv.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from pipeline.extraction.line_cues import LineCues
from pipeline.extraction.text_units import LONG_WORDS, PROSE_WORDS, WORD, Unit, count_words, ends_sentence
from pipeline.folding import fold_marks

Features = dict[str, float]  # by name; those that are 0 are left out
CONSTANT = "(constant)"  # what every line has, in the files of weights

_CUE_WORDS = 90  # beyond as many words a cue says nothing about the line
_SHORT_CUE_WORDS = 14  # up to as many, a line that names newsletters or comments is a heading or a button
_NEARBY = 6  # lines on either side that count as nearby
_CORE_LINE_COST = 6.0  # what a line that is no paragraph costs the core, in words
_LEADS_AWAY = frozenset({"related", "comments", "advert", "social", "subscribe", "tags"})
_INNER_END = re.compile(r"[.!?…][\"')\]]*\s+[\"'(\[]*[^\W\d_a-z]|[。！？].")
_SPOKEN = re.compile(r"[\"“][^\"”]{12,}")
_BULLET = re.compile(r"[•●▪◦·*–-]\s|\d{1,2}[.)]\s")
_SEPARATORS = re.compile(r"\s[|•·/»›]\s|[»›>→]\s*$|^[«‹<←|]")
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|(?:^|\s)[@#]\w")
_CLOCK = re.compile(r"\d[:.]\d\d\b|\b\d+ (?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?) ago\b")
_DAY = re.compile(
    r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-zé]*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\.? (?:de )?(?:jan|feb|f[eé]v|mar|apr|abr|avr|may|mai|jun|jul|ago|aug|ao[uû]|sep|set|"
    r"oct|okt|out|ott|nov|dec|dez|dic|d[eé]c|gen)[a-zéûäç]*\.?,? (?:de )?\d{4}"
)
_COMMENTS_HEADING = re.compile(
    r"^(?:\W*\d+\W*)?(?:\w+ ){0,3}(?:comments?|replies|responses?|reactions?|thoughts? on|responses? to)\b.{0,80}$"
    r"|^(?:leave|post|add|write|join)\b.{0,20}\b(?:reply|comment|discussion|conversation)s?\b.{0,40}$"
    r"|^(?:comentários?|comentarios?|kommentare?|commentaires?|commenti|komentar|reacties)\b.{0,30}$"
)
_COMMENT_MARK = re.compile(
    r"^(?:reply|permalink|like|dislike|report|flag|upvote|quote|responder|antworten|répondre|rispondi)\b"
    r"|\b(?:says?|said|writes|wrote)\W*$|^(?:rating|votes?|points?|likes?)\b|\bresponses to\b|\bago\W*$"
    r"|\bat \d{1,2}[:.]\d\d"
)
_FIRST_PERSON = frozenset({"we", "our", "us"})
_SECOND_PERSON = frozenset({"you", "your"})
# The commonest function words of the languages that outlets near a British press office write in.
_FUNCTION_WORDS = frozenset(
    "the a of and to in that is was for on with as at by it from be are has have had he she they his her their this "
    "which who not but an were been will would or than der die das und in den von zu mit sich des auf für ist im dem "
    "nicht ein eine als auch es an le la les des un une et à en que qui du dans pour au par est il pas sur ne se plus "
    "el los las y del por con para una su lo di che per non sono della il da o os e do em um uma não com na no mais "
    "het een van ik te dat op zijn met voor".split()
)


@dataclass(slots=True)
class _Facts:
    """What is counted once per unit and looked at from its neighbours too."""

    words: int
    prose: bool  # a paragraph: long enough, with a sentence in it
    names: frozenset[str]  # its words but for the commonest
    key: str  # equal for equal lines
    shape: str
    colon: bool
    leads_away: bool  # a short line that offers something else: related stories, comments, sharing
    comment_mark: bool
    comments_heading: bool


def features(given: Sequence[Unit], cues: LineCues, *, looked_at: Sequence[bool] | None = None) -> list[Features]:
    """For each unit its features.

    looked_at   for which units cues are looked for, which costs most; all when left out
    """
    found: list[Features] = []
    facts: list[_Facts] = []
    for place, unit in enumerate(given):
        if looked_at is None or looked_at[place]:
            own, fact = _of_its_own(unit.text, unit.blank_before and unit.blank_after, cues)
            own = dict(own)
        else:
            own, fact = _at_a_glance(unit)
        found.append(own)
        facts.append(fact)
    if found:
        _add_repeats(found, facts)
        _add_neighbours(found, facts)
        _add_core(found, facts)
        _add_headline(found, facts)
    return found


def _at_a_glance(unit: Unit) -> tuple[Features, _Facts]:
    """What is counted of a unit whose words are not looked at."""
    text = unit.text
    count = count_words(text)
    ends = ends_sentence(text)
    own: Features = {"length": math.log1p(min(count, 100))}
    if count <= 2:
        own["one_or_two_words"] = 1.0
    elif count <= 5:
        own["three_to_five_words"] = 1.0
    elif count <= 11:
        own["six_to_eleven_words"] = 1.0
    if ends:
        own["ends_sentence"] = 1.0
    fact = _Facts(
        words=count,
        prose=(count >= PROSE_WORDS and ends) or count >= LONG_WORDS,
        names=frozenset(),
        key=text.lower(),
        shape="",
        colon=text.endswith(":"),
        leads_away=False,
        comment_mark=False,
        comments_heading=False,
    )
    return own, fact


@lru_cache(maxsize=8_192)
def _of_its_own(line: str, alone: bool, cues: LineCues) -> tuple[Features, _Facts]:
    """Of a line's own words. Outlets repeat theirs: of 14,130 lines of 181 pages a third had come before."""
    text = fold_marks(line)
    lowered = text.lower()
    tokens = WORD.findall(text)
    lower_tokens = lowered.split() if not tokens else [token.lower() for token in tokens]
    count = len(tokens) if text.isascii() else count_words(text)
    ends = ends_sentence(text)
    inner = len(_INNER_END.findall(text))
    letters = [token for token in tokens if token[0].isalpha()]
    lower = sum(map(str.islower, [token[0] for token in letters]))
    digits = sum(map(str.isdigit, text))
    function = sum(map(_FUNCTION_WORDS.__contains__, lower_tokens))
    prose = (count >= PROSE_WORDS and (ends or inner > 0)) or count >= LONG_WORDS
    own: Features = {
        "length": math.log1p(min(count, 100)),
        "one_or_two_words": count <= 2,
        "three_to_five_words": 3 <= count <= 5,
        "six_to_eleven_words": 6 <= count <= 11,
        "long": count >= 30,
        "ends_sentence": ends,
        "ends_sentence_long": ends and count >= PROSE_WORDS,
        "ends_with_colon": text.endswith(":"),
        "inner_sentences": min(inner, 4),
        "commas": min(text.count(",") / max(count, 1) * 10, 2),
        "function_words": function / max(len(tokens), 1),
        "lower_case": lower / max(len(letters), 1),
        "capitals": len(letters) >= 2 and text.isupper(),
        "headline_case": len(letters) >= 4 and lower / len(letters) < 0.35,
        "no_letters": not letters,
        "alone": alone,
        "digits": digits / len(text),
        "spoken": text[0] in "\"'" or _SPOKEN.search(line) is not None,
        "bullet": _BULLET.match(line) is not None,
        "separators": _SEPARATORS.search(text) is not None,
        "address": ("@" in text or "#" in text or "//" in text or "www." in text) and _ADDRESS.search(text) is not None,
        "clock": digits > 0 and _CLOCK.search(lowered) is not None,
        "day": digits > 0 and count <= 16 and _DAY.search(lowered) is not None,
        "question": text.endswith("?"),
        "brackets": text[0] in "([" and text[-1] in ")]",
    }
    if count >= 6:
        own["first_person"] = min(sum(map(_FIRST_PERSON.__contains__, lower_tokens)) / count * 10, 2)
        own["second_person"] = min(sum(map(_SECOND_PERSON.__contains__, lower_tokens)) / count * 10, 2)
    leads_away = False
    if count <= _CUE_WORDS:
        for name in cues.seen(lowered):
            own[f"cue_{name}"] = 1.0
            if count > _SHORT_CUE_WORDS:
                own[f"cue_{name}_long"] = 1.0
            elif name in _LEADS_AWAY:
                leads_away = True
    short = count <= _SHORT_CUE_WORDS
    fact = _Facts(
        words=count,
        prose=prose,
        names=frozenset(token for token in lower_tokens if len(token) >= 4 and token not in _FUNCTION_WORDS),
        key=" ".join(lower_tokens),
        shape=_shape(text),
        colon=text.endswith(":"),
        leads_away=leads_away,
        comment_mark=count <= 12 and _COMMENT_MARK.search(lowered) is not None,
        comments_heading=short and not ends and _COMMENTS_HEADING.search(lowered) is not None,
    )
    return {name: float(value) for name, value in own.items() if value}, fact


def _shape(text: str) -> str:
    """How a line begins: "• A a", "9 A", "a 9 a"; entries of one list share it."""
    return " ".join(
        "9" if word[0].isdigit() else "A" if word[0].isupper() else "a" if word[0].isalpha() else word[0]
        for word in text[:60].split(None, 3)[:3]
    )


def _add_repeats(found: list[Features], facts: Sequence[_Facts]) -> None:
    """Lines that the page says twice, far apart or right after each other."""
    times = Counter(fact.key for fact in facts)
    for place, (own, fact) in enumerate(zip(found, facts, strict=True)):
        if times[fact.key] == 1:
            continue
        own["repeated"] = 1.0
        for back in (1, 2):
            if place >= back and fact.key == facts[place - back].key and fact.words >= 3:
                own["repeats_above"] = found[place - back]["repeats_below"] = 1.0


def _add_neighbours(found: list[Features], facts: Sequence[_Facts]) -> None:
    """What stands beside a line: prose near it, how long the run of short lines is in which it stands."""
    count = len(facts)
    run_start = 0
    for place in range(count + 1):
        if place == count or facts[place].prose:
            for inside in range(run_start, place):
                found[inside]["short_run"] = math.log1p(min(place - run_start, 40))
            if place - run_start == 1:
                found[run_start]["short_alone"] = 1.0
            run_start = place + 1
    lengths = [math.log1p(min(fact.words, 100)) for fact in facts]
    prose = [0, *accumulate(min(fact.words, 60) if fact.prose else 0 for fact in facts)]
    marks = [0, *accumulate(fact.comment_mark for fact in facts)]
    away = [0, *accumulate(fact.leads_away for fact in facts)]
    colons = [0, *accumulate(fact.colon for fact in facts)]

    def between(sums: Sequence[int], low: int, high: int) -> int:
        return sums[min(high, count)] - sums[max(low, 0)]

    for place, own in enumerate(found):
        for step in (1, 2, 3):
            if place < step:
                own["edge_before"] = 1.0
            elif facts[place - step].prose:
                own[f"prose_before_{step}"] = 1.0
            if place + step >= count:
                own["edge_after"] = 1.0
            elif facts[place + step].prose:
                own[f"prose_after_{step}"] = 1.0
        own["prose_nearby"] = math.log1p(between(prose, place - _NEARBY, place + _NEARBY + 1))
        if nearby := between(marks, place - 4, place + 5):
            own["comment_marks"] = math.log1p(nearby)
        if place > 0:
            own["length_before"] = lengths[place - 1]
            if facts[place].shape == facts[place - 1].shape != "":
                own["shape_before"] = 1.0
            if facts[place - 1].leads_away:
                own["after_link_heading"] = 1.0
        if place + 1 < count:
            own["length_after"] = lengths[place + 1]
            if facts[place].shape == facts[place + 1].shape != "":
                own["shape_after"] = 1.0
        if between(colons, place - _NEARBY, place):
            own["after_colon"] = 1.0
        if between(away, place - 4, place):
            own["link_heading_above"] = 1.0
        if between(away, place + 1, place + 4):
            own["link_heading_below"] = 1.0


def core(weights: Sequence[float]) -> tuple[int, int]:
    """Half-open range of the run with the largest sum (Kadane); (0, 0) when nothing is positive."""
    best, best_range, total, start = 0.0, (0, 0), 0.0, 0
    for place, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, place
        total += weight
        if total > best:
            best, best_range = total, (start, place + 1)
    return best_range


# Chosen by cross-validation over six tools that make texts of pages; F1 moves by less than 0.002 when one is halved.
_LIKELY_ENOUGH = 0.35  # likelihood above which a line adds to the run, by its words
_UNLIKELY_COST = 4.0  # words that an unlikely line costs the run
_LONGEST = 60  # words that count of one line


def likely_core(likely: Sequence[float], words: Sequence[float]) -> tuple[int, int]:
    """Half-open range of the run that holds most likely body, from the likelihood and the words of each line."""
    return core(
        [
            min(count, _LONGEST) * (p - _LIKELY_ENOUGH) - _UNLIKELY_COST * (1 - p)
            for p, count in zip(likely, words, strict=True)
        ]
    )


def _comments_section(facts: Sequence[_Facts]) -> int:
    """Where readers' comments begin: a heading below some prose, and marks of comments after it; else the end."""
    prose = False
    for place, fact in enumerate(facts):
        if fact.comments_heading and prose:
            below = facts[place : place + 16]
            if sum(at.comment_mark or at.comments_heading for at in below) >= 3:
                return place
        prose = prose or fact.prose
    return len(facts)


def _add_core(found: list[Features], facts: Sequence[_Facts]) -> None:
    """Where a line stands to the run of the page that holds most prose, and how much of its words that run uses."""
    start, end = core(
        [
            min(fact.words, 60) if fact.prose and not fact.leads_away else min(fact.words, 5) - _CORE_LINE_COST
            for fact in facts
        ]
    )
    comments_from = _comments_section(facts)
    prose_words = sum(fact.words for fact in facts if fact.prose)
    core_words = sum(fact.words for fact in facts[start:end] if fact.prose)
    page: Features = {
        "page_prose": sum(fact.prose for fact in facts) / len(facts),
        "page_size": math.log1p(len(facts)) / 5,
        "page_core": core_words / max(prose_words, 1),
    }
    used = Counter(name for fact in facts[start:end] if fact.prose for name in fact.names)
    headings_since_core = 0
    heading: int | None = None
    above = 0
    for place, (own, fact) in enumerate(zip(found, facts, strict=True)):
        own.update(page)
        if place >= comments_from:
            own["in_comments"] = 1.0
        own["prose_above"] = above / max(prose_words, 1)
        own["no_prose_above"] = float(above == 0)
        above += fact.words if fact.prose else 0
        own["no_prose_below"] = float(above >= prose_words)
        if heading is not None:
            own["since_link_heading"] = 1 / (place - heading)
            own["link_heading_so_far"] = 1.0
        if fact.leads_away and above:
            heading = place
        if place < start:
            own["is_before_core"] = 1.0
            own["before_core"] = math.log1p(start - place)
        elif place < end:
            own["in_core"] = 1.0
            own["core_first"] = float(place == start)
            own["core_last"] = float(place == end - 1)
            own["core_place"] = (place - start) / (end - start)
            own["core_left"] = math.log1p(min(end - 1 - place, 20)) / 3
        else:
            headings_since_core += fact.leads_away
            own["is_after_core"] = 1.0
            own["after_core"] = math.log1p(place - end + 1)
            own["link_headings_since_core"] = math.log1p(headings_since_core)
        if len(fact.names) >= 2:
            itself = 1 if start <= place < end and fact.prose else 0
            own["topic"] = sum(used[name] > itself for name in fact.names) / len(fact.names)
            if fact.prose:
                own["topic_prose"] = own["topic"]


_HEADLINE_WORDS = range(4, 26)
_HEADLINE_REACH = 30  # lines below it in which the article that a headline names must begin


def _headline(facts: Sequence[_Facts]) -> int | None:
    """The short line whose words the prose below it takes up most: the headline, wherever menus and teasers stand."""
    best, best_score = None, 0.0
    times = Counter(name for fact in facts if fact.prose for name in fact.names)
    rarity = {name: 1 / math.sqrt(count) for name, count in times.items()}
    prose = [place for place, fact in enumerate(facts) if fact.prose]
    for place, fact in enumerate(facts):
        if fact.words not in _HEADLINE_WORDS or fact.leads_away or len(fact.names) < 2:
            continue
        score = math.fsum(  # exact, since sets have no order and equal headlines must score the same
            rarity[name]
            for at in prose[bisect_right(prose, place) : bisect_right(prose, place + _HEADLINE_REACH)]
            for name in fact.names & facts[at].names
        )
        if score >= best_score and score > 0:
            best, best_score = place, score
    return best


def _add_headline(found: list[Features], facts: Sequence[_Facts]) -> None:
    """Where a line stands to the headline, and whether it speaks of the same."""
    place = _headline(facts)
    if place is None:
        return
    names = facts[place].names
    for at, (own, fact) in enumerate(zip(found, facts, strict=True)):
        if at == place:
            own["headline"] = 1.0
            continue
        if at < place:
            own["above_headline"] = 1.0
        else:
            own["is_below_headline"] = 1.0
            own["below_headline"] = math.log1p(at - place) / 3
        if fact.names:
            own["headline_words"] = len(fact.names & names) / min(len(names), len(fact.names))
