"""A speech or letter → one quote: all of it is its speaker's words. The speaker signs, or the title names them."""

from __future__ import annotations

import re

from pipeline.evidence.called_speakers import person_speaker
from pipeline.evidence.callings import Speaker, inferred
from pipeline.evidence.close_reading import CloseReading
from pipeline.evidence.descriptions import Subject
from pipeline.evidence.lexicon import flatten
from pipeline.evidence.names import see_names
from pipeline.evidence.roles import organisation_of, role_after, role_before, stated_role
from pipeline.evidence.speakers import speaker_of
from pipeline.model import Evidence, Quote, derived_id
from pipeline.sentences import Range

_SALUTATION = re.compile(r"(?:Dear|To|My dear)\b[^.!?]{0,80}[,:]?$")
_GREETING = re.compile(r"(?:My )?[Dd]ear [^.!?]{1,80}?,\s+(?=[A-Z])")  # on one line with the first words
_CLOSE = re.compile(
    r"(?:Yours|Kind regards|Best wishes|Best regards|Regards|With (?:best|kind|warm)|Sincerely|Faithfully)\b.{0,30}$",
    re.IGNORECASE,
)
_TITLE_SPEAKER = re.compile(
    r"^(?P<who>.{3,80}?)(?:['’]s?)?\s+(?:keynote |opening |closing |full |annual |maiden |oral |written |open |joint )*"
    r"(?:speech|address|speaks|remarks|statement|letter|writes|foreword|lecture|keynote)\b",
    re.IGNORECASE,
)
_SPOKE = re.compile(
    r"(?:,[^,]{2,80},)? (?:spoke|speaks|speaking|gave|gives|delivered|delivers|addressed|addresses|opened|opens|set|"
    r"sets|made|makes|told|tells|said|says|used|uses|outlined|outlines|wrote|writes|issued|issues|responded|has)\b"
)
_TITLE_BY = re.compile(
    r"\b(?:speech|address|remarks|statement|letter|lecture)\s+(?:by|from)\s+(?P<who>.{3,80})$", re.IGNORECASE
)


def speech_quote(reading: CloseReading) -> Quote | None:
    """The whole text as one block of its speaker; salutation and signature are not part of it. None for no text."""
    body = list(range(len(reading.paragraphs)))
    signature: list[int] = []
    for index in body:
        start, end = reading.paragraphs[index]
        if index > 0 and _CLOSE.match(reading.flat, start, end):
            signature = body[index + 1 :]
            body = body[:index]
            break
    if body and _SALUTATION.fullmatch(reading.flat, *reading.paragraphs[body[0]]):
        body = body[1:]
    if not body:
        return None
    first = reading.paragraphs[body[0]]
    if greeting := _GREETING.match(reading.flat, *first):
        first = (greeting.end(), first[1])
    speaker = _signed(reading, signature) or _titled(reading)
    fragments = (first, *(reading.paragraphs[index] for index in body[1:]))
    return Quote(
        quote_id=derived_id("quote", reading.article.article_id, fragments[0][0], fragments[-1][1]),
        article_id=reading.article.article_id,
        text="\n\n".join(reading.article.text[start:end] for start, end in fragments),
        speaker=speaker.name if speaker else None,
        speaker_by=speaker.by if speaker else None,
        role=speaker.role if speaker else None,
        organisation=speaker.organisation if speaker else None,
        kind="block",
        cue=None,
        fragments=fragments,
        role_by=speaker.role_by if speaker else None,
    )


def _signed(reading: CloseReading, signature: list[int]) -> Speaker | None:
    """Speaker from the lines under "Yours sincerely": a name, and the role after it or on the next line."""
    for position, index in enumerate(signature):
        start, end = reading.paragraphs[index]
        name = next(iter(reading.people.between(start, end)), None)
        if name is None:
            continue
        found = role_after(reading.flat, name, end, reading.lexicon, whole=True)
        line_end = reading.flat.find("\n", name.end, end)
        if found is None and line_end >= 0:
            found = _role_line(reading, (line_end + 1, max(reading.flat.find("\n", line_end + 1, end), end)))
        if found is None and position + 1 < len(signature):
            found = _role_line(reading, reading.paragraphs[signature[position + 1]])
        role = reading.article.text[found[0] : found[1]] if found else None
        if role is None:
            return person_speaker(reading, name.person, Evidence.TEXT)
        body = organisation_of(role, reading.lexicon, reading.day)
        return Speaker(name.person, Evidence.TEXT, role, body, Evidence.TEXT)
    return None


def _role_line(reading: CloseReading, line: Range) -> Range | None:
    words = reading.flat[line[0] : line[1]].lower().replace(",", "").split()
    return line if len(words) <= 20 and any(word in reading.lexicon.words.roles for word in words) else None


def _titled(reading: CloseReading) -> Speaker | None:
    """Speaker from the title or standfirst: "Home Secretary's speech on …", a name there, or the role in it by date."""
    parts = [part.text for part in (reading.article.title, reading.article.standfirst) if part]
    if reading.article.standfirst and (named := _named_at_head(reading, reading.article.standfirst.text)):
        return named
    for text in parts:
        for pattern in (_TITLE_SPEAKER, _TITLE_BY):
            found = pattern.search(text)
            if found is None:
                continue
            speaker = _called(reading, found.group("who"))
            if speaker is not None:
                return speaker
    for text in parts:
        for words in re.split(r"[:,;–—]|\s(?:writes|speaks|sets out|to|on|at|in|has|convened|announces)\s", text):
            speaker = _called(reading, words)
            if speaker is not None:
                return speaker
    return (reading.article.author and person_speaker(reading, reading.article.author, Evidence.INFERRED)) or None


def _named_at_head(reading: CloseReading, text: str) -> Speaker | None:
    """Speaker whom a standfirst names first, listed or not: "Minister Jane Doe spoke in Harrogate about …"."""
    flat = flatten(text)
    name = next(iter(sorted(see_names(text, flat, reading.lexicon).full, key=lambda one: one.start)), None)
    if name is None or not _SPOKE.match(flat, name.outer_end):
        return None
    role = role_before(flat, name, 0, reading.lexicon)
    if name.start > 0 and role is None:
        return None
    return person_speaker(reading, name.person, Evidence.INFERRED, stated_role(text, role))


def _called(reading: CloseReading, words: str) -> Speaker | None:
    """The speaker that a few words of a title name: a listed office, or a person the article or list knows."""
    words = words.strip(" '’\"“”")
    offices = reading.lexicon.offices
    if offices.of_role(words) is not None:
        speaker = speaker_of(reading, Subject("role", 0, 0, re.sub(r"^[Tt]he\s+", "", words)), [])
        return inferred(speaker) if speaker else None
    tokens = words.split()
    for start in range(max(0, len(tokens) - 4), len(tokens)):
        name = " ".join(tokens[start:])
        if len(tokens) - start >= 2 and (offices.knows(name) or tokens[start] in reading.lexicon.given_names):
            role = " ".join(tokens[:start]) or None
            if role and offices.of_role(role) is None:
                role = None
            return person_speaker(reading, name, Evidence.INFERRED, role)
    return None
