"""Capitalised words → whether they are a person's name: an age, a calling, a verb of speech beside them says so."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from pipeline.evidence.lexicon import Lexicon


class Token(NamedTuple):
    """A capitalised word and where it stands."""

    start: int
    end: int
    text: str  # without the full stop of an abbreviation


_SHORT_WORD = re.compile(r",?\s+(?:aged\s+)?\d{1,3}\b|\s+\(\d{1,3}\)")
_WHO = re.compile(r",?\s+who(?:se|m)?\b(?! (?:are|were|have)\b)")  # "Islamic Jihad, who are": no person
_OF_BODY = re.compile(r" (?:of|with|from) (?:the )?[A-Z][\w'&-]*(?: (?:of |for |and )?[A-Z][\w'&-]*)*")
_TAKES_AN_OBJECT = frozenset(
    "told asked asks tells urged urges begged quoted quotes reported reports posted text texted emailed".split()
)
_ARTICLE = re.compile(r"\b(?:[Aa]n?|[Tt]he|his|her|their) $")
_AGE_BEFORE = re.compile(r"\b\d{1,3}-year-old $")
SAID_NEXT = re.compile(r"(?: (?:also|later|then|[a-z]+ly))? (?:said|says|told|added|wrote|tweeted)\b")
INITIALLED = re.compile(r"[A-Z](?:\.[A-Z]){1,2}\.?")
PLACES = frozenset({"U.S", "U.K", "U.N", "E.U", "D.C", "L.A", "U.S.", "U.K.", "U.N.", "E.U.", "D.C.", "L.A."})
_AGE_AFTER = re.compile(r", an? \d{1,3}-year-old\b")
_NEXT_VERB = re.compile(r"\s+(?:(?:also|later|then|[a-z]+ly)\s+)?(\w+)")
_NEXT_WORD = re.compile(r"\s+(\w+)")
_CALLING_BEFORE = re.compile(r"\b([a-z-]+), $")
_APPOSED_VERB = re.compile(r",\s+(?:(?:[a-z]+ly|later|also|then)\s+)?([a-z]+)")
_LAST_WORD = re.compile(r"([\w-]+)\s+$")
_APPOSITION = re.compile(r",\s+((?:(?:(?:[A-Z]\.)+|[\w'&-]+)\s*){1,8})")
_EAST_ASIAN = re.compile(r"[A-Z][a-z]+-[a-z]+")  # Han Jae-su, Tae Ki-ju


def says(flat: str, token: Token, lexicon: Lexicon) -> bool:
    """Whether a verb of speech stands beside a word: "Orlov said", "said Orlov"."""
    if flat.startswith(("said ", "says "), token.start - 5):
        return True
    after = _NEXT_VERB.match(flat, token.end)
    verbs = lexicon.cues.verbs.get(after.group(1), ()) if after else ()
    return any(form == after[1] and kind in ("say", "govern") for form, kind in verbs) if after else False


def starts_sentence(flat: str, start: int) -> bool:
    """Whether a sentence, or a quotation, begins at the place."""
    before = flat[max(0, start - 6) : start].rstrip(" \"“”'")
    return not before or before[-1] in ".!?:\n"


def may_be_surname(word: str, lexicon: Lexicon, words: Counter[str]) -> bool:
    """Whether the capitalised word after an office ("President Obama") can be its holder's surname."""
    listed = lexicon.words
    is_thing = (
        word in listed.organisation_words or word in listed.thing_words or word.isupper() or word.startswith("I'")
    )
    is_word = bool(words[word.lower()]) or word.lower().rstrip("s") in listed.roles
    return not (is_thing or is_word or word in lexicon.organisations or word in lexicon.places)


