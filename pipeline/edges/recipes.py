"""warehouse/recipes/*.sql: what analysts ask first, how to read the answer, what may be set."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.edges.warehouse import SQL
from pipeline.errors import Misuse

_HEAD = re.compile(r"-- (Question|Read|Set): (.*(?:\n--       .*)*)")


@dataclass(frozen=True, slots=True)
class Recipe:
    """One recipe: a statement that reads variables, so that it runs as it is in every DuckDB client."""

    name: str  # the file's name without number and suffix: share_of_voice
    number: int
    question: str
    reading: str  # how to read the answer
    settings: dict[str, str]  # name of a variable → what it is when it is not set
    sql: str


def recipes() -> tuple[Recipe, ...]:
    """All recipes by their numbers."""
    found = []
    for path in sorted((SQL / "recipes").glob("*.sql")):
        number, _, name = path.stem.partition("_")
        sql = path.read_text(encoding="utf-8")
        head = {key: " ".join(text.replace("\n--", "").split()) for key, text in _HEAD.findall(sql)}
        named = dict(re.findall(r"(\w+) \(([^)]*)\)", head["Set"]))
        found.append(Recipe(name, int(number), head["Question"], head["Read"], named, sql))
    return tuple(found)


def recipe(name: str) -> Recipe:
    """The recipe of this name or number. Raises Misuse with the names there are."""
    for one in recipes():
        if name in (one.name, str(one.number), f"{one.number:02}", f"{one.number:02}_{one.name}"):
            return one
    names = ", ".join(one.name for one in recipes())
    raise Misuse(f"no recipe {name}; there are {names}", about="--recipe")
