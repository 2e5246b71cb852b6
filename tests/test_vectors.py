"""Two articles are alike for what they share, whichever others are compared in the same run."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.grouping import article_likeness, first_sight, vectors
from pipeline.grouping import neighbours as neighbours_module
from pipeline.grouping.article_likeness import Comparable, alike
from pipeline.grouping.first_sight import (
    FEWEST_HOLDING,
    STORIES_COMPARED,
    candidate_pairs,
    heaviest_terms,
    likely_stories,
)
from pipeline.grouping.neighbours import Neighbours, neighbours
from pipeline.grouping.vectors import TermRows, TermStatistics, term_rows
from tests.reports_made import made_up, report, streams


def comparable(reports):
    rows = term_rows(reports)
    return Comparable.of(rows, TermStatistics().with_rows(rows).weights())


def every_pair(count):
    return np.stack(np.triu_indices(count, k=1), axis=1).astype(np.int64)


def by_hand(one: dict[int, np.ndarray], other: dict[int, np.ndarray]) -> float:
    """The six parts as the module names them, term by term; one, other: term → its words, names, lead, title weight."""
    shared = sorted(one.keys() & other.keys())
    cosines = sum((one[term] * other[term] for term in shared), np.zeros(4))
    told = max(sum(each[term][2] ** 2 for term in shared) for each in (one, other))
    headed = min(sum(each[term][3] ** 2 for term in shared) for each in (one, other))
    total = min(1.0, float(np.dot(cosines, [0.40, 0.15, 0.15, 0.05])) + 0.15 * told + 0.10 * headed)
    names = [sum(weights[1] > 0 for weights in each.values()) for each in (one, other)]
    total *= 0.4 if min(names) >= 1 and cosines[1] <= 0.05 else 1.0
    terms = max(5, min(len(one), len(other)))
    return max(0.0, total - 0.45 * (total * (1 - total) / terms) ** 0.5)


def test_a_likeness_is_the_sum_of_its_parts_less_the_doubt_where_no_particulars_speak(monkeypatch):
    monkeypatch.setattr(
        article_likeness, "speaking_for", lambda particulars, pairs, shared_numbers: np.ones(len(pairs))
    )
    reports = made_up(24)[0]
    found = comparable(reports)
    pairs = every_pair(len(reports))
    terms = [
        dict(zip(found.weighed.rows.term[start:end].tolist(), found.weighed.weights[start:end], strict=True))
        for start, end in itertools.pairwise(found.weighed.rows.starts)
    ]
    assert alike(found, pairs) == pytest.approx([by_hand(terms[a], terms[b]) for a, b in pairs], abs=1e-5)
    assert alike(found, np.array([[3, 3]])) == pytest.approx([1.0], abs=1e-5)


@given(streams(), st.integers(1, 400), st.integers(1, 4_000), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=15)
def test_how_many_are_compared_at_once_and_in_which_order_changes_no_likeness(reports, terms, cells, rng):
    found = comparable([*reports, report("empty", "", "")])
    pairs = every_pair(len(reports) + 1)
    before = alike(found, pairs)
    order = np.array(rng.sample(range(len(pairs)), k=len(pairs)), dtype=np.int64)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(article_likeness, "_TERMS_AT_ONCE", terms)
        patched.setattr(article_likeness, "_TABLE", cells)
        assert alike(found, pairs[order]) == pytest.approx(before[order], abs=1e-6)


@pytest.mark.parametrize("rows_at_once", [1, 5])
def test_how_many_articles_are_taken_and_weighed_at_once_changes_no_neighbour(monkeypatch, rows_at_once):
    rows = term_rows([*made_up(24)[0], report("empty", "", "")])
    by = TermStatistics().with_rows(rows).weights()
    index = heaviest_terms(rows, by)
    at_once = Neighbours.joined(list(neighbours(rows.take, index, rows.day, by)))
    monkeypatch.setattr(vectors, "_ROWS_WEIGHED_AT_ONCE", rows_at_once)
    monkeypatch.setattr(neighbours_module, "_ROWS_TAKEN_AT_ONCE", rows_at_once)
    by_parts = Neighbours.joined(list(neighbours(rows.take, index, rows.day, by)))
    assert len(at_once.pairs)
    assert by_parts.pairs.tolist() == at_once.pairs.tolist()
    assert by_parts.likeness.tolist() == at_once.likeness.tolist()


@given(streams())
@settings(deadline=None, max_examples=15)
def test_the_terms_of_an_article_do_not_depend_on_those_read_with_it(reports):
    together = term_rows(reports)
    alone = TermRows.joined([term_rows([each]) for each in reports])
    for column in ("starts", "term", "count", "place", "outlet"):
        assert np.array_equal(getattr(together, column), getattr(alone, column))


def test_a_title_counts_twice_and_a_name_is_what_stands_with_a_capital_inside_sentences():
    rows = term_rows(
        [report("a", "Harbour closed", "The harbour of Elmouth closed. Elmouth waits. Closed, says Elmouth.")]
    )
    told = sorted(zip(rows.count.tolist(), rows.place.tolist(), strict=True))
    in_title, in_lead, as_name, plain = 1, 2, 4, 8
    assert told == sorted(
        [
            (3, in_title | in_lead | plain),  # harbour: once in the title, once in the text
            (4, in_title | in_lead | plain),  # closed; where it begins a sentence, its capital says nothing
            (3, in_lead | as_name),  # Elmouth, of which one begins a sentence
            (1, in_lead | plain),  # waits
            (1, in_lead | plain),  # says
        ]
    )


def test_of_a_crowd_sixty_are_compared_and_beyond_them_those_that_are_sure():
    others = [" ".join(word_of(number, place) for place in range(2)) for number in range(120)]
    acquainted = pairs_compared([f"{other} harbour fair" for other in others])
    twins = pairs_compared(["harbour fair opens with a gale of brass bands and lanterns"] * 120)
    assert twins == 120 * 119 // 2
    assert 60 * 60 <= acquainted < twins


def test_a_new_article_is_compared_with_every_member_of_the_likeliest_stories_and_with_no_other():
    texts = [f"harbour fair of {word_of(number // 3, 0)} opens with lanterns" for number in range(90)]
    story = np.arange(90) // 3 * 3
    new = ["harbour fair opens with lanterns", f"harbour fair of {word_of(7, 0)} opens with lanterns"]
    rows = term_rows([report(f"c{number:03}", "", text) for number, text in enumerate([*texts, *new])])
    index = heaviest_terms(rows, TermStatistics().with_rows(rows).weights())
    (likely,) = likely_stories(index, rows.day, story)
    assert [90, 91] in np.concatenate(list(candidate_pairs(index, rows.day, new_from=90))).tolist()
    for row in (90, 91):
        compared = story[likely.pairs[likely.pairs[:, 1] == row, 0]]
        stories, members = np.unique(compared, return_counts=True)
        assert len(stories) == STORIES_COMPARED
        assert set(members) == {3}
    assert 21 in compared  # the fair of row 91
    assert likely.first.sum() == 2 * STORIES_COMPARED
    firsts = likely.pairs[likely.first]
    assert len({(row, story[of]) for of, row in firsts.tolist()}) == 2 * STORIES_COMPARED


@pytest.mark.parametrize(("least", "asked", "found"), [(0.1, 19, 19), (1.1, 1, 0)])
def test_a_story_whose_likeliest_member_is_no_neighbour_is_not_compared_further(monkeypatch, least, asked, found):
    compared = []

    def spied(articles, pairs):
        compared.append(len(pairs))
        return alike(articles, pairs)

    monkeypatch.setattr(neighbours_module, "alike", spied)
    monkeypatch.setattr(neighbours_module, "LEAST_LIKENESS", least)
    texts = [f"harbour fair of {word_of(3, 0)} opens with lanterns {word_of(5, number)}" for number in range(20)]
    rows = term_rows([report(f"c{number:03}", "", text) for number, text in enumerate(texts)])
    by = TermStatistics().with_rows(rows).weights()
    index = heaviest_terms(rows, by)
    near = list(neighbours(rows.take, index, rows.day, by, story=np.zeros(19, np.int64)))
    assert sum(len(each.pairs) for each in near) == found
    assert sum(compared) == asked


def test_among_what_is_open_an_article_is_looked_up_by_its_rarest_terms_alone(monkeypatch):
    monkeypatch.setattr(first_sight, "MOST_LOOKED_UP", 10)
    monkeypatch.setattr(first_sight, "FEWEST_LOOKED_UP", 1)
    texts = ["harbour lanterns"] * 12 + ["harbour brass"] * 4 + ["harbour brass lanterns"]
    rows = term_rows([report(f"c{number:03}", "", text) for number, text in enumerate(texts)])
    index = heaviest_terms(rows, TermStatistics().with_rows(rows).weights())
    (likely,) = likely_stories(index, rows.day, np.arange(16))
    assert set(likely.pairs[:, 0].tolist()) == {12, 13, 14, 15}


def test_a_term_of_many_articles_of_other_years_is_looked_up_and_one_of_as_many_of_these_days_is_not():
    def common_terms(days_between):
        texts = [f"harbour {word_of(number % 1000, number // 1000)}" for number in range(FEWEST_HOLDING + 50)]
        rows = term_rows([report(f"c{n:04}", "", text, days=n * days_between) for n, text in enumerate(texts)])
        index = heaviest_terms(rows, TermStatistics().with_rows(rows).weights())
        return int((np.bincount(index.indices) > FEWEST_HOLDING).sum())

    assert common_terms(days_between=2.0) == 1
    assert common_terms(days_between=0.0001) == 0


def test_what_is_taken_out_of_the_statistics_leaves_what_they_were():
    rows = term_rows(
        [report("a", "Harbour fair", "A fair in Eastmoor."), report("b", "Gale", "A gale blew, then rain.")]
    )
    both, first = TermStatistics().with_rows(rows), TermStatistics().with_rows(rows.take([0]))
    left = both.with_rows(rows.take([]), rows.take([1]))
    assert left.articles == first.articles
    assert (left.holding == first.holding).all()
    assert (left.naming == first.naming).all()
    assert (left.plain == first.plain).all()


def pairs_compared(texts):
    rows = term_rows([report(f"c{number:03}", "", text) for number, text in enumerate(texts)])
    index = heaviest_terms(rows, TermStatistics().with_rows(rows).weights())
    return sum(len(found) for found in candidate_pairs(index, rows.day))


def word_of(number, place):
    return "".join("bcdfghklmn"[int(digit)] + "a" for digit in f"{number:03}{place:02}")
