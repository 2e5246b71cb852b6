"""Words without a name → the subject that they are: "the Home Secretary", "campaigners", "the report", a body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.evidence.close_reading import CloseReading

SubjectKind = Literal["person", "pronoun", "role", "unnamed", "body"]


@dataclass(frozen=True, slots=True)
class Subject:
    """The words that a verb of speech has for its subject."""

    kind: SubjectKind
    start: int
    end: int
    text: str  # person: the full name; else the words, article off
    role: str | None = None


DETERMINER = re.compile(
    r"(?:the|a|an|one|another|some|many|several|other|his|her|its|their|this|that)\s+", re.IGNORECASE
)
PREPOSITIONS = frozenset(
    "according about after against amid among around as at before behind by despite during following for from in "
    "into like near of "
    "off on over regarding since through to toward towards under until upon via with within without".split()
)
NEVER_IN_A_SUBJECT = frozenset(
    "he she they i we you it him her them is was were are be been has had have will would could should may might can "
    "what say said says tell told write wrote "
    "asked when while because if although though but so gave made took went came met got became "
    "began left held later must shall either neither".split()
)
_BEFORE_AN_ARTICLE = PREPOSITIONS | {
    "and",
    "or",
    "both",
    "all",
    "including",
    "but",
    "than",
    "between",
    "outside",
    "inside",
    "across",
}
_OUTLETS = frozenset(
    "newspaper paper magazine weekly website site blog outlet broadcaster channel network agency".split()
)
_OF_A_GROUP = re.compile(r"of (?:the|his|her|its|their|these|those) ")
_SEVERAL = re.compile(
    r"(?<![a-z]-)\b[a-z]+[^s\W]\s((?:[A-Z][\w-]*\s)*(?:police|authorities|officials|prosecutors|investigators|officers|detectives|deputies))$"
)
_DAY = re.compile(r"\s(?:(?:on|late|early)\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s*$")
_APPOSED = re.compile(r",\san?\s")
_TRAILING = re.compile(
    r"\s(?:(?:posted|released|issued|published|obtained|found|seen|sent|read|signed|attributed)|"
    r"for (?:his|her|their|its) part|of|in|on|at|to|for|with|by|from)$"
)
_INFINITIVE = re.compile(r"\sto\s(?!(?:the|an?|his|her|its|their|this)\b)[a-z]+\s")
_OCCASION = re.compile(r",\s(?:in|at|on|after|during)\s")  # "an attorney, in another email": more than a subject
_DASHED = re.compile(r"\s[–—-]\s")
_THAT = re.compile(r"\s(?:that|which)\s*$")
_MAX_SUBJECT_WORDS = 14
_MAX_BARE_WORDS = 10  # without an article before it


# Says nothing but that somebody is meant who was named before; any other role ("the mayor") may be somebody else.
PERSON_NOUN = re.compile(
    r"\b(?:\d{1,2}-year-old|billionaire|millionaire|front-?bencher|back-?bencher|mp|peer|politician|lawmaker|"
    r"congressman|congresswoman|senator|veteran|star|actor|actress|singer|player|striker|father|mother|dad|mum|"
    r"businessman|businesswoman|academic|campaigner|teenager|pensioner|tycoon|incumbent|president-elect|nominee|"
    r"front-?runner|hopeful|contender|republican|democrat|candidate|minister|comedian|rapper|provocateur|mogul|rival|challenger|firebrand|freshman|stalwart|libertarian|socialist|heiress|starlet|frontman|songwriter|filmmaker|novelist|golfer|boxer|midfielder|defender|goalkeeper|captain|suspect|shooter|gunman|accuser|whistleblower|plaintiff|defendant)\b",
    re.IGNORECASE,
)


# "still prompts the party's supporters", "the press secretary declined", "allowing the president to campaign"
_CLAUSE = re.compile(
    r"^(?:also|still|now|then|even|just|only|not|which|[a-z]+ing)\s|\b[a-z]+ed(?:\s(?:to|the|an?|by|on|in)\b|$)|"
    r"(?<!of)(?<!for)(?<!at)(?<!in)(?<!and)(?<!from)(?<!with)(?<!to)(?<!on)(?<!^)\s(?:the|an?)\s|"
    r"\b[a-z]+[^s\s]s\s[A-Z][\w-]*(?:\s[A-Z][\w-]*)*'s?\s"
)


def _is_never_in_a_subject(word: str) -> bool:
    acronym = len(word) > 1 and word.isupper()  # "an IS fighter"
    return not acronym and word.lower().removesuffix("'s") in NEVER_IN_A_SUBJECT


def _words(flat: str, start: int, end: int) -> list[tuple[str, int]]:
    """The words of a stretch, with their places in it."""
    return [(found.group(), found.start()) for found in re.finditer(r"[\w][\w'-]*", flat[start:end])]


def _has_object(words: list[tuple[str, int]]) -> bool:
    """Whether an article after anything but a preposition gives a verb away: "backlash follows a Northvale report"."""
    return any(
        word in {"the", "a", "an"} and before.lower() not in _BEFORE_AN_ARTICLE and not before.endswith("'s")
        for (before, _), (word, _) in pairwise(words)
    )


def _is_clause(masked: str, start: int, end: int) -> bool:
    """Whether words without an article before them hold a verb, so that they are more than a subject."""
    return _CLAUSE.search(masked[start:end].strip()) is not None


def description(reading: CloseReading, start: int, end: int) -> Subject | None:
    """A subject without a name: "the Home Secretary", "a Home Office spokesperson", "campaigners", "the report"."""
    listed = reading.lexicon.words
    flat = reading.flat
    determiner = DETERMINER.match(flat, start, end)
    begin = determiner.end() if determiner else start
    if (
        determiner
        and (group := _OF_A_GROUP.match(flat, begin, end))
        and not determiner.group().lower().startswith("the")
    ):
        begin = group.end()  # "One of the documents"
    if day := _DAY.search(flat, begin, end):
        end = day.start()  # "a spokeswoman for the council Saturday told"
    if apposed := _APPOSED.search(flat, begin, end):
        end = apposed.start()  # "one donor, a person who gave much, told"
    if trailing := _TRAILING.search(flat, begin, end):
        end = trailing.start()  # "a statement posted", "Republicans in"
    if infinitive := _INFINITIVE.search(flat, begin, end):
        end = infinitive.start()  # "the ministry to find ways"
    if dash := _DASHED.search(flat, begin, end):
        end = dash.start()  # "The senator – popular with the left – said"
    if determiner and (relative := _THAT.search(flat, begin, end)):
        end = relative.start()  # "a report that said"
    if determiner and (who := flat.find(" who ", begin, end)) > 0:
        end = who  # "A headteacher who scrapped homework says"
    words = _words(flat, begin, end)
    if (
        not words
        or len(words) > (_MAX_SUBJECT_WORDS if determiner else _MAX_BARE_WORDS)
        or words[0][0].lower() in PREPOSITIONS
    ):
        return None
    if any(_is_never_in_a_subject(word) for word, _ in words) or _OCCASION.search(flat, begin, end):
        return None
    if determiner is None and words[0][0].endswith("ed"):
        return None  # "(he) delivered a speech"
    if any(verb.form.endswith(("ed", "s", "wrote")) for verb in reading.verbs_between(begin, end)):
        return None  # a clause, not a subject
    if (determiner is None and _is_clause(reading.masked, begin, end)) or _has_object(words):
        return None
    text = reading.article.text[begin:end].strip(" .,\u00a0")
    article = determiner.group().strip().lower() if determiner else ""
    if article in {"a", "an", "one", "another"} and (several := _SEVERAL.search(flat, begin, end)):
        begin, article = several.start(1), ""  # "a man Northvale officials said was", "a woman police said was"
        text, words = reading.article.text[begin:end].strip(" .,\u00a0"), _words(flat, begin, end)
    definite = article in {"the", "his", "her", "this"} or not article
    preposition = next(
        (i for i, (word, _) in enumerate(words) if word in {"for", "of", "from", "at", "in", "to", "with", "on"}),
        len(words),
    )
    head = words[preposition - 1][0].lower() if preposition else ""
    if definite and reading.lexicon.offices.of_role(text) is not None:
        return Subject("role", begin, end, text)
    spoken_for = re.search(r"\b(?:spokes(?:man|woman|person|people)|source|insider|official)\b", text)
    if spoken_for:
        return Subject("unnamed", begin, end, text)
    if article == "the" and (head in listed.roles or PERSON_NOUN.search(text)):
        return Subject("role", begin, end, text)
    if head in listed.anonymous or head in listed.roles or head.removesuffix("s") in reading.lexicon.cues.documents:
        return Subject("body", begin, end, text)
    word = re.match(r"\w+", flat[begin:end])
    found = reading.lexicon.organisations.at(flat, begin, word.group()) if word else None
    if found is not None and found[0] <= end and not _is_clause(reading.masked, found[0], end):
        if flat.startswith("'s ", found[0]):
            return None  # "The White House's plan targets": what it owns says nothing, or it would be listed
        return Subject("body", begin, end, found[1].name if found[0] == end else text)
    capitals = next((i for i, (word, _) in enumerate(words) if word[0].isupper()), len(words))
    if all(word[0].isupper() or word in {"of", "for", "and", "the"} for word, _ in words[capitals:]):
        if capitals < len(words) and (
            words[capitals - 1][0] in _OUTLETS or any(word in listed.anonymous for word, _ in words[:capitals])
        ):
            return Subject(
                "body", begin + words[capitals][1], end, text[words[capitals][1] :]
            )  # "the charity Reprieve"
        if not capitals and len(words) > 1:
            of = text.find(" of ")
            is_body = any(word in listed.organisation_words for word, _ in words)
            return Subject("body", begin, end, text[:of] if of > 0 and not is_body else text)
    return None
