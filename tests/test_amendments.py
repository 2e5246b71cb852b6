"""Notes in which an outlet says what it got wrong: no figures of the report, and first among what is to be checked."""

from __future__ import annotations

import pytest

from pipeline.evidence.amendments import amendments, telling_part
from pipeline.evidence.figures import extract_figures
from tests.made_up import article

BODY = "The bridge fund is worth £48m and will mend 200 bridges, the board said."


@pytest.mark.parametrize(
    "note",
    [
        "This article was amended on 13 November 2024. An earlier version said the fund was worth £84m; it is £48m.",
        "An earlier version of this report gave the number of bridges as 2,000. It is 200.",
        "Correction: the fund is worth £48m, not £84m as we said.",
        "This story has been updated to correct the number of bridges. It was 200, not 2,000.",
        "CORRECTION (5 March): Due to an editing error a previous version of this story gave 2,000 bridges.",
        "• This article was amended on 13 November 2024. An earlier version said 2,000 bridges.",
        "Editor’s note: This story has been corrected to say that 200 bridges will be mended, and not 2,000.",
    ],
)
def test_a_note_on_what_was_wrong_gives_no_figures_and_the_report_keeps_its_own(note):
    text = f"{BODY}\n\n{note}"
    (place,) = amendments(text)
    assert text[slice(*place)] == note
    found = extract_figures(article(text, title="Bridge fund"))
    assert [one.text for one in found] == [one.text for one in extract_figures(article(BODY, title="Bridge fund"))]


@pytest.mark.parametrize(
    "text",
    [
        "The bill was amended on Tuesday. It now gives £3m to towns.",
        "This story was updated on 13 November with 12 new pictures.",
        "An official said that the correct number was 214, and the earlier version of the plan had 241.",
    ],
)
def test_what_a_report_says_of_other_things_is_no_note_on_itself(text):
    assert amendments(text) == []


def test_a_note_is_told_by_what_the_earlier_version_said():
    note = "This article was amended on 13 November 2024. An earlier version said that it opened in May."
    assert note[slice(*telling_part(note, (0, len(note))))] == "An earlier version said that it opened in May."
