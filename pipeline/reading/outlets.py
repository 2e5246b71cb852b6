"""Names that texts and addresses give to outlets → the outlet. Data: seeds/outlets.csv."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.folding import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who publishes. An agency is an outlet whose texts others reprint."""

    name: str  # as the digest prints it, without "The"
    domain: str | None = None
    aliases: tuple[str, ...] = ()
    kind: str = ""  # national, regional, broadcast, trade, agency, parliament, government, …
    timezone: str = "Europe/London"
    is_agency: bool = False
    is_government: bool = False


class OutletDirectory:
    """Outlets by their names, aliases and domains. "The Daily Telegraph", "Telegraph" and telegraph.co.uk are one."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self.outlets = tuple(outlets)

    @cached_property
    def _by_name(self) -> Mapping[str, Outlet]:
        return {_key(name): outlet for outlet in self.outlets for name in (outlet.name, *outlet.aliases)}

    @cached_property
    def _by_domain(self) -> Mapping[str, Outlet]:
        return {outlet.domain: outlet for outlet in self.outlets if outlet.domain}

    def named(self, name: str) -> Outlet | None:
        """The outlet that this name means, or None."""
        return self._by_name.get(_key(name))

    def in_text(self, text: str) -> tuple[Outlet, ...]:
        """Outlets that a text names, in its order, each once. Spelling counts: "Sun" is one, "sun" is not."""
        return tuple({outlet.name: outlet for _, outlet in self.places_in(text)}.values())

    def places_in(self, text: str) -> list[tuple[re.Match[str], Outlet]]:
        """Where a text names outlets. The end of a longer name is none: "the Nursing Gazette" is not the Gazette."""
        return [
            (match, outlet)
            for match in self._names.finditer(text)
            if (outlet := self.named(match[0]))
            and not _LONGER_NAME.search(text, max(0, match.start() - 40), match.start())
        ]

    @cached_property
    def _names(self) -> re.Pattern[str]:
        names = {re.sub(r"^The ", "", name) for outlet in self.outlets for name in (outlet.name, *outlet.aliases)}
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        return (
            re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, longest_first))})(?![\w])")
            if names
            else re.compile(r"(?!)")
        )

    def at(self, host: str) -> Outlet | None:
        """The outlet of a host name: the longest of its domains that is listed."""
        labels = host.lower().rstrip(".").split(".")
        for start in range(len(labels) - 1):
            if found := self._by_domain.get(".".join(labels[start:])):
                return found
        return None


# A capitalised word right before, other than an article or the beginning of a sentence.
_LONGER_NAME = re.compile(r"(?<![.!?:\n] )(?<!^)\b(?!The |A )[A-Z][a-z]{2,} $")


def _key(name: str) -> str:
    return re.sub(r"^the ", "", fold(name)).replace("'", "")
