"""Text → the names of people in it, without a model.

A run of capitalised words is a person's name when something says so: a title or office before it, a listed given
name, an age or a calling after it, a verb of speech beside it. Titles (Sir, Cllr) and letters (OBE, MP) are no part of
a name. Whom a surname alone means is for `people`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.evidence.lexicon import Gender, Lexicon
from pipeline.evidence.person_signs import (
    INITIALLED,
    PLACES,
    SAID_NEXT,
    Token,
    beside_speech,
    is_given_once,
    looks_like_a_person,
    may_be_surname,
    says,
    starts_sentence,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name at one place of a text."""

    start: int  # the name alone
    end: int
    outer_start: int  # with the titles before it
    outer_end: int  # with the letters after it
    text: str  # as written, titles and letters off
    title: str | None  # the courtesy title or rank before it, as written
    person: str  # whom it names: the full name, as the text gives it elsewhere; `text` when it never does
    full: bool  # given name and surname stand here


_ABBREVIATED = (
    "Mr|Mrs|Ms|Dr|Prof|Sens?|Reps?|Gov|Gen|Lt|Col|Sgt|Capt|Rev|St|Jr|Sr|Det|Supt|Insp|Hon|Adm|Maj|Cpl|Pte|Cllr|Cmdr|"
    "Atty|Amb|Dep|Asst|Coun"
)
_TOKEN = (
    rf"(?:(?:{_ABBREVIATED}|[A-Z])\.(?=[\s,])|(?:[A-Z]\.){{2,}}|(?:(?:al|el|bin)-|d[aeiu]|l[ae]|van|von|mac)[A-Z]\w*|"
    r"[A-ZÀ-ÖØ-Þ]\w*(?:['’-](?!s\b)\w+)*)"
)
_TOKEN_PATTERN = re.compile(rf"(?<!\w){_TOKEN}")
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_SURNAMES_TOO = frozenset("May Christian English French January March April June August".split())
_GLUED = re.compile(r"([A-Z][a-z]+)([A-Z]\w*)")  # "HaleCouncil", "ObamaCare"
_PREFIXED = re.compile(r"(?:Mc|Mac|De|Di|Du|La|Le|Fitz|Van|Von|St)[A-Z]")
_COMPOUND = re.compile(r"-[a-z]")  # "Front-runner Jane Hale"
_BRACKETS = frozenset({" (", "\u00a0("})
_BRACKETED_NAME = re.compile(r"\) [A-Z]")  # "Lord (Tariq) Ahmad"
_MAX_GAP = 16
_OF = re.compile(r"\b(?:of|for|and|&) $")
PEERS = frozenset({"Lord", "Lady", "Baroness", "Baron", "Viscount", "Earl", "Duke", "Duchess"})
_SEAT = re.compile(r" of (?:the )?[A-Z][\w'-]*(?: [A-Z][\w'-]*)*")
_NO_BRACKETS = str.maketrans("", "", "()")
_MAX_PIECE_WORDS = 25
_MAX_INITIALS = 3  # "TJ Smith"
_MAX_NAME_WORDS = 5
_MAX_PROVEN_WORDS = 3


class Single(NamedTuple):
    """One capitalised word by itself, which may be a surname."""

    token: Token
    outer_start: int
    outer_end: int
    title: str | None


@dataclass(frozen=True, slots=True)
class SeenNames:
    """What a text has of names before it is known whom they name."""

    full: list[Name]  # `person` is the name as written
    single: list[Single]
    words: Counter[str]  # all words of the text with their counts
    doubtful: list[tuple[list[Token], int]]  # runs that are names when their surname stands alone as a person's


def see_names(text: str, flat: str, lexicon: Lexicon) -> SeenNames:
    """The names of a text, and the capitalised words that may be surnames. flat: `lexicon.flatten(text)`."""
    seen = SeenNames([], [], Counter(flat.split()), [])
    for piece in _pieces(flat, lexicon):
        _read_piece(text, flat, piece, lexicon, seen)
    if seen.doubtful:
        _settle(text, flat, seen, lexicon)
    _join_couples(flat, seen, lexicon)
    seen.full.sort(key=lambda name: name.start)
    return seen


