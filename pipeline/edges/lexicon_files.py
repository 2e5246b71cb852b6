"""seeds/*.csv → the Lexicon."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import get_args

from pipeline.edges.seed_files import rows
from pipeline.errors import ConfigurationError
from pipeline.evidence.lexicon import (
    CueKind,
    CueWords,
    Entry,
    Gender,
    Holding,
    Lexicon,
    NameWords,
    Office,
    Offices,
    PhraseTable,
)


@lru_cache(maxsize=4)
def load_lexicon(seeds: Path) -> Lexicon:
    """The lexicon of a seeds folder, read once. Raises ConfigurationError with file and line."""
    given, common = _given_names(seeds / "given_names.csv")
    return Lexicon(
        given_names=given,
        given_names_common=common,
        words=_name_words(seeds / "name_words.csv"),
        cues=_cues(seeds / "cues.csv"),
        offices=_offices(seeds / "offices.csv", seeds / "office_holders.csv"),
        organisations=_table(seeds / "organisations.csv"),
        places=_table(seeds / "places.csv"),
    )


def _given_names(path: Path) -> tuple[dict[str, Gender], frozenset[str]]:
    given: dict[str, Gender] = {}
    common = set()
    for number, row in rows(path, "name", "gender", "common_word", "source"):
        gender = row["gender"]
        if gender not in get_args(Gender):
            raise ConfigurationError(
                f"expected f, m or u as gender, got {gender!r}", about=f"{path.name} line {number}"
            )
        given[row["name"]] = gender  # type: ignore[assignment]  # checked just above
        if row["common_word"] == "yes":
            common.add(row["name"])
    return given, frozenset(common)


def _name_words(path: Path) -> NameWords:
    words: dict[str, dict[str, None]] = defaultdict(dict)
    for _, row in rows(path, "words", "kind", "reason"):
        words[row["kind"]].update(dict.fromkeys(_split(row["words"])))
    return NameWords(
        titles=frozenset(words["title"]),
        royal=frozenset(words["royal"]),
        honours=frozenset(words["honour"]),
        roles=frozenset(words["role"]),
        anonymous=frozenset(words["anonymous"]),
        organisation_words=frozenset(words["organisation_word"]),
        thing_words=frozenset(words["thing_word"]),
        christened=frozenset(words["christened"]),
        not_names=frozenset(words["not_a_name"]),
        role_stops=frozenset(words["role_stop"]),
        role_modifiers=frozenset(words["role_modifier"]),
        particles=frozenset(words["particle"]),
        so_called=tuple(words["so_called"]),
        scare=tuple(words["scare"]),
    )


def _cues(path: Path) -> CueWords:
    verbs: dict[str, dict[str, CueKind]] = defaultdict(dict)
    follows: list[str] = []
    documents: list[str] = []
    for number, row in rows(path, "words", "kind", "reason"):
        forms = _split(row["words"])
        kind = row["kind"]
        if kind == "follows":
            follows += forms
        elif kind == "document":
            documents += forms
        elif kind in get_args(CueKind):
            for form in forms:
                verbs[form.split(" ", 1)[0]].setdefault(form, kind)  # type: ignore[arg-type]  # checked just above
        else:
            raise ConfigurationError(f"no such kind of cue: {kind!r}", about=f"{path.name} line {number}")
    return CueWords(
        verbs={word: tuple(sorted(forms.items(), key=lambda item: -len(item[0]))) for word, forms in verbs.items()},
        follows=tuple(follows),
        documents=frozenset(documents),
    )


def _offices(offices: Path, holders: Path) -> Offices:
    listed = {
        row["office"]: Office(row["office"], tuple(_split(row["aliases"])), row["organisation"])
        for _, row in rows(offices, "office", "aliases", "organisation")
    }
    holdings = []
    for number, row in rows(holders, "office", "person", "from", "to", "known_until", "organisation", "source"):
        about = f"{holders.name} line {number}"
        if row["office"] not in listed:
            raise ConfigurationError(f"{row['office']!r} is not in {offices.name}", about=about)
        try:
            held_from, held_to = date.fromisoformat(row["from"]), date.fromisoformat(row["to"] or row["known_until"])
        except ValueError as error:
            raise ConfigurationError(f"expected days as YYYY-MM-DD: {error}", about=about) from error
        if held_to < held_from:
            raise ConfigurationError("the office ends before it begins", about=about)
        organisation = row["organisation"] or listed[row["office"]].organisation
        holdings.append(Holding(row["office"], row["person"], held_from, held_to, organisation))
    return Offices(listed.values(), holdings)


def _table(path: Path) -> PhraseTable:
    return PhraseTable(
        (
            Entry(row["name"], row["kind"], frozenset(_split(row["common_word"]))),
            (row["name"], *_split(row["aliases"])),
        )
        for _, row in rows(path, "name", "aliases", "kind", "common_word")
    )


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]
