"""Text → amounts that are no money: percentages, rates, fractions, counts of things, lengths of time."""

from __future__ import annotations

import re

from pipeline.evidence.bounds import BETWEEN, CHANGE_BEFORE, Amount, amount_at, number, read_range
from pipeline.evidence.counted_nouns import GLUED_UNIT, counted_noun, glued_unit
from pipeline.evidence.elided_units import BARE, ELIDED, is_elided
from pipeline.evidence.not_amounts import YEAR, is_label, is_relative_date
from pipeline.evidence.number_words import ANY_MAGNITUDE, NUMBER_WORDS, SMALL_NUMBER, magnitude, value_of_words

_NUM = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_PER_CENT = r"(?:\s?%|\s?per\s?cent\b|\s?percent\b|\s?pc\b|-per-?cent\b)"
_POINTS = r"(?:\s|-)(?:percentage|per cent|percent|%)[\s-]points?\b|\s?pp\b|%\s?points?\b"
_PERCENT = re.compile(
    rf"(?<![\w.,])(?P<num>{_NUM}|{SMALL_NUMBER}\b)(?:{_PER_CENT})?"
    rf"(?:\s?(?P<link>-|–|—|to|and|or)\s?(?P<num2>{_NUM}))?(?P<points>{_POINTS})?(?P<sign>{_PER_CENT})?",
    re.IGNORECASE,
)
_SIGN = re.compile(r"%|per\s?cent|percent|\dpc\b|\d pp\b|percentage", re.IGNORECASE)
_RATE = re.compile(
    rf"(?<![\w.,£$€-])(?P<num>{_NUM}|{SMALL_NUMBER}\b)\s"
    rf"(?:(?:in|out of)\s(?:every\s|each\s)?|of (?:every|each)\s)(?P<of>{_NUM}|{SMALL_NUMBER}\b)"
    r"(?!\s?(?:%|per cent|percent|years|months|days|weeks|million|billion|:))",
    re.IGNORECASE,
)
_FOR_EVERY = re.compile(
    rf"\b(?P<num>one|an?|\d+)\s(?:[\w'’-]+\s){{1,6}}for every\s(?P<of>{_NUM}|{SMALL_NUMBER})\b", re.IGNORECASE
)
_PLAIN = re.compile(
    rf"(?<![\w.,:/£$€#&-])(?P<num>{_NUM})(?:(?:\s|-(?=\w+illion))?(?P<mag>{ANY_MAGNITUDE})\b)?"
    rf"(?:\s?(?P<link>-|–|—|to|and|or)\s?(?P<num2>{_NUM})(?:(?:\s|-(?=\w+illion))?(?P<mag2>{ANY_MAGNITUDE})\b)?)?"
    rf"(?![\w:/%]|\.\d|,\d{{3}})"
)
_SUSPENDED = re.compile(
    rf"(?<![\w.,/£$€-])(?P<num>{_NUM}|{SMALL_NUMBER})- (?:to|or) (?P<num2>{_NUM}|{SMALL_NUMBER})(?=-[a-z])",
    re.IGNORECASE,
)
_GLUED = re.compile(rf"(?<![\w.,/£$€-]){_NUM}(?=[kKmMcCfFlL])")
_WORDED = re.compile(
    rf"(?<![\w-])(?P<words>{NUMBER_WORDS})\b(?:\s(?P<link>to|or)\s(?P<words2>{SMALL_NUMBER})\b)?", re.IGNORECASE
)
_FRACTION = re.compile(
    r"(?<![\w-])(?P<num>half|(?:a|one|two|three|four|five|seven|nine)[\s-](?P<part>half|third|quarter|fifth|sixth|"
    r"eighth|tenth)s?)"
    r" of (?!an? (?:hour|day|mile|century|decade|dozen|pint|million|billion))",
    re.IGNORECASE,
)
# Without "of" a part of a whole is told from an ordinal by what stands before it: "falls by a fifth", "a fifth man".
_PART = r"(?:a|one)[\s-](?:third|quarter|fifth|sixth|eighth|tenth)"
_SEVERAL_PARTS = r"(?:two|three|four|five|seven|nine)[\s-](?:third|quarter|fifth|sixth|eighth|tenth)s"
_FRACTION_ALONE = re.compile(
    r"\bby (?:(?:more|less) than |nearly |almost |about |around |over |up to |at least |some |roughly |between |from )?"
    rf"(?P<num>half|{_PART}|{_SEVERAL_PARTS})(?: (?:and|to) (?P<num2>half|{_PART}|{_SEVERAL_PARTS}))?"
    r"(?=[,.;:!?)'\"”’]|\s(?:in|on|since|over|from|to|by|and|but|or|as|if|when|this|last|next|within|during|after|"
    r"compared|year|every|each)\b|\s*$)"
    rf"|(?<![\w-])(?P<several>{_SEVERAL_PARTS})(?! of\b|[\w-]| major)"
    r"|(?<![\w-])(?P<times>half)(?= as (?:likely|many|much|big|large|long|high|often|common|fast)\b)",
    re.IGNORECASE,
)
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_VAGUE = re.compile(
    r"(?<![\w-])(?:(?:tens|hundreds|thousands|scores)[ -]of[ -])?"
    r"(?:dozens|scores|hundreds|thousands|millions|billions) of "
    r"(?!the\b|them\b|pounds\b|dollars\b|euros\b|years\b)",
    re.IGNORECASE,
)


