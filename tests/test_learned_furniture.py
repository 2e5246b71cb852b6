"""Pages of one outlet → what it repeats on them."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.learned_furniture import OutletFurniture, evidence, forget, learn

DAY = date(2025, 3, 3)
PROMPT = "We bring you every story that matters in the county, and we do it without charging you a penny."
CONTACT = "Contact the newsdesk on 01632 960 001 or send your pictures to the address above at any time."


def story(number):
    return [
        f"Councillors met on day {number} to talk about plan {number}, and put it off until week {number + at}."
        for at in range(5)
    ]


def pages(count, *repeated):
    return [[*story(number), *repeated] for number in range(count)]


def test_a_line_of_three_pages_is_furniture_and_one_of_a_single_page_is_not():
    known = learn(OutletFurniture(), pages(3, PROMPT), on=DAY)
    assert known.pages == 3
    assert known.against(PROMPT) > 3
    assert known.against(PROMPT.upper().replace(" ", "  ")) == known.against(PROMPT)
    assert known.against(story(1)[0]) == 0


def test_two_pages_are_a_hint_and_no_proof():
    known = learn(OutletFurniture(), pages(2, PROMPT), on=DAY)
    assert 0 < known.against(PROMPT) < 3


def test_a_phrase_that_few_of_many_pages_share_is_not_furniture():
    known = learn(OutletFurniture(), [*pages(4, CONTACT), *[[*story(n)] for n in range(10, 90)]], on=DAY)
    assert known.against(CONTACT) == 0


def test_a_heading_that_many_releases_have_is_hardly_held_against_it():
    known = learn(OutletFurniture(), pages(9, "Notes to editors"), on=DAY)
    assert known.against("Notes to editors") <= 1


def test_another_copy_of_a_page_is_no_evidence():
    once = learn(OutletFurniture(), pages(1), on=DAY)
    assert (
        learn(
            once,
            [story(0), [*story(0)[:4], "An amended last paragraph of the very same story about that plan."]],
            on=DAY,
        )
        == once
    )


@given(st.integers(1, 6), st.integers(1, 6))
def test_counting_day_by_day_is_counting_at_once(first, second):
    given_pages = pages(first + second, PROMPT)
    by_day = learn(learn(OutletFurniture(), given_pages[:first], on=DAY), given_pages[first:], on=DAY)
    assert by_day == learn(OutletFurniture(), given_pages, on=DAY)


@given(st.randoms())
def test_the_order_of_pages_changes_nothing(random):
    given_pages = pages(6, PROMPT, CONTACT)
    assert learn(OutletFurniture(), random.sample(given_pages, 6), on=DAY) == learn(
        OutletFurniture(), given_pages, on=DAY
    )


def test_lines_that_are_no_longer_seen_are_forgotten():
    known = learn(OutletFurniture(), pages(5, PROMPT), on=date(2025, 1, 1))
    known = learn(known, [[*story(number), CONTACT] for number in range(10, 15)], on=DAY)
    left = forget(known, before=date(2025, 2, 1))
    assert left.against(PROMPT) == 0
    assert left.against(CONTACT) > 3


def test_evidence_names_the_repeated_lines_by_their_place():
    known = learn(OutletFurniture(), pages(3, PROMPT), on=DAY)
    assert list(evidence(known, ["", "A new line", PROMPT, ""])) == [2]