def _settle(text: str, flat: str, seen: SeenNames, lexicon: Lexicon) -> None:
    """Take runs whose surname is a person's elsewhere: "Mr Orlov left", "Orlov said"."""
    surnames = {tokens[-1].text for tokens, _ in seen.doubtful}
    alone = (one for one in seen.single if one.token.text in surnames)
    proven = {one.token.text for one in alone if one.title or says(flat, one.token, lexicon)}
    whole = {name.text.split()[-1] for name in seen.full}  # "Highlight Hale's record" in an article on Amber Hale
    for tokens, outer_end in seen.doubtful:
        if tokens[-1].text in whole:
            continue
        first = tokens[0].text.lower()
        known = first in lexicon.words.role_modifiers or first in lexicon.words.roles  # "Former Hale strategist"
        if tokens[-1].text in proven and not known and is_given_once(flat, tokens, seen.words):
            start, end = tokens[0].start, tokens[-1].end
            seen.full.append(Name(start, end, start, outer_end, text[start:end], None, text[start:end], True))


def _join_couples(flat: str, seen: SeenNames, lexicon: Lexicon) -> None:
    """ "Brian and Maureen Hobley": the given name before "and" has the surname after it."""
    seconds = [name for name in seen.full if flat.startswith(" and ", name.start - 5) and name.text.count(" ") == 1]
    if not seconds:
        return
    alone = {one.token.end: one for one in seen.single if one.title is None and one.token.text in lexicon.given_names}
    for second in seconds:
        first = alone.get(second.start - 5)
        if first is not None:
            start, end, word = first.token
            called = f"{word} {second.text.split()[1]}"
            seen.single.remove(first)
            seen.full.append(Name(start, end, start, end, called, None, called, True))


def _pieces(flat: str, lexicon: Lexicon) -> Iterator[list[Token]]:
    """Runs of capitalised words, cut where a word has its capital for another reason (The, Monday, French)."""
    not_names, given, particles = lexicon.words.not_names, lexicon.given_names, lexicon.words.particles
    piece: list[Token] = []
    last = -2
    for match in _TOKEN_PATTERN.finditer(flat):
        start, end = match.span()
        if start - last != 1 or flat[last] not in " \u00a0":
            gap = flat[last:start] if 1 < start - last <= _MAX_GAP and last > 0 else ""
            joined = bool(gap) and _is_name_gap(gap, particles)
            if gap in _BRACKETS:
                joined = _BRACKETED_NAME.match(flat, end) is not None
            if piece and not joined:
                yield piece
                piece = []
        last = end
        word = match.group()
        if word[-1] == "." and not _INITIALS.fullmatch(word):
            word = word[:-1]
        if word in not_names and not _is_name_too(flat, start, end, word, piece, given):
            if piece:
                yield piece
            piece = []
            continue
        if not word[1:].islower() and (glued := _GLUED.fullmatch(word)) and not _PREFIXED.match(word):
            again = any(token.text == glued[1] for token in piece)
            if not again and (glued[1] in given or glued[2] in given):  # "AshLee Vale"
                piece.append(Token(start, end, word))
                continue
            if again:  # "Rep. Amber Hale Amber Mary HaleCouncil fights": the text of a link stands in the sentence
                at = next(number for number, token in enumerate(piece) if token.text == glued[1])
                yield piece[: at + 1]
                if len(piece) > at + 1:
                    yield [*piece[at + 1 :], Token(start, start + len(glued[1]), glued[1])]
            elif piece:
                yield piece
            piece = []
            continue
        piece.append(Token(start, end, word))
        if flat[end : end + 1] == ")":
            last = end + 1
    if piece:
        yield piece


