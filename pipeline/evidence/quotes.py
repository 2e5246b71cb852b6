"""Article → its quotes: exact words, speaker, role on the day, organisation, and the words that introduce them.

Direct quotations with any marks, over one paragraph or several, split by their cue or not; block quotations after a
cue, with marks or without; words quoted inside a sentence; speeches and letters as words of one speaker. Marks around
words that nobody is said to have spoken (‘so-called’ words, titles) make no quote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from pipeline.evidence.blocks import block_paragraphs, is_caption, is_heading, is_narration
from pipeline.evidence.callings import Speaker, inferred, is_same_person
from pipeline.evidence.close_reading import CloseReading, Verb, read_closely
from pipeline.evidence.cues import Cue, cue_after, cue_at_end, cue_before, is_attributed
from pipeline.evidence.lexicon import Lexicon
from pipeline.evidence.marked_words import MarkedWords
from pipeline.evidence.paragraph_cues import inline_cue, paragraph_cue
from pipeline.evidence.quotation_marks import Run
from pipeline.evidence.speakers import speaker_of
from pipeline.evidence.speeches import speech_quote
from pipeline.evidence.unattributed import nearby_speaker
from pipeline.model import Article, Evidence, Kind, Quote, derived_id
from pipeline.sentences import Range

QuoteKind = Literal["direct", "block", "fragment"]


@dataclass(slots=True)
class _Draft:
    """A quote in the making."""

    kind: QuoteKind
    speaker: Speaker | None
    cue: Range | None
    attribution: Range | None = None  # the latest words that said who speaks, up to the end of their verb
    fragments: list[Range] = field(default_factory=list)
    parted: bool = False  # its fragments are of different sentences, and stand as paragraphs of their own


def extract_quotes(article: Article, lexicon: Lexicon) -> tuple[Quote, ...]:
    """The quotes of an article, in the order of their first words."""
    return quotes_of(read_closely(article, lexicon))


def quotes_of(reading: CloseReading) -> tuple[Quote, ...]:
    """The quotes of an article that has been read already."""
    if reading.article.kind in (Kind.SPEECH, Kind.LETTER) or reading.article.release_type in ("speech", "letter"):
        whole = speech_quote(reading)
        return (whole,) if whole else ()
    drafts = _Reader(reading).drafts()
    if not drafts and reading.article.release_type == "statement":
        whole = speech_quote(reading)
        return (whole,) if whole else ()
    quotes = [_quote(reading.article, draft) for draft in drafts if draft.fragments]
    return tuple(sorted(quotes, key=lambda quote: quote.fragments[0]))


_MIN_UNATTRIBUTED_WORDS = 6
_MIN_SPLIT_CHARACTERS = 20
_MAX_WORDS_OF_ATTRIBUTION = 14  # "… in an interview with the BBC on Monday"
_MAX_WORDS_OF_ASIDE = 45
_MAX_PARAGRAPHS_TO_NAME = 2
_ASIDE = re.compile(
    r"[^.!?]{0,80}?,\s(?:who|whose|whom|which)\b[^.!?]*\.\s*$"
)  # "he told Ms Tranter, who had asked about a hospital"
_MAX_LOST_PARAGRAPHS = 6


class _Reader:
    """Goes through the paragraphs once, in order. Who spoke last is what later pronouns and uncued quotes lean on."""

    def __init__(self, reading: CloseReading) -> None:
        self.reading = reading
        self.history: list[tuple[int, Speaker]] = []
        self.found: list[_Draft] = []
        self.open: _Draft | None = None  # a draft that the next paragraph may go on with
        self.open_must = False  # its last run was not closed: the next paragraph does go on with it
        self.pending: tuple[Speaker, Range] | None = None  # the paragraph before was a cue
        self.marked = MarkedWords(reading)
        count = len(reading.paragraphs)
        self.cues = {index: cue for index in range(count) if (cue := paragraph_cue(reading, index)) is not None}
        self.inline = self._inline_cues()
        self.cue_indices = frozenset(self.cues) | frozenset(self.inline)
        self.runs: dict[int, list[Run]] = {}
        for run in reading.marks.runs:
            self.runs.setdefault(reading.paragraph_at(run.outer_start), []).append(run)

    def drafts(self) -> list[_Draft]:
        index = 0
        while index < len(self.reading.paragraphs):
            index += self._paragraph(index)
        self._name_the_lead()
        return self.found

    def _name_the_lead(self) -> None:
        """Who speaks in the lead without a name ("the boss of a railway") is whoever is named next as speaking."""
        reading = self.reading
        led = [one for one in self.found if one.fragments and reading.paragraph_at(one.fragments[0][0]) == 0]
        later = self.found[len(led) :]
        if not led or not later or any(one.speaker is None for one in led):
            return
        called = {one.speaker.name for one in led if one.speaker is not None}
        named = later[0].speaker
        near = reading.paragraph_at((later[0].cue or later[0].fragments[0])[0]) <= _MAX_PARAGRAPHS_TO_NAME
        if len(called) != 1 or named is None or not near or not is_same_person(reading, called.pop(), named):
            return
        for one in led:
            one.speaker = inferred(named)

    def _inline_cues(self) -> dict[int, Cue]:
        found = {}
        for index, (start, end) in enumerate(self.reading.paragraphs):
            if ": " in self.reading.masked[start:end] and (cue := inline_cue(self.reading, index)) is not None:
                found[index] = cue
        return found

    def _paragraph(self, index: int) -> int:
        """Read one paragraph; how many paragraphs are done with."""
        reading = self.reading
        start, end = reading.paragraphs[index]
        runs = self.runs.get(index, [])
        starts_marked = bool(runs) and not reading.flat[start : runs[0].outer_start].strip(" -–—•\u00a0")
        pending, self.pending = self.pending, None
        if pending and not starts_marked and not reading.masked.startswith(":", pending[1][1] - 1):
            pending = None  # "Expert killed, Northvale says", a heading
        if pending and not starts_marked and not (runs and index in self.cue_indices):
            if count := self._block(index, start, pending, opened=False):
                return count
            pending = None  # the narrator speaks again after all
        if index in self.inline and not runs:
            cue = self.inline[index]
            speaker = speaker_of(reading, cue.subject, self.history)
            if speaker is not None:
                return self._block(index, cue.end, (speaker, (cue.start, cue.end)), opened=False)
        lost = self._lost_marks(index, runs, starts_marked, pending)
        if lost:
            return lost
        last: _Draft | None = None
        for number, run in enumerate(runs):
            previous = runs[number - 1] if number else None
            following = runs[number + 1] if number + 1 < len(runs) else None
            first = number == 0 and starts_marked
            last = self._run(index, run, previous, following, last, first, pending if first else None)
        self._close(index, runs, last)
        if index in self.cues and not (runs and self._ends_with(runs[-1], end)):
            cue = self.cues[index]
            speaker = speaker_of(reading, cue.subject, self.history)
            if speaker is not None:
                self.pending = (speaker, (cue.start, cue.end))
                self.history.append((cue.subject.start, speaker))
                self.open = None
        return 1

    # -------------------------------------------------------------------------------------------- blocks

    def _block(self, index: int, start: int, by: tuple[Speaker, Range], *, opened: bool) -> int:
        """A block without marks: paragraphs from `start` on, as far as they are the speaker's; 0 when none is."""
        reading = self.reading
        speaker, cue = by
        if start == reading.paragraphs[index][0] and (
            is_heading(reading, index) or is_narration(reading, index, speaker.name)
        ):
            return 0
        count = block_paragraphs(reading, index, self.cue_indices, speaker.name, speaker.organisation, opened=opened)
        draft = _Draft("block", speaker, cue)
        for number in range(index, index + count):
            first, end = reading.paragraphs[number]
            draft.fragments.append(_without_marks(reading.flat, max(first, start), end))
        self.found.append(draft)
        self.history.append((cue[0], speaker))
        self.open = None
        return count

    def _lost_marks(
        self, index: int, runs: list[Run], starts_marked: bool, pending: tuple[Speaker, Range] | None
    ) -> int:
        """A quotation opened at the head of a paragraph, closed only paragraphs later, none between opening again."""
        reading = self.reading
        if not (starts_marked and pending and len(runs) == 1 and not runs[0].closed and runs[0].mark == "double"):
            return 0
        next_runs = self.runs.get(index + 1, [])
        if index + 1 >= len(reading.paragraphs) or (
            next_runs and next_runs[0].outer_start == reading.paragraphs[index + 1][0]
        ):
            return 0
        within = reading.paragraphs[index + 1 : index + 1 + _MAX_LOST_PARAGRAPHS]
        if not any(start <= at < end for at in reading.marks.stray_closings for start, end in within):
            return 0
        return self._block(index, runs[0].start, pending, opened=True)

    # ---------------------------------------------------------------------------------------------- runs

    def _run(
        self,
        index: int,
        run: Run,
        previous: Run | None,
        following: Run | None,
        last: _Draft | None,
        first: bool,
        pending: tuple[Speaker, Range] | None,
    ) -> _Draft | None:
        """Read one marked run; the draft that it belongs to, or None when it is no quote."""
        reading = self.reading
        paragraph_end = reading.paragraphs[index][1]
        if pending:
            return self._add("block", run, pending[0], pending[1])
        ceiling = following.outer_start if following else paragraph_end
        if first and self.open is not None and self.open_must:
            return self._append(self.open, run, ceiling)
        before = None if first else cue_before(reading, run, reading.paragraphs[index][0])
        own_before = before is not None and (previous is None or before.subject.start >= previous.outer_end)
        whole = self.marked.is_sentence(run)
        if not first and self.marked.is_apposed_work(run):
            return last
        named = reading.masked[run.outer_end :].lstrip()[:1] in "–—-"  # a motto, and whose it is
        if (
            run.mark == "single"
            and self.marked.has_double
            and is_caption(reading, index)
            and not named
            and not cue_after(reading, run, ceiling)
        ):
            return last  # the headline of another article: "'It will fall': the bridge that nobody mends Read more"
        if last is not None and self._continues(run, previous, last) and not self._is_anothers(run, last, ceiling):
            return self._append(last, run, ceiling)
        if (
            before is not None
            and own_before
            and before.tight
            and (whole or not before.governs or ":" in reading.masked[before.subject.end : run.outer_start])
            and not self.marked.is_scare(run, before)
        ):
            return self._attributed(run, before, whole)
        after = cue_after(reading, run, ceiling)
        if after is not None and before is not None and not whole and not before.governs:
            inside = reading.flat[run.end - 1] in ",?!"
            after = after if inside else None  # "when he said they threatened "…", Jane Doe replied": his words
        if after is not None and not whole and self.marked.is_scare(run, after, single=self.marked.has_double):
            after = None
        if after is not None and before is not None and not whole and own_before and after.subject.kind == "body":
            after = (
                None if before.subject.kind != "body" or not before.governs else after
            )  # "Hale called it “grim,” the BBC reported": his word
        if after is not None:
            return self._attributed(run, after, whole) or last
        if first and self.open is not None and whole:
            return self._append(self.open, run, ceiling)
        before = before or cue_at_end(reading, run)
        if before is not None and not self.marked.is_scare(run, before):
            return self._attributed(run, before, whole and own_before and before.tight)
        heading = (
            first and not following and run.outer_end >= paragraph_end - 1 and reading.flat[run.end - 1] not in ".!?,…"
        )
        if (
            whole
            and not heading
            and not self.marked.is_work(run)
            and not self.marked.is_called(run)
            and self.marked.word_count(run) >= _MIN_UNATTRIBUTED_WORDS
        ):
            if is_attributed(reading, run, ceiling):
                return self._add("direct", run, None, None)
            speaker = (
                last.speaker
                if last is not None
                else nearby_speaker(reading, self.history, index, run, after_words=bool(self.runs.get(index - 1)))
            )
            if speaker is None and not (first or reading.flat[run.end - 1] in ".!?"):
                return None
            return self._add("direct", run, speaker and inferred(speaker), None)
        return None

    def _attributed(self, run: Run, cue: Cue, whole: bool) -> _Draft | None:
        speaker = speaker_of(self.reading, cue.subject, self.history)
        if speaker is None:
            return self._add("direct", run, None, (cue.start, cue.end), cue.said_end) if whole else None
        self.history.append((cue.subject.start, speaker))
        last = self.found[-1] if self.found else None
        if not whole and last is not None and self._same_document(last, run, cue, speaker):
            last.fragments.append((run.start, run.end))
            last.parted = True
            return last
        kind: QuoteKind = "direct" if whole else "fragment"
        return self._add(kind, run, speaker, (cue.start, cue.end), cue.said_end)

    def _same_document(self, last: _Draft, run: Run, cue: Cue, speaker: Speaker) -> bool:
        """Whether a fragment is one more of the document that the fragment before it is of: "The statement adds …"."""
        again = cue.subject.kind == "body" and speaker.name != cue.subject.text and speaker.by is Evidence.INFERRED
        same_paragraph = self.reading.paragraph_at(last.fragments[-1][0]) == self.reading.paragraph_at(run.start)
        same = last.kind == "fragment" and last.speaker is not None and last.speaker.name == speaker.name
        return again and same_paragraph and same

    def _add(self, kind: QuoteKind, run: Run, speaker: Speaker | None, cue: Range | None, said_end: int = 0) -> _Draft:
        draft = _Draft(kind, speaker, cue, (cue[0], said_end) if cue and said_end else cue, [(run.start, run.end)])
        self.found.append(draft)
        return draft

    def _append(self, draft: _Draft, run: Run, ceiling: int) -> _Draft:
        draft.fragments.append((run.start, run.end))
        after = cue_after(self.reading, run, ceiling)
        if after is not None:
            draft.attribution = (after.start, after.said_end)
            named = speaker_of(self.reading, after.subject, self.history) if draft.cue is None else None
            if named is not None:  # "… said Jane Doe" behind the last of several paragraphs names who spoke them all
                draft.speaker, draft.cue = named, (after.start, after.end)
                self.history.append((after.subject.start, named))
        return draft

    def _continues(self, run: Run, previous: Run | None, last: _Draft | None) -> bool:
        """Whether a run goes on with the one before it: only their cue stands between ("…," he said, "…")."""
        if previous is None or last is None or not last.fragments or last.fragments[-1][1] != previous.end:
            return False
        between = self.reading.masked[previous.outer_end : run.outer_start]
        if not between.strip():
            return last.kind != "fragment"
        if last.attribution is None or last.attribution[0] < previous.outer_end:
            return False
        done = last.attribution[1]
        aside = _ASIDE.match(self.reading.masked, done, run.outer_start)
        rest = self.reading.masked[done : run.outer_start].strip(" ,:;–—-")
        others = [verb for verb in self.reading.verbs_between(done, run.outer_start) if not self._is_thing(verb)]
        anew = rest.endswith(".")
        same_cue = aside is not None or all(anew and self._goes_with(verb.start, verb.form) for verb in others)
        longest = _MAX_WORDS_OF_ASIDE if aside else _MAX_WORDS_OF_ATTRIBUTION
        one_sentence = not re.search(r"[.!?]\s", rest) and len(rest.split()) <= longest
        long_enough = last.kind == "direct" or previous.end - previous.start > _MIN_SPLIT_CHARACTERS
        flat = self.reading.flat
        goes_on = flat[previous.start].isupper() and flat[previous.end - 1] == "," and flat[run.start].islower()
        long_enough = long_enough or goes_on  # “Finally,” she said, “we …”
        return same_cue and one_sentence and long_enough and not self.marked.is_titled(run)

    def _is_anothers(self, run: Run, last: _Draft, ceiling: int) -> bool:
        """Whether a run has a cue of its own that names somebody else: “…,” wrote Jane Doe. “…,” agreed Tom Roe."""
        cue = cue_after(self.reading, run, ceiling)
        if cue is None or cue.subject.kind != "person" or last.speaker is None or last.attribution is None:
            return False
        return cue.subject.text != last.speaker.name

    def _is_thing(self, verb: Verb) -> bool:
        """Whether what could be a verb ends a sentence as a thing: "said Ms Hale in the firm's news release."."""
        return self.reading.masked.startswith(".", verb.end) and not verb.form.endswith(
            ("ed", "s", "ing", "wrote", "old", "aid")
        )

    def _goes_with(self, start: int, form: str) -> bool:
        """Whether a verb after a cue only adds to it: "she said on air, talking with a member of the party"."""
        return form.endswith("ing") and self.reading.masked[start - 2 : start] == ", "

    def _close(self, index: int, runs: list[Run], last: _Draft | None) -> None:
        """Decide whether the next paragraph may go on with this one's last quote."""
        if not runs and self.open is not None and is_caption(self.reading, index):
            return  # "ADVERTISEMENT", or a picture's caption: the words go on behind it
        self.open, self.open_must = None, False
        if not runs or last is None or not last.fragments or last.fragments[-1][1] != runs[-1].end:
            return
        end = self.reading.paragraphs[index][1]
        self.open_must = not runs[-1].closed
        rest_from = runs[-1].outer_end
        if last.attribution is not None and last.attribution[0] >= rest_from:
            rest_from = self.reading.sentences[self.reading.sentence_at(last.attribution[1] - 1)][1]
        only_attribution = not self.reading.masked[rest_from:end].strip(" .,")
        if self.open_must or (only_attribution and last.kind != "fragment"):
            self.open = last

    def _ends_with(self, run: Run, end: int) -> bool:
        return run.outer_end >= end - 1


def _without_marks(flat: str, start: int, end: int) -> Range:
    while start < end and flat[start] in " \u00a0\"“'‘>":
        start += 1
    while end > start and flat[end - 1] in ' \u00a0"”':
        end -= 1
    return start, end


def _quote(article: Article, draft: _Draft) -> Quote:
    fragments = tuple(draft.fragments)
    parts = [article.text[fragments[0][0] : fragments[0][1]]]
    for (_, before), (start, end) in pairwise(fragments):
        same_paragraph = "\n" not in article.text[before:start]
        parts.append((" " if same_paragraph and not draft.parted else "\n\n") + article.text[start:end])
    speaker = draft.speaker
    cue = article.text[draft.cue[0] : draft.cue[1]].strip(" ,\u00a0\n") if draft.cue else None
    return Quote(
        quote_id=derived_id("quote", article.article_id, fragments[0][0], fragments[-1][1]),
        article_id=article.article_id,
        text="".join(parts),
        speaker=speaker.name if speaker else None,
        speaker_by=speaker.by if speaker else None,
        role=speaker.role if speaker else None,
        organisation=speaker.organisation if speaker else None,
        kind=draft.kind,
        cue=cue or None,
        fragments=fragments,
        role_by=speaker.role_by if speaker else None,
    )
