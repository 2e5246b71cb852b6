"""B-cubed as Bagga and Baldwin defined it."""

from __future__ import annotations

import pytest

from pipeline.grouping.bcubed import bcubed


def test_the_example_of_the_definition():
    gold = dict(zip("123456789abc", "AAAAABBCCCCC", strict=True))
    found = dict(zip("123456789abc", "111112222222", strict=True))
    score = bcubed(found, gold)
    assert score.precision == pytest.approx((5 + 2 * 2 / 7 + 5 * 5 / 7) / 12)
    assert score.recall == 1.0
    assert score.f1 == pytest.approx(2 * score.precision / (score.precision + 1))


def test_groupings_of_other_things_are_refused():
    with pytest.raises(ValueError, match="same things"):
        bcubed({"a": 1}, {"b": 1})
    with pytest.raises(ValueError, match="same things"):
        bcubed({}, {})
