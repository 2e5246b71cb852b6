from __future__ import annotations

from datetime import date

import pytest

from pipeline.evidence.lexicon import flatten
from pipeline.evidence.people import find_people
from tests.made_up import lexicon

DAY = date(2023, 10, 30)


def people(text: str, day: date | None = DAY, also: tuple[str, ...] = ()) -> list[str]:
    return [name.person for name in find_people(text, flatten(text), lexicon(), day, also).names]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Cllr Rowena Ashdown, chair of the board, agreed.", ["Rowena Ashdown"]),
        ("Sir Peter Longmire and Dame Anna Vale met.", ["Peter Longmire", "Anna Vale"]),
        ("Susan Oakley OBE, who runs it, and Tim Marsh MP came.", ["Susan Oakley", "Tim Marsh"]),
        ("Lord (Imran) Qadir of Millbrook spoke.", ["Imran Qadir"]),
        ("Secretary of State for Rivers, Lakes and Communities Michael Brook left.", ["Michael Brook"]),
        ("Companies House Chief Executive Louise Fenn wrote.", ["Louise Fenn"]),
        ("Detective Chief Superintendent Jim Hale leads it.", ["Jim Hale"]),
        ("Zbyszko Kowal, 41, was there.", ["Zbyszko Kowal"]),
        ("“No,” said Ottoline Brakspear.", ["Ottoline Brakspear"]),
        ("Ursula von der Leyen and Willem van Hoorn met.", ["Ursula von der Leyen", "Willem van Hoorn"]),
        ("Jean-Luc O’Hara’s letter came.", ["Jean-Luc O’Hara"]),
        ("White House Chief of Staff Reince Tallow left.", ["Reince Tallow"]),
        ("The board met Tae Ki-ju.", ["Tae Ki-ju"]),
    ],
)
def test_a_title_a_calling_a_given_name_or_speech_makes_a_name(text, names):
    assert people(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The Home Office and the National Crime Agency met in New York on Monday.",
        "The Paris Agreement and the Online Safety Act came into force.",
        "Police in Greater Manchester closed Oxford Street.",
        "Yours Sincerely, the Minister",
        "Christmas Day fell on a Monday.",
        "Officers said Operation Amber had begun in May. Operation Larkfield, announced on Monday, said nothing.",
        "Storm Amelia said to be near; Project Harvester told nobody.",
    ],
)
def test_organisations_places_and_laws_are_nobody(text):
    assert people(text) == []


def test_a_surname_alone_is_the_person_whom_the_text_names_in_full():
    assert people("Amber Hale spoke. Ms Hale left. Hale said so.") == ["Amber Hale"] * 3
    assert people("Mr Hale said it first. Later John Hale left.") == ["John Hale"] * 2


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Alan Westrop rose. Sir Alan sat down.", "Alan Westrop"),
        ("Edmund Carrow was made a peer. Lord Carrow left.", "Edmund Carrow"),
        ("Han Myung-su wrote. Mr Han left.", "Han Myung-su"),
        ("Zbynek Orlovsk met the council. Mr Orlovsk left.", "Zbynek Orlovsk"),
        ("Jermel Hassoun met the council. Later Hassoun said no.", "Jermel Hassoun"),
        ("Coun Phil Garside rose. Coun Garside sat down.", "Phil Garside"),
    ],
)
def test_a_title_or_speech_elsewhere_tells_who_a_name_is(text, person):
    assert people(text) == [person] * 2


def test_a_peer_whom_nobody_names_in_full_keeps_the_title():
    assert people("Lord Carrow of Millbrook spoke.") == ["Lord Carrow"]


def test_two_given_names_can_share_a_surname():
    assert people("Brian and Maureen Hobley own it.") == ["Brian Hobley", "Maureen Hobley"]


def test_a_title_tells_two_people_of_one_surname_apart():
    assert people("Anna Hale met Peter Hale. Mr Hale spoke, then Mrs Hale.") == [
        "Anna Hale",
        "Peter Hale",
        "Peter Hale",
        "Anna Hale",
    ]


def test_a_surname_that_the_text_never_completes_is_completed_by_the_caption():
    assert people("Hale said no.", also=("Rowena Hale outside the court",)) == ["Rowena Hale"]


def test_a_surname_that_nothing_completes_is_the_office_holder_of_that_day():
    assert people("Mr Sunak said no.") == ["Rishi Sunak"]
    assert people("Mr Sunak said no.", day=None) == ["Sunak"]


def test_a_surname_beside_a_verb_of_speech_is_a_person_even_unknown():
    assert people("The bridge is shut, Brakspear said.") == ["Brakspear"]
