"""A verb of speech → its subject: the words before or after it that say who speaks."""

from __future__ import annotations

import re

from pipeline.evidence.close_reading import CloseReading, Verb
from pipeline.evidence.descriptions import DETERMINER, NEVER_IN_A_SUBJECT, PREPOSITIONS, Subject, description
from pipeline.evidence.names import Name
from pipeline.evidence.roles import role_after, role_before, stated_role
from pipeline.evidence.unlisted_subjects import unlisted_subject
from pipeline.sentences import Range

_TAIL = re.compile(  # auxiliaries and adverbs between a subject and its verb
    r"(?:\s+(?:has|have|had|is|was|were|are|be|been|being|heard|seen|will|would|could|can|may|might|must|should|did|does|do|also|"
    r"later|then|once|previously|earlier|today|yesterday|recently|repeatedly|already|now|still|even|just|again|further|"
    r"both|all|together|simply|never|always|often|not|rightly|last (?:week|month|year|night)|this (?:week|morning)|"
    r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|to|[a-z]+ly),?)*\s*$"
)
_PRONOUN = re.compile(r"(?:^|(?<=[\s,(]))(he|she|they|it|we|I|who|He|She|They|It|We)(?:'d|'s|'ve|'ll)?$")
_WHO = re.compile(r",?\s*\bwho$|,\s*which$")
_OF_A_BODY = re.compile(
    r"\s(?:with|from|of|at|for)\s(?:the\s)?[A-Z][\w'&.-]*(?:\s(?:(?:of|for|and|the|&)\s)*[A-Z][\w'&.-]*)*"
)
_GROUP = re.compile(r"(?:\s[a-z-]+){0,2}\s([a-z]+s)")
_ADJUNCT = re.compile(
    r"(?:in|on|at|during|after|before|speaking|writing|asked|with|for)\s[^,;:.]{2,90},\s", re.IGNORECASE
)
_WHAT = re.compile(r"\bwhat\s(?=(?:[^\s,;:]+\s){1,6}$)")
_MAX_WHAT = 60  # characters
_NAMED_AFTER = re.compile(
    r"(\s(?:administration|campaign|camp|team|government|family|foundation|regime|transition|estate)\b)(?!,)(\s\w+|)"
)
_LAST_NOUN = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|[Oo]ne)\s(?:[A-Z][\w&-]*\s)*(?:[a-z-]+\s)?[a-z-]+|"
    r"\b(?:[Tt]he\s)?[A-Z][\w&-]*(?:\s(?:of\s|for\s|and\s)?[A-Z][\w&-]*)*)$"
)
_PARENTHESIS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
_CLAUSE_BREAK = re.compile(
    r"[;:!?\x00\"“”]\s+|\s[–—-]\s|,\s(?:and|but|while|as|with|after|which|whose|where|when|during which|although|"
    r"though|or)\s|"
    r"\b(?:but|while|because|although|after|before|when|(?<![Ii]n )that|as|with|where|if|since|and|"
    r"(?:in|is|was|of|over|at|for|from|to|on|by|about) what)\s"
)
_LEADING = re.compile(
    r"^(?:[^,]{0,120},\s+|(?:In|On|At|During|After)\s[^,]{0,60}?\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s(?:night|morning|"
    r"afternoon|evening))?\s+(?=(?:the|he|she|[A-Z])\b)|(?:As|Elsewhere|Meanwhile|However|Yesterday|Today|Earlier|Later|Separately|Then|Now|But|And|"
    r"So|Also|Instead|Still|Yet)\s+)(?=\S)"
)
_APPOSED = re.compile(r"(?: of [A-Z]\w+(?: [A-Z]\w+)*| [A-Z]{2,4})*\s*,")
_AFTER_SUBJECT = re.compile(
    r"[;:!?\x00\"“”]|\.$|\s(?:who|which|after|before|during|as|when|while|but|said)\s|\sin an?\s"
)
_LOWER_CALLING = re.compile(r"\s(?:[a-z-]+\s){1,3}(?=[A-Z])")
_PREFIX = re.compile(r"(?:(?:[Tt]he|[Aa]n?|[Bb]oth)\s+)?(?:[A-Z][\w.'&-]*\s+){0,4}")  # "Conservative GOP Sen. NAME"
_EXAMPLES = re.compile(r",\s+(?:including|such as|among them|like|along with|alongside|as well as|together with)\s")
_AFTER_PREPOSITION = re.compile(r"\b(?:of|for|at|from|with|by|to|in|on)\s$")
OWN_GROUP = r"(?:his|her|their) (?:co-?authors?|colleagues?|team|group|staff)"
_RELATIVE = re.compile(
    r",\s(?:which|who|whose|based|published|compiled|commissioned|led|written|released|produced)\s(?:[^,;:]|,(?=\d))*$"
)
_ADVERBS = re.compile(r"(?:\s+(?:also|then|later|now|still|even|just|again|[a-z]+ly))*\s*$")
_COORDINATE = re.compile(
    r"(?:,?\s(?:and|but)|,\sthen)(?:\s(?:also|then|later|even|instead|[a-z]+ly|"
    r"(?:just )?[a-z]+ (?:minutes|hours|days|weeks) (?:ago|later)))*\s*$"
)
_MARKED = re.compile(r"[\x00\"“”]")
_OWN_GROUP = re.compile(
    rf"(?:{OWN_GROUP}|(?:two|three|four|several|other|fellow)\s(?:[\w-]+\s){{0,3}}(?:colleagues|lawmakers|senators|members|"
    r"leaders|officials|Republicans|Democrats|MPs|peers))(?:\son\s[A-Z][a-z]+day)?\s*$"
)  # "Hale and her team"
_DESCRIBED = re.compile(r"(?: \([^()]*\))?,\s(?:who|whose|an?|the|one of|his|her|former|[a-z]+ (?:of|for|at|to))\s")
_ASIDE = re.compile(r",\s(?:which|who|whose|the|an?|one|speaking|writing|appearing|testifying)\s")
_LEADING_PRONOUN = re.compile(
    r"\s*(?:\w+,\s|"
    r"(?:In|On|At|During|After|Before|Speaking|Writing|Asked|According|Responding)\b[^,;:]{0,80},\s|"
    r"According to (?:the )?[A-Z]\w+(?: [A-Z]\w+)* |"
    r"[A-Z][a-z]+(?:ing|ed)\b[^,;:]{0,80},\s|"
    r"(?:(?:Thus|So|far|Now|Then|Later|Still|Today|Yesterday|Instead|But|And|Yet|Afterwards),?\s){1,3})?"
    r"(he|she|He|She)\s"
)
_MAX_CALLING_WORDS = 7  # "former Northvale river board official"
_MAX_OWNED_WORDS = 3
_MIN_SUBJECT = 5  # characters: "The armed men said" has its past tense before them
_MAX_NAME = 100
_MAX_JOINT = 40  # characters from a comma to the verb after "but"
_MAX_CHARACTERS = 400  # a subject does not stand further from its verb


