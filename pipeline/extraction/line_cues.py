"""Rows of seeds/furniture_web.csv → what the words of a line give away: a newsletter, a caption, a share button."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.patterns import AnyOf, lowered

_EDGE = 70  # characters at either end of a long line that are looked at: 10 of 2,482 cues stood further in


@dataclass(frozen=True, slots=True, eq=False)  # one of its kind: what was read by it is remembered by it
class LineCues:
    """Cues by name. A cue is seen where one of its rows matches; case and the spelling of marks do not count."""

    patterns: Mapping[str, re.Pattern[str]]
    any_of: AnyOf  # them: seven lines in eight hold none

    @staticmethod
    def of(rows: Iterable[tuple[str, str]]) -> LineCues:
        """Cues from (name, pattern) rows; rows of one name are alternatives.

        raises   re.error when a pattern is none
        """
        found: dict[str, list[str]] = {}
        for name, pattern in rows:
            found.setdefault(name, []).append(lowered(pattern))
        return LineCues(
            {name: re.compile("|".join(f"(?:{one})" for one in of_name)) for name, of_name in found.items()},
            AnyOf.of(one for of_name in found.values() for one in of_name),
        )

    def seen(self, line: str) -> list[str]:
        """Names of the cues in a line, given with straight marks and in lower case."""
        if len(line) > 2 * _EDGE + 40:
            line = f"{line[:_EDGE]} … {line[-_EDGE:]}"
        if not self.any_of.finds(line):
            return []
        return [name for name, pattern in self.patterns.items() if pattern.search(line)]
