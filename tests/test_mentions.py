from __future__ import annotations

import pytest

from pipeline.evidence.mentions import extract_mentions
from pipeline.model import Article, Evidence, Mention
from tests.made_up import article, lexicon


def mentions(given: Article | str, kind: str) -> list[str]:
    found = extract_mentions(article(given) if isinstance(given, str) else given, lexicon())
    return [one.name for one in found if one.type == kind]


def person(given: Article | str) -> Mention:
    found = extract_mentions(article(given) if isinstance(given, str) else given, lexicon())
    return next(one for one in found if one.type == "person")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The NCA and the National Crime Agency are one.", ["National Crime Agency"]),
        ("the LGA's board and the Met met", ["Local Government Association", "Metropolitan Police"]),
        ("The Met and South Wales Police agreed.", ["Metropolitan Police", "South Wales Police"]),
        ("It is run by the Riverside Bridges Foundation.", ["Riverside Bridges Foundation"]),
        ("The Millbrook Harbour Authority (MHA) spoke. The MHA left.", ["Millbrook Harbour Authority"]),
        ("The College of Policing set the rules.", ["College of Policing"]),
        ("Officials of the Department for Rivers and Bridges came.", ["Department for Rivers and Bridges"]),
        ("Mind the gap. Resolve to act. Unite.", []),
        ("A grant went to Mind and to Shelter.", ["Mind", "Shelter"]),
        ("Tory MPs and Labour MPs left.", ["Conservative Party", "Labour Party"]),
    ],
)
def test_organisations_have_one_name_whatever_they_are_called(text, names):
    assert mentions(text, "organisation") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It happened in Salford, Greater Manchester.", ["Salford", "Greater Manchester"]),
        ("The UK and the U.S. signed.", ["UK", "US"]),
        ("Reading is fun. She lives in Reading.", ["Reading"]),
        ("Essex Police searched a house in Essex.", ["Essex"]),
        ("The barge Bibby Stockholm is moored; Arsenal v Tottenham was loud.", []),
        ("Brussels and Paris agreed.", ["Brussels", "Paris"]),
    ],
)
def test_places_are_those_meant_as_places(text, names):
    assert mentions(text, "place") == names


def test_a_person_is_mentioned_once_under_the_full_name_with_a_count():
    found = extract_mentions(article("Amber Hale spoke. Ms Hale left. “Hale must go,” said Tim Marsh."), lexicon())
    assert [(one.name, one.count) for one in found if one.type == "person"] == [("Amber Hale", 3), ("Tim Marsh", 1)]


def test_a_role_in_the_text_wins_over_the_list_and_is_marked_as_read():
    found = person(article("Former home secretary Suella Braverman spoke.", day="2023-10-30"))
    assert (found.role, found.role_by) == ("Former home secretary", Evidence.TEXT)


@pytest.mark.parametrize(
    ("day", "name"), [("2017-02-16", "Amber Rudd"), ("2018-11-06", "Sajid Javid"), ("2023-10-30", "Suella Braverman")]
)
def test_without_a_role_in_the_text_the_list_gives_it_by_date(day, name):
    found = person(article(f"{name} spoke in Millbrook.", day=day))
    assert (found.role, found.role_by) == ("Home Secretary", Evidence.INFERRED)


def test_after_the_day_until_which_a_row_is_known_nothing_is_inferred():
    assert person(article("Shabana Mahmood spoke in Millbrook.", day="2031-01-01")).role is None


def test_nothing_of_the_furniture_around_the_seed_articles_is_mentioned(read, here):
    found = set()
    for path in sorted(here.seeds_dir.glob("0*.txt")):
        for one in read(path.read_bytes()).articles:
            found |= {(one.title.text, mention.name) for mention in extract_mentions(one, lexicon())}
    names = {name for _, name in found}
    assert not {name for name in names if any(bad in name for bad in ("Musk", "UKREiiF", "Hammond", "Trump"))}
    assert not {title for title, name in found if name == "College of Policing" and "complete failure" in title}
    assert {"Amber Rudd", "National Crime Agency", "Barnardo’s", "Internet Watch Foundation", "Rotherham"} <= names


def test_places_of_mentions_are_where_the_names_stand():
    given = article("The National Crime Agency met Amber Hale in Salford.")
    found = extract_mentions(given, lexicon())
    assert [given.text[one.start : one.end] for one in found] == ["National Crime Agency", "Amber Hale", "Salford"]