def subject_before(reading: CloseReading, verb: Verb, floor: int) -> Subject | None:
    """The subject that stands before a verb, not before `floor` (where its sentence, or the last run, ends)."""
    masked = reading.masked
    if joined := _COORDINATE.search(masked, max(floor, verb.start - _MAX_JOINT), verb.start):
        begins = reading.sentences[reading.sentence_at(verb.start)][0]
        return clause_subject(reading, begins, joined.start())  # "Hale said he could not tell, but warned that …"
    floor = max(floor, verb.start - _MAX_CHARACTERS)
    end = verb.start
    if verb.kind == "govern" and (what := _WHAT.search(masked, max(floor, end - _MAX_WHAT), end)):
        floor = what.end()  # "for promoting what the league called"
    tail = _TAIL.search(masked, floor, end)
    end = tail.start() if tail else end
    while found := _PARENTHESIS.search(masked, floor, end):
        end = found.start()
    if who := _WHO.search(masked, floor, end):
        end = who.start()
        if apposed := _antecedent(reading, floor, end) or _before_apposition(reading, floor, end, who=True):
            return apposed
    elif pronoun := _PRONOUN.search(masked, floor, end):
        return Subject("pronoun", pronoun.start(1), pronoun.end(1), pronoun.group(1).lower())
    if aside := re.compile(r"(?:,|\s[–—-]{1,2})$").search(masked, floor, end):
        return _before_apposition(reading, floor, aside.start())
    name = _name_ending_at(reading, end)
    if (
        name is not None
        and name.outer_start >= floor
        and not _AFTER_PREPOSITION.search(masked, floor, name.outer_start)
    ):
        return _person(reading, name, floor, end)
    leading = _leading_person(reading, floor, end)
    if leading is not None and leading.role and _APPOSED.match(masked, leading.end, end):
        return leading  # "NAME, Minister for X, Y and Z said": the role runs up to the verb without a comma
    if leading is not None and _OF_A_BODY.fullmatch(masked, leading.end, end):
        return leading  # "Amber Hale with the Northvale County Sheriff's Office said"
    start = _clause_start(masked, floor, end)
    if masked.startswith("and ", start - 4) and _OWN_GROUP.match(masked, start, end):
        return leading_subject(reading, reading.sentences[reading.sentence_at(start)][0], start - 4)
    return _noun_phrase(reading, start, end) or _unlisted(reading, verb, floor, start, end)


