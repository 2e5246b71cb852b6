"""Words between marks that nobody introduces → who was spoken of last, if anybody clearly was."""

from __future__ import annotations

import re

from pipeline.evidence.called_speakers import person_speaker
from pipeline.evidence.callings import Speaker
from pipeline.evidence.close_reading import CloseReading
from pipeline.evidence.quotation_marks import Run
from pipeline.evidence.speakers import speaker_of
from pipeline.evidence.subjects import leading_subject, subject_after, subject_before
from pipeline.model import Evidence

_FULL_STOP = re.compile(r"[.!?]\s")


def nearby_speaker(
    reading: CloseReading, history: list[tuple[int, Speaker]], index: int, run: Run, *, after_words: bool
) -> Speaker | None:
    """Who was spoken of last, for a sentence between marks that nobody introduces.

    history      earlier speakers with the places of their cues, in order
    index        of the run's paragraph
    after_words  the paragraph before holds marked words
    """
    at = reading.sentence_at(run.outer_start)
    floor = reading.paragraphs[max(index - 1, 0)][0]
    for number in (at, at - 1):
        if number < 0 or reading.sentences[number][0] < floor:
            continue
        start, end = reading.sentences[number]
        if history and start <= history[-1][0] < end:
            return history[-1][1]
        subject = leading_subject(reading, start, min(end, run.outer_start))
        if subject is not None and subject.kind in {"person", "pronoun", "role"}:
            return speaker_of(reading, subject, history)
        if number == at - 1 and (said := _said_in(reading, history, start, end, run)) is not None:
            return said
        named = [n for n in reading.people.between(start, min(end, run.outer_start)) if reading.narrated(n)]
        people = {name.person for name in named}
        anew = bool(named) and _FULL_STOP.search(reading.masked, named[-1].outer_end, run.outer_start) is not None
        if len(people) == 1 and not anew and not reading.flat.startswith("'s ", named[0].outer_end):
            return person_speaker(reading, people.pop(), Evidence.INFERRED)
        if named:
            return None  # somebody is named there, and is not its subject
    if history and after_words and reading.paragraphs[index][0] == run.outer_start:
        return history[-1][1]
    return None


def _said_in(
    reading: CloseReading, history: list[tuple[int, Speaker]], start: int, end: int, run: Run
) -> Speaker | None:
    """Who said something in the sentence before a paragraph: "The council said …", "…, says the rider Tom Vale"."""
    if run.outer_start != reading.paragraphs[reading.paragraph_at(run.outer_start)][0]:
        return None
    for verb in reversed(reading.verbs_between(start, end)):
        if verb.kind != "say" or verb.form.endswith("ing"):
            continue
        inverted = reading.masked.startswith(", ", verb.start - 2)
        subject = (subject_after(reading, verb, end) if inverted else None) or subject_before(reading, verb, start)
        kinds = {"person"} if inverted else {"body", "unnamed"}
        return speaker_of(reading, subject, history) if subject and subject.kind in kinds else None
    return None
