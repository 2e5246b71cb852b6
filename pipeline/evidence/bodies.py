"""Person in a text → the body that stands beside the name without a role: "Jane Doe of the Boat Council said"."""

from __future__ import annotations

import re

from pipeline.evidence.close_reading import CloseReading

_BODY = r"(?:the\s)?(?P<body>[A-Z][\w'&-]*(?:\s(?:(?:of|for|and|the|&)\s)*[A-Z][\w'&-]*){0,7})"
_BESIDE = re.compile(rf",?\s(?:of|from|at|with)\s{_BODY}")
_LEADS_ON = (" of ", " from ", " at ", " with ", ", of ", ", from ", ", at ", ", with ", ", who ")
# "who leads on battery safety for the Fire Chiefs Council", "who chairs the Harbour Board"
_WHO = re.compile(
    rf",\swho\s(?:\w+\s)?(?:leads?|chairs?|heads?|runs?|speaks|works|lobbies)\s[^.,;:]{{0,60}}?\b(?:for|of|at|the)\s{_BODY}"
)


def body_beside(reading: CloseReading, person: str) -> str | None:
    """The body that a mention of the person names right behind the name; None where none does.

    Only what is a body by its words counts: "Jane Doe of Port Talbot" is of a town.
    """
    listed = reading.lexicon
    for name in reading.people.names:
        if (
            name.person != person
            or not reading.flat.startswith(_LEADS_ON, name.outer_end)
            or not reading.narrated(name)
        ):
            continue  # nearly all
        for pattern in (_BESIDE, _WHO):
            found = pattern.match(reading.flat, name.outer_end)
            if found is None:
                continue
            body = re.sub(r"'s.*", "", found["body"])
            if entry := listed.organisations.named(body):
                return entry.name
            words = body.split()
            if len(words) > 1 and body not in listed.places and listed.words.organisation_words.intersection(words):
                return body
    return None


def in_full(reading: CloseReading, body: str) -> str:
    """ "Committee" → "Home Affairs Committee", where the text names one such body; the word itself otherwise."""
    if " " in body or body not in reading.lexicon.words.organisation_words:
        return body
    longer = re.compile(rf"\b(?:[A-Z][\w'&-]*\s(?:(?:of|for|and|the|&)\s)*){{1,6}}{re.escape(body)}\b")
    named = {re.sub(r"^(?:The|A|An)\s", "", found[0]) for found in longer.finditer(reading.flat)}
    named = {name for name in named if name.split()[0].lower() not in reading.lexicon.words.roles}  # "Chair of the …"
    return named.pop() if len(named) == 1 else body
