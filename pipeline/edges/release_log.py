"""What editors released from quarantine, as a log of lines: it survives every later run, as corrections do."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.errors import ConfigurationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One row of the quarantine, let through by an editor although it misses a rule."""

    quarantine_id: str
    at: datetime  # aware, UTC
    why: str


def read_releases(path: Path) -> tuple[Release, ...]:
    """All releases in their order; none when there is no log. Raises ConfigurationError for a line that is none."""
    if not path.exists():
        return ()
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            found.append(
                Release(quarantine_id=row["quarantine_id"], at=datetime.fromisoformat(row["at"]), why=row["why"])
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigurationError(
                f"expected a release; {line[:80]!r} came", about=f"{path.name} line {number}"
            ) from error
    return tuple(found)


def add_release(path: Path, release: Release) -> None:
    """One line more."""
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {"quarantine_id": release.quarantine_id, "at": release.at.isoformat(), "why": release.why}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
