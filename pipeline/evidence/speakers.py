"""The subject of a verb of speech → the speaker whom it means: full name, role on the day, organisation."""

from __future__ import annotations

import re

from pipeline.evidence.antecedents import named_before
from pipeline.evidence.blocks import is_caption
from pipeline.evidence.called_speakers import NEW_SENTENCE, by_role, described, person_speaker, reigning, relative
from pipeline.evidence.callings import BODIES, Speaker, inferred
from pipeline.evidence.close_reading import CloseReading
from pipeline.evidence.descriptions import PERSON_NOUN, Subject
from pipeline.evidence.lexicon import Gender
from pipeline.evidence.roles import organisation_of
from pipeline.evidence.subjects import leading_subject
from pipeline.model import Evidence

_LOOK_BACK_SENTENCES = 8
_MIN_TO_LISTENER = 20  # characters: "She also recommended that Mr Hale …, to which he replied"


def speaker_of(reading: CloseReading, subject: Subject, history: list[tuple[int, Speaker]]) -> Speaker | None:
    """Whom a subject means. history: earlier speakers of the article with the places of their cues, in order."""
    if subject.kind == "person":
        return person_speaker(reading, subject.text, Evidence.TEXT, subject.role)
    if subject.kind == "pronoun":
        return _by_pronoun(reading, subject, history)
    if subject.kind == "role":
        return by_role(reading, subject, history)
    if subject.kind == "unnamed":
        if fuller := _same_unnamed(subject, history):
            return fuller
        body = organisation_of(subject.text, reading.lexicon, reading.day)
        return Speaker(subject.text, Evidence.TEXT, subject.text, body, Evidence.TEXT)
    if known := relative(reading, subject, history) or reigning(reading, subject):
        return known
    entry = reading.lexicon.organisations.named(subject.text)
    if entry is None and (known := _same_unnamed(subject, history) or described(reading, subject)):
        return known
    if entry is None and (same := _same_document(reading, subject, history)):
        return same
    return Speaker(entry.name if entry else subject.text, Evidence.TEXT, None, entry.name if entry else None)


def _same_unnamed(subject: Subject, history: list[tuple[int, Speaker]]) -> Speaker | None:
    """ "The spokesperson added" after "A Home Office spokesperson said": the same."""
    own = subject.text.casefold().removeprefix("the ")
    earlier = (speaker for place, speaker in reversed(history) if place < subject.start)
    fuller = next(
        (one for one in earlier if one.name.casefold().endswith(f" {own}") and not _OF.search(one.name[: -len(own)])),
        None,
    )
    return inferred(fuller) if fuller else None


_OF = re.compile(r"\b(?:for|to|with|from)\s")  # "the attorney for the widow" is not the widow


def _same_document(reading: CloseReading, subject: Subject, history: list[tuple[int, Speaker]]) -> Speaker | None:
    """ "The statement affirms …" after "Signatories to the joint statement have pledged …": the signatories again."""
    noun = subject.text.split()[-1].casefold()
    if not history or noun not in reading.lexicon.cues.documents or len(subject.text.split()) > 2:
        return None
    last = history[-1][1]
    return inferred(last) if noun in last.name.casefold().split() and last.name.casefold() != noun else None


_GENDERS: dict[str, Gender] = {"he": "m", "she": "f"}
_IN_REPLY = re.compile(r"\bto (?:which|whom) $")
_ASKED = re.compile(r"\b(?:ask|tell|told|press|challeng|urg)\w* $")


def _by_pronoun(reading: CloseReading, subject: Subject, history: list[tuple[int, Speaker]]) -> Speaker | None:
    gender = _GENDERS.get(subject.text)
    last = next((item for item in reversed(history) if item[0] < subject.start), None)
    if gender is None:
        if subject.text == "they" and (group := _group_before(reading, subject, last[0] if last else 0)):
            return speaker_of(reading, group, history)
        spoke = last[1].name if last is not None else ""
        if (
            last is not None
            and spoke not in reading.people.genders
            and (subject.text == "they" or (subject.text == "it" and not _fits(reading, spoke, "u")))
        ):
            return last[1]
        return _body_before(reading, subject, history) if subject.text == "it" else None
    at = reading.sentence_at(subject.start)
    paragraph = reading.paragraphs[reading.paragraph_at(subject.start)][0]
    sentences = range(at, max(at - _LOOK_BACK_SENTENCES, -1), -1)
    captions = {
        index
        for index in sentences
        if index < at and is_caption(reading, reading.paragraph_at(reading.sentences[index][0]))
    }
    for index in (*(one for one in sentences if one not in captions), *sorted(captions, reverse=True)):
        start, end = reading.sentences[index]
        if last is not None and start <= last[0] < end and _fits(reading, last[1].name, gender):
            return inferred(last[1])
        until = min(end, subject.start)
        if index < at and _continues_with(reading, start, end, subject.text):
            continue  # "He said Mr Hale had left. “…,” he wrote": he spoke of Mr Hale and is somebody else
        if index == at and (
            again := re.compile(rf"\b{subject.text}\b", re.IGNORECASE).search(reading.masked, start, until)
        ):
            until = again.start()  # "he turned to Mr Hale. “…,” he said": not Mr Hale
        if index == at and _IN_REPLY.search(reading.masked, start, subject.start):
            for name in reading.people.between(start, until):  # "she asked Mr Hale, to which he replied": Mr Hale
                fits = reading.people.genders.get(name.person, "u") in {gender, "u"}
                told = _ASKED.search(reading.masked, start, name.outer_start) or (
                    name.outer_start > start + _MIN_TO_LISTENER and fits
                )
                if told:
                    return person_speaker(reading, name.person, Evidence.INFERRED)
        named = named_before(reading, start, until, gender, own=index == at)
        if named is not None and named[0] > 1 and (lately := _spoke_lately(reading, subject, last, gender)):
            return inferred(lately)  # rather than whom a preposition brings in
        if named is not None and (named[0] == 0 or _role_at_head(reading, start, until) is None):
            return person_speaker(reading, named[1], Evidence.INFERRED)
        own = index == at and not NEW_SENTENCE.search(reading.masked, start, subject.start)
        if not own and (somebody := _somebody_at_head(reading, start, end)):
            return inferred(somebody)
        if start >= paragraph and (role := _role_at_head(reading, start, until)):
            meant = by_role(reading, role, history)
            if meant and (meant.name in reading.people.genders or not PERSON_NOUN.search(role.text)):
                return inferred(meant)
    return inferred(last[1]) if last is not None and _fits(reading, last[1].name, gender) else None


