"""What two texts share is found by class and told in words."""

from __future__ import annotations

from pipeline.grouping.story_evidence import evidence, long_runs, shared_names, told
from tests.reports_made import DAY, OTHER_YEAR, RELEASE, REPORT, report


def found(a, b):
    return {because.kind: because.detail for because in evidence(a, b)}


def test_a_shared_quotation_is_found_where_only_one_of_the_texts_marks_it():
    unmarked = RELEASE.replace("“", "").replace("”", "")
    kinds = found(report("a", "x", unmarked), report("b", "y", REPORT))
    assert "this government has done more than any other" in kinds["shared_quotation"]


def test_the_same_sum_is_the_same_however_it_is_written():
    assert (
        found(report("a", "", "It will cost £60 million."), report("b", "", "Some £60m was set aside."))[
            "shared_figure"
        ]
        == "both give £60 million"
    )


def test_a_year_is_no_figure():
    assert "shared_figure" not in found(report("a", "", "Since 2010 houses."), report("b", "", "In 2010 houses fell."))


def test_a_count_needs_its_noun():
    same = found(report("a", "", "They lost 9,000 homes."), report("b", "", "Some 9,000 homes were lost."))
    other = found(report("a", "", "They lost 9,000 homes."), report("b", "", "Some 9,000 sheep were lost."))
    assert same["shared_figure"] == "both give 9,000 home"
    assert "shared_figure" not in other


def test_people_are_told_apart_from_named_things():
    one, other = told("", f"The plan: {RELEASE}"), told("", f"The plan: {OTHER_YEAR}")
    assert "National Dredging Agency" in shared_names(one, other)
    speakers = told("", "On Monday Edda Quill said so."), told("", "It was Edda Quill who came.")
    assert shared_names(*speakers) == []


def test_long_runs_are_listed_longest_first_and_each_word_once():
    runs = long_runs(told("", RELEASE), told("", REPORT))
    assert runs == sorted(runs, key=lambda run: -run.count(" "))
    assert sum(run.count(" ") + 1 for run in runs) <= len(told("", REPORT).words)


def test_dates_are_told_as_days():
    a, later, undated = report("a", "x", "y"), report("b", "x", "y", days=1), report("c", "x", "y", days=None)
    assert found(a, a)["date"] == f"both published on {DAY:%-d %B %Y}"
    assert found(a, later)["date"] == "published 1 day apart"
    assert "no date" in found(a, undated)["date"]


def test_two_texts_with_nothing_in_common_say_so():
    assert found(report("a", "Fire", "A mill burned."), report("b", "Vote", "Members met."))["topic"] == (
        "no term in common"
    )
    assert found(report("a", "", ""), report("b", "", ""))["topic"] == "no term in common"
