from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edges.lexicon_files import load_lexicon
from pipeline.errors import ConfigurationError
from pipeline.evidence.lexicon import flatten
from pipeline.evidence.roles import organisation_of
from tests.made_up import SEEDS, lexicon

FILES = ["cues", "given_names", "name_words", "office_holders", "offices", "organisations", "places"]


@pytest.mark.parametrize(
    ("role", "office"),
    [
        ("the Home Secretary", "Home Secretary"),
        ("home secretary", "Home Secretary"),
        ("UK Home Secretary", "Home Secretary"),
        ("Minister of State for Crime, Policing and Fire", "Policing Minister"),
        ("Crime and Policing Minister", "Policing Minister"),
        ("London Mayor", "Mayor of London"),
    ],
)
def test_an_office_goes_by_several_names(role, office):
    found = lexicon().offices.of_role(role)
    assert found is not None
    assert found.name == office


def test_a_role_that_is_no_listed_office_is_none():
    assert lexicon().offices.of_role("chief executive of Riverside") is None


@pytest.mark.parametrize(
    ("role", "day", "party"),
    [
        ("shadow home secretary", date(2018, 10, 25), "Labour Party"),
        ("Shadow Home Secretary", date(2024, 11, 12), "Conservative Party"),
        ("Shadow justice secretary", date(2024, 11, 12), "Conservative Party"),  # its holder is not listed
    ],
)
def test_a_shadow_minister_is_of_the_party_in_opposition_on_that_day(role, day, party):
    assert organisation_of(role, lexicon(), day) == party


@pytest.mark.parametrize("office", ["Prime Minister", "Home Secretary", "Chancellor of the Exchequer"])
def test_a_great_office_has_a_holder_on_nearly_every_day_since_2010(office):
    days = [date(2010, 5, 13) + timedelta(days=7 * week) for week in range(780)]
    held = [day for day in days if lexicon().offices.holder(office, day)]
    assert len(held) >= 0.99 * len(days)


def test_of_two_holders_of_an_office_the_second_begins_when_the_first_has_ended():
    by_office = defaultdict(list)
    with (SEEDS / "office_holders.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_office[row["office"]].append((row["from"], row["to"] or row["known_until"]))
    for office, terms in by_office.items():
        assert all(first[1] <= second[0] for first, second in pairwise(sorted(terms))), office


def test_the_longest_listed_name_is_found_and_capitals_count_in_acronyms():
    organisations = lexicon().organisations
    found = organisations.at("Home Affairs Select Committee met", 0, "Home")
    assert found is not None
    assert found[1].name == "Home Affairs Committee"
    assert organisations.named("MPs") is None
    assert organisations.named("MPS") is not None


@given(st.text(max_size=60))
def test_flattening_keeps_every_offset(text):
    assert len(flatten(text)) == len(text)


@pytest.mark.parametrize(
    ("file", "row", "message"),
    [
        ("office_holders.csv", "Keeper of Bridges,Amber Hale,2020-01-01,,2021-01-01,,made up", "Keeper of Bridges"),
        ("office_holders.csv", "Home Secretary,Amber Hale,2020-13-01,,2021-01-01,,made up", "YYYY-MM-DD"),
        ("office_holders.csv", "Home Secretary,Amber Hale,2022-01-01,2021-01-01,,,made up", "ends before it begins"),
        ("cues.csv", "hum|hums,sing,made up", "no such kind of cue"),
        ("given_names.csv", "Amber,x,,made up", "expected f, m or u"),
    ],
)
def test_a_row_that_cannot_be_used_ends_the_run_and_names_its_file(tmp_path, file, row, message):
    for name in FILES:
        (tmp_path / f"{name}.csv").write_text((SEEDS / f"{name}.csv").read_text(encoding="utf-8"), encoding="utf-8")
    with (tmp_path / file).open("a", encoding="utf-8") as rows:
        rows.write(row + "\n")
    with pytest.raises(ConfigurationError, match=message) as error:
        load_lexicon(tmp_path)
    assert file in str(error.value)
