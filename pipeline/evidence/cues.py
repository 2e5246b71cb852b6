"""A marked run, or a paragraph that ends in a colon → the cue that says whose words they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evidence.close_reading import CloseReading, Verb
from pipeline.evidence.descriptions import Subject
from pipeline.evidence.quotation_marks import Run
from pipeline.evidence.subjects import clause_subject, leading_subject, subject_after, subject_before, subject_from
from pipeline.evidence.unlisted_subjects import unlisted_source


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that say who speaks: characters start..end, and the subject in them."""

    subject: Subject
    start: int
    end: int
    said_end: int  # where subject and verb are both done
    tight: bool  # nothing but the verb, a colon or a comma stands between subject and words
    governs: bool = False  # its verb governs words inside a sentence ("called it …") and reports no sentence


_MARKS = frozenset("\"”'’")
_LINK = ",?!…—–-"
_ADVERBS = re.compile(r"[\s,–—-]*(?:(?:also|then|later|further|[a-z]+ly)[\s,]*)*$")
_TIGHT = re.compile(r"\s*(?:that|how)?\s*[,:]?\s*$")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|got)\s+(?:(?:\w+ly|also|even|once|then|since)\s+)?$")
_PARTICIPLE = re.compile(r"(?:ed|told|written|quoted)$")
_QUOTED_AS = re.compile(r"quot(?:ed|es|ing)\s+(.{1,60}?)\s+as\s+saying\b")
PLAIN_SAYING = frozenset({"said", "says", "told", "tells", "wrote", "writes"})
_NEGATED = re.compile(r"(?:n't|\bnot|\bnever|\bneither)\s(?:\w+\s)?$")
_BARE_NAME = re.compile(r"\s((?:[A-Z][\w'&.-]*\s?)+?)\.?\s*")
_AS_TOLD = re.compile(r"[\s,–—-]*as\s")
_BY = re.compile(r"\s+(?:\w+\s+){0,4}?by\s+")
_ENDS_HERE = re.compile(r"\s*(?:[.,]|$|in\s|on\s|to\s|during\s|at\s|yesterday|today|after\s|outside\s|from\s)")
_TOLD_WHOM = re.compile(
    r"\s(?:the\s)?(?:[A-Z][\w'&.-]*\s?|reporters|journalists|of\s){1,5}(?:[.,]|$|on\s|in\s|at\s|after\s)"
)
_DASH_NAME = re.compile(r"\s*[–—-]{1,2}\s*(?=[A-Z])")
MAX_CHARACTERS = 800  # a sentence that is longer is a list or a table
MAX_CUE_WORDS = 30
_MAX_WORDS_TO_RUN = 30
_ABOUT_SOMEBODY = re.compile(r"\b(?:about|of|over|at)\s(?:[A-Z][\w.'-]*\s){1,3}$")
_MAX_WORDS_TO_GOVERNED = 20