def _antecedent(reading: CloseReading, floor: int, end: int) -> Subject | None:
    """Of what "who" or "which" speaks: "over the objections of the FBI, which warned", "the man who told his son"."""
    found = _LAST_NOUN.search(reading.masked, floor, end)
    if found is None or next(reading.people.between(found.start(), end), None) is not None:
        return None
    if reading.masked.startswith(", ", found.start() - 2) and _name_ending_at(reading, found.start() - 2):
        return None  # "Amber Hale, a former engineer, who said": Amber Hale
    begin = found.start() + (article.end() if (article := DETERMINER.match(found.group())) else 0)
    plain = Subject("body", begin, end, reading.article.text[begin:end]) if begin > found.start() else None
    return description(reading, found.start(), end) or plain


def _unlisted(reading: CloseReading, verb: Verb, floor: int, start: int, end: int) -> Subject | None:
    """A subject that no list knows, after the words that lead up to it or without any: "In a statement the league"."""
    if start > floor and (
        _MARKED.search(reading.masked, start - 2, start) or reading.masked.startswith("that ", start - 5)
    ):
        return None  # Hale says that “green” Acme promised …: not the words of Acme
    leading = _LEADING.match(reading.masked[start:end])
    for begin in (start, start + leading.end()) if leading else (start,):
        if found := unlisted_subject(reading, verb, begin, end, NEVER_IN_A_SUBJECT | PREPOSITIONS):
            return Subject("body", *found, reading.article.text[found[0] : found[1]])
    return None


def subject_after(reading: CloseReading, verb: Verb, ceiling: int) -> Subject | None:
    """The subject of an inverted cue: "said the group's director, Jane Doe, who …"."""
    return subject_from(reading, verb.end, ceiling)


def subject_from(reading: CloseReading, start: int, ceiling: int) -> Subject | None:
    """The subject that begins at `start` or right after it: a name with its role, or a description."""
    masked = reading.masked
    while start < ceiling and masked[start] in " \u00a0":
        start += 1
    if start >= ceiling:
        return None
    ceiling = min(ceiling, reading.sentences[reading.sentence_at(start)][1])
    stop = _AFTER_SUBJECT.search(masked, start, ceiling)
    end = stop.start() if stop else ceiling
    within = reading.people.between(start, min(ceiling, end + _MAX_NAME))
    names = [name for name in within if name.start < end]
    for name in names:
        if _LOWER_CALLING.match(masked, name.end) and name is not names[-1]:
            continue  # "Guadalupe resident Roberto James": a place that is a given name elsewhere
        between = masked[start : name.outer_start].strip()
        if not between and masked.startswith("'s ", name.end):
            continue  # "said Amber Hale's father", "said Amber Hale's aide, Tom Vale"
        if not between or _is_description(reading, between):
            role = role_before(reading.flat, name, start, reading.lexicon)
            if role is None:
                role = role_after(reading.flat, name, min(ceiling, name.outer_end + 160), reading.lexicon, whole=False)
            if role is None and between:
                role = (start, name.outer_start)
            text = stated_role(reading.article.text, role)
            return Subject("person", name.start, name.end, name.person, text)
        break
    comma = masked.find(",", start, end)
    return _noun_phrase(reading, start, comma if comma > 0 else end)


