"""Patterns of Python's re → one expression for DuckDB, whose engine is RE2: it has no looking ahead or behind (its page
on syntax, "not supported").
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import duckdb

_NAME = re.compile(r"\(\?P<\w+>")
_ANYTHING = "(?s:.*)"
_NOTHING = "(?:$.)"


def any_of(connection: duckdb.DuckDBPyConnection, patterns: Iterable[str]) -> str:
    """An expression that finds at least what one of the patterns does; for one that RE2 cannot read, it finds anything,
    so that whoever asks the patterns again misses nothing."""
    unnamed = [_NAME.sub("(?:", pattern) for pattern in patterns]  # two may use one name, one expression may not
    if not _reads(connection, unnamed):
        unnamed = [pattern if _reads(connection, [pattern]) else _ANYTHING for pattern in unnamed]
    return _joined(unnamed)


def _reads(connection: duckdb.DuckDBPyConnection, patterns: Iterable[str]) -> bool:
    try:
        connection.execute("select regexp_matches('', $pattern)", {"pattern": _joined(patterns)}).fetchall()
    except duckdb.InvalidInputException:
        return False
    return True


def _joined(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns) or _NOTHING
