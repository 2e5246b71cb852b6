"""Articles are joined by what they can expect of each other; how the work is cut up changes no cluster."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.grouping import linkage
from pipeline.grouping.linkage import clusters, expectation
from pipeline.grouping.neighbours import Neighbours


@st.composite
def graphs(draw):
    size = draw(st.integers(2, 30))
    every = [(a, b) for a in range(size) for b in range(a + 1, size)]
    pairs = draw(st.lists(st.sampled_from(every), unique=True, max_size=60))
    likeness = draw(st.lists(st.integers(20, 200), min_size=len(pairs), max_size=len(pairs)))
    return size, Neighbours(np.array(pairs, np.int32).reshape(-1, 2), np.array(likeness, np.float32) / 200)


@given(graphs())
@settings(deadline=None, max_examples=60)
def test_an_article_expects_the_mean_of_its_two_best(graph):
    size, near = graph
    for article, found in enumerate(expectation(near, size).tolist()):
        own = near.likeness[(near.pairs == article).any(axis=1)]
        best_two = sorted([0.0, 0.0, *own.tolist()])[-2:]
        assert found == pytest.approx(min(0.60, max(0.18, sum(best_two) / 2)), abs=1e-6)


@given(graphs())
@settings(deadline=None, max_examples=60)
def test_pieces_clustered_together_are_clustered_as_if_alone(graph):
    size, near = graph
    together = clusters(near, size).tolist()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(linkage, "_SMALL", 0)
        assert clusters(near, size).tolist() == together


def test_a_piece_that_is_too_large_is_cut_at_its_weaker_pairs(monkeypatch):
    triples = [(a, a + 1, 0.5) for a in range(0, 30, 3)] + [(a, a + 2, 0.5) for a in range(0, 30, 3)]
    triples += [(a + 1, a + 2, 0.5) for a in range(0, 30, 3)] + [(a + 2, a + 3, 0.3) for a in range(0, 27, 3)]
    near = Neighbours(
        np.array([(a, b) for a, b, _ in triples], np.int32), np.array([value for _, _, value in triples], np.float32)
    )
    whole = clusters(near, 30).tolist()
    monkeypatch.setattr(linkage, "LARGEST_PIECE", 5)
    assert clusters(near, 30).tolist() == whole == [a - a % 3 for a in range(30)]