def cue_after(reading: CloseReading, run: Run, ceiling: int) -> Cue | None:
    """The cue that follows a run: "…," she wrote; "…," said Home Secretary Amber Rudd; "…", according to police."""
    masked = reading.masked
    at = run.outer_end
    if not run.closed:
        return None
    last = _last_mark(reading, run)
    rest = masked[at:ceiling]
    linked = last in _LINK or rest.lstrip()[:1] in (",", "–", "—")
    follows = _follows(reading, at, ceiling)
    if follows is not None:
        return follows
    colon = masked.startswith(": ", run.outer_start - 2)
    if not colon and (dash := _DASH_NAME.match(masked, at, ceiling)) and last in ".!?":
        subject = subject_from(reading, dash.end(), ceiling)
        if subject is not None and subject.kind == "person":
            return Cue(subject, at, _sentence_end(reading, dash.end(), ceiling), subject.end, True)
    if last == "," and (bare := _BARE_NAME.fullmatch(masked, at, ceiling)):
        subject = subject_from(reading, bare.start(1), ceiling)
        if subject is not None and subject.kind == "person" and masked[subject.end : bare.end()].strip(" .") == "":
            return Cue(subject, at, ceiling, subject.end, True)  # “…,” Prime Minister Amber Hale.
    for verb in reading.verbs_between(at, ceiling):
        gap = masked[at : verb.start]
        begins = at + len(gap) - len(gap.lstrip(" \u00a0,–—-"))
        same_sentence = reading.sentence_at(begins) == reading.sentence_at(verb.start)
        if not same_sentence:
            break
        if verb.kind == "opens" or len(gap.split()) > MAX_CUE_WORDS or ";" in gap:
            return None
        if verb.kind in ("govern", "weak"):
            continue
        if verb.form.endswith("ing") and " " not in verb.form and not _QUOTED_AS.match(masked, verb.start):
            continue  # "…,” with a minister saying that …"
        if masked.startswith(" that", verb.end) and ceiling < reading.paragraphs[reading.paragraph_at(at)][1]:
            return None  # it introduces the next run
        if _ADVERBS.fullmatch(gap):
            inverted = (linked or last == ".") and verb.form not in {"told", "tells"}  # "…,” told the BBC": whom
            subject = subject_after(reading, verb, ceiling) if inverted else None
            if subject is None and inverted and (one := unlisted_source(reading, verb.end + 1, ceiling)):
                subject = Subject("body", *one, reading.article.text[one[0] : one[1]])  # said one follower on her page
        elif linked or (last == "." and _ENDS_HERE.match(masked, verb.end)):
            as_told = _AS_TOLD.match(gap)  # “…,” as the BBC reported
            if as_told and _ENDS_HERE.match(masked, verb.end):
                at_words = at + as_told.end()
            elif re.match(r"\s*[,–—-]?\s*(?:and|but|as|while|because|which|who)\s", gap):
                return None
            else:
                at_words = at
            subject = subject_of(reading, verb, at_words, ceiling)
        else:
            subject = subject_of(reading, verb, at, ceiling)
            at_once = subject is not None and all(word[:1].isupper() for word in masked[at : subject.start].split())
            if (
                subject is None
                or subject.kind != "person"
                or not at_once
                or masked[verb.end : verb.end + 1] not in ".,"
            ):
                return None  # all but “… at the bridge” Amber Hale tweeted.
        if subject is None:
            continue
        end = max(_sentence_end(reading, verb.start, ceiling), verb.end)
        return Cue(subject, at, end, max(verb.end, subject.end), True)
    if last == ",":
        return _unlisted_verb(reading, run, ceiling) or _verbless(reading, run, ceiling)
    did = _unlisted_verb(reading, run, ceiling) if last in "?!" else None
    return did if did is not None and did.subject.kind == "person" and masked.startswith(".", did.said_end) else None


def _verbless(reading: CloseReading, run: Run, ceiling: int) -> Cue | None:
    """A name with what describes it and no verb: "…,” Amber Hale, a bridge engineer whose firm built it."."""
    at = run.outer_end
    subject = subject_from(reading, at, ceiling)
    if subject is None or subject.kind != "person" or not _DESCRIBED_ONLY.match(reading.masked, subject.end):
        return None
    between = reading.masked[at : subject.start].split()
    if not all(word[:1].isupper() for word in between):
        return None
    return Cue(subject, at, _sentence_end(reading, subject.start, ceiling), subject.end, True)


_DESCRIBED_ONLY = re.compile(r", (?:an?|the|who|whose|[a-z]+ (?:of|for|at|with))\s[^.]*\.")


def _unlisted_verb(reading: CloseReading, run: Run, ceiling: int) -> Cue | None:
    """A whole sentence and its comma, then a subject and what it did: "…,” the league carped in an email"."""
    at = run.outer_end
    found = _DID.match(reading.masked, at, ceiling)
    sentence = reading.flat[run.start].isupper() and len(reading.flat[run.start : run.end].split()) >= _MIN_WORDS
    if found is None or not sentence or reading.sentence_at(at + 1) != reading.sentence_at(found.start(1)):
        return None
    subject = subject_before(reading, Verb(*found.span(1), "say", found[1]), at)
    if subject is None or subject.start > at + _MAX_WORD_SPACE:
        return None
    return Cue(subject, at, _sentence_end(reading, found.start(1), ceiling), found.end(1), True)


