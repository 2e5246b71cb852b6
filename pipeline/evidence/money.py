"""Text → amounts of money: signs and names of currencies, in British and American writing."""

from __future__ import annotations

import re

from pipeline.evidence.bounds import Amount, amount_at, number, read_range
from pipeline.evidence.number_words import ANY_MAGNITUDE, NUMBER_WORDS, magnitude, value_of_words

_NUM = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_CURRENCY = r"(?:US\$|A\$|C\$|HK\$|NZ\$|[£$€¥])"
_UNIT_OF = {
    "£": "GBP",
    "$": "USD",
    "US$": "USD",
    "€": "EUR",
    "A$": "AUD",
    "C$": "CAD",
    "HK$": "HKD",
    "NZ$": "NZD",
    "¥": "JPY",
}
_NAMED_UNITS = {
    "pound": ("GBP", 1.0),
    "quid": ("GBP", 1.0),
    "pence": ("GBP", 0.01),
    "penny": ("GBP", 0.01),
    "p": ("GBP", 0.01),
    "dollar": ("USD", 1.0),
    "cent": ("USD", 0.01),
    "euro": ("EUR", 1.0),
}
_MONEY = re.compile(
    rf"(?<![\w.,])(?P<cur>{_CURRENCY})\s?(?P<num>{_NUM})(?:[\s-]?(?P<mag>{ANY_MAGNITUDE})\b)?"
    rf"(?:\s?(?P<link>-|–|—|to|and|"
    rf"or)\s?(?P<cur2>{_CURRENCY})?\s?(?P<num2>{_NUM})(?:[\s-]?(?P<mag2>{ANY_MAGNITUDE})\b)?"
    rf"(?![\w%]))?"
)
_NAMED_MONEY = re.compile(
    rf"(?<![\w.,£$€-])(?P<num>{_NUM})(?:\s?(?P<mag>{ANY_MAGNITUDE})\b)?(?:\s|(?=p\b))(?:US |American |Canadian |"
    rf"Australian )?"
    r"(?P<name>pounds?|quid|pence|penny|dollars?|cents?|euros?|p)\b(?! (?:per|of) (?:weight|flesh))",
    re.IGNORECASE,
)
# "700 pounds of meat" is a weight; money is of money ("5,000 pounds of public funding"), or its magnitude is named.
_POUNDS_OF_STUFF = re.compile(
    r" of (?!(?:[\w'-]+ ){0,3}(?:money|funding|funds?|cash|savings?|cuts|costs?|spending|debts?|damage|investment|aid|"
    r"support|grants?|loans?|tax|taxes|sales|profits?|fines|income|revenue|benefits|credit|compensation|losses|"
    r"business|work|goods|equipment|property|jewellery|jewelry|worth)\b)"
)
_WORD_MONEY = re.compile(
    rf"(?<![\w-])(?P<words>{NUMBER_WORDS})\s(?P<name>pounds?|pence|dollars?|cents?|euros?)\b(?! (?:lighter|heavier|"
    rf"overweight))",
    re.IGNORECASE,
)
_VAGUE_MONEY = re.compile(
    r"(?<![\w-])(?:(?:tens|hundreds|thousands)[ -]of[ -])?(?:hundreds|thousands|millions|billions) of (?:U\.?S\.? )?"
    r"(?P<name>pounds|dollars|euros)\b",
    re.IGNORECASE,
)
_WEIGHT = re.compile(r"\bweigh|\blbs\b|\bobes|\bheav(?:y|ier)\b|\boverweight|\binches\b|\bcalories\b", re.IGNORECASE)
_MONEY_NAMES = (
    *(str(digit) + "p" for digit in range(10)),
    "pound",
    "Pound",
    "dollar",
    "Dollar",
    "penc",
    "penn",
    "quid",
    "cent",
    "euro",
)


def money(flat: str, start: int, end: int) -> list[Amount]:
    found = []
    for m in _MONEY.finditer(flat, start, end):
        unit = _UNIT_OF[m["cur"]]
        low, high, own_end = read_range(flat, m)
        if high is None and m["num2"] and m["cur2"]:
            # two amounts with one bound: "fines of up to £500 and £1,000"
            found.append(amount_at(flat, m.start(), own_end, low, None, unit))
            second = m.start("cur2")
            value = number(m["num2"]) * magnitude(m["mag2"])
            first = found[-1]
            found.append(
                Amount(
                    second,
                    m.end(),
                    first.phrase_start if first.bound != "exact" else second,
                    m.end(),
                    value,
                    None,
                    unit,
                    first.bound,
                )
            )
            continue
        found.append(amount_at(flat, m.start(), own_end, low, high, unit))
    return found


def _is_weight(flat: str, start: int, end: int) -> bool:
    around = flat[max(0, start - 80) : end + 60]
    return _POUNDS_OF_STUFF.match(flat, end) is not None or _WEIGHT.search(around) is not None


def named_money(flat: str, start: int, end: int) -> list[Amount]:
    found: list[Amount] = []
    if not any(name in flat[start:end] for name in _MONEY_NAMES):
        return found
    for m in _NAMED_MONEY.finditer(flat, start, end):
        name = m["name"].lower()
        if name == "p" and (m["mag"] or flat[m.start("name") - 1].isspace()):
            continue
        unit, factor = _NAMED_UNITS[name if name in _NAMED_UNITS else name.rstrip("s")]
        if name == "pounds" and not m["mag"] and _is_weight(flat, m.start(), m.end()):
            unit = "pounds weight"
        found.append(amount_at(flat, m.start(), m.end(), number(m["num"]) * magnitude(m["mag"]) * factor, None, unit))
    return found


def worded_money(flat: str, start: int, end: int) -> list[Amount]:
    found: list[Amount] = []
    if not any(name in flat[start:end] for name in _MONEY_NAMES):
        return found
    for m in _WORD_MONEY.finditer(flat, start, end):
        name = m["name"].lower()
        unit, factor = _NAMED_UNITS[name if name in _NAMED_UNITS else name.rstrip("s")]
        found.append(amount_at(flat, m.start(), m.end(), value_of_words(m["words"]) * factor, None, unit))
    for m in _VAGUE_MONEY.finditer(flat, start, end):
        unit, _ = _NAMED_UNITS[m["name"].lower().rstrip("s")]
        found.append(amount_at(flat, m.start(), m.end(), None, None, unit))
    return found
