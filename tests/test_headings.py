"""Headlines → headings, and sentences → clauses short enough to quote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.digests.clauses import clip, was_clipped
from pipeline.digests.headings import MAX_WORDS, heading
from pipeline.edges.seed_files import neutral_words
from pipeline.folding import words


@pytest.fixture(scope="module")
def neutral(here):
    return neutral_words(here.seeds_dir / "neutral_words.csv")


@pytest.mark.parametrize(
    ("headlines", "expected"),
    [
        (["Council slams ‘reckless’ cuts to ferry service"], "Council criticises cuts"),
        (
            ["Board condemns ‘reckless’ Ferry Office handling of winter crossing contracts"],
            "Board criticises Ferry Office handling of winter crossing …",
        ),
        (
            ["Findings of the inquiry into ferry safety checks published"],
            "Findings of the inquiry into ferry safety checks …",
        ),
        (["Ministers unveil £65m for flood defences"], "Ministers announce £65m for flood defences"),
        (["Ferry bosses ‘blindsided’ by winter closure"], "Ferry heads blindsided by winter closure"),
        (["Old ferry slip fires: Weir Valley crews to get new kit"], "Old ferry slip fires"),
        (["BOAT RUNNERS EXCLUSIVE: Old ferries sold to crews"], "Old ferries sold to crews"),
        (["EXCLUSIVE: Rail fares to be frozen"], "Rail fares to be frozen"),
        (["Ferry operator doubles down on ‘boats, we’re on it’ poster campaign"], "Ferry operator doubles down"),
        (
            ["Fury as tough new parking rules hit seaside towns", "New parking rules for seaside towns"],
            "New parking rules for seaside towns",
        ),
    ],
)
def test_a_heading_is_neutral_and_says_what_the_headlines_share(headlines, expected, neutral):
    assert heading(headlines, neutral=neutral) == expected


@given(st.lists(st.text(alphabet="abcdef ’‘,:-£1m", min_size=1, max_size=120), min_size=1, max_size=4))
def test_a_heading_has_at_most_eight_words(neutral, headlines):
    assert len(heading(headlines, neutral=neutral).replace("…", "").split()) <= MAX_WORDS


@given(st.lists(st.from_regex(r"[a-z]{1,8}[,;]?", fullmatch=True), min_size=1, max_size=80), st.integers(6, 40))
def test_a_clipped_sentence_is_its_beginning_and_short_enough(parts, limit):
    text = " ".join(parts)
    clipped = clip(text, max_words=limit)
    assert text.startswith(clipped)
    assert len(clipped.split()) <= limit
    assert was_clipped(text, clipped) == (len(clipped.split()) < len(parts))


def test_a_list_is_not_cut_in_its_middle():
    text = (
        "There is coverage in the Herald, Courier, Mirror and Metro of the visit to the docks where crews are waiting."
    )
    assert words(clip(text, max_words=16))[-1] not in ("herald", "courier")


def test_a_claim_keeps_who_makes_it():
    assert heading(["Station closures 'will cost lives', says union"], neutral={}) == (
        "Union: Station closures will cost lives"
    )
    assert heading(["Minister says the plan works"], neutral={}) == "Minister says the plan works"
