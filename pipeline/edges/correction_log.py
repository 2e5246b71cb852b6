"""Editors' corrections, one JSON line each, kept for good: a line is added and none is ever changed."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from pipeline.errors import ConfigurationError
from pipeline.grouping.corrections import Correction
from pipeline.plain import from_plain, to_plain


def read_corrections(path: Path) -> list[Correction]:
    """All corrections in the order they were said; none when there is no file yet."""
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            found.append(from_plain(Correction, row | {"at": datetime.fromisoformat(row["at"])}))
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigurationError(f"line {number} is no correction: {error}", about=os.fspath(path)) from error
    return found


def add_correction(path: Path, correction: Correction) -> None:
    """Say one more; on the disk before it returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    row = to_plain(correction) | {"at": correction.at.isoformat()}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
