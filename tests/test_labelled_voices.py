from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.labelled_voices import Score, read_labelled, score, total
from tests.made_up import lexicon

FOLDER = Path(__file__).parent / "data" / "labelled" / "voices"
ARTICLES = sorted(FOLDER.glob("*.txt"))


@pytest.fixture(scope="module")
def reached() -> Score:
    return total([score(read_labelled(path), lexicon()) for path in ARTICLES])


@pytest.fixture(scope="module")
def floors() -> dict[str, float]:
    return json.loads((FOLDER / "floors.json").read_text("utf-8"))


def test_there_are_enough_labels_for_a_share_to_mean_something(reached):
    assert (reached.quotes, reached.figures) >= (60, 100)


def test_quotes_keep_their_speakers_and_their_words(reached, floors):
    told = "\n".join(reached.wrong)
    assert reached.right_speaker / reached.quotes >= floors["right_speaker"], told
    assert reached.exact_span / reached.quotes >= floors["exact_span"], told
    assert reached.invented <= floors["invented_quotes_at_most"], told


def test_figures_keep_value_unit_and_bound(reached, floors):
    told = "\n".join(reached.wrong)
    assert reached.figures_right / reached.figures >= floors["figure_recall"], told
    assert reached.figures_right / reached.figures_found >= floors["figure_precision"], told


LABELLED = """title: Bridge closed
day: 2024-02-12
---
“⟪1|The bridge is shut,⟫” said Ann Hale. It cost [[£5m|5e6 GBP]] and [[up to 30|30 homes up_to]] homes.
---
1 = Ann Hale
"""


@pytest.mark.parametrize(
    ("right", "wrong", "lost"),
    [
        ("1 = Ann Hale", "1 = Tom Hale", "right_speaker"),
        ("⟪1|The bridge", "The ⟪1|bridge", "exact_span"),
        ("5e6 GBP", "6e6 GBP", "figures_right"),
        ("30 homes up_to", "30 homes", "figures_right"),
        ("|30 homes up_to]]", "|?]]", "figures"),
    ],
)
def test_a_label_that_the_reading_does_not_meet_is_counted_and_told(tmp_path, right, wrong, lost):
    path = tmp_path / "bridge.txt"
    path.write_text(LABELLED, "utf-8")
    met = score(read_labelled(path), lexicon())
    assert met.wrong == ()
    path.write_text(LABELLED.replace(right, wrong), "utf-8")
    missed = score(read_labelled(path), lexicon())
    assert getattr(missed, lost) < getattr(met, lost)
    assert missed.wrong or lost == "figures"
