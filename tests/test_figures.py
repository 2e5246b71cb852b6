from __future__ import annotations

import pytest

from pipeline.evidence.figures import extract_figures
from pipeline.model import Excerpt
from tests.made_up import article


def subject(sentence: str) -> str:
    return next(one.subject for one in extract_figures(article(sentence, title="Plan")) if one.where == "text")


def test_figures_are_those_of_title_standfirst_and_text_each_with_its_place():
    given = article(
        "The £40 million will go to schools.", title="Schools get £40m", standfirst=Excerpt("Up to 300 sites")
    )
    found = extract_figures(given)
    assert [(one.where, one.text, one.value, one.unit, one.bound) for one in found] == [
        ("title", "£40m", 40e6, "GBP", "exact"),
        ("standfirst", "Up to 300 sites", 300.0, "sites", "up_to"),
        ("text", "£40 million", 40e6, "GBP", "exact"),
    ]
    parts = {"title": given.title.text, "standfirst": "Up to 300 sites", "text": given.text}
    assert all(parts[one.where][one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Sydney will fine sellers $11,000, the New South Wales premier said.", "AUD"),
        ("The fine is $11,000 in New South Wales, US officials told Congress in Washington.", "USD"),
        ("Sydney paid US$5 million to Australians in New South Wales.", "USD"),
        ("The fine is $11,000.", "USD"),
    ],
)
def test_dollars_are_those_of_the_country_that_the_text_is_about(text, unit):
    assert [one.unit for one in extract_figures(article(text, title="Plan"))] == [unit]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "It holds an extra £20 million for the River Patrol Service to mend boats.",
            "River Patrol Service to mend boats",
        ),
        ("£20m of the fund will go to the River Patrol Service.", "River Patrol Service"),
        ("A £40m plan aimed at safer rivers was shown.", "plan aimed at safer rivers was shown"),
        ("Councils face a £1.9 billion funding gap by 2020.", "funding gap by 2020"),
        ("Funding of up to £2.5 million has been put in place for safety officers.", "safety officers"),
        ("There was a 36% fall in reported thefts.", "fall in reported thefts"),
        ("Litterers face fines of up to £500.", "Litterers face fines"),
        ("An extra one million hours of youth services has been provided.", "youth services has been provided"),
        ("There were 35 arrests.", ""),
        ("Compliance visits fell by 12 percentage points between 2022 and 2024.", "Compliance visits fell"),
        ("The harbour's repair budget was £1,200 million over the period.", "harbour's repair budget"),
        ("Some 312 crews in England have lost their licence to land.", "lost their licence to land"),
        ("Fires on boats rose 70 per cent in two years.", "Fires on boats rose"),
        ("The fee for large boats should rise from £1,476 to £2,000.", "fee for large boats should rise"),
    ],
)
def test_the_subject_is_what_the_amount_is_for_or_of_in_the_texts_words(sentence, words):
    assert subject(sentence) == words


def test_a_figures_id_is_the_same_on_every_run():
    given = article("It cost £5m.")
    assert extract_figures(given) == extract_figures(given)