def _is_description(reading: CloseReading, words_before: str) -> bool:
    """Whether words between a verb and a name describe the name: "the study's co-author", "Labour MP"."""
    found = re.findall(r"[\w'&-]+", words_before)
    if found and found[-1] in {"to", "of", "for", "with", "by", "from", "under"}:
        return False  # "Tara Hale, an adviser to Tom Vale"
    if any(word.lower() in reading.lexicon.words.roles for word in found):
        return len(found) <= 12
    return len(found) <= _MAX_CALLING_WORDS and not any(
        word.lower() in NEVER_IN_A_SUBJECT | PREPOSITIONS for word in found
    )


def _calls_somebody(reading: CloseReading, word: str) -> bool:
    """Whether a word after "the Hale campaign" makes it somebody's calling: "Hale campaign manager", "officials"."""
    words = reading.lexicon.words
    return word.strip() in words.roles | words.anonymous


def _described_head(reading: CloseReading, floor: int, end: int) -> Subject | None:
    """ "NAME, an aide to the mayor, NAME, said": whoever is named in what describes a person is not the person."""
    masked = reading.masked
    floor += len(masked[floor:end]) - len(masked[floor:end].lstrip(" ,\u00a0"))
    marked = max(masked.rfind("”", floor, end), masked.rfind('"', floor, end)) + 1
    begins = marked + len(masked[marked:end]) - len(masked[marked:end].lstrip(" ,"))
    head = _leading_person(reading, floor, end) or (_leading_person(reading, begins, end) if marked else None)
    if head is None or not _DESCRIBED.match(masked, head.end):
        return None
    if any(verb.kind == "say" for verb in reading.verbs_between(head.end, end)):
        return None
    joints = list(_NEW_CLAUSE.finditer(masked, head.end, end))
    return None if joints and _leading_person(reading, joints[-1].end(), end) else head


def _before_apposition(reading: CloseReading, floor: int, end: int, *, who: bool = False) -> Subject | None:
    """Subject of "NAME, chief executive of X, said", "Minister for X, NAME, said" and "the group, which …, said"."""
    masked = reading.masked
    if not who and (described := _described_head(reading, floor, end)):
        return described
    if aside := _EXAMPLES.search(masked, floor, end):
        return _noun_phrase(reading, _clause_start(masked, floor, aside.start()), aside.start())
    candidates = [n for n in reading.people.between(floor, end) if reading.narrated(n)]
    for name in reversed(candidates):
        after = masked[name.outer_end : end]
        if after and not re.match(r"\s*[,(]|\s+of\s+[A-Z]|\s+[–—-]{1,2}\s", after):
            continue
        role = role_before(reading.flat, name, floor, reading.lexicon)
        begins = role[0] if role else name.outer_start
        before = masked[max(floor, begins - 20) : begins].rstrip()
        owned = re.search(r"\b(?:for|of|and)$|'s$", before)
        if owned or (
            not who and re.search(r"\b(?:by|with|to|from|at|against|about|under|succeeded|replaced)$", before)
        ):
            continue
        return _person(reading, name, floor, end)
    if (relative := _RELATIVE.search(masked, floor, end)) is not None:
        end = relative.start()  # "The council, which has £12,000 in the bank, wrote"
    start = _clause_start(masked, floor, end)
    if leading := _LEADING.match(masked[start:end]):
        begin = start + leading.end()  # "On Monday, the Echo, the league's paper, warned"
        comma = masked.find(",", begin, end)
        if comma > 0 and (found := _noun_phrase(reading, begin, comma)):
            return found
    comma = masked.find(",", start, end)
    return _noun_phrase(reading, start, comma if comma > start else end) or _noun_phrase(reading, start, end)


