"""Words that call somebody without a name → the person whom they mean: "the minister", "her husband", "the pope"."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.evidence.bodies import body_beside, in_full
from pipeline.evidence.callings import ALSO_CALLED, Speaker, inferred
from pipeline.evidence.close_reading import CloseReading
from pipeline.evidence.descriptions import PERSON_NOUN, Subject
from pipeline.evidence.lexicon import Gender, flatten
from pipeline.evidence.names import Name
from pipeline.evidence.roles import organisation_of, stated_role
from pipeline.folding import words
from pipeline.model import Evidence

NEW_SENTENCE = re.compile(r"[.!?] [\"“‘']")  # a quotation is of one sentence with the words before it
_MAX_CALLED = 80  # characters of a description
_THE = re.compile(r"\b[Tt]he $")
_KIN: dict[str, Gender] = {
    **dict.fromkeys(("husband", "father", "dad", "son", "brother", "uncle", "grandfather", "grandson", "nephew"), "m"),
    **dict.fromkeys(("wife", "mother", "mum", "mom", "daughter", "sister", "aunt", "grandmother", "niece"), "f"),
    **dict.fromkeys(("partner", "twin", "cousin", "spouse"), "u"),
}
_NEXT_WORD = re.compile(r"\s+(\w+)")
_NO_MODIFIERS = frozenset("former ex senior junior veteran".split())
_AGE = re.compile(r"(\d{1,3})-year-old$")
_ELECTED = frozenset("Sen Senator Rep Representative Gov Governor Congressman Congresswoman Councillor Cllr".split())
_CHANGES_NOBODY = re.compile(
    r"^(?:(?:new|then|incoming|outgoing|retiring|embattled|beleaguered|veteran|popular|controversial|u\.?s\.?|american|"
    r"british|uk|gop|republican|democratic|labour|conservative|tory|lib dem|liberal democrat|snp)\s)+(?=\w)"
)
_MAX_TO_PLACE = 30  # characters from a name to "Ohio" or "R-Ohio"


def described(reading: CloseReading, subject: Subject) -> Speaker | None:
    """ "The supervisor replied", where one person of the article is "the elections supervisor Jane Hale"."""
    words = subject.text.split()
    anybody = words[-1] in reading.lexicon.words.anonymous or words[-1] in reading.lexicon.cues.documents
    if (
        (len(words) == 1 and anybody)
        or not words[-1].islower()
        or not _THE.search(reading.flat, max(0, subject.start - 5), subject.start)
    ):
        return None
    if reading.flat.startswith(" who ", subject.end):
        return None  # "the driver who spoke to us": one of several
    called = re.escape(flatten(subject.text))
    before, after = re.compile(rf"\b{called},? $"), re.compile(rf",(?: [\w'-]+){{0,4}} {called}\b")
    flat = reading.flat
    found = {
        name.person
        for name in reading.people.names
        if before.search(flat, max(0, name.outer_start - _MAX_CALLED), name.outer_start)
        or after.match(flat, name.outer_end)
    }
    return person_speaker(reading, found.pop(), Evidence.INFERRED) if len(found) == 1 else None


def reigning(reading: CloseReading, subject: Subject) -> Speaker | None:
    """ "The pope said", where the article names one Pope Leo."""
    called = {one for one in reading.people.genders if one.split()[0].casefold() == subject.text.casefold()}
    return person_speaker(reading, called.pop(), Evidence.INFERRED) if len(called) == 1 else None


def relative(reading: CloseReading, subject: Subject, history: list[tuple[int, Speaker]]) -> Speaker | None:
    """ "Her husband added" after "Mrs Hobley said": the one other Hobley of the text who may be a husband."""
    gender = _KIN.get(subject.text.split()[-1].casefold())
    named = re.match(r"(.+?)['’]s? [\w-]+$", subject.text)
    if gender is not None and named is not None:  # "Donald Hale's daughter told the BBC"
        return _only_relative(reading, _person_called(reading, named[1]), gender)
    owner = reading.flat[max(0, subject.start - 4) : subject.start].casefold().strip()
    last = next((speaker for place, speaker in reversed(history) if place < subject.start), None)
    if gender is None or owner not in {"his", "her"} or last is None:
        return None
    return _only_relative(reading, last.name, gender)


def _person_called(reading: CloseReading, name: str) -> str:
    return next((one.person for one in reading.people.names if one.text == name), name)


def _only_relative(reading: CloseReading, of: str, gender: Gender) -> Speaker | None:
    genders = reading.people.genders
    others = [one for one in genders if one != of and one.split()[-1] == of.split()[-1]]
    fitting = [one for one in others if gender == "u" or genders[one] in {gender, "u"}]
    return person_speaker(reading, fitting[0], Evidence.INFERRED) if len(fitting) == 1 else None


def person_speaker(reading: CloseReading, person: str, by: Evidence, role: str | None = None) -> Speaker:
    """A person as speaker, with the role that the article gives, else the office held on that day."""
    role = role or role_in_article(reading, person)
    organisation = organisation_of(role, reading.lexicon, reading.day) if role else None
    held = reading.lexicon.offices.held_by(person, reading.day) if reading.day else None
    if held is not None and role is None:
        return Speaker(person, by, held.office, held.organisation, Evidence.INFERRED)
    if held is not None and organisation is None and role is not None and set(words(role)) & set(words(held.office)):
        organisation = held.organisation  # "chair Yvette Cooper": of what, the list knows
    organisation = in_full(reading, organisation) if organisation else body_beside(reading, person)
    return Speaker(person, by, role, organisation, Evidence.TEXT if role else None)


def role_in_article(reading: CloseReading, person: str) -> str | None:
    """The first role that any mention of the person states."""
    for name in reading.people.names:
        if name.person == person and reading.narrated(name):
            role = reading.role_of(name)
            if role is not None:
                return stated_role(reading.article.text, role)
    return None


def by_role(reading: CloseReading, subject: Subject, history: list[tuple[int, Speaker]]) -> Speaker | None:
    """Whom a role means: who has it in the article, who held the office that day, else who it is said of last."""
    office = reading.lexicon.offices.of_role(subject.text)
    person = _person_with_role(reading, subject, office.name if office else None)
    if person is not None:
        return person_speaker(reading, person, Evidence.INFERRED, subject.text if office else None)
    if office is not None and reading.day is not None:
        holder = reading.lexicon.offices.holder(office.name, reading.day)
        if holder is not None:
            return Speaker(holder.person, Evidence.INFERRED, subject.text, holder.organisation, Evidence.TEXT)
    if office is None and (meant := described(reading, subject)):
        return meant
    age = _AGE.match(subject.text)
    if age is not None and (person := _of_age(reading, age[1])):
        return person_speaker(reading, person, Evidence.INFERRED)
    last = next((item for item in reversed(history) if item[0] < subject.start), None)
    if age is not None and last is not None:
        since = {name.person for name in reading.people.between(last[0], subject.start) if reading.narrated(name)}
        if since := since - {last[1].name}:  # others were named since: of them, the only one, or nobody
            return person_speaker(reading, since.pop(), Evidence.INFERRED) if len(since) == 1 else None
    anybody = office is None and PERSON_NOUN.search(subject.text) is not None and not _is_office(reading, subject)
    if last is not None and anybody:
        said_since = _said_since(reading, last, subject)
        if len(said_since) == 1:  # "Jane Hale said it was late. The frontbencher added: …": not who was quoted before
            return person_speaker(reading, said_since.pop(), Evidence.INFERRED)
    owned = re.search(r"['’]s? [\w-]+$", subject.text)  # "the boy's father" is not the boy who spoke last
    if anybody and owned is None and last is not None and last[1].name in reading.people.genders:
        return inferred(last[1])
    if anybody and owned is None and (person := _only_one_before(reading, subject)):
        return person_speaker(reading, person, Evidence.INFERRED)
    elected = anybody and last is None and owned is None
    if (age is not None or elected) and (person := _main_person(reading, elected=elected and age is None)):
        return person_speaker(reading, person, Evidence.INFERRED)
    body = organisation_of(subject.text, reading.lexicon, reading.day)
    return Speaker(subject.text, Evidence.TEXT, subject.text, body, Evidence.TEXT)


def _is_office(reading: CloseReading, subject: Subject) -> bool:
    """ "The Northvale foreign minister": one office, and not just anybody who was named."""
    words = reading.lexicon.words
    *before, head = subject.text.split()
    return head in words.roles and any(word in words.role_modifiers - _NO_MODIFIERS for word in before)


def _said_since(reading: CloseReading, last: tuple[int, Speaker], subject: Subject) -> set[str]:
    """Others than the last speaker of whom the narration since says that they said something."""
    verbs = reading.lexicon.cues.verbs
    found = set()
    for name in reading.people.between(last[0], subject.start):
        word = _NEXT_WORD.match(reading.flat, name.outer_end)
        says = word is not None and ("say" in {kind for form, kind in verbs.get(word[1], ()) if form == word[1]})
        if says and reading.narrated(name) and name.person != last[1].name:
            found.add(name.person)
    return found


def _of_age(reading: CloseReading, age: str) -> str | None:
    """The only person of whom the article says that age: "Jane Hale, 43,"."""
    stated = re.compile(rf",? (?:aged )?\(?{age}\b(?!-)")
    aged = {name.person for name in reading.people.names if stated.match(reading.flat, name.outer_end)}
    return aged.pop() if len(aged) == 1 else None


def _main_person(reading: CloseReading, *, elected: bool) -> str | None:
    """Whom the article names first and most: it says their age once, so that it need not repeat the name.

    elected: only one whom it gives an elected office, as when it says "the Northvale Democrat"
    """
    named = [name for name in reading.people.names if reading.narrated(name)]
    if not named:
        return None
    first = named[0]
    if elected and first.title not in _ELECTED:
        return None
    most = Counter(name.person for name in named).most_common(2)
    clear = most[0][0] == first.person and (len(most) == 1 or most[0][1] > most[1][1])
    return first.person if clear else None


def _only_one_before(reading: CloseReading, subject: Subject) -> str | None:
    """The only person whom a paragraph names before "the Republican", in another sentence than that."""
    start = reading.paragraphs[reading.paragraph_at(subject.start)][0]
    named = {name.person for name in reading.people.between(start, subject.start) if reading.narrated(name)}
    sentence = reading.sentences[reading.sentence_at(subject.start)][0]
    if sentence > start:
        earlier = {name.person for name in reading.people.between(start, sentence) if reading.narrated(name)}
        return earlier.pop() if len(earlier) == 1 and earlier == named else None
    return named.pop() if len(named) == 1 and NEW_SENTENCE.search(reading.masked, start, subject.start) else None


def _person_with_role(reading: CloseReading, subject: Subject, office: str | None) -> str | None:
    """Whom the article gives that role: the nearest before the words, else the first after them."""
    wanted = _CHANGES_NOBODY.sub("", subject.text.casefold())
    head = re.split(r"\s+(?:of|for|at|in)\s+", wanted)[0].split()[-1]
    heads = {head, *ALSO_CALLED.get(head, ())}
    before = after = None
    of_place = tuple(word for word in subject.text.split() if word[:1].isupper())  # "the Ohio governor": not of Utah
    placed = None
    if office is None and reading.day is not None:
        for person in reading.people.genders:  # "the president", when the text names one who was president that day
            held = reading.lexicon.offices.held_by(person, reading.day)
            if held is not None and wanted in words(held.office):
                return person
    for name in reading.people.names:
        if not reading.narrated(name):
            continue
        role = reading.role_of(name)
        if role is None and name.title is None:
            continue
        text = reading.article.text[role[0] : role[1]] if role else name.title or ""
        same_office = office is not None and (found := reading.lexicon.offices.of_role(text)) and found.name == office
        same_words = office is None and (
            wanted in text.casefold() or not heads.isdisjoint(re.findall(r"[\w-]+", text.casefold()))
        )
        if not (same_office or same_words):
            continue
        if name.start < subject.start:
            before = name.person
            if of_place and all(word in _said_of(reading, name) for word in of_place):
                placed = name.person
        elif after is None and office is not None:
            after = name.person
    return placed or before or after


def _said_of(reading: CloseReading, name: Name) -> str:
    """What stands right beside a name: "Ohio Gov. Luis Hale", "Luis Hale, R-Ohio,"."""
    before = re.split(r"[,;:](?=\s)", reading.flat[max(0, name.outer_start - _MAX_TO_PLACE) : name.outer_start])[-1]
    after = re.split(r"[,;:.](?=\s)", reading.flat[name.outer_end : name.outer_end + _MAX_TO_PLACE])[:2]
    return f"{before} {' '.join(after)}"