def percentages(flat: str, start: int, end: int) -> list[Amount]:
    if not _SIGN.search(flat, start, end):
        return []
    found = []
    for m in _PERCENT.finditer(flat, start, end):
        first_sign = re.match(_PER_CENT, flat[m.end("num") : m.end("num") + 10], re.IGNORECASE)
        if not (m["points"] or m["sign"] or first_sign):
            continue
        unit = "percentage points" if m["points"] else "percent"
        low = number(m["num"])
        if m["num2"] and YEAR.fullmatch(m["num"]) and not first_sign:
            found.append(
                amount_at(flat, m.start("num2"), m.end(), number(m["num2"]), None, unit)
            )  # "25% in 2007 to 36%"
            continue
        if m["num2"] and (m["sign"] or m["points"]):
            between = bool(BETWEEN.search(flat, max(0, m.start() - 20), m.start()))
            rises = bool(CHANGE_BEFORE.search(flat, max(0, m.start() - 24), m.start()))
            if m["link"] in {"-", "–", "—"} or (m["link"] == "to" and not rises) or (m["link"] == "and" and between):
                found.append(amount_at(flat, m.start(), m.end(), low, number(m["num2"]), unit))
                continue
            if first_sign:
                found.append(amount_at(flat, m.start(), m.end("num") + first_sign.end(), low, None, unit))
            found.append(amount_at(flat, m.start("num2"), m.end(), number(m["num2"]), None, unit))
            continue
        own_end = m.end("num") + first_sign.end() if m["num2"] and first_sign else m.end()
        found.append(amount_at(flat, m.start(), own_end, low, None, unit))
    return found


def rates(flat: str, start: int, end: int) -> list[Amount]:
    found = []
    for pattern in (_RATE, _FOR_EVERY) if flat.find("for every", start, end) >= 0 else (_RATE,):
        for m in pattern.finditer(flat, start, end):
            first = 1.0 if m["num"].lower() in {"a", "an"} else number(m["num"])
            of = number(m["of"])
            if of <= first or YEAR.match(m["of"]) or first == 0:
                continue
            found.append(amount_at(flat, m.start(), m.end(), first / of, None, "ratio"))
    return found


def fractions(flat: str, start: int, end: int) -> list[Amount]:
    found = [
        amount_at(flat, m.start(), m.end("num"), _part(m["num"]), None, "ratio")
        for m in _FRACTION.finditer(flat, start, end)
    ]
    for m in _FRACTION_ALONE.finditer(flat, start, end):
        group = m.lastgroup if m.lastgroup in ("several", "times") else "num"
        high = _part(m["num2"]) if m["num2"] else None
        last = "num2" if m["num2"] else group
        found.append(amount_at(flat, m.start(group), m.end(last), _part(m[group]), high, "ratio"))
    return found


def _part(words: str) -> float:
    """ "two-thirds" → 0.67, "half" → 0.5."""
    many, _, part = re.sub(r"[\s-]", " ", words.lower()).partition(" ")
    if many == "half":
        return 0.5
    return (1.0 if many in ("a", "one") else value_of_words(many)) / _PARTS[part.removesuffix("s")]


def vague(flat: str, start: int, end: int) -> list[Amount]:
    found = []
    for m in _VAGUE.finditer(flat, start, end):
        noun = counted_noun(flat, m.end() - 1)
        if noun is not None:
            found.append(amount_at(flat, m.start(), noun.end, None, None, noun.unit))
    return found


