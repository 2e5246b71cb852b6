"""Where a block quotation without marks ends.

A release prints "The minister said:" and then paragraphs that are the minister's, with nothing to show where the
department speaks again. Every paragraph gives signs: a first person, a contraction or an opinion speaks; "This comes
after …", "The minister also …" or the speaker's own name narrates. The block ends where the signs before it speak and
those after it narrate, at the point where they agree best; at the latest before the next cue, heading or list.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from pipeline.evidence.close_reading import CloseReading

_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|I'd|I'll|[Mm]y|[Ww]e|[Oo]ur|us|me|myself|ourselves)\b")
_SECOND_PERSON = re.compile(r"\b[Yy]ou(?:r|rs)?\b")
_CONTRACTION = re.compile(r"\b\w+(?:n't|'re|'ve|'ll)\b|\b(?:[Ii]t|[Tt]hat|[Tt]here|[Hh]ere|[Ww]hat)'s\b")
_OPINION = re.compile(
    r"\b(?:must|should|cannot|vital|essential|crucial|important|proud|delighted|pleased|grateful|thank|unacceptable|"
    r"deserves?|believe|hope|never|rightly|wrong|devastating|appalling|too (?:many|often|long)|not (?:just|only)|"
    r"simply|truly|incredibl[ey]|fantastic|thrilled|excited|heartbreaking|shameful|absolutely|whatever|nothing)\b"
)
_DEICTIC_START = re.compile(
    r"(?:This is|These are|That is|It is|It's|By \w+ing|With|Whether|Every|No one|Nobody|Too)\b"
)
_NEWS_PEG = re.compile(
    r"\b(?:comes?|came|follows|followed|coincides?|marks|builds? on|forms part of|is part of|are part of)\s+"
    r"(?:\w+\s+){0,3}?(?:after|as|amid|ahead|alongside|on|with|the|a|an|from|in|following|just|weeks|days|months|"
    r"part)\b"
)
_ANNOUNCEMENT_START = re.compile(
    r"(?:Today's|Yesterday's|The (?:new |latest )?(?:announcement|move|news|launch|publication|decision|measures?|"
    r"changes|"
    r"funding|fund|scheme|plans?|programme|package|initiative|consultation|bill|act|report|review|meeting|event|summit|"
    r"visit|figures|data|investment|campaign|strategy|pilot|project|minister|Minister|government|Government|"
    r"department|Department|[Hh]ome [Ss]ecretary|[Pp]rime [Mm]inister|Home Office|Secretary of State)|"
    r"This (?:announcement|news|comes|follows|move|work|builds)|It (?:comes|follows|will also|also)|In addition|"
    r"Additionally|Alongside|As part of|Further|Other|Since|Under the|Last (?:week|month|year)|Earlier|Later|Meanwhile|"
    r"Separately|Also|More than|Over|Around|Nearly|Almost|Notes|For more|The (?:first|second) )\b"
)
_REPORTING = re.compile(
    r"\b(?:announced|published|launched|confirmed|unveiled|introduced|established|chaired|hosted|attended|visited|"
    r"will (?:also|be|now|see|receive|come)|is (?:also|being|expected|set)|are (?:also|being|expected|set)|"
    r"has (?:also )?been|have (?:also )?been|additionally|was|were|led by|run by|overseen by|including)\b"
)
_ACRONYM = re.compile(r"\([A-Z][A-Za-z]*[A-Z]\w*s?\)")
_PERCENT_OR_MONEY = re.compile(r"£\d|\d\s?%|\bper cent\b")
_LAST_MARK = frozenset(".!?:;,…”\"'’)")
_MAX_HEADING_WORDS = 12

# Weights in log-odds, set by hand on departments' releases: a first person decides, a news peg nearly does.
_W_FIRST_PERSON, _W_SECOND_PERSON, _W_CONTRACTION, _W_OPINION, _W_DEICTIC = 3.0, 1.0, 1.5, 0.8, 0.5
_W_NEWS_PEG, _W_ANNOUNCEMENT, _W_REPORTING, _W_ACRONYM, _W_FIGURES = -2.5, -1.2, -0.5, -0.8, -0.4
_W_OTHER_SPEAKS = -3.0
_W_SPEAKER, _W_OTHER_PERSON, _W_OWN_BODY, _W_LIST, _W_BASE = -3.0, -1.0, 0.8, -3.0, -0.3
_ONESELF = re.compile(r"\b(?:I|I'm|I've|I'd|I'll|[Mm]y)\b")
_SURELY_NARRATION = -2.6
_NARRATION = -1.5  # so clear that no first person after it can be the speaker's again
# A lone paragraph without signs right before the next cue is mostly the speaker's: releases run cue, words, cue, words.
_W_REACHES_NEXT_CUE = 0.9


def block_paragraphs(
    reading: CloseReading,
    first: int,
    cues: frozenset[int],
    speaker: str,
    organisation: str | None,
    *,
    opened: bool = False,
) -> int:
    """How many paragraphs from `first` on are the speaker's; at least one.

    cues    indices of the paragraphs that introduce the next speaker
    opened  a mark opened the quotation, so that the mark that closes it ends it, however it reads
    """
    last, stopped_by_cue = _limit(reading, first, cues)
    closing = _closing_mark(reading, first, last)
    if closing is not None:
        return closing - first + 1
    scores = [_score(reading, index, speaker, organisation) for index in range(first + 1, last)]
    if opened:
        scores = [score + abs(_W_BASE) for score in scores]
    own = _own_until(reading, first, scores)
    best, best_sum, total = 0, 0.0, 0.0
    for count, score in enumerate(scores, start=1):
        total += score
        reaches = _W_REACHES_NEXT_CUE if stopped_by_cue and count == len(scores) else 0.0
        if total + reaches > best_sum:
            best, best_sum = count, total
        if score <= _NARRATION:
            break
    return max(best, own) + 1


def _own_until(reading: CloseReading, first: int, scores: list[float]) -> int:
    """How many paragraphs after the first reach to the last that says "I": what stands between is the speaker's too.

    A narrator says no "I" where blocks stand without marks. A peg, or the speaker named, ends the block all the same.
    """
    until = 0
    for count, score in enumerate(scores, start=1):
        if score <= _SURELY_NARRATION:
            break
        start, end = reading.paragraphs[first + count]
        if _ONESELF.search(reading.masked, start, end):
            until = count
    return until


def is_heading(reading: CloseReading, index: int) -> bool:
    """Whether a paragraph is a heading: short, and no sentence ends it."""
    start, end = reading.paragraphs[index]
    text = reading.flat[start:end]
    return len(text.split()) <= _MAX_HEADING_WORDS and text[-1] not in _LAST_MARK


def is_caption(reading: CloseReading, index: int) -> bool:
    """Whether a paragraph is a heading, a caption or a link between paragraphs, however long: nothing ends it."""
    _, end = reading.paragraphs[index]
    return reading.flat[end - 1].isalnum()


_THIRD_PERSON_START = re.compile(r"(?:He|She|They|Mr|Mrs|Ms)\b")


def is_narration(reading: CloseReading, index: int, speaker: str) -> bool:
    """Whether the paragraph after a cue is clearly the narrator's: it speaks of the speaker, or reports a peg."""
    start, end = reading.paragraphs[index]
    third = bool(_THIRD_PERSON_START.match(reading.masked, start, end)) and not _FIRST_PERSON.search(
        reading.masked, start, end
    )
    return third or _score(reading, index, speaker, None) <= _NARRATION


