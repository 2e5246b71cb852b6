"""Numbers, weekdays, months and the outlet speak for or against one event, beside the words."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from pipeline.grouping.article_likeness import Comparable, alike
from pipeline.grouping.near_duplicates import group
from pipeline.grouping.open_window import OpenWindow, arrived
from pipeline.grouping.particulars import (
    OTHER_MONTHS,
    OTHER_NUMBERS,
    OWN_OUTLET,
    SAME_WEEKDAY,
    SHARED_NUMBER,
    Particulars,
    calendar_bits,
    only_outlet,
    outlet_number,
    speaking_for,
)
from pipeline.grouping.stories import cluster
from pipeline.grouping.vectors import IS_NUMBER, SAYS_WHEN, TermStatistics, term_rows
from pipeline.grouping.word_codes import terms_of, word_codes
from tests.reports_made import made_up, report

FILLED = " ".join(f"filling{number} word" for number in range(70))  # so that what follows is no lead


def likeness(one, other):
    rows = term_rows([one, other])
    articles = Comparable.of(rows, TermStatistics().with_rows(rows).weights())
    return float(alike(articles, np.array([[0, 1]]))[0])


def spoken(one, other, shared_numbers=0.0):
    both = Particulars(
        *(np.concatenate([getattr(one, column.name), getattr(other, column.name)]) for column in fields(Particulars))
    )
    return float(speaking_for(both, np.array([[0, 1]]), np.array([shared_numbers]))[0])


def particulars(outlet=0, numbers=0, said=()):
    bits = np.bitwise_or.reduce(calendar_bits(terms_of(word_codes(" ".join(said)))), initial=0)
    return Particulars(np.array([outlet]), np.array([numbers]), np.array([bits], np.int32))


@pytest.mark.parametrize(
    ("one", "other", "shared_numbers", "factor"),
    [
        (particulars(), particulars(), 0, 1.0),
        (particulars(outlet=7), particulars(outlet=7), 0, OWN_OUTLET),
        (particulars(outlet=7), particulars(outlet=8), 0, 1.0),
        (particulars(numbers=2), particulars(numbers=3), 1, SHARED_NUMBER),
        (particulars(numbers=2), particulars(numbers=3), 0, OTHER_NUMBERS),
        (particulars(numbers=1), particulars(numbers=3), 0, 1.0),
        (particulars(said=["Monday", "Tuesday"]), particulars(said=["Tuesday"]), 0, SAME_WEEKDAY),
        (particulars(said=["Monday"]), particulars(said=["Tuesday"]), 0, 1.0),
        (particulars(said=["September"]), particulars(said=["Oct."]), 0, OTHER_MONTHS),
        (particulars(said=["September"]), particulars(said=["Sept.", "Oct."]), 0, 1.0),
        (particulars(said=["September"]), particulars(said=["Monday"]), 0, 1.0),
        (particulars(7, 2, ["Friday"]), particulars(7, 2, ["Friday"]), 2, OWN_OUTLET * SHARED_NUMBER * SAME_WEEKDAY),
    ],
)
def test_what_two_reports_share_speaks_for_one_event_and_what_sets_them_apart_against_it(
    one, other, shared_numbers, factor
):
    assert spoken(one, other, shared_numbers) == pytest.approx(factor)


def test_a_march_and_what_may_be_are_no_months():
    assert not calendar_bits(terms_of(word_codes("March march May may Monday's")))[:4].any()
    assert calendar_bits(terms_of(word_codes("Monday's")))[0]


def test_numbers_and_weekdays_are_taken_from_title_and_lead_and_months_from_anywhere():
    rows = term_rows(
        [
            report("lead", "Bus strike: 120 drivers", "On Friday 45% voted for it, 7 did not."),
            report("later", "Bus strike", f"{FILLED} On Friday, 45% of 120 drivers voted. It began in August."),
        ]
    )
    numbers, when = ((rows.place & flag) > 0 for flag in (IS_NUMBER, SAYS_WHEN))
    lead = slice(rows.starts[0], rows.starts[1])
    later = slice(rows.starts[1], rows.starts[2])
    assert set(rows.term[lead][numbers[lead]]) == set(terms_of(word_codes("120 45%")))
    assert set(rows.term[lead][when[lead]]) == set(terms_of(word_codes("Friday")))
    assert not numbers[later].any()
    assert set(rows.term[later][when[later]]) == set(terms_of(word_codes("August")))


def test_an_outlet_is_the_same_however_its_name_is_written_and_none_is_like_no_other():
    assert outlet_number("The Elmouth Gazette") == outlet_number("the elmouth gazette") != outlet_number("Echo")
    told = ("Ferry aground", "The ferry ran aground off Selworth with a crew of six.")
    one, other = (report(each, *told, outlet="Gazette") for each in "ab")
    assert likeness(one, other) < likeness(one, report("b", *told, outlet="Echo")) == likeness(one, report("b", *told))
    assert likeness(report("a", *told), report("b", *told)) == 1.0


def test_a_text_that_several_outlets_carry_is_of_none():
    outlet, group_of = np.array([5, 5, 6, 6, 0, 6]), np.array([0, 0, 2, 0, 4, 2])
    assert only_outlet(outlet, group_of).tolist() == [0, 0, 6, 0, 0, 6]


def months_of_figures():
    september = "Unemployment fell to 7.8% in September as employers added 114,000 jobs, the Labour Office said. "
    october = "Employers added 171,000 jobs in October while unemployment rose to 7.9%, the Labour Office said. "
    return [
        report(name, title, text, days=None, outlet=outlet)
        for name, outlet, title, text in (
            (
                "september-1",
                "Gazette",
                "Unemployment at its lowest for four years",
                september + "Construction hired most, while public offices let people go, against forecasts.",
            ),
            (
                "september-2",
                "Echo",
                "Jobless rate drops below eight per cent",
                september + "The minister spoke of a turn for the better; the opposition of a summer's luck.",
            ),
            (
                "october-1",
                "Gazette",
                "Hiring picks up, and so does unemployment",
                october + "Hospitals and shops hired most. More people looked for work, which economists welcomed.",
            ),
            (
                "october-2",
                "Echo",
                "More jobs, more jobless",
                october + "Mills on the coast took on hands for the winter. Wages stood still, a survey said.",
            ),
        )
    ]


def courts(outlet):
    """Two pieces of two days on one trial, and the press around them."""
    return [
        report(
            "charged",
            "Harbour master charged over lock gate collapse",
            "The harbour master of Elmouth was charged over the collapse of a lock gate that sank four boats. Ida "
            "Rowse ignored two warnings by inspectors, prosecutors said. She denies it and was released.",
            outlet="Gazette",
        ),
        report(
            "plea",
            "Who knew about the cracks?",
            "Letters show that the harbour master of Elmouth knew of cracks in the lock gate that sank four boats. "
            "Their owners ask why nothing was done, and who will pay for moorings and lost catches. A meeting in the "
            "chapel hall drew half the quay and the vicar; nobody from the council came.",
            days=0.6,
            outlet=outlet,
        ),
        *made_up(40)[0],
    ]


def story_of(reports):
    grouped = cluster(reports, group(reports))
    return {each.article_id: story.story_id for story in grouped.stories for each in story.memberships}


def test_last_months_figures_and_this_months_are_two_stories_though_neither_is_dated():
    found = story_of([*months_of_figures(), *made_up(30)[0]])
    assert found["september-1"] == found["september-2"]
    assert found["october-1"] == found["october-2"]
    assert found["september-1"] != found["october-1"]


def test_what_another_outlet_tells_of_the_same_event_joins_where_the_same_outlets_next_piece_does_not():
    by_another, by_the_same = story_of(courts("Echo")), story_of(courts("Gazette"))
    assert by_another["plea"] == by_another["charged"]
    assert by_the_same["plea"] != by_the_same["charged"]


def test_an_open_window_sees_the_outlet_as_one_run_over_all_does():
    for outlet in ("Echo", "Gazette"):
        window = OpenWindow()
        for some in (courts(outlet)[1:], courts(outlet)[:1]):
            window = arrived(window, some)
        found = window.stories()
        assert (found["plea"] == found["charged"]) == (outlet == "Echo")