def plain(flat: str, start: int, end: int) -> list[Amount]:
    found = []
    for m in _PLAIN.finditer(flat, start, end):
        if is_label(flat, m.start(), m["num"]):
            continue
        if m["link"] == "to" and YEAR.match(m["num"]):
            if not YEAR.match(m["num2"]):  # "from 158 in 2022 to 270"
                value = number(m["num2"]) * magnitude(m["mag2"])
                found += _counted(flat, m, value, None, m.end(), start=m.start("num2"))
            continue
        if is_relative_date(flat, m.start(), m.end()):
            continue
        low, high, own_end = read_range(flat, m)
        found += _counted(flat, m, low, high, own_end)
        if own_end < m.end() and m["num2"] and not YEAR.fullmatch(m["num2"]):
            value = number(m["num2"]) * magnitude(m["mag2"])
            found += _counted(flat, m, value, None, m.end(), start=m.start("num2"))
    return found


def glued(flat: str, start: int, end: int) -> list[Amount]:
    """Measures without a space before their unit: 2.4kg, 70mph."""
    return [
        amount_at(flat, m.start(), unit.end(), number(m.group()), None, glued_unit(unit.group()))
        for m in _GLUED.finditer(flat, start, end)
        if (unit := GLUED_UNIT.match(flat, m.end()))
    ]


def suspended(flat: str, start: int, end: int) -> list[Amount]:
    """Ranges whose first unit is left hanging: "a one- to two-year moratorium"."""
    if flat.find("- ", start, end) < 0:
        return []
    found = []
    for m in _SUSPENDED.finditer(flat, start, end):
        noun = counted_noun(flat, m.end())
        low, high = number(m["num"]), number(m["num2"])
        if noun is not None and high > low:
            found.append(amount_at(flat, m.start(), m.end(), low, high, noun.unit, noun.end))
    return found


def _counted(
    flat: str, m: re.Match[str], low: float, high: float | None, end: int, *, start: int | None = None
) -> list[Amount]:
    start = m.start() if start is None else start
    written = flat[start:end]
    noun = counted_noun(flat, end)
    if YEAR.fullmatch(written) and "," not in written and (noun is None or int(written) >= 1900):
        return []
    if noun is not None:
        return [amount_at(flat, start, end, low, high, noun.unit, noun.end)]
    letters = re.search(r"[A-Za-z]+$", written)
    if letters and len(letters.group()) <= 2:
        return []  # "100m" may be a race
    if "," in written or letters:
        unit = _number_of(flat, start)
        return [amount_at(flat, start, end, low, high, unit)]
    return [amount_at(flat, start, end, low, high, ELIDED)] if is_elided(flat, start, end) else []


_CROWD = re.compile(r"\b(?:crowd|audience|population|turnout|membership|congregation|workforce) of (?:[a-z]+ ){0,3}$")
_NUMBER_OF = re.compile(r"\bnumbers? of (?:[\w-]+ )*?([a-z]+s|people|children|women|men)\b")


def _number_of(flat: str, start: int) -> str:
    """Unit of a bare number: what the sentence before it counts ("the number of searches … exceeds 200,000")."""
    if _CROWD.search(flat, max(0, start - 50), start):
        return "people"
    sentence = flat[max(0, start - 200, flat.rfind(". ", 0, start)) : start]
    found = _NUMBER_OF.findall(sentence)
    return found[-1] if found else BARE


def worded(flat: str, start: int, end: int) -> list[Amount]:
    found = []
    for m in _WORDED.finditer(flat, start, end):
        words = m["words"].lower()
        if words == "one" or is_relative_date(flat, m.start(), m.end()):
            continue
        if is_label(flat, m.start(), words[:1]):
            continue
        noun = counted_noun(flat, m.end())
        if noun is None and not m["words2"] and is_elided(flat, m.start(), m.end()):
            found.append(amount_at(flat, m.start(), m.end(), value_of_words(words), None, ELIDED))
        if noun is None:
            continue
        capitalised = m["words"][0].isupper() and flat[m.end() : m.end() + 2].strip()[:1].isupper()
        if capitalised and flat[flat.rfind(" ", 0, noun.end) + 1].isupper():
            continue  # "Seven Sisters"; "Two United States soldiers" are counted
        high = value_of_words(m["words2"]) if m["words2"] else None
        low = value_of_words(words)
        if high is not None and (high <= low or m["link"] == "or"):
            high = None
        found.append(amount_at(flat, m.start(), m.end(), low, high, noun.unit, noun.end))
    return found
