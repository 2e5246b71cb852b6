"""An hour brought into what is known of the weeks around it leaves what grouping all of it anew would leave."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.made_up import articles
from pipeline import grouping_steps, steps
from pipeline.edges.partitions import Partitions
from pipeline.edges.window_files import read_window, write_window
from pipeline.grouping.bcubed import bcubed
from pipeline.grouping.corrections import merge
from pipeline.grouping.near_duplicates import group
from pipeline.grouping.open_window import OpenWindow, arrived, foremost, without
from pipeline.grouping.reports import first_published, report_of
from pipeline.grouping.stories import cluster
from pipeline.grouping.vectors import TermStatistics
from pipeline.grouping.window_stories import Place, changed_stories, explained, groups_of, places
from pipeline.model import Article, Excerpt, Placement, StoryLink
from tests.made_days import FIRST, made_of, made_up_article
from tests.newsroom import newsroom

HELD = 90


def press() -> list[Article]:
    """Three days of a made-up press, with copies, first published first."""
    rng = random.Random(5)
    made = sorted(articles(HELD, days=3.0, seed=11), key=lambda each: each.published_at)
    shift = {each.article_id: each.published_at - made[0].published_at for each in made}
    found = []
    for each in made:
        article = made_up_article(each, FIRST, rng, ("Courier", "Gazette", "Herald"), "w")
        at = article.published_at.replace(hour=6, minute=0) + shift[each.article_id]
        found.append(replace(article, published_at=at))
    return found


@pytest.fixture(scope="module")
def reports():
    return [report_of(article) for article in press()]


def stories_told(grouped):
    return {each.article_id: story.story_id for story in grouped.stories for each in story.memberships}


def reading(reports):
    by_id = {each.article_id: each for each in reports}
    return lambda ids: {article_id: by_id[article_id] for article_id in ids}


def test_a_window_filled_at_once_tells_the_stories_copies_reasons_and_links_that_grouping_tells(reports):
    anew = cluster(reports, group(reports))
    window = arrived(OpenWindow(), reports)
    now = places(window, [], {})
    told = explained(window, now, {place.story_id for place in now.values()}, reading(reports))
    assert told.stories == anew.stories
    assert [(link.from_story_id, link.to_story_id) for link in told.links] == [
        (link.from_story_id, link.to_story_id) for link in anew.links
    ]
    assert {each.article_ids for each in groups_of(window, now, set(stories_told(anew).values()))} == {
        each.article_ids for each in group(reports)
    }


def test_only_the_stories_of_what_arrives_are_told_again_and_only_their_texts_are_read(reports):
    before = arrived(OpenWindow(), reports[:-1])
    told = places(before, [], {})
    window = arrived(before, reports[-1:])
    now = places(window, [], told)
    changed = changed_stories(now, told, {reports[-1].article_id})
    read = []

    def reader(ids):
        read.extend(ids)
        return reading(reports)(ids)

    found = explained(window, now, changed, reader)
    assert now[reports[-1].article_id].story_id in changed
    assert {story.story_id for story in found.stories} == changed
    assert len(read) < len(reports) / 2


def test_a_story_whose_first_report_has_left_the_window_keeps_its_id(reports):
    window = arrived(OpenWindow(), reports)
    told = places(window, [], {})
    first = next(
        each for each in reports if sum(place.story_id == told[each.article_id].story_id for place in told.values()) > 2
    )
    rest = [article for article, place in told.items() if place.story_id == told[first.article_id].story_id]
    gone = {first.article_id}
    kept = without(window, gone | window.bereft(gone))
    again = arrived(kept, [each for each in reports if each.article_id not in gone])
    now = places(again, [], told)
    assert {now[article].story_id for article in rest if article not in gone} == {told[first.article_id].story_id}
    assert changed_stories(now, told, set()) == set()


def test_a_copy_that_outlives_the_fullest_text_of_its_group_is_found_by_what_comes_next(reports):
    now = places(arrived(OpenWindow(), reports), [], {})
    story_of = {article: place.story_id for article, place in now.items()}
    group_of = {article: place.group_id for article, place in now.items()}
    found = 0
    for late in reports:
        beside = [each for each in reports if story_of[each.article_id] == story_of[late.article_id] and each != late]
        groups = {group_of[each.article_id] for each in beside}
        if len(beside) < 2 or len(groups) != 1 or group_of[late.article_id] in groups:
            continue  # wanted: copies of one text, and one report of the same event in other words
        before = arrived(OpenWindow(), [each for each in reports if each != late])
        row = next(row for row, each in enumerate(before.ids) if each in {one.article_id for one in beside})
        gone = {before.ids[before.fullest()[row]]}
        kept = without(before, gone | before.bereft(gone))
        after = places(arrived(kept, [each for each in reports if each.article_id not in gone]), [], {})
        left = next(each.article_id for each in beside if each.article_id not in gone)
        assert after[left].story_id == after[late.article_id].story_id
        found += 1
    assert found


def test_of_two_parts_of_a_story_only_the_earlier_keeps_an_id_whose_first_article_is_gone(reports):
    window = arrived(OpenWindow(), reports)
    alone = {place.story_id for place in places(window, [], {}).values()}
    told = {report.article_id: Place("g", "one that was told before") for report in reports}
    now = places(window, [], told)
    assert len({place.story_id for place in now.values()}) == len(alone)
    earliest = min(reports, key=first_published)
    assert {a for a, place in now.items() if place.story_id == "one that was told before"} >= {earliest.article_id}


def test_an_editors_word_counts_in_the_window(reports):
    window = arrived(OpenWindow(), reports)
    told = places(window, [], {})
    one, other = (story for story in sorted({place.story_id for place in told.values()})[:2])
    ids = [next(a for a, place in told.items() if place.story_id == story) for story in (one, other)]
    said = merge(ids, by="ed", at=reports[0].published_at, why="one event")
    now = places(window, [said], told)
    assert now[ids[0]].story_id == now[ids[1]].story_id
    found = explained(window, now, changed_stories(now, told, set()), reading(reports))
    assert {ids[0], ids[1]} <= stories_told(found).keys()


def test_a_windows_statistics_are_those_of_its_texts_whatever_came_and_went(reports):
    rng = random.Random(4)
    window = OpenWindow()
    for start in range(0, len(reports), 30):
        window = arrived(window, reports[start : start + 30])
        gone = set(rng.sample(window.ids, k=8))
        window = without(window, gone)
        texts = np.flatnonzero(window.fullest() == np.arange(len(window.ids)))
        assert 0 < len(texts) < len(window.ids)
        anew = TermStatistics().with_rows(window.rows.take(texts))
        assert window.statistics.articles == anew.articles
        assert (window.statistics.holding == anew.holding).all()
        assert (window.statistics.naming == anew.naming).all()
        assert (window.statistics.plain == anew.plain).all()


SOME_ROWS = st.lists(st.tuples(st.integers(0, 5), st.sampled_from([1.0, 2.0, math.nan]), st.sampled_from("ab")))


@given(SOME_ROWS)
def test_the_foremost_of_each_label_is_the_first_by_what_is_known_and_then_by_id(drawn):
    first = {}
    label = np.array([first.setdefault(of, row) for row, (of, _, _) in enumerate(drawn)], np.int64)
    ids = [f"{letter}{row}" for row, (_, _, letter) in enumerate(drawn)]
    day = np.array([day for _, day, _ in drawn])
    expected = [
        min(
            (row for row in range(len(drawn)) if label[row] == of),
            key=lambda row: (math.isnan(day[row]), 0.0 if math.isnan(day[row]) else day[row], ids[row]),
        )
        for of in label
    ]
    assert foremost(label, ids, day).tolist() == expected


def test_a_window_read_from_its_file_goes_on_as_the_one_in_memory(reports, tmp_path):
    window = arrived(OpenWindow(), reports[:60])
    marks = {report.article_id: 7 for report in reports}
    write_window(tmp_path / "window.npz", window, marks)
    kept = read_window(tmp_path / "window.npz")
    assert kept.marks == {report.article_id: 7 for report in reports[:60]}
    ids = places(arrived(window, reports[60:]), [], {})
    assert places(arrived(kept.window, reports[60:]), [], {}) == ids


def test_a_file_that_is_cut_off_or_made_by_other_code_is_no_window(reports, tmp_path):
    path = tmp_path / "window.npz"
    assert read_window(path).marks == {}
    write_window(path, arrived(OpenWindow(), reports[:5]), {report.article_id: 7 for report in reports})
    path.write_bytes(path.read_bytes()[:-200])
    assert read_window(path).marks == {}


class Desk:
    """Batches on their way from articles to the published warehouse, without the gate."""

    def __init__(self, room):
        self.room = room
        self.partitions = Partitions.of(room.here)

    def bring(self, found: list[Article], batch: str) -> None:
        made_of(found, FIRST, batch).write(self.partitions)
        self.run(batch)

    def run(self, batch: str) -> None:
        grouping_steps.cluster_stories(grouping_steps.group_near_duplicates(f"articles/{batch}"))
        steps.load_warehouse(steps.follow_releases(f"placements/{batch}"))

    def stories(self) -> dict[str, str]:
        with duckdb.connect(str(self.room.here.published_path), read_only=True) as connection:
            return dict(connection.execute("select article_id, story_id from placements").fetchall())

    def written(self, batch: str) -> list[object]:
        return [
            self.partitions.read(f"placements/{batch}", Placement),
            self.partitions.read(f"story_links/{batch}", StoryLink),
        ]


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    """The same four batches brought into an open window, and grouped anew each time: (articles, in a window, anew)."""
    found = press()
    batches = [found[:50], found[50:70], found[70:80], found[80:]]
    out = []
    for articles_grouped_anew in (0, 10_000):
        folder = tmp_path_factory.mktemp("desk")
        with newsroom(folder, {}, regroup_articles=articles_grouped_anew) as room:
            desk = Desk(room)
            for number, some in enumerate(batches):
                desk.bring(some, f"batch-{number}")
            out.append((desk.stories(), desk.written("batch-3"), folder))
    return found, *out


def test_batches_brought_into_a_window_end_where_grouping_anew_ends(desks):
    _, (in_window, _, _), (anew, _, _) = desks
    assert in_window.keys() == anew.keys()
    assert bcubed(in_window, anew).f1 >= 0.99


def test_a_batch_brought_in_tells_fewer_stories_again_than_grouping_anew(desks):
    found, (_, (placed, _), _), (_, (all_placed, _), _) = desks
    assert {article.article_id for article in found[80:]} <= {each.article_id for each in placed}
    assert len(placed) < len(all_placed)


def test_a_batch_that_runs_twice_leaves_what_it_left_once(desks):
    _, (stories, written, folder), _ = desks
    with newsroom(folder, {}, regroup_articles=0) as room:
        desk = Desk(room)
        desk.run("batch-3")
        assert desk.written("batch-3") == written
        assert desk.stories() == stories


def test_an_article_that_comes_again_with_another_text_leaves_its_story(desks, tmp_path):
    found, _, _ = desks
    with newsroom(tmp_path, {}, regroup_articles=0) as room:
        desk = Desk(room)
        desk.bring(found[:60], "batch-0")
        before = desk.stories()
        moved = next(a for a in found[:60] if sum(story == before[a.article_id] for story in before.values()) > 1)
        other = "The harbour choir sang for the lifeboat crew on Sunday evening. " * 6
        edited = replace(moved, title=Excerpt("Choir sings for lifeboat"), text=other)
        desk.bring([edited, *found[60:70]], "batch-1")
        after = desk.stories()
        assert sum(story == after[moved.article_id] for story in after.values()) == 1
        written = desk.written("batch-1")
        assert {a for a, story in before.items() if story == before[moved.article_id]} <= {
            each.article_id for each in written[0]
        }
        desk.run("batch-1")
        assert desk.written("batch-1") == written


def test_an_hour_without_news_leaves_the_window_as_it_was(desks, tmp_path):
    found, _, _ = desks
    undated = replace(found[0], published_at=None, date_precision=None, dated_by=None)  # belongs to every hour's window
    with newsroom(tmp_path, {}, regroup_articles=0) as room:
        desk = Desk(room)
        desk.bring([undated, *found[1:20]], "batch-0")
        before = room.here.window_path.read_bytes()
        desk.bring([], "batch-1")
        assert room.here.window_path.read_bytes() == before