def _role_then_comma(reading: CloseReading, floor: int, end: int) -> Range | None:
    """ "Minister for Safeguarding, Sarah Dines,": the role before the comma, back to the last break."""
    masked = reading.masked
    start = _clause_start(masked, floor, end)
    text = masked[start:end].rstrip(" ,")
    if found := re.match(r"(?:the|a|an)\s+", text, re.IGNORECASE):
        start += found.end()
    role = (start, start + len(masked[start:end].rstrip(" ,")))
    words = masked[role[0] : role[1]].lower().split()
    if next(reading.people.between(*role), None) is not None:
        return None  # another person's role: "Speaking beside the senator David Hale, Anna Vale said"
    return role if any(word.strip(",") in reading.lexicon.words.roles for word in words) and len(words) <= 20 else None


def _person(reading: CloseReading, name: Name, floor: int, end: int) -> Subject:
    """A named subject with its role: after the name, else before it, with what a comma parts from that."""
    role = role_after(reading.flat, name, end, reading.lexicon, whole=True)
    if role is None:
        role = role_before(reading.flat, name, floor, reading.lexicon)
        begins = role[0] if role else name.outer_start
        if reading.masked[begins - 2 : begins] == ", " and (first := _role_then_comma(reading, floor, begins)):
            role = (first[0], role[1] if role else first[1])
    return Subject("person", name.start, name.end, name.person, stated_role(reading.article.text, role))


def _name_ending_at(reading: CloseReading, end: int) -> Name | None:
    return next((n for n in reading.people.between(end - _MAX_NAME, end) if end in (n.outer_end, n.end)), None)


def _clause_start(masked: str, floor: int, end: int) -> int:
    start = floor
    for found in _CLAUSE_BREAK.finditer(masked, floor, end):
        if found.group().startswith("and"):
            before = masked[floor : found.start()].rsplit(None, 1)[-1:]
            if before and before[0][0].isupper() and masked[found.end() : found.end() + 1].isupper():
                continue  # "Citizenship and Immigration Services"
        start = found.end()
    return start


def _noun_phrase(reading: CloseReading, start: int, end: int) -> Subject | None:
    """The subject that a stretch of narration is, when it is one: a name with words after it, a role, a body."""
    masked = reading.masked
    text = masked[start:end]
    stripped = text.strip(" ,\u00a0")
    start += text.find(stripped) if stripped else 0
    end = start + len(stripped)
    if not stripped or "\x00" in stripped:
        return None
    if person := _person_or_group(reading, start, end):
        return person
    if DETERMINER.match(stripped) and (listed := description(reading, start, end)):
        return listed  # "the leaders of France, Germany and the US"
    if found := _LEADING.match(stripped):
        start += found.end()
        if person := _person_or_group(reading, start, end):
            return person
    return description(reading, start, end)


def _person_or_group(reading: CloseReading, start: int, end: int) -> Subject | None:
    """The person who begins a stretch of narration, or the group that is called after them: "Hale campaign aides"."""
    person = _leading_person(reading, start, end)
    group = _GROUP.fullmatch(reading.masked, person.end, end) if person else None
    if group is not None and group[1] in reading.lexicon.words.anonymous:
        return Subject("body", start, end, reading.article.text[start:end])
    return person


