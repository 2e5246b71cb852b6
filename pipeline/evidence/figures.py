"""Article → its figures: value, unit, bound and what each is the amount of."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, zip_longest
from typing import Literal

from pipeline.evidence.amendments import amendments
from pipeline.evidence.amounts import find_amounts
from pipeline.evidence.bounds import Amount
from pipeline.evidence.lexicon import flatten
from pipeline.model import Article, Figure, derived_id

Where = Literal["title", "standfirst", "text"]


def extract_figures(article: Article) -> tuple[Figure, ...]:
    """The figures of an article: those of its title, its standfirst, its text, each in order."""
    parts: list[tuple[Where, str]] = [("title", article.title.text)]
    if article.standfirst is not None:
        parts.append(("standfirst", article.standfirst.text))
    parts.append(("text", article.text))
    found = tuple(figure for where, text in parts for figure in _figures(article.article_id, where, text))
    if not any(figure.unit == "USD" for figure in found):
        return found
    unit = _dollars_of(article.text)
    return tuple(replace(one, unit=unit) if one.unit == "USD" and "US" not in one.text else one for one in found)


# Whose dollars a bare sign means: of the country that the text names most, America's when none leads by far.
_COUNTRIES = {
    "AUD": re.compile(
        r"\b(?:Australians?|Australia|New South Wales|NSW|Queensland|Tasmania|Canberra|Sydney|Melbourne)\b"
    ),
    "CAD": re.compile(r"\b(?:Canada|Canadians?|Ontario|Quebec|Alberta|British Columbia|Ottawa|Toronto)\b"),
    "NZD": re.compile(r"\b(?:New Zealand|New Zealanders?|Auckland)\b"),
}
_AMERICA = re.compile(r"\b(?:United States|Americans?|Washington|Congress|White House|Trump)\b|\bU\.S\.|\bUS\b")
_LEADS_BY = 2


_HINTS = ("Austral", "Canad", "Zealand", "New South")


def _dollars_of(text: str) -> str:
    if not any(hint in text for hint in _HINTS):
        return "USD"
    counts = {unit: len(pattern.findall(text)) for unit, pattern in _COUNTRIES.items()}
    unit = max(counts, key=lambda one: counts[one])
    return unit if counts[unit] >= _LEADS_BY + len(_AMERICA.findall(text)) else "USD"


def _figures(article_id: str, where: Where, text: str) -> list[Figure]:
    flat = flatten(text)
    notes = amendments(text) if where == "text" else []
    return [
        Figure(
            figure_id=derived_id("figure", article_id, where, amount.start, amount.end),
            article_id=article_id,
            where=where,
            start=amount.phrase_start,
            end=amount.phrase_end,
            text=text[amount.phrase_start : amount.phrase_end],
            value=amount.value,
            value_max=amount.value_max,
            unit=amount.unit,
            bound=amount.bound,
            subject=_subject(text, flat, amount),
        )
        for amount in find_amounts(flat)
        if not any(start <= amount.start < end for start, end in notes)
    ]


_MAX_SUBJECT_WORDS = 12
_MIN_SUBJECT_CHARACTERS = 2
_MAX_SUBJECT_CHARACTERS = 160
# Words that begin a clause of its own: the amount is not of what stands beyond them.
_CLAUSE_WORDS = frozenset(
    "which who while because although whereas but after before since when where if compared according said says".split()
)
_CLAUSE_PAIRS = frozenset(
    "as part,as well,as it,as the,and is,and was,and will,and has,and up,and around,and over,and more".split(",")
)
_OPENING = tuple('(["“‘')
_ENDING = tuple('.,;:!?)]"”')
_DASHES = frozenset("–—-")
_SUM = re.compile(r"[£$€]?\d[\d.]*")
_TOKEN = re.compile(r"\S+")
_DESTINED = re.compile(
    r"\s(?:of (?:the|this|that|its|which)\s[\w\s'-]{0,40}?)?(?:(?:will|would|is|are|was|were|has|have|had|been|be|"
    r"being|to|also|now)\s)*"
    r"(?:go|goes|going|went|given|allocated|spent|invested|provided|set aside|earmarked|awarded|used|put in place|"
    r"handed|"
    r"available|made available|committed|injected|pumped|ploughed|released|distributed|split|paid|donated)\s"
    r"(?:to|for|on|in|into|towards|between|among)\s"
)
_LEAD = re.compile(
    r"\s(?:of (?:funding |investment |money |extra funding |government funding )?(?:for|to|in)|for|to|towards|into|"
    r"of|in|on|worth of)\s"
)
_IN_A_PLACE = re.compile(
    r"(?:the )?[A-Z][\w'-]+(?:(?: and)? [A-Z][\w'-]+){0,3} (?:(?:have|has|had|will|would|could|are|were|was|is)\s)+"
)
_RELATIVE = re.compile(r"\s(?:which|that|who)\s(?:(?:have|has|had|were|was|are|is|been|being|would|will|could)\s)*")
_DETERMINER = re.compile(r"(?:the|a|an|its|their|our|his|her)\s", re.IGNORECASE)
# Words at either end of a phrase that say nothing of what the amount is of.
_ENDS = frozenset(
    "of for to in on at by with from and or the a an that is are was were will has have had be been as into its their "
    "up down this these those our about around over under more less than it also not per there they we he she you i "
    "would said who which".split()
)
_BEGINNINGS = _ENDS | frozenset("but only just another extra further additional additionally says".split())


# "28% in 1991", "70 per cent in two years", "£1,200 million over the period": what the amount is of stands before it.
_SAYS_WHEN = re.compile(
    r"(?:between )?(?:19|20)\d\d(?: to \d.*)?|to [£$€]?\d.*|"
    r"(?:(?:an?|over|during|within|for|since|the|last|past|next|first|this|that|previous|each|every|few|several|two|three|"
    r"four|five|six|ten|\d+) ){0,4}"
    r"(?:week|month|year|night|morning|day|decade|period|quarter|parliament)s?(?: before| earlier| ago)?"
    r"(?:,? (?:from|to) .*)?",
    re.IGNORECASE,
)
# "£1,476 to £2,000", "21% to 9% of new sponsors": the amount behind is another one.
_OTHER_AMOUNT = re.compile(r"[£$€]?[\d,.]+(?:%|[kmb]n?\b| (?:million|billion|per cent))?(?:$|(?<=%|t) of )")
_FINITE = frozenset("had has have was were is are led".split())


def _subject(text: str, flat: str, amount: Amount) -> str:
    """What an amount is for or of: the words after it ("for", "of", "will go to" …), else those that lead up to it."""
    after = _after(text, flat, amount.phrase_end)
    if after and (other := _OTHER_AMOUNT.match(after)):
        after = after[other.end() :]
    if after and not _SAYS_WHEN.fullmatch(after) and after.split()[0].lower() not in _FINITE:
        return after
    before = _before(text, flat, amount.phrase_start)
    return before if before and not _SUM.fullmatch(before.replace(",", "")) else after


def _after(text: str, flat: str, end: int) -> str:
    start = end
    if relative := _RELATIVE.match(flat, end):
        start = relative.end()
    for pattern in (_DESTINED, _LEAD):
        if found := pattern.match(flat, end):
            start = found.end()
            break
    if start > end and (said := _IN_A_PLACE.match(flat, start)):
        start = said.end()  # "312 providers in England have lost their licence"
    if determiner := _DETERMINER.match(flat, start):
        start = determiner.end()
    words: list[str] = []
    if start > end or flat[end : end + 1] in {" ", "-", "\u00a0"}:
        line_end = flat.find("\n", end)
        limit = start + _MAX_SUBJECT_CHARACTERS
        tokens = _TOKEN.finditer(text, start, limit if line_end < 0 else min(limit, line_end))
        words = _clause([token.group() for token in islice(tokens, _MAX_SUBJECT_WORDS + 1)])
    return _trimmed(words[:_MAX_SUBJECT_WORDS])


def _clause(tokens: list[str]) -> list[str]:
    """The words up to the end of their clause."""
    words: list[str] = []
    for token, following in zip_longest(tokens, tokens[1:], fillvalue=""):
        low = token.lower()
        joins_sum = low == "and" and _SUM.match(following) is not None
        if low in _CLAUSE_WORDS or token in _DASHES or token.startswith(_OPENING) or joins_sum:
            break
        if f"{low} {following.lower()}" in _CLAUSE_PAIRS:
            break
        words.append(token.rstrip("".join(_ENDING)))
        if token.endswith(_ENDING):
            break
    return words


def _before(text: str, flat: str, start: int) -> str:
    window = max(0, start - _MAX_SUBJECT_CHARACTERS, flat.rfind("\n", 0, start) + 1)
    tokens = text[window:start].split()
    if window > 0 and not flat[window - 1].isspace():
        tokens = tokens[1:]  # the window cut a word
    first = len(tokens)
    while first > 0 and len(tokens) - first < _MAX_SUBJECT_WORDS:
        token = tokens[first - 1]
        if token.endswith(_ENDING) or token in _DASHES or token.lower() in _CLAUSE_WORDS:
            break
        first -= 1
        if token.startswith(_OPENING):
            break
    words = [token.lstrip("".join(_OPENING)) for token in tokens[first:]]
    kept = next((at for at, word in enumerate(words) if word.lower() not in _BEGINNINGS), len(words))
    return _trimmed(words[kept:])


def _trimmed(words: list[str]) -> str:
    while words and words[-1].lower() in _ENDS:
        words = words[:-1]
    subject = " ".join(words).strip(" '’‘-–*•")
    only_ends = all(word.lower() in _ENDS for word in words)
    return "" if only_ends or len(subject) < _MIN_SUBJECT_CHARACTERS else subject
