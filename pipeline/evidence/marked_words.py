"""Words between marks → what they are: a sentence, the title of a work, words held at arm's length."""

from __future__ import annotations

import re

from pipeline.evidence.close_reading import CloseReading
from pipeline.evidence.cues import Cue
from pipeline.evidence.quotation_marks import Run

_WORDS = re.compile(r"\w+(?:['’-]\w+)*")
_SMALL = frozenset("a an and as at but by for from in into of on or the to with".split())
_PREDICATE = re.compile(r"\b(?:as|was|is|were|are|be|been|being|had|has|have|would|will)$")  # "described it as ‘chaos’"
_OWN_WORDS = re.compile(r"\bin (?:his|her|their|its|[\w-]+'s) (?:own )?words$")  # "was, in her words, “bust”"
_GOVERNED = re.compile(  # "on", "on CBS's", "on the ABC programme", "the"
    r"\b(?:(?:[Oo]n|of|to|told|wrote|[Ii]n|from|with|for|[Aa]t|by|[Dd]uring)"
    r"(?: (?:[A-Z][\w.&-]*(?:'s?)?|the|an?|his|her|its|their))*"
    r"|programme|program|show|podcast|broadcast|series|film|movie|book|song|album|magazine|website) $"
)
_MAX_GOVERNED = 50  # characters
_MIN_SENTENCE_WORDS = 5
_MAX_TITLE_WORDS = 7


class MarkedWords:
    """Judges the marked runs of one article, which uses its marks in one way throughout."""

    def __init__(self, reading: CloseReading) -> None:
        """Find out which marks the article quotes with."""
        self.reading = reading
        self.has_double = any(run.mark == "double" for run in reading.marks.runs)
        self.quotes_with_single = not self.has_double and any(
            reading.flat[run.end - 1] in ",.?!" and self.word_count(run) >= _MIN_SENTENCE_WORDS
            for run in reading.marks.runs
        )

    def is_sentence(self, run: Run) -> bool:
        """Whether the marked words stand as a sentence of their own, or as the head of one."""
        flat = self.reading.flat
        head = flat[run.start : run.end].lstrip("'\"…. ")
        if not head or self.is_titled(run) or not (head[0].isupper() or head[0].isdigit()):
            return False
        count = self.word_count(run)
        return (flat[run.end - 1] in ".!?,…—–-" and count > 1) or count >= _MIN_SENTENCE_WORDS or not run.closed

    def is_scare(self, run: Run, cue: Cue, *, single: bool = False) -> bool:
        """Whether marked words inside a cued sentence are a name, a title or held at arm's length.

        single  single marks are for such words here, because double ones are for quotations
        """
        reading = self.reading
        words = _WORDS.findall(reading.article.text[run.start : run.end])
        before = reading.masked[max(0, run.outer_start - 40) : run.outer_start].lower().rstrip(" ,")
        colon = before.endswith(":")
        if _OWN_WORDS.search(before):
            return False
        if not words or (single and run.mark == "single"):
            return True
        if (
            not cue.governs
            and not cue.tight
            and any(before.endswith(f" {phrase}") for phrase in reading.lexicon.words.scare)
        ):
            return True
        if before.endswith(reading.lexicon.words.so_called):
            return True
        if self.is_titled(run) and not colon:
            return True
        if self.quotes_with_single:
            return False
        if run.mark == "single" and not cue.tight and not (_PREDICATE.search(before) and not self.has_double):
            return self.has_double or len(reading.masked[cue.subject.end : run.outer_start].split()) > 4
        return False

    def is_called(self, run: Run) -> bool:
        """Whether the words before a run say that it is a name or a title: "an essay titled, “…”"."""
        before = self.reading.masked[max(0, run.outer_start - 40) : run.outer_start].lower().rstrip(" ,")
        return before.endswith(self.reading.lexicon.words.so_called)

    def word_count(self, run: Run) -> int:
        """Words between the marks."""
        return len(_WORDS.findall(self.reading.flat, run.start, run.end))

    def is_work(self, run: Run) -> bool:
        """Whether a run that nobody introduces is the title of a book or song, whatever its length."""
        words = _WORDS.findall(self.reading.article.text[run.start : run.end])
        return all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in words)

    def is_titled(self, run: Run) -> bool:
        """Whether marked words look like the title of a work or programme: “The O’Reilly Factor”."""
        words = _WORDS.findall(self.reading.article.text[run.start : run.end])
        titled = all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in words)
        if not titled or len(words) > _MAX_TITLE_WORDS:
            return False
        flat = self.reading.flat
        stop = flat[run.end - 1]  # American printers put the stop of the sentence inside: told “Newsround Tonight.”
        return stop not in ".!?," or (
            stop in ".,"
            and _GOVERNED.search(flat, max(0, run.outer_start - _MAX_GOVERNED), run.outer_start) is not None
        )

    def is_apposed_work(self, run: Run) -> bool:
        """Whether commas part a title from what it is the title of: "A new book, “Fear and Favour”, says"."""
        masked = self.reading.masked
        parted = masked[run.outer_start - 2 : run.outer_start] == ", " and masked.startswith(",", run.outer_end)
        return parted and self.word_count(run) > 1 and self.is_work(run)
