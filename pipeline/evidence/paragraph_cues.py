"""A paragraph that ends in a colon, or in a verb of speech → the cue that says whose words follow it."""

from __future__ import annotations

import re

from pipeline.evidence.close_reading import CloseReading
from pipeline.evidence.cues import (
    ANSWER,
    MAX_CHARACTERS,
    MAX_CUE_WORDS,
    PLAIN_SAYING,
    Cue,
    answer_cue,
    subject_of,
)
from pipeline.evidence.descriptions import Subject
from pipeline.evidence.subjects import clause_subject, leading_subject, subject_from

_MAX_WORDS_TO_COLON = 4  # "saying in a statement:"
_MADE_BY = re.compile(r"\(([^()]{3,60})\)\s(?:has|have)\s(?:today\s)?(?:made|issued|given|laid)\b")
_TEXT_FOLLOWS = re.compile(
    r"\b(?:the following|this|a|an?other) (?:\w+ )?(?:statement|message|tweet|post|letter)\b[^:]*:$"
)


def paragraph_cue(reading: CloseReading, index: int) -> Cue | None:
    """The cue that a whole paragraph is, or ends in: "Home Secretary Amber Rudd said:" and nothing after it."""
    start, end = reading.paragraphs[index]
    if reading.masked[end - 1] not in ":;,-–" and not _ends_in_verb(reading, start, end):
        return None
    if reading.masked[end - 1] in ";,-–" and len(reading.masked[start:end].split()) > MAX_CUE_WORDS:
        return None
    return _colon_cue(reading, start, end)


def inline_cue(reading: CloseReading, index: int) -> Cue | None:
    """A cue with a colon whose words follow in the same paragraph without any marks: "She said: We must act."."""
    start, end = reading.paragraphs[index]
    for verb in reading.verbs_between(start, end):
        colon = re.compile(r"\s?:\s+(?=[A-Z])").match(reading.masked, verb.end, end)
        if colon and verb.kind == "say" and (verb.form.endswith("ed") or verb.form in PLAIN_SAYING):
            cue = _colon_cue(reading, reading.sentences[reading.sentence_at(verb.start)][0], colon.start() + 1)
            if cue is not None:
                return Cue(cue.subject, cue.start, colon.end(), verb.end, True)
    return None


def _named_in_brackets(reading: CloseReading, start: int, end: int) -> Subject | None:
    """ "My right hon. Friend the Home Secretary (Jane Doe) has today made the following statement:" is Jane Doe's."""
    brackets = _MADE_BY.search(reading.masked, start, end)
    name = next(iter(reading.people.between(*brackets.span(1))), None) if brackets else None
    return Subject("person", name.start, name.end, name.person) if name else None


def _ends_in_verb(reading: CloseReading, start: int, end: int) -> bool:
    short = len(reading.masked[start:end].split()) <= MAX_CUE_WORDS
    said = (verb for verb in reading.verbs_between(start, end) if verb.end == end and verb.kind == "say")
    return short and any(verb.form.endswith(("ed", "s", "said", "told", "wrote")) for verb in said)  # not "on my blog"


def _colon_cue(reading: CloseReading, start: int, end: int) -> Cue | None:
    start = max(start, reading.sentences[reading.sentence_at(end - 1)][0], end - MAX_CHARACTERS)
    for verb in reversed(reading.verbs_between(start, end)):
        if len(reading.masked[verb.end : end].split()) > MAX_CUE_WORDS:
            continue
        subject = subject_of(reading, verb, start, end)
        if (
            subject is None
            and verb.form.endswith("ing")
            and len(reading.masked[verb.end : end].split()) <= _MAX_WORDS_TO_COLON
        ):
            subject = clause_subject(reading, start, verb.start)
        if subject is not None and not (subject.kind == "body" and verb.kind != "say"):
            return Cue(subject, start, end, end, True)
    words = reading.masked[start:end].split()
    if _TEXT_FOLLOWS.search(reading.masked, start, end):
        subject = _named_in_brackets(reading, start, end) or leading_subject(reading, start, end)
        return Cue(subject, start, end, end, True) if subject is not None else None
    if answer := ANSWER.search(reading.masked, start, end):
        return answer_cue(reading, answer, start, end)
    for phrase in reading.lexicon.cues.follows:
        if found := re.search(rf"\b{phrase}\s(?=[^:]{{2,60}}:$)", reading.masked[start:end]):
            subject = subject_from(reading, start + found.end(), end - 1)
            return Cue(subject, start, end, end, True) if subject is not None else None
    if len(words) <= MAX_CUE_WORDS and reading.masked[end - 1] == ":":
        subject = subject_from(reading, start, end - 1)
        if (
            subject is not None
            and subject.kind == "person"
            and reading.masked[subject.end : end].lstrip()[:1] in {",", ":", "("}
        ):
            return Cue(subject, start, end, end, True)
    return None