def _continues_with(reading: CloseReading, start: int, end: int, pronoun: str) -> bool:
    """Whether a sentence has the pronoun itself for its subject, so that whoever else it names is not meant by it."""
    head = leading_subject(reading, start, end)
    return head is not None and head.kind == "pronoun" and head.text == pronoun


def _body_before(reading: CloseReading, subject: Subject, history: list[tuple[int, Speaker]]) -> Speaker | None:
    """What "it" means: "The ministry wants a ban, which it says …", or the body that the sentence before is about."""
    at = reading.sentence_at(subject.start)
    start = reading.sentences[at][0]
    comma = reading.masked.find(",", start, subject.start)
    head = leading_subject(reading, start, comma if comma > 0 else subject.start)
    opens = not re.search(r"[a-z]", reading.masked[start : subject.start])  # nothing but marked words before it
    if opens and at > 0:
        head = leading_subject(reading, *reading.sentences[at - 1])
    return (
        speaker_of(reading, head, history)
        if head is not None and head.kind == "body" and head.end < subject.start
        else None
    )


def _group_before(reading: CloseReading, subject: Subject, since: int) -> Subject | None:
    """ "Hale's allies said he had doubts. They suggested …": the subject of the nearest sentence that is several."""
    at = reading.sentence_at(subject.start)
    for index in range(at - 1, max(at - 1 - _GROUP_SENTENCES, -1), -1):
        start, end = reading.sentences[index]
        if start < since:
            return None
        head = leading_subject(reading, start, end)
        last_word = head.text.split()[-1] if head is not None and head.kind == "body" else ""
        if last_word.endswith("s") and (last_word.islower() or last_word.lower() in reading.lexicon.words.anonymous):
            return head
    return None


_GROUP_SENTENCES = 2


def _spoke_lately(
    reading: CloseReading, subject: Subject, last: tuple[int, Speaker] | None, gender: Gender
) -> Speaker | None:
    """Who spoke last, in this paragraph or the one before it, if a pronoun may mean them."""
    since = reading.paragraphs[max(reading.paragraph_at(subject.start) - 1, 0)][0]
    return last[1] if last is not None and last[0] >= since and _fits(reading, last[1].name, gender) else None


_THE_ROLE = re.compile(
    r"(?:(?:But|And|Yet|So|Now|Then|Later|Still|Meanwhile|However|Instead),? )?(?:even )?[Tt]he "
    r"((?:[\w'-]+ ){0,2}?([\w'-]+)) (?!(?:of|for|and|at|in)\b|\w+ (?:said|says))[a-z]+\b"
)


def _role_at_head(reading: CloseReading, start: int, end: int) -> Subject | None:
    """ "The minister looked at his folder." before "…," he said: the sentence's subject is whom the pronoun means."""
    found = _THE_ROLE.match(reading.masked, start, end)
    if found is None or found.group(2).lower() not in reading.lexicon.words.roles:
        return None
    return Subject("role", found.start(1), found.end(1), found.group(1))


_SOMEBODY = re.compile(
    r"(?:One|An?|Another|The) ((?:[\w'-]+ ){0,3}?(?:man|woman|witness|onlooker|bystander|neighbou?r|resident|local|"
    r"official|"
    r"source|spokes\w+|student|pupil|teacher|worker|driver|farmer|officer|customer|passenger|user|mother|father|caller|"
    r"shopper|tenant|survivor|victim|volunteer|protester|reveller|guest|tourist|employee|relative|friend))"
    r"(?:,[^,.]{2,60},| who [^,.]{2,60},)? (?:told|said|says|described|recalled|added|explained|claimed|saw|heard)\b"
)


def _somebody_at_head(reading: CloseReading, start: int, end: int) -> Speaker | None:
    """ "One onlooker told the paper …": somebody without a name, whom the next "she said" means."""
    found = _SOMEBODY.match(reading.masked, start, end)
    return Speaker(found.group(1), Evidence.TEXT) if found else None


def _fits(reading: CloseReading, name: str, gender: str) -> bool:
    """Whether "he" or "she" can mean a speaker: a person of that gender, or somebody described, never a body."""
    if (known := reading.people.genders.get(name)) is not None:
        return known in {gender, "u"}
    words = reading.lexicon.words
    heads = {word.casefold() for word in re.split(r"\s(?:of|for|at|in|from|with)\s", name)[0].split()[-1:]}
    if any(head.endswith("s") and not head.endswith("ss") for head in heads):
        return False  # "officials"
    somebody = (words.roles | words.anonymous) - BODIES - reading.lexicon.cues.documents
    return not heads.isdisjoint(somebody) or PERSON_NOUN.search(name) is not None


# "the new president", "the retiring senator": nobody else than the president or the senator