_DID = re.compile(r"\s(?:[\w'&.-]+\s){1,8}?([a-z]{3,}ed)(?=[.,]|\s(?:in|on|to|at|during|after|with|about|from)\s)")
_MIN_WORDS = 5
_MAX_WORD_SPACE = 6  # characters to the subject: its article


def _last_mark(reading: CloseReading, run: Run) -> str:
    """The last character of the words, marks of what is quoted inside them off: “… ‘who goes there?’” ends in "?"."""
    end = run.end
    while end > run.start + 1 and reading.flat[end - 1] in "'\"”":
        end -= 1
    return reading.flat[end - 1]


def _is_finite(reading: CloseReading, verb: Verb) -> bool:
    to = reading.masked.startswith("to ", verb.start - 3)  # "to say", and "to chants of"
    return verb.kind == "say" and not verb.form.endswith("ing") and not to


def is_attributed(reading: CloseReading, run: Run, ceiling: int) -> bool:
    """Whether a verb of speech or "according to" says whose words a run is, be its subject one that can be read or not.

    Whoever was spoken of last is then no guess worth making.
    """
    masked = reading.masked
    at = run.outer_end
    if _last_mark(reading, run) in _LINK or masked[at:ceiling].lstrip()[:1] in (",", "–", "—"):
        if any(
            re.match(rf"[\s,–—-]*{phrase}\s", masked[at:ceiling], re.IGNORECASE)
            for phrase in reading.lexicon.cues.follows
        ):
            return True
        first = next((verb for verb in reading.verbs_between(at, ceiling) if _is_finite(reading, verb)), None)
        if first is not None and len(masked[at : first.start].split()) <= MAX_CUE_WORDS:
            begins = at + len(masked[at : first.start]) - len(masked[at : first.start].lstrip(" \u00a0,–—-"))
            return reading.sentence_at(begins) == reading.sentence_at(first.start)
    start = reading.sentences[reading.sentence_at(run.outer_start)][0]
    before = [verb for verb in reading.verbs_between(start, run.outer_start) if verb.kind == "say"]
    return bool(before) and (
        _TIGHT.fullmatch(masked, before[-1].end, run.outer_start) is not None
        or masked.endswith(": ", start, run.outer_start)
    )


def cue_at_end(reading: CloseReading, run: Run) -> Cue | None:
    """The cue that ends a sentence: shots were fired "by several people", the chief constable said on Monday."""
    end = reading.sentences[reading.sentence_at(run.outer_start)][1]
    for verb in reversed(reading.verbs_between(run.outer_end, end)):
        comma = reading.masked.rfind(",", run.outer_end, verb.start)
        if verb.kind != "say" or comma < 0:
            continue
        if not reading.masked[comma + 1 : verb.start].strip() and verb.form in PLAIN_SAYING:
            subject = subject_after(reading, verb, end)  # … “little deal” announced in May, said Jane Doe
            if subject is not None and subject.kind == "person":
                return Cue(subject, comma, end, subject.end, False)
        told = verb.form in {"told", "tells"} and _TOLD_WHOM.match(reading.masked, verb.end, end)
        if not told and not _ENDS_HERE.match(reading.masked, verb.end, end):
            continue
        subject = subject_of(reading, verb, comma + 1, end)
        if subject is not None:
            return Cue(subject, comma, end, verb.end, False)
    return None


def _follows(reading: CloseReading, at: int, ceiling: int) -> Cue | None:
    for phrase in reading.lexicon.cues.follows:
        found = re.compile(rf"[\s,–—-]*{phrase}\s+", re.IGNORECASE).match(reading.masked, at, ceiling)
        if found:
            subject = subject_from(reading, found.end(), ceiling)
            if subject is None and (source := unlisted_source(reading, found.end(), ceiling)):
                subject = Subject("body", *source, reading.article.text[source[0] : source[1]])
            if subject is not None:
                return Cue(subject, at, _sentence_end(reading, found.end(), ceiling), subject.end, True)
    return None


