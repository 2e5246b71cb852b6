"""Parts → sentence: the words of a digest, each claim with its witnesses as it is written down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.digests.digest_model import Part, Sentence, Witness
from pipeline.model import derived_id

_CLAIMS = re.compile(r"[£$€]?\d[\w.,]*%?|(?<!^)(?<![.!?:] )\b[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*")
_DOUBLE = frozenset('“”"')
_INNER = re.compile(r"[“”\"]([^“”\"]*)[“”\"]")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Line:
    """A sentence in the making."""

    def __init__(self) -> None:
        self._parts: list[Part] = []

    def say(self, text: str) -> Line:
        """Words of our own, which claim nothing."""
        self._parts.append(Part(text))
        return self

    def name(self, text: str, *witnesses: Witness) -> Line:
        """A name, as a source gives it."""
        self._parts.append(Part(text, "name", witnesses))
        return self

    def number(self, text: str, *witnesses: Witness) -> Line:
        """A figure, as a source gives it."""
        self._parts.append(Part(text, "number", witnesses))
        return self

    def quote(self, text: str, *witnesses: Witness) -> Line:
        """A source's own words, in quotation marks; an ellipsis says that words were left out."""
        bare = _with_single_marks(text.strip())
        self._parts.append(Part(f"“{bare}”", "quote", witnesses))
        return self

    def day(self, text: str, *witnesses: Witness) -> Line:
        """A date or time, worked out from the words that print it."""
        self._parts.append(Part(text, "date", witnesses))
        return self

    def share(self, text: str, *witnesses: Witness) -> Line:
        """How much of something something else is, worked out; the witnesses are the words that were counted."""
        self._parts.append(Part(text, "share", witnesses))
        return self

    def count(self, noun: str, counted: Sequence[str], plural: str | None = None) -> Line:
        """How many things there are, by their ids: "2 outlets"."""
        number = len(counted)
        self._parts.append(
            Part(f"{number} {noun if number == 1 else plural or noun + 's'}", "count", (), tuple(counted))
        )
        return self

    def out_of(self, some: Sequence[str], all_: Sequence[str]) -> Line:
        """ "2 of 3": how many of how many, by their ids."""
        self._parts.append(Part(str(len(some)), "count", (), tuple(some)))
        self._parts.append(Part(" of "))
        self._parts.append(Part(str(len(all_)), "count", (), tuple(all_)))
        return self

    def text(self, text: str, *witnesses: Witness) -> Line:
        """Words of our own whose names and numbers the witnesses bear out, such as a heading."""
        end = 0
        claims = list(_CLAIMS.finditer(text))
        if not claims:  # nothing to check word by word, but it leads to what it is made of
            self._parts.append(Part(text, "plain", witnesses))
            return self
        for claim in claims:
            if claim.start() > end:
                self._parts.append(Part(text[end : claim.start()]))
            kind = "number" if any(character.isdigit() for character in claim[0]) else "name"
            self._parts.append(Part(claim[0], kind, witnesses))  # type: ignore[arg-type]
            end = claim.end()
        if end < len(text):
            self._parts.append(Part(text[end:]))
        return self

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been said yet."""
        return not self._parts

    def listed(self, lines: Sequence[Line]) -> Line:
        """Lines joined as a list: "a, b and c"; "a; b, c; and d" where one has a comma or an "and" of its own."""
        texts = ["".join(part.text for part in line._parts) for line in lines]
        apart = len(lines) > 1 and any(" and " in text or ("," in text and len(lines) > 2) for text in texts)
        for place, line in enumerate(lines):
            if place:
                last = place == len(lines) - 1
                self.say(("; and " if last else "; ") if apart else (" and " if last else ", "))
            self._parts += line._parts
        return self

    def include(self, sentence: Sentence) -> Line:
        """What another sentence says, claims and all."""
        self._parts += sentence.parts
        return self

    def sentence(self, day: date, section: str, story_id: str | None = None) -> Sentence:
        """The finished sentence; its id follows from the day, the section and its words."""
        parts = tuple(self._parts)
        if parts and parts[0].claim == "plain" and parts[0].text[:1].islower():
            parts = (replace(parts[0], text=parts[0].text[0].upper() + parts[0].text[1:]), *parts[1:])
        words = "".join(part.text for part in parts)
        return Sentence(
            sentence_id=derived_id("sentence", day.isoformat(), section, story_id or "", words)[:12],
            section=section,
            story_id=story_id,
            parts=parts,
        )


def _with_single_marks(text: str) -> str:
    """The text without the double marks around it; double marks inside are single ones, so that each has its pair."""
    marks = [place for place, character in enumerate(text) if character in _DOUBLE]
    if len(marks) % 2:  # cut from a longer quotation: the mark at its end, or else its first, has lost its pair
        lost = marks[-1] if marks[-1] == len(text) - 1 else marks[0]
        text = text[:lost] + text[lost + 1 :]
    elif marks == [0, len(text) - 1]:
        text = text[1:-1]
    return _INNER.sub(r"‘\1’", text.strip()).strip()
