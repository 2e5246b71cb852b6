"""Rules about single lines, as data: seeds/furniture.csv and seeds/header_lines.csv, a reason for every row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.folding import fold_marks
from pipeline.patterns import AnyOf

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class LineRule:
    """A pattern and what it says of a line. It must match the whole line, marks straightened, case ignored."""

    scope: str
    pattern: re.Pattern[str]
    reason: str


@dataclass(frozen=True, slots=True)
class LineMatch:
    """A rule that matched, and the words of the line that its named groups caught, as the source spells them."""

    rule: LineRule
    caught: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LineRules:
    """Rules by scope, in the order of their file: the first that matches a line decides."""

    by_scope: Mapping[str, tuple[LineRule, ...]]
    any_of: dict[str, AnyOf] = field(default_factory=dict, compare=False)  # by scope, for those that were counted

    @staticmethod
    def of(rules: Iterable[LineRule]) -> LineRules:
        """Rules sorted into their scopes."""
        found: dict[str, list[LineRule]] = {}
        for rule in rules:
            found.setdefault(rule.scope, []).append(rule)
        return LineRules({scope: tuple(of_scope) for scope, of_scope in found.items()})

    def match(self, text: str, *scopes: str) -> LineMatch | None:
        """The first rule of these scopes that matches the whole line."""
        plain = as_matched(text)
        for scope in scopes:
            for rule in self.by_scope.get(scope, ()):
                if found := rule.pattern.fullmatch(plain):
                    caught = {name: value.strip() for name, value in found.groupdict().items() if value}
                    return LineMatch(rule, caught)
        return None

    def start(self, text: str, scope: str) -> str:
        """The text without what a rule of the scope matches at its start."""
        plain = as_matched(text)
        for rule in self.by_scope.get(scope, ()):
            found = rule.pattern.match(plain)
            if found and found.end() < len(plain):
                return text[found.end() :]
        return text

    def end(self, text: str, scope: str) -> str:
        """The text without what a rule of the scope matches at its end."""
        plain = as_matched(text)
        for rule in self.by_scope.get(scope, ()):
            for found in rule.pattern.finditer(plain):
                if found.end() == len(plain) and found.start() > 0:
                    return text[: found.start()]
        return text

    def count(self, text: str, scope: str) -> int:
        """How many rules of the scope find something in the line."""
        rules = self.by_scope.get(scope, ())
        plain = as_matched(text)
        if scope not in self.any_of:
            self.any_of[scope] = AnyOf.of(rule.pattern.pattern for rule in rules)
        if not self.any_of[scope].finds(plain.lower()):  # as a rule: of 4,245 paragraphs of articles 30 hold an appeal
            return 0
        return sum(1 for rule in rules if rule.pattern.search(plain))


@lru_cache(maxsize=4_096)  # a line is matched against a dozen scopes in turn: a fifth of the time of reading went here
def as_matched(text: str) -> str:
    """The line as patterns see it: marks straightened, every white space one space each; same length as the line."""
    plain = fold_marks(text)
    if len(plain) != len(text):  # an invisible mark stood in it: keep the length, so that places still agree
        plain = "".join(fold_marks(character) or " " for character in text)
    return re.sub(r"\s", " ", plain)
