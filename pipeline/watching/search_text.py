"""Search text → what it asks for, by the grammar beside this file.

    "child trafficking" AND (Rudd OR "Home Secretary") NOT hotel*
    hotels NEAR/5 asylum   outlet:Guardian   speaker:"Amber Rudd"   figure:£40m   figure:>=£1bn   figure:36%

Capitals, accents of quotation marks and hyphens make no difference; a star ends the beginning of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken, v_args
from lark.exceptions import VisitError

from pipeline.errors import Misuse
from pipeline.evidence.amounts import find_amounts
from pipeline.evidence.lexicon import flatten
from pipeline.folding import fold
from pipeline.watching.search import WORD, Amount, Both, Either, Field, Near, Search, Term, Without, bare, flat

_LONGEST = 2000
_COMPARISON = re.compile(r"(>=|<=|>|<|=)?(.+)")


def parse_search(text: str) -> Search:
    """What a search text asks for.

    raises   Misuse with the character at which it cannot be understood, counted from 1
    """
    if len(text) > _LONGEST:
        raise Misuse(f"a search has at most {_LONGEST} characters; {len(text)} came", about="query")
    try:
        found: Search = _Meaning().transform(_parser().parse(flat(text)))
    except UnexpectedInput as error:
        ended = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        at = len(text) if ended else error.pos_in_stream or 0
        raise _wrong(text, at, _expectation(text, at)) from error
    except VisitError as error:
        cause = error.orig_exc  # what lark wraps: a search that reads well and makes no sense
        raise cause if isinstance(cause, Misuse) else error from None
    if not any(_positive(found)):
        raise Misuse("a search needs something to look for, not only what to leave out", about="query")
    return found


def _wrong(text: str, at: int, what: str) -> Misuse:
    return Misuse(f"character {at + 1}: {what}\n  {text}\n  {' ' * at}^", about="query")


def _expectation(text: str, at: int) -> str:
    rest = text[at:].split(maxsplit=1)[:1]  # the word that could not be read
    if not rest:
        return "something is missing at the end"
    if rest[0].startswith('"') and text.count('"') % 2:
        return "this quotation mark is never closed"
    if rest[0].startswith(")"):
        return "this bracket closes nothing, or nothing stands before it"
    return f"did not expect {rest[0]}"


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = (Path(__file__).parent / "search.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", maybe_placeholders=False)


@v_args(inline=True)
class _Meaning(Transformer[Token, Search]):
    """The tree of the grammar → the search."""

    def value(self, token: Token) -> tuple[str, int]:
        return str(token).strip('"'), token.start_pos or 0

    def field(self, name: Token, value: tuple[str, int]) -> Search:
        text, at = value
        if name.lower() == "figure:":
            return _amount(text, at)
        return Field("outlet" if name.lower() == "outlet:" else "speaker", _words(text, at))

    def near(self, left: Any, operator: Token, right: Any) -> Search:
        sides = [_term(side) for side in (left, right)]
        for side in sides:
            if not _has_place(side):
                at = (operator.start_pos or 0) + 1
                raise Misuse(f"character {at}: {operator} takes words and phrases, or several with OR", about="query")
        return Near(sides[0], sides[1], int(operator.partition("/")[2]))  # type: ignore[arg-type]

    def without(self, part: Any) -> Search:
        return Without(_term(part))

    def both(self, *parts: Any) -> Search:
        return Both(tuple(_flat(Both, parts)))

    def either(self, *parts: Any) -> Search:
        return Either(tuple(_flat(Either, parts)))

    def start(self, part: Any) -> Search:
        return _term(part)

    def transform(self, tree: Any) -> Search:
        return _term(super().transform(tree))


def _flat(kind: type[Both] | type[Either], parts: Sequence[Any]) -> Iterator[Search]:
    for part in map(_term, parts):
        if isinstance(part, kind):
            yield from part.parts
        else:
            yield part


def _term(part: Any) -> Search:
    """A bare value is a word or a phrase."""
    if isinstance(part, tuple):
        text, at = part
        return Term(_words(text.rstrip("*"), at), open_end=text.endswith("*"))
    found: Search = part
    return found


def _words(text: str, at: int) -> tuple[str, ...]:
    found = tuple(bare(word) for word in WORD.findall(fold(text)))
    if not found:
        raise Misuse(f"character {at + 1}: {text or 'an empty phrase'} has no word in it", about="query")
    return found


def _amount(text: str, at: int) -> Amount:
    signed = _COMPARISON.fullmatch(text)
    comparison, said = signed.groups() if signed else ("", "")
    amounts = [one for one in find_amounts(flatten(said)) if one.value is not None]
    if amounts:
        return Amount(comparison or "=", amounts[0].value or 0.0, amounts[0].unit)
    plain = said.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return Amount(comparison or "=", float(plain), "")
    raise Misuse(f"character {at + 1}: expected an amount such as £40m, 36% or >=3,000; {text} came", about="query")


def _positive(search: Search) -> Iterator[bool]:
    """Whether there is something that an article must have."""
    match search:
        case Without():
            yield False
        case Both(parts):
            yield any(any(_positive(part)) for part in parts)
        case Either(parts):
            yield all(any(_positive(part)) for part in parts)
        case _:
            yield True


def _has_place(search: Search) -> bool:
    if isinstance(search, Either):
        return all(_has_place(part) for part in search.parts)
    return isinstance(search, Term | Near)
