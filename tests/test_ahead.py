"""Which of the days that a text names lie ahead."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from pipeline.digests.ahead import clause_with_date, dates_ahead
from tests.made_up import article


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("A bill that would have set a limit failed in the Senate in March by two votes.", []),
        ("The slip that was to open this year closed in February after the storm.", []),
        ("The first towns will join in January.", [date(2025, 1, 1)]),
        ("The vote is expected in March.", [date(2025, 3, 1)]),
        ("“Who is going to wash and feed them on Monday?” she said.", []),
        ("“Who will wash and feed them on Monday morning?”", []),
        ("The towns selected will be told in January 2025.", [date(2025, 1, 1)]),
    ],
)
def test_a_month_without_a_year_is_ahead_only_where_nothing_was_done_in_it(text, ahead):
    found = dates_ahead(article(text), day=date(2024, 11, 12), zone=ZoneInfo("Europe/London"), within_days=365)
    assert [one.on for one in found] == ahead


def test_of_a_long_sentence_the_clause_with_the_date_is_told():
    text = (
        "We ask that you bring back the 12,000 posts that were cut in the ten years since the harbour was rebuilt by "
        "the board; and that you will meet us before the vote on 17 March."
    )
    (one,) = dates_ahead(article(text), day=date(2025, 3, 3), zone=ZoneInfo("Europe/London"), within_days=365)
    assert text[clause_with_date(text, one) : one.end] == "that you will meet us before the vote on 17 March."
    short = "Boats land at the quay; the vote will be on 17 March."
    (one,) = dates_ahead(article(short), day=date(2025, 3, 3), zone=ZoneInfo("Europe/London"), within_days=365)
    assert clause_with_date(short, one) == 0
