"""Saved searches: what they find, where, and how a wrong one is refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import Misuse
from pipeline.evidence.branches import branch_off
from pipeline.watching.search import Searched, find
from pipeline.watching.search_text import parse_search
from pipeline.watching.watchlist import needed_words
from tests.made_up import article, lexicon

TEXT = """Asylum seekers are to be moved out of fifty hotels by the end of January, the Home Office’s chief said.

The re-opened barracks will cost up to £40 million, and 36% of the beds are taken.

“We will not rest until every hotel is closed,” said Amber Hale, the Home Secretary. Councils welcomed the plan."""
ARTICLE = article(TEXT, title="Hotels to close", outlet="The Severn Courier")
BRANCHES = branch_off(ARTICLE, lexicon())
SEARCHED = Searched(ARTICLE, BRANCHES.quotes, BRANCHES.figures)


@pytest.mark.parametrize(
    "query",
    [
        "asylum",
        "ASYLUM HOTELS",
        "asylum AND hotels",
        "prison OR hotels",
        "asylum NOT prison",
        "NOT prison asylum",
        '"home office"',
        '"home office\'s chief"',
        "“end of January”",
        "re-opened",
        "hotel*",
        '"asylum seek*"',
        "asylum NEAR/10 hotels",
        "hotels NEAR/10 asylum",
        "(prison OR hotels) AND (asylum OR visa)",
        "asylum NEAR/9 (prison OR hotels)",
        "fifty NEAR/0 hotels",
        "asylum NEAR/4 moved OR visa",
        "outlet:Courier",
        'outlet:"severn courier"',
        "speaker:Hale",
        'speaker:"Amber Hale" AND hotel',
        "figure:£40m",
        "figure:>=£10m",
        "figure:36%",
        "figure:<50%",
        "figure:40000000",
    ],
)
def test_it_finds_the_article(query):
    assert find(parse_search(query), SEARCHED) is not None


@pytest.mark.parametrize(
    "query",
    [
        "prison",
        "asylum prison",
        "asylum NOT hotels",
        '"hotels asylum"',
        '"close asylum"',  # the headline ends before the text begins
        "close NEAR/5 asylum",
        "asylum NEAR/2 hotels",
        "seek",
        "outlet:Post",
        "speaker:Amber AND visa",
        "speaker:Council",
        "figure:£41m",
        "figure:40%",
        "figure:>£40m",
        "asylum NEAR/5 asylum",
    ],
)
def test_it_does_not_find_the_article(query):
    assert find(parse_search(query), SEARCHED) is None


def test_what_is_found_is_where_it_is_said_to_be():
    (near,) = find(parse_search("asylum NEAR/9 hotels"), SEARCHED)
    assert ARTICLE.text[near.start : near.end] == "Asylum seekers are to be moved out of fifty hotels"
    (headline, *_) = find(parse_search("hotels"), SEARCHED)
    assert (headline.where, headline.start, headline.end) == ("title", 0, 6)
    (figure,) = find(parse_search("figure:£40m"), SEARCHED)
    assert "£40 million" in ARTICLE.text[figure.start : figure.end]


@pytest.mark.parametrize(
    ("query", "at"),
    [
        ("", 1),
        ("   ", 4),
        ("asylum AND", 11),
        ("asylum AND OR hotels", 12),
        ("(asylum OR hotels", 18),
        ("asylum) hotels", 7),
        ('asylum "hotels', 8),
        ('asylum ""', 8),
        ("asylum NEAR/3", 14),
        ("asylum NEAR/3 outlet:Post", 8),
        ("figure:lots", 8),
        ("asylum ***", 8),
    ],
)
def test_a_wrong_search_is_refused_with_its_place(query, at):
    with pytest.raises(Misuse, match=rf"character {at}\b"):
        parse_search(query)


def test_a_search_that_only_leaves_out_is_refused():
    with pytest.raises(Misuse, match="something to look for"):
        parse_search("NOT asylum")


@given(st.text(alphabet='ab ()"*:%£/0AND OR NOT NEAR', max_size=40))
def test_any_text_is_a_search_or_is_misuse(text):
    with contextlib.suppress(Misuse):
        find(parse_search(text), SEARCHED)


@pytest.mark.parametrize(
    ("query", "needed"),
    [
        ("asylum hotels", [["asylum"], ["hotels"]]),
        ("asylum NOT hotels", [["asylum"]]),
        ("asylum OR hotels", [["asylum", "hotels"]]),
        ("asylum OR outlet:Post", []),
        ('"home office" visa*', [["home"], ["office"], ["visa"]]),
    ],
)
def test_a_database_can_leave_out_what_lacks_the_words(query, needed):
    assert needed_words(parse_search(query)) == needed
