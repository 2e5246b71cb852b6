"""What Python's patterns find, DuckDB finds too: no less, also where it cannot read one of them."""

from __future__ import annotations

import duckdb
import pytest

from pipeline.edges.re2_patterns import any_of


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as opened:
        yield opened


def found(connection, patterns, text):
    sql = "select regexp_full_match($text, $pattern, 'is')"
    return connection.execute(sql, {"text": text, "pattern": any_of(connection, patterns)}).fetchall()[0][0]


def test_two_patterns_may_use_one_name(connection):
    patterns = ["follow (?P<outlet>the .+)", "more from (?P<outlet>the .+)"]
    assert found(connection, patterns, "More from the Herald")
    assert not found(connection, patterns, "The Herald reports more")


def test_a_pattern_that_looks_ahead_finds_anything_and_takes_nothing_from_the_others(connection):
    assert found(connection, ["advert", "more(?! from)"], "a line of a text")
    assert found(connection, ["advert", "more(?! from)"], "advert")


def test_no_pattern_finds_nothing(connection):
    assert not found(connection, [], "a line of a text")
    assert not found(connection, [], "")