def cue_before(reading: CloseReading, run: Run, floor: int) -> Cue | None:
    """The cue that stands before a run in its own sentence: "Amber Rudd said: …", "he called it …"."""
    masked = reading.masked
    start = max(reading.sentences[reading.sentence_at(run.outer_start)][0], floor, run.outer_start - MAX_CHARACTERS)
    colon = run.outer_start - 1
    answer = ANSWER.search(masked, start, colon) if masked.startswith(": ", colon - 1) else None
    if answer is not None and (own := answer_cue(reading, answer, start, colon)) is not None:
        return own
    found: Cue | None = None
    verbs = reading.verbs_between(start, run.outer_start)
    for index in range(len(verbs) - 1, -1, -1):
        verb = verbs[index]
        between = masked[verb.end : run.outer_start]
        colon = between.rstrip().endswith(":")
        tight = bool(_TIGHT.fullmatch(between)) or colon
        distance = len(between.split())
        if verb.kind == "opens" and not colon:
            continue
        if verb.kind == "weak" and any(earlier.kind == "say" for earlier in verbs[:index]):
            continue  # "she said they could not expect “…”": hers, negated or not
        if verb.form.endswith("ing") and masked.startswith("of ", verb.start - 3) and index > 0:
            continue  # "accused of advocating “…”": what the accusers say
        if verb.form.endswith("ing") and index > 0 and _ABOUT_SOMEBODY.search(masked, start, verb.start):
            continue  # "The paper joked about Tom Vale asking …: “…”"
        if verb.form.startswith(("respond", "react")) and index > 0 and between.endswith(" by "):
            continue  # "saying that Mr Hale responded to it by “rowing away”"
        if _NEGATED.search(masked, max(start, verb.start - 16), verb.start):
            break  # "he never said that it was “over”"
        governs = verb.kind in ("govern", "weak")
        if distance > (_MAX_WORDS_TO_GOVERNED if governs and not colon else _MAX_WORDS_TO_RUN):
            break
        subject = None
        if verb.form.endswith("ing") and masked[max(0, verb.start - 3) : verb.start].rstrip().endswith(","):
            subject = clause_subject(reading, start, verb.start)
            subject = subject or _earlier(reading, verbs[:index], start, run.outer_start)
        subject = subject or subject_of(reading, verb, start, run.outer_start)
        if subject is None and verb.form.endswith("ing"):
            earlier = _earlier(reading, verbs[:index], start, run.outer_start)
            subject = earlier or clause_subject(reading, start, verb.start)
        if subject is not None:
            found = Cue(subject, start, run.outer_start, verb.end, tight, governs)
            break
    return (
        found
        or _inverted_before(reading, start, run.outer_start)
        or _according_before(reading, start, run.outer_start)
        or _subject_and_colon(reading, start, run.outer_start)
    )


def _inverted_before(reading: CloseReading, start: int, end: int) -> Cue | None:
    """A verb that opens its sentence, its subject after it: "Agreed the senator, “…”", "Says Amber Hale: “…”"."""
    opening = _OPENING_WORD.match(reading.masked, start, end)
    form = opening[1].lower() if opening else ""
    if opening is None or (
        "say" not in {kind for other, kind in reading.lexicon.cues.verbs.get(form, ()) if other == form}
    ):
        return None
    subject = subject_from(reading, opening.end(), end)
    if subject is None or _TO_THE_WORDS.fullmatch(reading.masked, subject.end, end) is None:
        return None
    return Cue(subject, start, end, subject.end, True)


_OPENING_WORD = re.compile(r"\s*([A-Z][a-z]+(?:ed|s|said|told|ote))\s")
_TO_THE_WORDS = re.compile(r"[^.;:]{0,80}[,:]\s*")