def looks_like_a_person(
    text: str, flat: str, tokens: list[Token], end: int, lexicon: Lexicon, words: Counter[str]
) -> bool:
    """Whether two or more capitalised words without a title are a person's name."""
    first, surname = tokens[0].text, tokens[-1].text
    if first in lexicon.given_names and first not in lexicon.given_names_common:
        return surname.lower() not in lexicon.words.roles or len(tokens) == 2
    if lexicon.offices.knows(flat[tokens[0].start : tokens[-1].end]):
        return True
    if any(words[token.text.lower()] for token in tokens):
        return False
    if first in lexicon.places or surname in lexicon.places:
        return _called(flat, tokens[0].start, lexicon) and says(flat, tokens[-1], lexicon)
    if _SHORT_WORD.match(text, end) or _WHO.match(text, end):
        return True
    if len(tokens) == 2 and _EAST_ASIAN.fullmatch(surname) and surname.lower() not in lexicon.words.roles:
        return surname.split("-")[0].lower() not in words
    if first in lexicon.given_names and words[surname] > 1:
        return True
    if flat.startswith("'s ", tokens[0].start - 3) and says(flat, tokens[-1], lexicon):
        return True  # "Labour's Ifeoma Clarke accused ministers of …"
    start = tokens[0].start
    if INITIALLED.fullmatch(first) and first not in PLACES and surname not in lexicon.words.organisation_words:
        return True  # "H.L. Hale"
    if _AGE_BEFORE.search(flat, max(0, start - 14), start) or _AGE_AFTER.match(flat, end):
        return True
    if flat.startswith(", ", start - 2) and (apposed := _APPOSED_VERB.match(flat, end)):
        verbs = lexicon.cues.verbs.get(apposed[1], ())
        if any(kind == "say" and form == apposed[1] for form, kind in verbs):
            return True  # "Britain's envoy to Oslo, Woody Vale, later insisted"
    calling = _CALLING_BEFORE.search(flat, max(0, start - 24), start)
    if calling and calling[1] in lexicon.words.roles and flat.startswith((",", ":", "."), end):
        return True  # "told the campaign manager, Corinna Vale:"
    whole = flat[start : tokens[-1].end]
    alone = flat.count(first) - flat.count(whole)
    if alone > 1 and first not in lexicon.given_names:
        return False  # "under Vale Hale says that Vale …"
    return beside_speech(flat, start, end, lexicon) or _calling_follows(flat, end, lexicon)


def _called(flat: str, start: int, lexicon: Lexicon) -> bool:
    """Whether a calling stands right before a name: "actress Norway Hale told"."""
    before = _LAST_WORD.search(flat[max(0, start - 24) : start])
    return before is not None and before[1] in lexicon.words.roles


def is_given_once(flat: str, tokens: list[Token], words: Counter[str]) -> bool:
    """Whether the first word of a run stands nowhere else, as a given name does, and no word of it is any other."""
    first = tokens[0].text
    if (
        first.isupper()
        or first.endswith("ing")
        or first == tokens[-1].text
        or any(words[token.text.lower()] for token in tokens)
    ):
        return False
    whole = flat[tokens[0].start : tokens[-1].end]
    return flat.count(first) == flat.count(whole)  # "Freedom Trump" stands once, and "Freedom Caucus" too


def _past_body(flat: str, end: int) -> int:
    """Where a name ends with the body that its bearer is of: "Harrison of the River League"."""
    found = _OF_BODY.match(flat, end)
    return found.end() if found else end


def beside_speech(flat: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a verb of speech, or a calling, stands right before or behind a stretch: "said Amber Hale"."""
    after = _NEXT_WORD.match(flat, _past_body(flat, end))
    if after and any(
        kind == "say" and form == after.group(1) for form, kind in lexicon.cues.verbs.get(after.group(1), ())
    ):
        return True
    before = _LAST_WORD.search(flat[max(0, start - 24) : start])
    word = before.group(1) if before else ""
    says = word not in _TAKES_AN_OBJECT and any(
        kind == "say" and form == word for form, kind in lexicon.cues.verbs.get(word, ())
    )
    return says or word in lexicon.words.roles


def _calling_follows(flat: str, end: int, lexicon: Lexicon) -> bool:
    found = _APPOSITION.match(flat, end)
    if found is None:
        return False
    words = found.group(1).split()
    return any(word.lower() in lexicon.words.roles for word in words)


def speaks(flat: str, token: Token, words: Counter[str], lexicon: Lexicon) -> bool:
    """Whether a capitalised word by itself is somebody who speaks here: "Schumer said"."""
    if starts_sentence(flat, token.start) and words[token.text] < 2:
        return False
    if _ARTICLE.search(flat, max(0, token.start - 6), token.start):
        return False  # "in a Chatterbox post"
    return may_be_surname(token.text, lexicon, words) and beside_speech(flat, token.start, token.end, lexicon)
