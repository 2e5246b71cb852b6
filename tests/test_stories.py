"""Reports of one event make one story, whatever their words; look-alikes do not; every membership says why."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.grouping.bcubed import bcubed
from pipeline.grouping.corrections import merge, split, undo
from pipeline.grouping.fading import fading
from pipeline.grouping.linkage import clusters
from pipeline.grouping.near_duplicates import group
from pipeline.grouping.neighbours import Neighbours
from pipeline.grouping.open_window import OpenWindow, arrived, closed
from pipeline.grouping.stories import cluster
from tests.reports_made import OTHER_YEAR, RELEASE, REPORT, made_up, report, streams

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


def stories_of(reports, corrections=()):
    return cluster(reports, group(reports), corrections)


def story_ids(grouped):
    return {each.article_id: each.story_id for story in grouped.stories for each in story.memberships}


def coverage():
    return [
        report("release", "Minister announces package for sea walls", RELEASE),
        report("report", "Millions for crumbling coast", REPORT, days=0.3),
        report("smuggling", "Minister announces package against smuggling", OTHER_YEAR, days=400),
        *made_up(30)[0],
    ]


def test_a_release_and_its_report_in_other_words_are_one_story():
    ids = story_ids(stories_of(coverage()))
    assert ids["release"] == ids["report"]


def test_the_same_sum_from_the_same_ministry_a_year_later_is_another_story():
    ids = story_ids(stories_of(coverage()))
    assert ids["smuggling"] != ids["release"]


def shooting(article_id, place, street, victim, age, hour, days):
    return [
        report(
            f"{article_id}-1",
            f"Man shot dead in {place}",
            f"A man was shot dead in {place} at night, police said. The victim was named as {victim}, {age}. Officers "
            f"were called to {street} shortly after {hour}. A murder inquiry has begun, no arrests have been made.",
            days=days,
        ),
        report(
            f"{article_id}-2",
            f"{place} shooting: victim named as {victim}",
            f"Police have named the man killed in a shooting in {place} as {victim}. The {age}-year-old was found with "
            f"gunshot wounds in {street}. Detectives have launched a murder investigation and appealed for witnesses.",
            days=days + 0.5,
        ),
    ]


def fire(article_id, place, street, victim, age, hour, days):
    return [
        report(
            f"{article_id}-1",
            f"Man dies in house fire in {place}",
            f"A man died when fire swept through a terraced house in {place}. Firefighters were called to {street} at "
            f"{hour}. The cause is being investigated.",
            days=days,
        ),
        report(
            f"{article_id}-2",
            f"{place} house fire victim named",
            f"The victim of a fatal house fire in {street}, {place}, has been named as {victim}, {age}. Crews were "
            f"called at {hour}. Investigators are looking for the cause of the blaze.",
            days=days + 0.2,
        ),
    ]


def flood(article_id, place, street, victim, age, hour, days):
    return [
        report(
            f"{article_id}-1",
            f"Flood warning in {place} as river rises",
            f"Homes in {place} were evacuated as the river rose after days of rain. Some spent the night in a school "
            "hall. More rain is forecast on Friday.",
            days=days,
        ),
        report(
            f"{article_id}-2",
            f"Families leave homes in {place} after floods",
            f"Families in {street}, {place}, left their homes when the river burst its banks on Friday after heavy "
            "rain. The council opened a school hall for the night.",
            days=days + 0.2,
        ),
    ]


TOWNS = [
    ("elmouth", "Elmouth", "Mill Lane", "Harold Finch", 34, "9pm"),
    ("kelby", "Kelby", "Station Road", "Peter Oakes", 51, "10pm"),
    ("selworth", "Selworth", "Tanner's Yard", "Ida Rowse", 27, "4am"),
    ("harrow", "Harrow", "Chapel Hill", "Mona Teal", 63, "noon"),
    ("dunmere", "Dunmere", "Foundry Row", "Asa Brandt", 19, "7.30am"),
]


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("event", [shooting, fire, flood])
def test_one_kind_of_event_in_five_towns_makes_five_stories(event, dated):
    told = [each for number, town in enumerate(TOWNS) for each in event(*town, days=number * 0.3)]
    if not dated:
        told = [replace(each, published_at=None) for each in told]
    ids = story_ids(stories_of([*told, *made_up(40)[0]]))
    assert all(ids[f"{town[0]}-1"] == ids[f"{town[0]}-2"] for town in TOWNS)
    assert len({ids[f"{town[0]}-1"] for town in TOWNS}) == len(TOWNS)


def test_two_shootings_in_two_towns_are_two_stories_though_they_share_every_other_word():
    elmouth = shooting("elmouth", "Elmouth", "Mill Lane", "Harold Finch", 34, "9pm", days=0)
    kelby = shooting("kelby", "Kelby", "Station Road", "Peter Oakes", 51, "10pm", days=1)
    rest = [report(f"rest{n}", each.title, each.text, days=n / 2) for n, each in enumerate(coverage()[:3])]
    ids = story_ids(stories_of([*elmouth, *kelby, *rest]))
    assert ids["elmouth-1"] == ids["elmouth-2"]
    assert ids["kelby-1"] == ids["kelby-2"]
    assert ids["elmouth-1"] != ids["kelby-1"]


def test_a_report_without_a_date_is_not_kept_out_for_it():
    reports = coverage()
    reports[1] = report("report", reports[1].title, reports[1].text, days=None)
    ids = story_ids(stories_of(reports))
    assert ids["release"] == ids["report"] != ids["smuggling"]


def test_a_membership_says_why_in_two_classes_or_more():
    joined = next(story for story in stories_of(coverage()).stories if len(story.memberships) == 2)
    first, second = joined.memberships
    assert first.tied_to is None
    assert first.because == ()
    assert second.tied_to == first.article_id
    kinds = [because.kind for because in second.because]
    assert {"shared_quotation", "shared_figure", "topic", "date"} <= set(kinds)
    assert "£60 million" in next(because.detail for because in second.because if because.kind == "shared_figure")


def test_copies_are_members_of_their_story_with_the_text_as_the_reason():
    reports = [*coverage(), report("reprint", "Sea walls: what we know", RELEASE, days=1)]
    ids = story_ids(stories_of(reports))
    assert ids["reprint"] == ids["release"]


def test_a_story_keeps_its_id_when_it_grows_and_takes_the_first_published_when_that_comes_late():
    reports = coverage()
    before = story_ids(stories_of([reports[0], *reports[3:]]))
    assert story_ids(stories_of(reports))["report"] == before["release"]
    assert story_ids(stories_of(reports[1:]))["report"] != before["release"]


@given(streams(), st.randoms())
@settings(deadline=None, max_examples=12)
def test_the_order_of_arrival_changes_no_story_and_each_report_is_on_one(reports, rng):
    found = stories_of(reports)
    shuffled = rng.sample(reports, k=len(reports))
    assert stories_of(shuffled) == found
    assert sorted(story_ids(found)) == sorted(each.article_id for each in reports)
    assert sum(len(story.memberships) for story in found.stories) == len(reports)


@given(streams(), st.data())
@settings(deadline=None, max_examples=12)
def test_corrections_survive_every_later_run(reports, data):
    if len(reports) < 3:
        return
    ids = [each.article_id for each in reports]
    joined = data.draw(st.lists(st.sampled_from(ids), min_size=2, max_size=3, unique=True))
    said = merge(joined, by="an editor", at=NOON, why="one event")
    found = story_ids(stories_of(reports, [said]))
    assert len({found[article_id] for article_id in joined}) == 1
    members = [article_id for article_id in ids if found[article_id] == found[joined[0]]]
    parted = split(members, joined[0], by="an editor", at=NOON.replace(hour=13), why="another event")
    after = story_ids(stories_of(reports, [parted, said]))
    assert list(after.values()).count(after[joined[0]]) == 1
    undone = undo(parted, by="an editor", at=NOON.replace(hour=14), why="after all")
    assert story_ids(stories_of(reports, [said, undone, parted])) == found


def test_a_group_that_names_an_unknown_article_is_refused():
    reports = coverage()
    with pytest.raises(ValueError, match="each once"):
        cluster(reports[1:], group(reports))


def test_batches_in_any_order_end_where_one_batch_would():
    reports, story, _ = made_up(160)
    at_once = bcubed(arrived(OpenWindow(), reports).stories(), story).f1
    assert arrived(OpenWindow(), reports).stories() == story_ids(stories_of(reports))
    for seed in range(2):
        window = OpenWindow()
        shuffled = random.Random(seed).sample(reports, k=len(reports))
        for start in range(0, len(shuffled), 32):
            window = arrived(window, shuffled[start : start + 32])
        assert bcubed(window.stories(), story).f1 >= at_once - 0.005
        assert set(window.near_duplicate_groups()) == set(story)


def test_what_a_window_holds_already_changes_nothing():
    reports, _, _ = made_up(60)
    window = arrived(OpenWindow(), reports)
    assert arrived(window, reports[:30]) is window


def test_a_closed_day_leaves_the_window_and_the_stories_of_the_rest_alone():
    reports, _, _ = made_up(80)
    window = arrived(OpenWindow(), reports)
    middle = sorted(each.day for each in reports)[40]
    rest = closed(window, middle)
    kept = {each.article_id for each in reports if each.day >= middle}
    assert set(rest.stories()) == kept
    together = {frozenset(a for a in kept if window.stories()[a] == name) for name in window.stories().values()}
    assert {frozenset(a for a in kept if rest.stories()[a] == name) for name in rest.stories().values()} == together - {
        frozenset()
    }
    assert set(arrived(rest, made_up(20, seed=5)[0]).stories()) > kept


def test_stories_of_the_made_up_press_stay_at_least_as_good_as_they_were():
    reports, story, _ = made_up(400)
    assert bcubed(story_ids(stories_of(reports)), story).f1 >= 0.97


def test_a_fading_of_days_begins_at_once_and_ends_with_the_window():
    left = fading(np.array([0.0, 1.0, 6.0, 7.5, np.nan]))
    assert left[0] == 1.0
    assert 0.75 < left[1] < 0.85
    assert left[2] > 0.5
    assert left[3] == 0.0
    assert left[4] == 1.0


def test_a_likeness_counts_for_what_the_lonelier_of_the_two_could_have_had():
    twins_and_acquaintance = Neighbours(
        np.array([[0, 1], [0, 2], [1, 2], [2, 3], [2, 4], [3, 4]], np.int32),
        np.array([0.55, 0.2, 0.2, 0.5, 0.5, 0.5], np.float32),
    )
    assert clusters(twins_and_acquaintance, 5).tolist() == [0, 0, 2, 2, 2]
    assert clusters(Neighbours(np.array([[0, 1]], np.int32), np.array([0.2], np.float32)), 2).tolist() == [0, 0]