def _earlier(reading: CloseReading, verbs: Sequence[Verb], start: int, end: int) -> Subject | None:
    """The subject of the nearest of some verbs that has one, before it or, behind a quotation, after it."""
    for verb in reversed(verbs):
        inverted = reading.masked[max(start, verb.start - 3) : verb.start].rstrip(" ,")[-1:] in _MARKS
        found = subject_after(reading, verb, end) if inverted else subject_of(reading, verb, start, end)
        if found is not None:
            return found
    return None


def _subject_and_colon(reading: CloseReading, start: int, end: int) -> Cue | None:
    """A person and a colon: "In a tweet, the strategist Amber Hale returned fire: …"."""
    colon = _NAMED.search(reading.masked, start, end)
    subject = leading_subject(reading, start, colon.start()) if colon else None
    if colon is None or subject is None or subject.kind not in {"person", "pronoun"}:
        return None
    return Cue(subject, start, end, colon.end(), True)


_NAMED = re.compile(r":\s*$")


def _according_before(reading: CloseReading, start: int, end: int) -> Cue | None:
    """ "According to the report, the scheme was …": the speaker stands at the head of the sentence."""
    for phrase in reading.lexicon.cues.follows:
        found = re.compile(rf"\s*{phrase}\s+", re.IGNORECASE).match(reading.masked, start, end)
        if found:
            comma = reading.masked.find(",", found.end(), end)
            subject = subject_from(reading, found.end(), comma if comma > 0 else end)
            if subject is not None:
                return Cue(subject, start, end, subject.end, False)
    return None


def subject_of(reading: CloseReading, verb: Verb, floor: int, ceiling: int) -> Subject | None:
    """Who says what a verb introduces: its subject, whom a passive names after "by", who is quoted as saying it."""
    if quoted := _QUOTED_AS.match(reading.masked, verb.start, ceiling):
        return subject_before(reading, Verb(quoted.end(1), quoted.end(), "say", "saying"), quoted.start(1))
    before = reading.masked[max(floor, verb.start - 30) : verb.start]
    if _PARTICIPLE.search(verb.form) and " " not in verb.form and _PASSIVE.search(before):
        by = _BY.match(reading.masked, verb.end, ceiling)
        return subject_from(reading, by.end(), ceiling) if by else None
    return subject_before(reading, verb, floor)


# "Her answer is blunt:" introduces words as "she says:" does.
ANSWER = re.compile(
    r"\b(?:(?P<whose>[Hh]is|[Hh]er|[Tt]heir)|(?P<name>[A-Z][\w'-]*(?: [A-Z][\w'-]*)*)'s?)"
    r" (?:\w+ ){0,2}?(?:answer|reply|response|verdict|message|advice|view|explanation|conclusion|warning|assessment|"
    r"question|plea|quip|retort|words|account|defence|defense|argument|take|reaction|(?:remarks|tweet|statement)"
    r"(?![^:]*\b(?:said|says|told|wrote|added|asked|tweeted)\b))\b"
    r"[^.:;]{0,90}"
    r"(?:\b(?:is|was|were|are|came|comes|remains|goes|went|runs|ran)\b[^.:;]{0,40})?:$"
)


def answer_cue(reading: CloseReading, answer: re.Match[str], start: int, end: int) -> Cue | None:
    """The cue that an answer is: "Her verdict was harsh:", "Mr Hale's reply:"."""
    if whose := answer["whose"]:
        pronoun = {"his": "he", "her": "she", "their": "they"}[whose.lower()]
        return Cue(Subject("pronoun", answer.start("whose"), answer.end("whose"), pronoun), start, end, end, True)
    name = next(reading.people.between(answer.start("name"), answer.end("name") + 1), None)
    return Cue(Subject("person", name.start, name.end, name.person), start, end, end, True) if name else None


def _sentence_end(reading: CloseReading, position: int, ceiling: int) -> int:
    return min(reading.sentences[reading.sentence_at(position)][1], ceiling)
