"""pipeline quarantine: what was turned away is listed with its reason, retried with new rules, or let through."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.commands.quarantine import quarantine_rows, released, retried, shown
from pipeline.commands.run_command import ingest_and_report
from pipeline.edges import warehouse
from pipeline.errors import Misuse
from pipeline.settings import settings
from tests import morning

BODY = (
    "Ministers announced a plan for the railways of the north on Monday, which they said would cost £3 million.\n\n"
    "Unions said that the plan was too late and too small for the thousands of people who use the line every day.\n"
)

pytestmark = pytest.mark.long
PAGES = {
    "rule": f"Rail plan announced for the north\n\nBy Ann Moss\n\n6 March 2023\n\n{BODY}",
    "ahead": f"Bridge to open next year\n\nBy Ben Hale\n\n6 March 2199\n\n{BODY.replace('railways', 'roads')}",
    "good": f"Ferry fares to rise in spring\n\nBy Cara Lund\n\n6 March 2023\n\n{BODY.replace('railways', 'ferries')}",
}


def quiet(text: str) -> None:
    pass


def titles() -> list[str]:
    with warehouse.reader(settings().published_path) as connection:
        return [title for (title,) in connection.execute("select title from articles order by title").fetchall()]


def by_reason() -> dict[str, dict]:
    return {row["rule"]: row for row in quarantine_rows() if row["state"] == "open"}


# The gate runs three times: only that shows that what is let through has passed it.
def test_what_is_turned_away_is_retried_with_new_rules_or_released_and_passes_the_gate_again(tmp_path, capsys):
    source = tmp_path / "source"
    source.mkdir()
    for name, text in PAGES.items():
        (source / f"{name}.txt").write_text(text, encoding="utf-8")
    with morning.data_folder(tmp_path / "data"):
        rules = settings().seeds_dir / "furniture.csv"
        as_shipped = rules.read_text(encoding="utf-8")
        rules.write_text(as_shipped + "line,rail .*,a rule that takes a headline for a menu\n", encoding="utf-8")
        ingest_and_report([source], say=quiet)
        assert titles() == ["Ferry fares to rise in spring"]
        rows = by_reason()
        assert rows.keys() == {"no_title", "no_date_in_the_future"}
        assert "Rail plan" in rows["no_title"]["value"]
        assert "2199" in rows["no_date_in_the_future"]["value"]
        assert shown(rows["no_date_in_the_future"]["quarantine_id"][:8])["title"] == "Bridge to open next year"

        unread = rows["no_title"]["quarantine_id"]
        with pytest.raises(Misuse, match="retry it instead"):
            released(unread, why="it is right", now=datetime.now(UTC), say=quiet)
        rules.write_text(as_shipped, encoding="utf-8")
        assert retried([unread], say=quiet) == "1 of 2 pass now; 1 stay in quarantine."
        assert titles() == ["Ferry fares to rise in spring", "Rail plan announced for the north"]

        ahead = rows["no_date_in_the_future"]["quarantine_id"]
        with pytest.raises(Misuse, match="reason"):
            released(ahead, why=" ", now=datetime.now(UTC), say=quiet)
        said = released(ahead, why="the page is right: it is an anniversary", now=datetime.now(UTC), say=quiet)
        assert said.startswith("Released: ")
        assert len(titles()) == 3
        assert by_reason() == {}
        states = {row["rule"]: row["state"] for row in quarantine_rows()}
        assert states == {"no_title": "resolved", "no_date_in_the_future": "released"}
        assert shown(ahead)["why_released"] == "the page is right: it is an anniversary"


def test_an_id_of_nothing_is_misuse(tmp_path):
    with morning.data_folder(tmp_path / "data"), pytest.raises(Misuse):
        shown("ffffffff")