def _is_name_too(flat: str, start: int, end: int, word: str, piece: list[Token], given: Mapping[str, Gender]) -> bool:
    """Whether a word that has its capital for another reason is a name here: "Theresa May", "eyewitness Will Orton"."""
    if word in _SURNAMES_TOO:
        says = SAID_NEXT.match(flat, end) is not None or flat.startswith(("said ", "says "), start - 5)
        return says or (bool(piece) and piece[-1].text in given)
    return word == "Will" and not starts_sentence(flat, start) and flat[end + 1 : end + 2].isupper()


def _is_name_gap(gap: str, particles: frozenset[str]) -> bool:
    """Whether what stands between two capitalised words may stand in a name: " van der "."""
    return gap[0] == " " and gap[-1] == " " and all(word in particles for word in gap.split())


def _read_piece(
    text: str,
    flat: str,
    piece: list[Token],
    lexicon: Lexicon,
    seen: SeenNames,
) -> None:
    """Sort one run of capitalised words: a full name, a single one that may be a surname, or neither."""
    if len(piece) > _MAX_PIECE_WORDS:
        return  # a headline in capitals, a table
    listed = lexicon.words
    if piece[0].text in listed.christened:  # "Operation Larkfield", "Storm Amber"
        piece = piece[2:]
        if not piece:
            return
    before = _last_title_or_role(piece, lexicon)
    tokens = piece[before + 1 :]
    while len(tokens) > 1 and tokens[-1].text in listed.honours:
        tokens = tokens[:-1]
    if not tokens:
        alone = piece[0]
        last_one = piece[-1]
        titled = len(piece) == 1 or (len(piece) == 2 and alone.text in listed.titles)
        if titled and last_one.text in listed.royal and any(n.text.endswith(f" {last_one.text}") for n in seen.full):
            title = alone.text if len(piece) > 1 else None
            seen.single.append(Single(last_one, alone.start, last_one.end, title))  # "Mr Pope" after "Lashawn Pope"
        return
    whole = tokens
    tokens = _from_given_name(tokens, flat, lexicon, seen.words)
    of_office = tokens is not whole and whole[0].text in listed.thing_words
    preceded = piece[before].text if before >= 0 and tokens[0] is piece[before + 1] else None
    outer_start = tokens[0].start
    if flat[max(0, tokens[0].start - 1) : tokens[0].start] == "/":
        return  # "REUTERS/Jane Hale" took the picture
    if len(tokens) == 1 and flat[max(0, tokens[0].start - 2) : tokens[0].start] == "& ":
        return  # "the broker Mackie & Hart"
    title = None
    for token in reversed(piece[: before + 1] if preceded else []):
        if token.text not in listed.titles:
            break
        outer_start, title = token.start, token.text
    last = tokens[-1].end
    outer_end = piece[-1].end if piece[-1].text in listed.honours else last
    if title in PEERS and (seat := _SEAT.match(flat, outer_end)):
        outer_end = seat.end()  # "Lord Ahmad of Wimbledon"
    if len(tokens) == 1:
        if preceded in listed.royal and before >= 0:
            start = piece[before].start
            called = text[start:last]
            seen.full.append(Name(start, last, start, outer_end, called, title, called, True))
        elif tokens[0].text.lower() not in listed.roles:
            if title is None and preceded and may_be_surname(tokens[0].text, lexicon, seen.words):
                title = preceded
            seen.single.append(Single(tokens[0], outer_start, outer_end, title))
        return
    listed_thing = _is_listed_or_thing(tokens, flat, lexicon)
    given = tokens[0].text in lexicon.given_names
    speaks_here = given and tokens[0].text not in lexicon.given_names_common and len(tokens) == 2
    if listed_thing and given and title and title not in listed.royal:
        listed_thing = False  # "Rep. John Lewis" is no shop
    if listed_thing and speaks_here and beside_speech(flat, tokens[0].start, last, lexicon):
        whole_name = flat[tokens[0].start : last]
        listed_thing = whole_name in lexicon.organisations or whole_name in lexicon.places  # "said Tara Wall"
    if len(tokens) > _MAX_NAME_WORDS or listed_thing:
        return
    written = text[tokens[0].start : last].translate(_NO_BRACKETS)
    if tokens[-1].text.isupper() and not written.isupper():
        return  # "Officer Initiated FR"
    if (
        tokens[0].text.isalpha()
        and tokens[0].text.isupper()
        and len(tokens[0].text) > _MAX_INITIALS
        and not written.isupper()
    ):
        return  # "KMOV St. Louis"
    if written.isupper() and any(seen.words[token.text.lower()] for token in tokens):
        return  # "CALLS FOR MAYOR TO RESIGN"
    person = title or preceded or of_office
    if person or looks_like_a_person(text, flat, tokens, outer_end, lexicon, seen.words):
        seen.full.append(Name(tokens[0].start, last, outer_start, outer_end, written, title, written, True))
    elif len(tokens) <= _MAX_PROVEN_WORDS:
        seen.doubtful.append((tokens, outer_end))


