"""`pipeline group`: one answer a line, in the order given, whatever the lines hold."""

from __future__ import annotations

import io
import json

import pytest

from pipeline.commands.grouping_command import instant_of, run
from pipeline.errors import Misuse
from pipeline.grouping.bcubed import bcubed
from pipeline.grouping.near_duplicates import group
from pipeline.grouping.stories import cluster
from tests.reports_made import made_up


def answers(lines, **options):
    out = io.StringIO()
    count = run(lines, out, **options)
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert count == len(found)
    return found


def line(article_id, title="", text="", **more):
    return json.dumps({"id": article_id, "title": title, "text": text, **more})


def lines_of(reports):
    return [line(each.article_id, each.title, each.text, date=each.published_at.isoformat()) for each in reports]


def test_the_answers_are_those_of_the_library_in_the_order_given():
    reports, _, work = made_up(150)
    found = answers(lines_of(reports))
    assert [each["id"] for each in found] == [each.article_id for each in reports]
    grouped = cluster(reports, group(reports))
    ids = {
        member.article_id: (member.group_id, each.story_id) for each in grouped.stories for member in each.memberships
    }
    assert {each["id"]: (each["near_duplicate_group"], each["story"]) for each in found} == ids
    assert bcubed({each["id"]: each["near_duplicate_group"] for each in found}, work).f1 >= 0.99


def test_to_explain_adds_the_evidence_of_each_membership():
    reports, _, _ = made_up(40)
    found = answers(lines_of(reports), explain=True)
    first_of = {}
    for each in found:
        first_of.setdefault(each["story"], []).append(each)
    joined = [each for story in first_of.values() for each in story if len(story) > 1 and each["because"]]
    assert joined
    assert all({"kind", "detail", "weight", "tied_to"} == set(reason) for each in joined for reason in each["because"])
    assert {reason["tied_to"] for each in joined for reason in each["because"]} <= {each["id"] for each in found}


def test_missing_titles_dates_and_texts_are_answers_not_errors():
    lines = [
        json.dumps({"id": 1, "title": None, "text": None, "date": None}),
        json.dumps({"id": "2"}),
        line("3", "Wall breaks", date="not known"),
        "",
        line("4", "Wall breaks", date="Thu, 05 Mar 2026 09:30:00 GMT"),
    ]
    found = answers(lines)
    assert [each["id"] for each in found] == ["1", "2", "3", "4"]
    assert found[2]["story"] == found[3]["story"] != found[0]["story"]
    assert len({each["story"] for each in found}) == 3


def test_an_id_that_names_two_texts_is_grouped_by_the_text():
    reports, _, _ = made_up(6)
    same_id = [line("twice", each.title, each.text) for each in reports]
    assert len({each["story"] for each in answers(same_id)}) == len(
        {each["story"] for each in answers(lines_of(reports))}
    )


def test_a_line_that_is_no_article_is_refused_before_anything_is_written():
    out = io.StringIO()
    for wrong in ("{", "[]", '{"title": "no id"}', '"text"', '{"id": ["a"]}'):
        with pytest.raises(Misuse, match="line 2"):
            run([line("a"), wrong], out)
    assert out.getvalue() == ""


def test_texts_that_no_encoding_can_hold_and_endless_ones_are_grouped():
    lines = [line("\ud800", "lone \ud800", "wall " * 10), line("long", "storm", "storm wall " * 300_000)]
    assert [each["id"] for each in answers(lines, explain=True)] == ["\ud800", "long"]


def test_no_lines_give_no_answers():
    assert answers([]) == []


def test_progress_is_told():
    told = []
    answers([line("a", "x", "y")], progress=told.append)
    assert told[0].startswith("read 1 articles")


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-03-05", "2026-03-05T00:00:00+00:00"),
        ("2026-03-05T12:00:00+02:00", "2026-03-05T10:00:00+00:00"),
        ("2026-03-05T12:00:00Z", "2026-03-05T12:00:00+00:00"),
        ("Thu, 05 Mar 2026 09:30:00 GMT", "2026-03-05T09:30:00+00:00"),
        ("yesterday", None),
        ("", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_dates_of_any_kind_are_read_as_instants_or_not_at_all(date, expected):
    found = instant_of(date)
    assert (found.isoformat() if found else None) == expected
