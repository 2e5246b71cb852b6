"""A speaker, and whether two ways to call one mean the same person."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.evidence.close_reading import CloseReading
from pipeline.evidence.lexicon import Gender
from pipeline.model import Evidence


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks. Inferred when a pronoun, a role or the context says so and no name does."""

    name: str
    by: Evidence
    role: str | None = None
    organisation: str | None = None
    role_by: Evidence | None = None


def inferred(speaker: Speaker) -> Speaker:
    return replace(speaker, by=Evidence.INFERRED)


# What reporters call somebody the second time: "the minister" for a secretary of state, "the boss" for a director.
ALSO_CALLED = {
    "minister": ("secretary", "chancellor"),
    "boss": ("executive", "director", "chairman", "chairwoman", "head", "manager", "ceo", "president"),
    "chief": ("executive", "director", "head", "commissioner", "president"),
    "councillor": ("leader", "mayor"),
    "officer": ("constable", "inspector", "superintendent", "sergeant", "detective"),
    "detective": ("inspector", "superintendent", "sergeant"),
    "academic": ("professor", "lecturer"),
    "senator": ("sen",),
    "governor": ("gov",),
    "lawmaker": ("sen", "senator", "rep", "representative", "mp", "congressman", "congresswoman"),
    "congressman": ("rep", "representative"),
    "congresswoman": ("rep", "representative"),
}


def is_same_person(reading: CloseReading, called: str, named: Speaker) -> bool:
    """Whether a speaker named later can be the one of the lead: a description of one person, and a role like theirs."""
    genders = reading.people.genders
    if called in genders or named.name not in genders or not called[:1].islower():
        return False
    head = re.split(r"\s+(?:of|for|at|in|from|who|whose)\s+", called.casefold())[0].split()[-1]
    if head in _ANY_PERSON:
        return genders[named.name] in {_ANY_PERSON[head], "u"} or _ANY_PERSON[head] == "u"
    known = re.findall(r"[\w-]+", (named.role or head).casefold())
    return head in reading.lexicon.words.roles and not {head, *ALSO_CALLED.get(head, ())}.isdisjoint(known)


_ANY_PERSON: dict[str, Gender] = {
    **dict.fromkeys(
        ("man", "father", "husband", "son", "brother", "grandfather", "widower", "dad", "businessman"), "m"
    ),
    **dict.fromkeys(("woman", "mother", "wife", "daughter", "sister", "grandmother", "widow", "mum", "mom"), "f"),
    **dict.fromkeys(("teenager", "pensioner", "resident", "survivor", "victim", "neighbour", "patient"), "u"),
}

# Words of the lists of speakers without a name that are several people or none: neither "he" nor "she" means them.
BODIES = frozenset(
    "administration agency airline airport army association automaker bank banner board body broadcaster campaign "
    "carmaker carrier chain charity church club coalition college commission committee company council couple court "
    "crowd department developer duo editorial embassy family federation firm force government group hospital inquiry "
    "institute insurer jury lender magazine manufacturer military ministry mob navy network newspaper note office "
    "operator opposition organisation organization outlet page pair panel party people police poster publication "
    "publisher regulator retailer review school sign society staff station study supermarket supplier survey team "
    "trust union university utility watchdog website".split()
)
