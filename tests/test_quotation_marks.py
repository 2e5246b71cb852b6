from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evidence.quotation_marks import find_marks
from pipeline.sentences import paragraphs


def runs(text: str) -> list[str]:
    return [text[run.start : run.end] for run in find_marks(text, paragraphs(text)).runs]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“We will act,” she said.", ["We will act,"]),
        ('"We will act," she said.', ["We will act,"]),
        ("‘We will act,’ she said.", ["We will act,"]),
        ("'We will act,' she said.", ["We will act,"]),
        ("``We will act,'' she said.", ["We will act,"]),
        ("«We will act», she said.", ["We will act"]),
        ('“We will act," she said.', ["We will act,"]),
        ("“ We will act, “ she said.", ["We will act,"]),
        ("He said ‘the workers’ rights are safe,’ and left.", ["the workers’ rights are safe,"]),
        ("“She told us ‘no’ twice,” he said.", ["She told us ‘no’ twice,"]),
        ("‘She told us “no” twice,’ he said.", ["She told us “no” twice,"]),
        ("In the '90s the councils' budgets grew; it's so.", []),
        ("Rock 'n' roll and the girls’ school.", []),
        ('A 6" pipe burst.', []),
    ],
)
def test_a_run_is_what_stands_between_its_marks(text, inside):
    assert runs(text) == inside


def test_a_mark_that_is_not_closed_in_its_paragraph_leaves_the_run_open():
    text = "“One goes on.\n\n“Two ends.”"
    found = find_marks(text, paragraphs(text)).runs
    assert [(text[run.start : run.end], run.closed) for run in found] == [("One goes on.", False), ("Two ends.", True)]


def test_a_single_mark_at_the_head_of_a_paragraph_may_stay_open_too():
    text = "‘One goes on.\n\n‘Two ends.’"
    assert [run.closed for run in find_marks(text, paragraphs(text)).runs] == [False, True]


def test_a_closing_mark_that_nothing_opened_is_reported():
    text = "We will act.”\n\nThe plan is new."
    marks = find_marks(text, paragraphs(text))
    assert marks.runs == ()
    assert marks.stray_closings == (text.index("”"),)


@given(st.text(alphabet="ab .,\n“”‘’\"'", max_size=120))
def test_runs_come_in_order_and_none_overlaps_another(text):
    found = find_marks(text, paragraphs(text)).runs
    assert all(run.outer_start <= run.start <= run.end <= run.outer_end for run in found)
    assert all(a.outer_end <= b.outer_start for a, b in pairwise(found))
