"""An editor's word counts, the latest most, and can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.grouping.corrections import Agreement, agreement, corrected, labelled_pairs, merge, split, standing, undo

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
STORIES = [frozenset("abc"), frozenset("de"), frozenset("f")]


def said(minutes):
    return {"by": "an editor", "at": NOON + timedelta(minutes=minutes), "why": "read both"}


def test_a_merge_joins_whole_stories():
    assert corrected(STORIES, [merge("cd", **said(0))]) == (frozenset("abcde"), frozenset("f"))


def test_a_split_moves_its_article_to_a_story_of_its_own():
    assert corrected(STORIES, [split("abc", "b", **said(0))]) == (
        frozenset("ac"),
        frozenset("b"),
        frozenset("de"),
        frozenset("f"),
    )


def test_the_latest_word_counts():
    parted, joined = split("abc", "b", **said(0)), merge("ab", **said(1))
    assert corrected(STORIES, [joined, parted]) == tuple(STORIES)
    assert {pair.same_story for pair in labelled_pairs([parted, joined]) if {pair.a, pair.b} == {"a", "b"}} == {True}


def test_an_undo_takes_back_and_can_be_taken_back():
    joined = merge("cd", **said(0))
    taken_back = undo(joined, **said(1))
    again = undo(taken_back, **said(2))
    assert standing([taken_back, joined]) == ()
    assert standing([again, joined, taken_back]) == (joined,)


def test_articles_that_are_not_held_are_passed_over():
    assert corrected(STORIES, [merge("ax", **said(0)), split("xy", "x", **said(1))]) == tuple(STORIES)


def test_a_merge_of_one_and_a_split_of_one_are_refused():
    with pytest.raises(ValueError, match="two articles"):
        merge("a", **said(0))
    with pytest.raises(ValueError, match="alone"):
        split("a", "a", **said(0))


def test_a_correction_is_the_same_whenever_it_is_read():
    assert merge("ba", **said(0)) == merge("ab", **said(0))


def test_the_report_counts_pairs_by_what_was_done_and_what_should_be():
    pairs = labelled_pairs([merge("ab", **said(0)), merge("cd", **said(1)), split("de", "d", **said(2))])
    found = agreement({article: name for name, story in enumerate(map(sorted, STORIES)) for article in story}, pairs)
    assert found == Agreement(joined_and_should=1, joined_and_should_not=1, apart_and_should=0, apart_and_should_not=1)
    assert found.share == pytest.approx(1 / 3)
    assert agreement({}, pairs).share is None


@given(st.lists(st.tuples(st.booleans(), st.permutations("abcdef"), st.integers(2, 4)), max_size=6), st.randoms())
def test_corrections_keep_each_article_on_one_story_in_any_order(drawn, rng):
    corrections = [
        merge(ids[:size], **said(minute)) if joins else split(ids[:size], ids[0], **said(minute))
        for minute, (joins, ids, size) in enumerate(drawn)
    ]
    found = corrected(STORIES, corrections)
    assert sorted("".join("".join(story) for story in found)) == list("abcdef")
    assert corrected(STORIES, rng.sample(corrections, k=len(corrections))) == found
    if corrections:
        last = corrections[-1]
        stories = [next(story for story in found if article in story) for article in last.article_ids]
        assert len(set(stories)) == 1
        assert not stories[0] & set(last.apart_from)
