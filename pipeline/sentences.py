"""Text → paragraphs → sentences, as character ranges. No model: terminators, and the abbreviations that fake them."""

from __future__ import annotations

import re

Range = tuple[int, int]  # half-open, characters

_PARAGRAPH_BREAK = re.compile(r"\n[ \t\r]*(?:\n\s*)+")
_TERMINATOR = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s+[\"“‘'«(\[]*[A-Z0-9£$€À-Þ])")
# A full stop after one of these ends no sentence: titles stand before a name, the others inside a phrase.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“‘'«-])(?:"
    r"Mr|Mrs|Ms|Messrs|Dr|Prof|Rev|[Hh]on|[Rr]t|Fr|Sr|Jr|St|Ste|Mt|Ft|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Cpl|Sgt|Det|Capt|"
    r"Cmdr|Maj|Coun|"
    r"Adm|Supt|Insp|Cllr|Dep|Asst|Pte|Amb|Pres|Atty|Dist|No|Nos|vs|v|cf|ca|approx|Fig|Art|Sec|Ch|Vol|pp|p|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|"
    r"Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|"
    r"Tenn|Tex|Vt|Va|Wash|Wis|Wyo|[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]"
    r")\.$"
)
# These do end a sentence when what follows starts like one: "in the U.S. The minister …".
_INITIALISM = re.compile(r"(?:[A-Za-z]\.){2,}$")
_STARTER = re.compile(
    r"\s+[\"“‘'(]*(?:The|A|An|In|On|At|But|And|It|He|She|They|We|This|That|These|Those|There|However|Meanwhile|If|"
    r"When)\b"
)


def paragraphs(text: str) -> list[Range]:
    """Ranges of the paragraphs of a text whose paragraphs are parted by blank lines; trimmed, none empty."""
    ranges = []
    start = 0
    for gap in _PARAGRAPH_BREAK.finditer(text):
        ranges.append((start, gap.start()))
        start = gap.end()
    ranges.append((start, len(text)))
    return [trimmed for part in ranges if (trimmed := _trim(text, part)) is not None]


def sentences(text: str, start: int, end: int) -> list[Range]:
    """Ranges of the sentences of text[start:end], one paragraph; every character but white space is in exactly one."""
    ranges = []
    begin = start
    for terminator in _TERMINATOR.finditer(text, start, end):
        at = terminator.end()
        if text[terminator.start()] == "." and _continues(text, terminator.start(), at, begin):
            continue
        ranges.append((begin, at))
        begin = at
    ranges.append((begin, end))
    return [trimmed for part in ranges if (trimmed := _trim(text, part)) is not None]


def _continues(text: str, stop: int, after: int, begin: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation or initial and ends no sentence."""
    head = text[max(begin, stop - 12) : stop + 1]
    if not _ABBREVIATION.search(head):
        return False
    return not (_INITIALISM.search(head) and _STARTER.match(text, after))


def _trim(text: str, part: Range) -> Range | None:
    start, end = part
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
