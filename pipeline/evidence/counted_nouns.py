"""After a number → the noun that it counts, in the plural: "11 antisocial behaviour hotspots" counts hotspots."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CountedNoun:
    """The counted noun in the plural, and where it ends in the text."""

    unit: str
    end: int


_WORD = re.compile(r"[ \u00a0](?P<word>[A-Za-zÀ-ÿ][\w'-]*)")
_OF_THE = re.compile(
    r" of (?:the|these|those|its|their|our|his|her|all|such|an estimated)(?: (?:UK|US|country|world|nation|region|"
    r"city|county)'s)? "
)
_OR_MORE = re.compile(r"(?:-plus|\+| (?:or|and) (?:more|over|above|fewer|less|so)) (?=[a-z])")
_HYPHEN_DURATION = re.compile(
    r"-(?P<unit>second|minute|hour|day|week|month|year|mile|metre|meter|kilometre|kilometer|acre|tonne|ton|"
    r"bed|seat|page|storey|home|point|hectare)\b(?!-old)"
)
_NATION = re.compile(r" (?:United (?:States|Nations)|U\.S\.|U\.N\.|U\.K\.)(?= [a-z])")
_STRONG = re.compile(r"-strong\b")
_CASUALTIES = re.compile(
    r" (?:others? )?(?:(?:were|was|are|is|have been|had been|has been|being|been|confirmed|reported|feared|"
    r"believed)\s)*"
    r"(?:critically |seriously |badly )?(?P<state>killed|dead|injured|wounded|arrested|hurt|missing|"
    r"hospitali[sz]ed|displaced|detained|charged|rescued|died|survived)\b"
)
_STOP = frozenset(
    "of in at by for to from with without and or nor the a an who that which whose have has had were was are is be "
    "been "
    "will would could can may might should must on per as than since during after before over across between under "
    "but if "
    "when while because each every this last next now also not into against within including compared following "
    "plus out "
    "off up down through around near inside outside behind among amid despite like so then it they he she we you "
    "their its "
    "his her our my your said says took died went came made became told met where how why what there until till about "
    "above below beyond along via both either neither yet only just even still already ago earlier later today "
    "yesterday "
    "tomorrow tonight rather instead too very".split()
)
_IRREGULAR = frozenset(
    "people children women men police staff personnel troops offenders sheep fish aircraft crew livestock cattle deer "
    "media data criteria phenomena lives wolves knives wives thieves halves loaves feet teeth mice geese oxen alumni "
    "servicemen servicewomen policemen policewomen firemen fishermen businessmen businesswomen congressmen councilmen "
    "spokesmen grandchildren schoolchildren youngsters youth homeless dead injured percent hertz "
    "km kg mph kph mw gw kw mg ml cm mm ft sq lbs".split()
)
_SINGULAR_S = frozenset(
    "is was has his its this us as plus less unless across always perhaps news series means sports species politics "
    "economics physics mathematics athletics gas bus class process access success business address loss boss cross "
    "glass "
    "pass mass congress progress crisis basis analysis thesis campus census virus bonus status focus consensus chaos "
    "thus yes gross express press mattress actress waitress princess witness illness fitness wilderness happiness "
    "darkness awareness readiness bus plus genius radius apparatus headquarters overseas besides sometimes nowadays "
    "takes makes gets goes comes gives wants keeps brings allows lets puts seems sits depends becomes "
    "afterwards towards backwards forwards upwards downwards".split()
)
_LEVELS = frozenset(
    "prices rates shares times temperatures ages levels costs fees bills wages scores ratings odds yields stocks bonds "
    "profits losses sales revenues earnings figures numbers".split()
)
# Nouns that look singular to the list above and are counted as they stand.
_SAME_IN_PLURAL = frozenset({"series", "species", "headquarters", "means"})
_UNITS = {
    "km": "kilometres",
    "kg": "kilograms",
    "mph": "miles per hour",
    "kph": "kilometres per hour",
    "mw": "megawatts",
    "gw": "gigawatts",
    "kw": "kilowatts",
    "cm": "centimetres",
    "mm": "millimetres",
    "ft": "feet",
    "lbs": "pounds weight",
    "meters": "metres",
    "kilometers": "kilometres",
    "hrs": "hours",
    "mins": "minutes",
    "yrs": "years",
    "persons": "people",
    "metre": "metres",
    "meter": "metres",
    "kilometre": "kilometres",
    "kilometer": "kilometres",
    "tons": "tonnes",
    "ton": "tonnes",
}
_IN_SINGLE_MARKS = re.compile(r"(?<!\w)'[\w,.]+$")  # "killed '64 soldiers'": the mark after it closes
_NO_MEN = frozenset("specimen regimen omen abdomen acumen".split())
_GLUED = {
    "kg": "kg",
    "km": "km",
    "mph": "mph",
    "cm": "cm",
    "mm": "mm",
    "ft": "ft",
    "lb": "lbs",
    "lbs": "lbs",
    "mw": "mw",
}
GLUED_UNIT = re.compile(rf"(?:{'|'.join(sorted(_GLUED, key=len, reverse=True))})\b", re.IGNORECASE)
_MAX_WORDS = 6


def counted_noun(flat: str, end: int) -> CountedNoun | None:
    """The plural noun counted by a number that ends at `end`; None when no plural follows it."""
    if duration := _HYPHEN_DURATION.match(flat, end):
        unit = duration["unit"]
        return CountedNoun(_UNITS.get(unit, f"{unit}s"), duration.end())
    if strong := _STRONG.match(flat, end):
        return CountedNoun("people", strong.end())
    at = end
    if either := _OR_MORE.match(flat, at):
        at = either.end() - 1
    elif flat[end : end + 1] == "-":
        return None
    if of := _OF_THE.match(flat, at):
        at = of.end() - 1
    if flat.startswith(" U", at) and (nation := _NATION.match(flat, at)):
        at = nation.end()
    if casualties := _CASUALTIES.match(flat, at):
        return CountedNoun("people", casualties.end())
    if re.match(r" stops? and search(?:es)?\b", flat[at : at + 24]):
        return CountedNoun("stop and searches", at + flat[at:].index("search") + len("searches"))
    found: CountedNoun | None = None
    quoted = "'" in flat[max(0, end - 24) : end] and _IN_SINGLE_MARKS.search(flat, max(0, end - 24), end) is not None
    for _ in range(_MAX_WORDS):
        match = _WORD.match(flat, at)
        if match is None:
            break
        word = match["word"].removesuffix("'s").removesuffix("'")
        low = word.lower()
        if low in _STOP:
            break
        possessive = match["word"].endswith("'s") or (match["word"].endswith("'") and not quoted)
        if _is_plural(low) and not possessive:
            if quoted and word[0].isupper():
                return None  # the programme '60 Minutes'
            low = low.rstrip("'")
            found = CountedNoun(_UNITS.get(low, low), match.end() - match["word"].endswith("'"))
        elif found is not None and not possessive:
            break  # "58 informal warnings issued"
        at = match.end()
        if possessive and flat[at - 1 : at] == "'":
            continue
    return found


def leading_noun(words: Sequence[str]) -> str | None:
    """The plural noun that some words begin with: "Battery fires in Weir flats" are fires; None when none stands there.

    A level that rises is no count: "House prices rose to 412".
    """
    for word in words[:_MAX_WORDS]:
        low = word.lower().strip("'")
        if low in _STOP or word.endswith(("'s", ",")):
            return None
        if _is_plural(low):
            return None if low in _LEVELS else _UNITS.get(low, low)
    return None


def glued_unit(written: str) -> str:
    """The unit that is written onto its number: "2.4kg" → kilograms."""
    return _UNITS[_GLUED[written.lower()]]


def _is_plural(word: str) -> bool:
    if word in _IRREGULAR or word in _SAME_IN_PLURAL:
        return True
    base = word.rsplit("-", 1)[-1]
    if base in _IRREGULAR or (base.endswith("men") and base not in _NO_MEN):
        return True
    return base.endswith("s") and not base.endswith(("ss", "us", "is")) and base not in _SINGULAR_S and len(base) > 2
