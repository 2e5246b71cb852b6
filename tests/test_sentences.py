from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sentences import paragraphs, sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Mr. Hale met Dr. Osei on Jan. 4. They spoke.", ["Mr. Hale met Dr. Osei on Jan. 4.", "They spoke."]),
        (
            "My right hon. Friend spoke. I thank the Rt. Hon. Member.",
            ["My right hon. Friend spoke.", "I thank the Rt. Hon. Member."],
        ),
        ("It cost £1.5m. £2m was left.", ["It cost £1.5m.", "£2m was left."]),
        ("She lives in the U.S. The move is new.", ["She lives in the U.S.", "The move is new."]),
        ("The U.S. Army said no.", ["The U.S. Army said no."]),
        ("“We will.” He left.", ["“We will.”", "He left."]),
        ("J. K. Moss wrote it! Did she? Yes.", ["J. K. Moss wrote it!", "Did she?", "Yes."]),
    ],
)
def test_a_full_stop_of_an_abbreviation_ends_no_sentence(text, parts):
    assert cut(text) == parts


def test_paragraphs_are_parted_by_blank_lines_however_many():
    text = "One.\n\nTwo,\nstill two.\n \n\nThree."
    assert [text[start:end] for start, end in paragraphs(text)] == ["One.", "Two,\nstill two.", "Three."]


@given(st.text(alphabet="ABab .!?\n“”\"'£1", max_size=200))
def test_every_character_that_is_no_white_space_is_in_exactly_one_sentence(text):
    ranges = [part for start, end in paragraphs(text) for part in sentences(text, start, end)]
    assert all(before[1] <= after[0] for before, after in pairwise(ranges))
    assert "".join(text[a:b] for a, b in ranges).split() == text.split() or "".join(
        "".join(text[a:b].split()) for a, b in ranges
    ) == "".join(text.split())
