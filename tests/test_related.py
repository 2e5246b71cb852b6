"""Stories that belong beside each other are linked with a kind, never joined."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from pipeline.grouping.link_signs import announced_days, shared_long_names, signs_of
from pipeline.grouping.near_duplicates import group
from pipeline.grouping.neighbours import Neighbours
from pipeline.grouping.related import related_works
from pipeline.grouping.stories import cluster
from tests.reports_made import RELEASE, made_up, report

AHEAD = (
    "Ministers call a meeting on the state of the coast. The Selworth Coastal Summit will open on Thursday with "
    "surveyors, volunteer crews and the National Dredging Agency. They are to hear how villages came through the "
    "winter, who inspects small harbours, what insurers ask and whether sandbags still do. A choir has been booked, "
    "trains will run late, and the town asks visitors to leave their cars in the old quarry."
)
HELD = (
    "Cracks as wide as a hand run through nine sea walls, divers told the Selworth Coastal Summit today. Their film "
    "silenced a hall that had come to argue over gravel. An insurer promised lower premiums where drills are "
    "held twice a year. Outside, fishing families queued for soup; inside, delegates of the National "
    "Dredging Agency asked "
    "for pumps before autumn and for one inspector instead of four. Nobody was content with the answer."
)


AHEAD_TOO = (
    "Selworth prepares for a summit on the state of the coast: surveyors and volunteer crews are expected, the choir "
    "is booked and visitors should leave cars in the old quarry because trains run late. Insurers will ask whether "
    "sandbags still do, and villages will tell how they came through the winter."
)
HELD_TOO = (
    "Divers showed film of cracks as wide as a hand in nine sea walls and silenced the hall at Selworth. Delegates "
    "asked for pumps before autumn and one inspector instead of four, an insurer promised lower premiums "
    "for drills held "
    "twice a year, and families queued for soup outside. The answer left nobody content."
)


def linked(*reports):
    everything = [*reports, *made_up(40)[0]]
    grouped = cluster(everything, group(everything))
    known = {each.article_id for each in reports}
    return [link for link in grouped.links if {a for pair in link.article_ids for a in pair} <= known]


def test_two_reports_share_the_long_names_that_both_hold_whichever_is_asked_first():
    texts = (AHEAD, HELD, AHEAD_TOO, HELD_TOO, RELEASE)
    signs = signs_of({row: report(f"r{row}", "", text) for row, text in enumerate(texts)})
    for one in signs.values():
        for other in signs.values():
            assert shared_long_names(one, other) == one.long_names & other.long_names
    assert "Selworth Coastal Summit" in shared_long_names(signs[0], signs[1])


def test_an_announcement_and_the_event_are_two_stories_linked_as_a_preview():
    (link,) = linked(
        report("ahead", "Ministers call a meeting", AHEAD),
        report("ahead too", "Choir booked for coast meeting", AHEAD_TOO, days=0.1),
        report("held", "Cracks on film", HELD, days=3),
        report("held too", "Film of cracks silences hall", HELD_TOO, days=3.1),
    )
    assert link.kind == "preview"
    assert ("ahead", "held") in link.article_ids
    assert any("announces something for Thursday, 5 March 2026" in because.detail for because in link.because)


def test_two_stories_of_one_day_that_name_one_specific_thing_are_context():
    reports = [report("held", "Cracks on film", HELD), report("later", "Trains and a choir", AHEAD, days=0.2)]
    near = Neighbours(np.array([[0, 1]], np.int32), np.array([0.25], np.float32))
    (link,) = related_works(reports, near, ["one story", "another"])
    assert (link.kind, link.from_story_id, link.to_story_id) == ("context", "one story", "another")
    assert "Selworth Coastal Summit" in link.because[0].detail
    assert related_works(reports, near, ["one story", "one story"]) == ()


def test_a_story_that_is_taken_up_again_another_day_is_followed_up():
    told_again = "A week on, the Selworth Coastal Summit has left traces: pumps are ordered and one wall is closed."
    reports = [
        report("first", "Cracks in nine sea walls", HELD),
        report("then", "Sea walls: one closed", told_again, days=5),
    ]
    near = Neighbours(np.array([[0, 1]], np.int32), np.array([0.25], np.float32))
    assert [link.kind for link in related_works(reports, near, ["one story", "another"])] == ["follow_up"]


def test_what_is_weeks_apart_is_not_linked():
    assert linked(report("ahead", "Summit ahead", AHEAD), report("held", "Cracks on film", HELD, days=30)) == []


def test_a_shared_minister_links_nothing():
    fishing = "Harbour Minister Edda Quill said that herring quotas rise by a tenth, to the relief of northern ports."
    assert linked(report("walls", "Package for walls", RELEASE), report("fish", "More herring", fishing)) == []


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("She will speak on Thursday.", date(2026, 3, 5)),
        ("The ministers are due to meet on Monday.", date(2026, 3, 9)),
        ("The vote is expected on 12 March.", date(2026, 3, 12)),
        ("The vote is expected on March 12 at noon.", date(2026, 3, 12)),
        ("Results will be out tomorrow.", date(2026, 3, 3)),
    ],
)
def test_a_day_ahead_is_read_from_the_words(words, day):
    assert announced_days(words, date(2026, 3, 2)) == {day}


@pytest.mark.parametrize(
    "words",
    ["She spoke on Thursday.", "It will end on 31 February.", "It will open on 2 December.", "They will see."],
)
def test_what_names_no_day_ahead_names_none(words):
    assert announced_days(words, date(2026, 3, 2)) == set()
