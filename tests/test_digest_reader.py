"""Rows of the warehouse → what a digest says of them."""

from __future__ import annotations

from pipeline.edges.digest_reader import turned_away


def row(count: int, **others: str) -> dict[str, object]:
    given = {"stage": "check", "dataset": "articles", "reason": "failed_expectation", "rule": "titles_are_headlines"}
    return given | others | {"item_count": count}


def test_what_is_in_quarantine_is_one_line_for_each_kind_of_thing_and_reason():
    rows = [
        row(1),
        row(20, rule="bodies_have_words"),
        row(1, stage="read_documents", dataset="documents", reason="binary"),
        row(3, stage="fetch_pages", dataset="pages", reason="http_status"),
        row(2, dataset="quotes"),
    ]
    assert [trouble.text for trouble in turned_away(rows)] == [
        "21 items held in quarantine (failed expectation)",
        "1 document could not be read (binary)",
        "3 pages could not be fetched (http status)",
        "2 quotes held in quarantine (failed expectation)",
    ]
