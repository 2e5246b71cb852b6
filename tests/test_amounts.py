from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evidence.amounts import find_amounts
from pipeline.evidence.lexicon import flatten


def amounts(text: str) -> list[tuple[float | None, float | None, str, str]]:
    return [(a.value, a.value_max, a.unit, a.bound) for a in find_amounts(flatten(text))]


def only(text: str) -> tuple[float | None, float | None, str, str]:
    found = amounts(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("a £40m plan", 40e6, "GBP"),
        ("a £40 million plan", 40e6, "GBP"),
        ("40 million pounds", 40e6, "GBP"),
        ("forty million pounds", 40e6, "GBP"),
        ("a £200million fund", 200e6, "GBP"),
        ("£1.9 billion", 1.9e9, "GBP"),
        ("£2bn", 2e9, "GBP"),
        ("£350K", 350e3, "GBP"),
        ("£12,345.67", 12345.67, "GBP"),
        ("60p a week", 0.6, "GBP"),
        ("50 pence", 0.5, "GBP"),
        ("half a million pounds", 500e3, "GBP"),
        ("US$50 million", 50e6, "USD"),
        ("$3,500", 3500.0, "USD"),
        ("75 cents", 0.75, "USD"),
        ("€20m", 20e6, "EUR"),
        ("2.5 million euros", 2.5e6, "EUR"),
    ],
)
def test_money_in_british_and_american_writing(text, value, unit):
    assert only(text) == (pytest.approx(value), None, unit, "exact")


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("£2.5-3bn", 2.5e9, 3e9, "GBP"),
        ("£2.5bn–£3bn", 2.5e9, 3e9, "GBP"),
        ("between £5m and £10m", 5e6, 10e6, "GBP"),
        ("£200,000 to £300,000", 2e5, 3e5, "GBP"),
        ("680,000 to 830,000 adults", 680e3, 830e3, "adults"),
        ("1.3% to 1.6% of them", 1.3, 1.6, "percent"),
        ("10-15 per cent", 10.0, 15.0, "percent"),
        ("between 5 and 10 officers", 5.0, 10.0, "officers"),
        ("three to five years", 3.0, 5.0, "years"),
    ],
)
def test_ranges(text, low, high, unit):
    assert only(text) == (pytest.approx(low), pytest.approx(high), unit, "range")


def test_from_one_value_to_another_is_no_range():
    assert [value for value, *_ in amounts("It rose from £5m to £8m, and from 20% to 30%.")] == [5e6, 8e6, 20.0, 30.0]


def test_one_bound_can_hold_for_two_amounts():
    assert amounts("fines of up to £500 and £1,000") == [(500.0, None, "GBP", "up_to"), (1000.0, None, "GBP", "up_to")]


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("up to £5m", "up_to"),
        ("as much as £5m", "up_to"),
        ("a maximum of £5m", "up_to"),
        ("no more than £5m", "up_to"),
        ("up to an additional £5m", "up_to"),
        ("more than £5m", "more_than"),
        ("well over £5m", "more_than"),
        ("in excess of £5m", "more_than"),
        ("exceeding £5m", "more_than"),
        ("at least £5m", "at_least"),
        ("no less than £5m", "at_least"),
        ("£5m or more", "at_least"),
        ("£5m-plus", "at_least"),
        ("less than £5m", "less_than"),
        ("under £5m", "less_than"),
        ("almost £5m", "almost"),
        ("nearly £5m", "almost"),
        ("just under £5m", "almost"),
        ("around £5m", "approx"),
        ("an estimated £5m", "approx"),
        ("some £5m", "approx"),
        ("an extra £5m", "exact"),
    ],
)
def test_the_words_before_an_amount_are_its_bound(words, bound):
    assert only(f"It will cost {words} this year.")[3] == bound


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("arrested within 48 hours", "within"),
        ("for over 10 years", "more_than"),
        ("in over 10 years", "more_than"),
        ("paid over 3 years", "exact"),
        ("£5m over three years", "exact"),
        ("no false alerts this year over 25 deployments", "exact"),
        ("there were over 25 deployments", "more_than"),
        ("an inquiry over £90,000", "exact"),
        ("spread over 44 services", "exact"),
        ("it ticked up to 5.5 per cent", "exact"),
        ("it takes up to 25 years", "up_to"),
    ],
)
def test_over_a_length_of_time_is_no_bound(text, bound):
    assert amounts(text)[-1][3] == bound


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("three wanted suspects were seen", 3.0, "suspects"),
        ("600 stop and searches", 600.0, "stop and searches"),
        ("1,000 other enforcement actions such as notices", 1000.0, "actions"),
        ("58 informal warnings issued", 58.0, "warnings"),
        ("one million hours of youth work", 1e6, "hours"),
        ("13 of the country's biggest retailers", 13.0, "retailers"),
        ("3,000 of these images", 3000.0, "images"),
        ("a 5,000-strong crowd", 5000.0, "people"),
        ("an 18-month sentence", 18.0, "months"),
        ("ten years", 10.0, "years"),
        ("3m homes", 3e6, "homes"),
        ("1.2 million children", 1.2e6, "children"),
        ("15 wounded", 15.0, "people"),
        ("36.6%", 36.6, "percent"),
        ("36 per cent", 36.0, "percent"),
        ("ten percent", 10.0, "percent"),
        ("2.5 percentage points", 2.5, "percentage points"),
        ("only 1 in 6,000 false alerts", 1 / 6000, "ratio"),
        ("nine out of 10 drivers", 0.9, "ratio"),
        ("one arrest is made for every ten incidents", 0.1, "ratio"),
        ("two-thirds of the councils", 2 / 3, "ratio"),
        ("the state will pay two-thirds, towns the rest", 2 / 3, "ratio"),
        ("caseloads will fall by a fifth.", 0.2, "ratio"),
        ("it grew by more than half in a decade", 0.5, "ratio"),
        ("the number of searches should exceed 200,000 in England", 200e3, "searches"),
        ("a crowd of more than 2,000 came", 2000.0, "people"),
        ("two and a half hours", 2.5, "hours"),
        ("three hundred and twelve homes", 312.0, "homes"),
        ("Two United States soldiers died", 2.0, "soldiers"),
        ("killing '64 soldiers' there", 64.0, "soldiers"),
        ("a 450-bed hospital", 450.0, "beds"),
        ("2.4kg of bread", 2.4, "kilograms"),
        ("700 pounds of meat", 700.0, "pounds weight"),
        ("half as likely to fall", 0.5, "ratio"),
        ("for 12 years before that", 12.0, "years"),
        ("one in three people over 65 falls", 1 / 3, "ratio"),
    ],
)
def test_counts_shares_and_rates(text, value, unit):
    found = only(text)
    assert (found[0], found[2]) == (pytest.approx(value), unit)