def _limit(reading: CloseReading, first: int, cues: frozenset[int]) -> tuple[int, bool]:
    """Index of the paragraph that cannot be in the block any more, and whether it is a cue."""
    for index in range(first + 1, len(reading.paragraphs)):
        if index in cues:
            return index, True
        start, end = reading.paragraphs[index]
        is_list = reading.flat[start] in "•▪◦*" or reading.flat[end - 1] == ":"
        if is_heading(reading, index) or is_list:
            return index, False
    return len(reading.paragraphs), False


def _closing_mark(reading: CloseReading, first: int, last: int) -> int | None:
    """The paragraph that a closing mark without an opening one ends, within the limit."""
    stray = reading.marks.stray_closings
    begin = reading.paragraphs[first][0]
    end = reading.paragraphs[last - 1][1]
    at = bisect_left(stray, begin)
    if at < len(stray) and stray[at] < end:
        index = reading.paragraph_at(stray[at])
        if stray[at] >= reading.paragraphs[index][1] - 2:
            return index
    return None


def _speaks(reading: CloseReading, end: int) -> bool:
    """Whether a verb of speech comes right after a name: "Mr Hale tells me …" is the narrator's."""
    return any(verb.kind == "say" and verb.start == end + 1 for verb in reading.verbs_between(end, end + 16))


def _score(reading: CloseReading, index: int, speaker: str, organisation: str | None) -> float:
    """Log-odds that a paragraph is the speaker's (positive) and not the narrator's (negative)."""
    start, end = reading.paragraphs[index]
    text = reading.masked[start:end]
    score = _W_BASE
    if _FIRST_PERSON.search(text):
        score += _W_FIRST_PERSON
    score += _W_SECOND_PERSON * bool(_SECOND_PERSON.search(text))
    score += _W_CONTRACTION * bool(_CONTRACTION.search(text))
    score += _W_OPINION * min(2, len(_OPINION.findall(text)))
    score += _W_DEICTIC * bool(_DEICTIC_START.match(text))
    score += _W_NEWS_PEG * bool(_NEWS_PEG.search(text))
    score += _W_ANNOUNCEMENT * bool(_ANNOUNCEMENT_START.match(text))
    score += _W_REPORTING * min(2, len(_REPORTING.findall(text)))
    score += _W_ACRONYM * bool(_ACRONYM.search(text))
    score += _W_FIGURES * bool(_PERCENT_OR_MONEY.search(text))
    score += _W_LIST * text.endswith(":")
    names = tuple(reading.people.between(start, end))
    score += _W_OTHER_SPEAKS * any(_speaks(reading, name.end) for name in names)
    people = {name.person for name in names}
    if speaker in people:
        score += _W_SPEAKER
    elif people and not _FIRST_PERSON.search(text):
        score += _W_OTHER_PERSON
    if organisation and organisation in text and not _ANNOUNCEMENT_START.match(text):
        score += _W_OWN_BODY
    return score