def _last_title_or_role(piece: list[Token], lexicon: Lexicon) -> int:
    """Index of the last title or office in the run that has a name after it; −1 when it has none."""
    listed = lexicon.words
    ends_with = len(piece) - 1
    while ends_with > 0 and piece[ends_with].text in listed.honours:
        ends_with -= 1
    for index in range(ends_with, -1, -1):
        word = piece[index].text
        many = index < ends_with and word.lower().removesuffix("s") in listed.roles  # "Senators Hale and Vale"
        if word in listed.titles or word in listed.royal or word.lower() in listed.roles or many:
            if index == ends_with:
                # "Chris Head", "John Bishop": a calling for a surname
                first = piece[index - 1].text if index else ""
                is_surname = first in lexicon.given_names and first not in lexicon.given_names_common
                if is_surname and index > 1:
                    continue  # "Corporal Gabrielle King", "union president Bob Head"
                is_surname = is_surname or (index == 1 and word in listed.royal and first[1:] != first[1:].lower())
                if is_surname:
                    return -1
                return index
            return index
    return -1


def _from_given_name(tokens: list[Token], flat: str, lexicon: Lexicon, words: Counter[str]) -> list[Token]:
    """Drop capitalised words before the name: "Housing and Communities Michael Gove" → Michael Gove."""
    if tokens[0].text in lexicon.given_names:
        return tokens
    if len(tokens) > 2 and tokens[0].text in lexicon.words.thing_words and _ends_with_of(flat, tokens[0].start):
        return tokens[1:]  # "Chief of Staff Jane Doe"
    for index in range(1, len(tokens) - 1):
        word = tokens[index].text
        initials = INITIALLED.fullmatch(word) is not None and word not in PLACES
        if initials or (word in lexicon.given_names and word not in lexicon.given_names_common):
            first = tokens[0].text
            low = first.lower()
            is_word = bool(words[low] or words[f"{low}s"]) or first in lexicon.organisations or first in lexicon.places
            is_word = is_word or first in lexicon.words.organisation_words or first in lexicon.words.thing_words
            is_word = is_word or first.lower() in lexicon.words.anonymous or _COMPOUND.search(first) is not None
            far = index > 1 or (len(tokens) > 2 and starts_sentence(flat, tokens[0].start))
            if is_word or far or first.isupper() or _ends_with_of(flat, tokens[0].start):
                return tokens[index:]  # "Trump Picks Amber Hale", "Interviewer Amber Hale"
    return tokens


def _ends_with_of(flat: str, start: int) -> bool:
    return _OF.search(flat, max(0, start - 5), start) is not None


def _is_listed_or_thing(tokens: list[Token], flat: str, lexicon: Lexicon) -> bool:
    listed = lexicon.words
    if any(token.text in listed.organisation_words for token in tokens) or tokens[-1].text in listed.thing_words:
        return True
    whole = flat[tokens[0].start : tokens[-1].end]
    return whole in lexicon.organisations or whole in lexicon.places