def test_parts_of_a_whole_have_ranges_too():
    (found,) = find_amounts("It cut offending by between a quarter and a third.")
    assert (found.value, found.value_max, found.unit) == (0.25, pytest.approx(1 / 3), "ratio")


@pytest.mark.parametrize("text", ["a fifth man left", "a third report by the board", "needs a two-thirds majority"])
def test_an_ordinal_is_no_part_of_a_whole(text):
    assert [one for one in amounts(text) if one[2] == "ratio"] == []


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("more than 4,200 homes, up from 2,900 the year before", [4200.0, 2900.0], "homes"),
        ("It fell from 31 officers to 24.", [31.0, 24.0], "officers"),
        ("It trained 220 drivers. Only 134 were ready.", [220.0, 134.0], "drivers"),
        ("12 men came, three of whom were hurt", [12.0, 3.0], "men"),
        ("closed five of the county's 22 libraries", [5.0, 22.0], "libraries"),
        ("four years and six years", [4.0, 6.0], "years"),
        ("Fires caused by old boats rose from 158 in 2022 to 270 in 2024.", [158.0, 270.0], "fires"),
        ("Boat deaths in Weir County fell to 118 last year from 177 in 2023.", [118.0, 177.0], "deaths"),
        ("The number of boat fires doubled, and rose from 12 to 24.", [12.0, 24.0], "fires"),
        ("It took in 1,000 boats, up from just under 300 a year earlier.", [1000.0, 300.0], "boats"),
        ("At least 13 people died last year, up from 11.", [13.0, 11.0], "people"),
        ("It licensed 312 boats in Weir, compared with 177 in the year before.", [312.0, 177.0], "boats"),
    ],
)
def test_a_bare_number_counts_what_its_sentence_said_before(text, values, unit):
    found = amounts(text)
    assert [value for value, *_ in found] == values
    assert {one[2] for one in found} == {unit}


@pytest.mark.parametrize(
    "text", ["House prices rose to 412 in May.", "She rose from 12 to 4 in the list.", "It went from 2019 to 2024."]
)
def test_a_level_or_a_place_that_rises_counts_nothing(text):
    assert amounts(text) == []


def test_a_range_may_leave_its_first_unit_hanging():
    assert only("a one- to two-year ban") == (1.0, 2.0, "years", "range")


def test_a_hundred_and_some_million_is_one_number():
    assert only("a hundred and thirty million pounds")[0] == 130e6


def test_a_count_without_a_number_is_vague():
    assert amounts("thousands of images and tens of thousands of offences") == [
        (None, None, "images", "vague"),
        (None, None, "offences", "vague"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Vagrancy Act 1824 and the Offensive Weapons Act 2019",
        "in the year 2025/26, in 2022-23, since 2010, by March 2024 and in the 1990s",
        "on 8 November 2023, on 30 October, on October 4, 2021 and on 12/03/2020",
        "at 9.30am, at 20:57, at 7 p.m. and at 11pm",
        "under-18s, over-65s and people aged 16 to 24",
        "a 16-year-old, aged 34, and Jane Hale, 41, of Leeds",
        "six months ago and 10 years earlier",
        "section 60, sections 5 and 6, Article 8, page 12 and Case study 1:",
        "Year 6 pupils, Grade 5, Key Stage 2, Channel 4 and Radio 4",
        "call 0800 123 4567, 020 7946 0018 or 101",
        "24/7, 9/11, Covid-19, COP26, the G7, the M25 and 5G",
        "the 21st century and the 3rd floor",
        "one of them, No 10 and the Group of 20",
        "Five Oaks and Seven Sisters",
    ],
)
def test_what_looks_like_an_amount_and_is_none(text):
    assert amounts(text) == []


@given(st.text(alphabet="0123456789 £$%.,-–to andmillionbnpercent", max_size=80))
def test_amounts_come_in_order_and_none_overlaps_another(text):
    found = find_amounts(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(a.phrase_start <= a.start < a.end <= a.phrase_end <= len(text) for a in found)


@given(st.integers(1, 999), st.sampled_from(["£{}m", "£{} million", "£{}million", "{} million pounds", "£{},000,000"]))
def test_however_an_amount_is_spelt_it_is_the_same_amount(millions, spelling):
    assert only(f"The fund of {spelling.format(millions)} is new.") == (millions * 1e6, None, "GBP", "exact")
