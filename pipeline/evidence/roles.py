"""The words around a name → the person's role as written, and the organisation that the role belongs to."""

from __future__ import annotations

import re
from datetime import date

from pipeline.evidence.lexicon import Lexicon
from pipeline.evidence.names import Name
from pipeline.sentences import Range

_WORD = re.compile(r"[\w][\w'&-]*|&")
_CONNECTORS = frozenset({"of", "for", "and", "&", "at", "in", "to"})
_APPOSITION_ENDS = frozenset(
    "both each all who which said says told tells added was is has had were are will would that when where while "
    "because but if".split()
)
_ARTICLE = re.compile(r"(?:the|a|an|its|their|his|her|one of the)\s+", re.IGNORECASE)
_ANY_ARTICLE = re.compile(
    r"^(?:(?:but|and|yet|so|now|meanwhile|later)\s+)?(?:the|a|an|one|another|some|its|their|his|her|this|that)\s+",
    re.IGNORECASE,
)
# "In a statement the chair of the board, Jane Doe, said": where it was said is no part of the role.
_OCCASION = re.compile(
    r"^(?:In|At|On|During|After|Before|Through|Via)\s+(?:an?|the|his|her|its|their)\s+[a-z][a-z ]{2,40}?,?\s(?=the\s)"
)
_AGE = re.compile(r",\s*(?:aged\s+)?\d{1,3}(?=,)")
_APPOSED = re.compile(
    r"(?<![\w'-])(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ur) "
    r"(?P<role>[^,;:.()\n\x00\"“”]{3,90}), $"
)
_MAX_APPOSED_WORDS = 12
_MAX_ROLE_CHARACTERS = 200
_MAX_LOWER_CASE_WORDS = 6


def role_before(flat: str, name: Name, floor: int, lexicon: Lexicon) -> Range | None:
    """The role that ends where a name begins: "Crime and Policing Minister Chris Philp". None when there is none.

    floor  the role does not begin before it (start of the sentence or clause)
    """
    listed = lexicon.words
    end = name.outer_start
    if name.title and name.title.lower() in listed.roles:
        end = name.start  # a rank is part of the role: "Chief Constable", "Detective Sergeant"
    floor = max(floor, end - _MAX_ROLE_CHARACTERS)
    words = list(_WORD.finditer(flat, floor, end))
    if not words or flat[words[-1].end() : end].strip():
        return None
    start = None
    has_role = seen_and = False
    lower_count = 0
    following = end
    for index in range(len(words) - 1, -1, -1):
        word, at, after = words[index].group(), words[index].start(), words[index].end()
        gap = flat[after:following]
        if gap.strip() and not (gap.strip() == "," and seen_and and has_role is False):
            break
        low = word.lower().removesuffix("'s")
        previous = words[index - 1].group() if index else ""
        if low in {"and", "&"} and not _joins_role(flat, floor, at, previous, lexicon):
            break
        if low in _CONNECTORS or (low == "the" and previous in {"of", "for", "at", "to"}):
            seen_and = seen_and or low in {"and", "&"}
        elif word[0].isupper() and low not in listed.role_stops and word not in {"Mr", "Mrs", "Ms"}:
            start = at
        elif low in listed.roles or low in listed.role_modifiers or word[0].isdigit():
            lower_count += 1
            start = at
        else:
            break
        has_role = has_role or low in listed.roles
        following = at
        if lower_count > _MAX_LOWER_CASE_WORDS:
            break
    if start is None or not has_role:
        return None
    return start, _strip_end(flat, start, end)


_DEPARTMENT = re.compile(
    r"\b(?:Secretary|Minister|Director|Head|Chair|Chairman|Lead|Commissioner|Manager)(?: of State)? (?:of|for)\b"
)


def _joins_role(flat: str, floor: int, at: int, previous: str, lexicon: Lexicon) -> bool:
    """Whether an "and" stands in a role ("Crime and Policing Minister") and not before it ("Smith and MP Jones")."""
    low = previous.lower()
    inside = low in lexicon.words.role_modifiers or low in lexicon.words.roles
    return inside or bool(_DEPARTMENT.search(flat, floor, at))


def role_after(flat: str, name: Name, ceiling: int, lexicon: Lexicon, *, whole: bool) -> Range | None:
    """The role that stands after a name between commas: "Javed Khan, chief executive of Barnardo's, welcomed".

    ceiling  the role ends before it
    whole    everything up to the ceiling belongs to it (a cue line: the verb of speech follows)
    """
    at = name.outer_end
    if age := _AGE.match(flat, at):
        at = age.end()
    comma = re.compile(r"\s*,\s*|\s+[–—-]\s+").match(flat, at)
    if comma is None or comma.end() >= ceiling:
        return None
    start = comma.end()
    if article := _ARTICLE.match(flat, start):
        start = article.end()
    end = start
    head_at = None
    for count, word in enumerate(_WORD.finditer(flat, start, min(ceiling, start + _MAX_ROLE_CHARACTERS))):
        gap = flat[end : word.start()] if end > start else ""
        if re.search(r"[.;:!?\n\x00\"“”]|\s[–—-]\s", gap) or word.group() in _APPOSITION_ENDS:
            break
        if (
            word.group().endswith("ing")
            and head_at == count - 1
            and word.group().lower() not in lexicon.words.role_modifiers
        ):
            break  # "a Republican mounting a challenge to …"
        if "," in gap and not whole and (head_at is not None or count > 3):
            break
        low = word.group().lower().removesuffix("'s")
        if any(form == word.group() and kind == "say" for form, kind in lexicon.cues.verbs.get(word.group(), ())) and (
            word.group().endswith("ed") or word.group() in {"said", "told", "wrote"}
        ):
            break
        if count == 0 and word.group() in lexicon.given_names:
            return None  # the next person of a list
        if low in lexicon.words.roles:
            head_at = count if head_at is None else head_at
        end = word.end()
        if ")" in flat[end : end + 1]:
            end += 1
    if head_at is None or (head_at > 9 and not whole):
        return None
    return start, _strip_end(flat, start, end)


