"""Article → its close reading: paragraphs, sentences, marked runs, names and verbs of speech, found once for all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from zoneinfo import ZoneInfo

from pipeline.evidence.lexicon import CueKind, Lexicon, flatten
from pipeline.evidence.names import Name
from pipeline.evidence.people import People, find_people
from pipeline.evidence.quotation_marks import Marks, Run, find_marks
from pipeline.evidence.roles import role_of
from pipeline.model import Article
from pipeline.sentences import Range, paragraphs, sentences

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that may introduce speech, outside every marked run."""

    start: int
    end: int
    kind: CueKind
    form: str


@dataclass(frozen=True, slots=True)
class CloseReading:
    """An article's text, read once. All positions are characters of Article.text."""

    article: Article
    lexicon: Lexicon
    flat: str  # straight apostrophes, same length
    masked: str  # flat, with what stands between marks blanked out: the narrator's words only
    paragraphs: tuple[Range, ...]
    marks: Marks
    sentences: tuple[Range, ...]  # of the masked text, so that no sentence begins inside a quotation
    people: People
    verbs: tuple[Verb, ...]
    day: date | None
    _roles: dict[int, Range | None]  # roles of names by their start, as they are asked for

    def paragraph_at(self, position: int) -> int:
        """Index of the paragraph that holds the position."""
        return max(bisect_right(self.paragraphs, (position, len(self.flat) + 1)) - 1, 0)

    def sentence_at(self, position: int) -> int:
        """Index of the sentence that holds the position."""
        return max(bisect_right(self.sentences, (position, len(self.flat) + 1)) - 1, 0)

    def verbs_between(self, start: int, end: int) -> Sequence[Verb]:
        """Verbs that lie within the range, in order."""
        first = bisect_left(self.verbs, start, key=_verb_start)
        last = bisect_left(self.verbs, end, key=_verb_start)
        found = self.verbs[first:last]
        return found[:-1] if found and found[-1].end > end else found

    def role_of(self, name: Name) -> Range | None:
        """The role that the sentence of a name states for it."""
        if name.start not in self._roles:
            start, end = self.sentences[self.sentence_at(name.start)]
            self._roles[name.start] = role_of(self.flat, name, start, end, self.lexicon)
        return self._roles[name.start]

    def narrated(self, name: Name) -> bool:
        """Whether a name stands in the narrator's words, not between marks."""
        return self.masked[name.start] != "\x00"


def _verb_start(verb: Verb) -> int:
    return verb.start


_LOWER_WORD = re.compile(r"(?<![\w'-])[a-z]+(?![\w'-])")
_NOUN_BEFORE = frozenset("the a an his her its their this that these those no any of in our my your by for".split())
_ONE_THING = frozenset({"a", "an", "this"})  # "a subsequent report", "this latest claim"
_THINGS = frozenset(
    "report claim comment address note call answer reply remark post tweet message order release quote cry joke boast "
    "pledge promise vow estimate forecast question request appeal protest brand demand attack label term name".split()
)
_MOSTLY_THINGS = frozenset(
    "message messages tweet tweets text texts remarks comments post posts email emails boast".split()
)
_MARKS_AND_COMMA = frozenset(",\"”'’")  # “…,” comments Amber Hale
_WHO_DOES = re.compile(r"\b(?:I|we|he|she|they|who|also|then|[a-z]+ly|[A-Z][\w'-]*) $")
_BREAK = re.compile(r"[,;:.()–—]")
_BLANK = "\x00"


def read_closely(article: Article, lexicon: Lexicon, *, zone: tzinfo = LONDON) -> CloseReading:
    """Read an article for its quotes and mentions. zone: of the day on which it decides who held an office."""
    text = _without_links(article.text)
    flat = flatten(text)
    spans = paragraphs(text)
    marks = find_marks(text, spans)
    masked = _mask(flat, marks.runs)
    day = article.published_at.astimezone(zone).date() if article.published_at else None
    others = [part.text for part in (article.title, article.standfirst, *article.captions) if part]
    return CloseReading(
        article=article,
        lexicon=lexicon,
        flat=flat,
        masked=masked,
        paragraphs=tuple(spans),
        marks=marks,
        sentences=tuple(part for start, end in spans for part in sentences(masked, start, end)),
        people=find_people(text, flat, lexicon, day, others),
        verbs=tuple(_verbs(masked, lexicon)),
        day=day,
        _roles={},
    )


# "Rep. Amber Hale Amber Mary HaleCouncil to vote on bridge MORE said": a page's list of links, read into its sentence.
_LINKS = re.compile(
    r"\b([A-Z][\w'’-]*[a-z])(\s(?:[A-Z(][\w'’.()-]*\s){0,6}\1(?=[A-Z])[^\n]{0,900}?\sMORE\b(?=[\s.,;:)(]|$))"
)


def _without_links(text: str) -> str:
    """The text with the links of its names blanked out, every character at its place."""
    if " MORE" not in text:
        return text
    return _LINKS.sub(lambda found: found[1] + " " * len(found[2]), text)


def _mask(flat: str, runs: tuple[Run, ...]) -> str:
    """Blank out the runs but for their last mark of punctuation, which may end a sentence."""
    parts = []
    at = 0
    for run in runs:
        keep = 1 if flat[run.end - 1] in ".!?…," else 0
        parts += [flat[at : run.start], _BLANK * (run.end - run.start - keep)]
        at = run.end - keep
    parts.append(flat[at:])
    return "".join(parts)


def _verbs(masked: str, lexicon: Lexicon) -> list[Verb]:
    table = lexicon.cues.verbs
    found: list[Verb] = []
    earlier, before, ended = "", "", 0  # the two lower-case words before, and where the nearer one ends
    for match in _LOWER_WORD.finditer(masked):
        word = match.group()
        if word in table:
            start = match.start()
            if _BREAK.search(masked, ended, start):
                earlier = before = ""  # "abuses of Israel, calling it …": "of" is not what stands before it
            form, kind = next((pair for pair in table[word] if masked.startswith(pair[0], start)), ("", None))
            overlaps = bool(found) and start < found[-1].end
            if kind is not None and not overlaps and not _is_noun(masked, start, form, before, earlier):
                found.append(Verb(start, start + len(form), kind, form))
        earlier, before, ended = before, word, match.end()
    return found


def _is_noun(masked: str, start: int, form: str, before: str, earlier: str) -> bool:
    """Whether what could be a verb of speech is a thing here: "Hale's claim", "the report", "a subsequent report"."""
    if masked[start - 3 : start] == "'s ":
        return True
    if (
        form in _MOSTLY_THINGS
        and masked[start - 2 : start - 1] not in _MARKS_AND_COMMA
        and not _WHO_DOES.search(masked, max(0, start - 24), start)
    ):
        return True  # "his divisive campaign message"
    if before in _NOUN_BEFORE:
        return not form.endswith("ed") and form not in {"said", "says", "told", "wrote"}
    if masked.startswith(" of ", start + len(form)) and earlier in _NOUN_BEFORE and not before.endswith("s"):
        return True  # "the real message of the offer"
    return earlier in _ONE_THING and form in _THINGS
