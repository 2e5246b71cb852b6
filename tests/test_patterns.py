"""Many patterns → one look: it must never say no where one of them would have found something."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edges.page_files import cue_rows
from pipeline.edges.seed_files import line_rules
from pipeline.patterns import AnyOf, alternatives, lowered
from pipeline.settings import Settings

SEEDS = Settings().seeds_dir
CUES = [pattern for _, pattern in cue_rows(SEEDS)]
APPEALS = [rule.pattern.pattern for rule in line_rules(SEEDS / "furniture.csv").by_scope["appeal"]]
LOOKS = [(AnyOf.of(rows), [re.compile(lowered(row)) for row in rows]) for rows in (CUES, APPEALS)]
WORDS = sorted({word for pattern in (*CUES, *APPEALS) for word in re.findall(r"[a-z©@]{2,}|[:|/?]", pattern)})


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("a|b", ["a", "b"]),
        (r"^a|\b(?:b|c)", ["^a", r"\b(?:b|c)"]),
        (r"a\|b|[|(]c|[^]|]d", [r"a\|b", "[|(]c", "[^]|]d"]),
        (r"\((?:a|b)\)", [r"\((?:a|b)\)"]),
    ],
)
def test_a_pattern_is_parted_where_it_has_alternatives_outside_of_groups(pattern, parts):
    assert alternatives(pattern) == parts


@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_the_look_finds_something_exactly_where_a_row_does(line):
    for look, patterns in LOOKS:
        assert look.finds(line) is any(pattern.search(line) for pattern in patterns)


@pytest.mark.parametrize("pattern", [r"(a)b\1", "(?i)a", r"(?P<x>a)(?P=x)"])
def test_a_pattern_that_cannot_stand_beside_others_is_always_asked(pattern):
    assert AnyOf.of([pattern, "b"]).finds("nothing of it")


def test_a_named_group_may_stand_in_several_patterns():
    look = AnyOf.of([r"^By (?P<outlet>[A-Z]+)$", r"(?P<outlet>Gazette)"])
    assert look.finds("by abc")
    assert look.finds("the gazette")
    assert not look.finds("the courier")


def test_no_pattern_finds_nothing():
    assert not AnyOf.of([]).finds("anything")