def leading_subject(reading: CloseReading, start: int, end: int) -> Subject | None:
    """The subject of a sentence's main clause: the name, pronoun or description that it begins with."""
    if pronoun := _LEADING_PRONOUN.match(reading.masked, start, end):
        return Subject("pronoun", pronoun.start(1), pronoun.end(1), pronoun.group(1).lower())
    found = _LEADING.match(reading.masked[start:end])
    beginnings = [start, start + found.end()] if found else [start]
    if found and (second := _ADJUNCT.match(reading.masked, start + found.end(), end)):
        beginnings.append(second.end())  # "Meanwhile, in a letter to the league, Amber Hale"
    for begin in beginnings:
        if person := _leading_person(reading, begin, end):
            return person
    aside = _ASIDE.search(reading.masked, start, end)
    if aside is not None and DETERMINER.match(reading.masked, start, end):
        described = description(reading, start, aside.start())  # "The president, speaking in Northvale, pledged"
        if described is not None:
            return described
    if found:
        first = reading.masked[start:end].lstrip().split(None, 1)[0].lower()
        if first not in PREPOSITIONS:
            return None
        start += found.end()  # "In a reflection of the confusion, the commission, which …, issued"
    aside = _ASIDE.search(reading.masked, start, end)
    if aside is not None and (described := description(reading, start, aside.start())):
        return described
    words = re.finditer(r"\w+", reading.masked[start:end])
    verb = next((start + word.start() for word in words if _ends_a_subject(word.group(), word.start())), end)
    verb = min([verb, *(said.start for said in reading.verbs_between(start, end) if said.form.endswith(("s", "ed")))])
    if verb == end:
        return None
    end = start + len(_ADVERBS.sub("", reading.masked[start:verb]))
    if _MARKED.search(reading.masked, start, end):
        return None
    if described := description(reading, start, end):
        return described
    somebody = _SOMEBODY.match(reading.masked, start, end)
    return Subject("body", *somebody.span(1), reading.article.text[slice(*somebody.span(1))]) if somebody else None


_SOMEBODY = re.compile(
    r"\s*(?:[Aa]n?|[Oo]ne|[Aa]nother)\s((?:(?!who\b)[a-z][a-z-]*\s){0,2}(?!who\b)[a-z][a-z-]+)(?=\s*$|\swho\b)"
)  # "An unidentified rider"


def clause_subject(reading: CloseReading, start: int, end: int) -> Subject | None:
    """The subject of the last clause that has one of its own: "Hale left, and Vale stayed" is of Vale at its end."""
    for joint in reversed(list(_NEW_CLAUSE.finditer(reading.masked, start, end))):
        found = leading_subject(reading, joint.end(), end)
        word = _PREDICATE.match(reading.masked, found.end, end) if found else None
        if found is not None and word is not None and word[1] not in PREPOSITIONS | {"and", "or", "who"}:
            return found
    return leading_subject(reading, start, end)


_NEW_CLAUSE = re.compile(r",\s(?:and|but|yet|while|whereas|though|although|even as|even though)\s")
_PREDICATE = re.compile(
    r"(?:\s(?:also|then|later|even|[a-z]+ly|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))*\s([a-z]+)"
)


def _ends_a_subject(word: str, at: int) -> bool:
    """Whether a word cannot be in a subject: an auxiliary, or a past tense after its first words."""
    return word.lower() in NEVER_IN_A_SUBJECT or (at > _MIN_SUBJECT and word.endswith("ed") and word.islower())


def _leading_person(reading: CloseReading, start: int, end: int) -> Subject | None:
    """The person whose name, with the role before it, begins a stretch of narration."""
    name = next(reading.people.between(start, end), None)
    if name is None:
        return None
    if reading.masked[name.end : name.end + 2] in ("'s", "' "):
        owned = reading.masked[name.end + 2 : end].split()
        documents = reading.lexicon.cues.documents
        if name.outer_start == start and 0 < len(owned) <= _MAX_OWNED_WORDS and owned[-1] in documents:
            return Subject("person", name.start, name.end, name.person)  # "Gove's resignation statement"
        return None
    role = role_before(reading.flat, name, start, reading.lexicon)
    begins = role[0] if role else name.outer_start
    if begins > start and not _PREFIX.fullmatch(reading.masked, start, begins):
        return None
    if (group := _NAMED_AFTER.match(reading.masked, name.end, end)) and not _calls_somebody(reading, group[2]):
        text = reading.article.text[name.outer_start : group.end(1)]
        return Subject("body", name.outer_start, group.end(1), text)  # "The Hale administration"
    role = role_after(reading.flat, name, end, reading.lexicon, whole=True) or role
    return Subject("person", name.start, name.end, name.person, stated_role(reading.article.text, role))