def role_of(flat: str, name: Name, floor: int, ceiling: int, lexicon: Lexicon) -> Range | None:
    """The role that a mention of a person states, after the name or before it."""
    return (
        role_after(flat, name, ceiling, lexicon, whole=False)
        or role_before(flat, name, floor, lexicon)
        or _role_apposed(flat, name, floor, ceiling, lexicon)
    )


def _role_apposed(flat: str, name: Name, floor: int, ceiling: int, lexicon: Lexicon) -> Range | None:
    """The role that a comma parts from the name after it: "Its director, Olivia Crane, said"."""
    found = _APPOSED.search(flat, max(floor, name.outer_start - _MAX_ROLE_CHARACTERS), name.outer_start)
    if found is None or (name.outer_end < ceiling and flat[name.outer_end] not in ",.:;(\n"):
        return None
    words = [word.removesuffix("'s") for word in found["role"].lower().split()]
    if len(words) > _MAX_APPOSED_WORDS or not lexicon.words.roles.intersection(words):
        return None
    return found.span("role")


_PORTFOLIO = re.compile(r"(?:[Ss]hadow\s|[Jj]unior\s|[Ff]ormer\s)*(?:[Mm]inister|[Ss]ecretary)(?: of [Ss]tate)? for\b")


def stated_role(text: str, role: Range | None) -> str | None:
    """A role's words without the article before them: "the chief executive" → "chief executive"."""
    if role is None:
        return None
    words = _OCCASION.sub("", text[role[0] : role[1]].strip(" ,\u00a0"))
    return _ANY_ARTICLE.sub("", words, count=1) or None


def organisation_of(role: str, lexicon: Lexicon, day: date | None) -> str | None:
    """The organisation that a role names or that its office belonged to on that day; None when neither is known."""
    if (department := re.match(r"Secretary of State for (.+)", role)) and (
        entry := lexicon.organisations.named(f"Department for {department.group(1)}")
    ):
        return entry.name
    office = lexicon.offices.of_role(role)
    if office is not None:
        return lexicon.offices.body_of(office, day)
    if _PORTFOLIO.match(role):
        return None  # "Minister of State for …, United Nations and the Commonwealth" is not of the United Nations
    return _listed_in(role, lexicon) or _after_preposition(role, lexicon) or _before_head(role, lexicon)


def _listed_in(role: str, lexicon: Lexicon) -> str | None:
    flat = role.replace("’", "'")
    for word in re.finditer(r"\w+", flat):
        found = lexicon.organisations.at(flat, word.start(), word.group())
        if found is not None:
            end, entry = found
            partial = re.match(r"\s+(?:of|for)\s+[A-Z]", flat[end:]) or re.match(
                r"\s[A-Z]\w+ (?:Board|Committee)", flat[end:]
            )
            if not partial or "'" in flat[end : end + 1]:
                return entry.name
    return None


_AFTER = re.compile(
    r"\b(?:of|at|with|from)\s+(?:the\s+)?((?:[A-Z][\w'’&.-]*)(?:\s+(?:(?:of|for|and|the)\s+)*[A-Z][\w'’&.-]*)*)"
)
_FOR = re.compile(r"\bfor\s+(?:the\s+)?((?:[A-Z][\w'’&.-]*)(?:\s+(?:(?:of|for|and|the)\s+)*[A-Z][\w'’&.-]*)*)")


def _after_preposition(role: str, lexicon: Lexicon) -> str | None:
    for pattern in (_AFTER, _FOR):
        for found in pattern.finditer(role):
            name = found.group(1).rstrip(".,")
            words = name.split()
            is_body = any(
                word.removesuffix("'s").removesuffix("’s") in lexicon.words.organisation_words for word in words
            )
            if pattern is _FOR and not is_body:
                continue
            if name not in lexicon.places and words[0].lower() not in lexicon.words.roles and words[0] != "State":
                return re.sub(r"['’]s$", "", name) if is_body else name
    return None


def _before_head(role: str, lexicon: Lexicon) -> str | None:
    """Capitalised words before the calling: "Acme Homes chief executive" → Acme Homes."""
    words = role.split()
    name: list[str] = []
    for word in words:
        low = word.lower()
        if low in lexicon.words.roles or low in lexicon.words.role_modifiers:
            break
        if not word[0].isupper() or word in lexicon.words.not_names:
            return None
        name.append(word)
    joined = " ".join(name)
    if not name or len(name) == len(words) or joined in lexicon.places or words[len(name)][0].isupper():
        return None
    return re.sub(r"['’]s$", "", joined)


def _strip_end(flat: str, start: int, end: int) -> int:
    while end > start and flat[end - 1] in " ,\u00a0":
        end -= 1
    return end
