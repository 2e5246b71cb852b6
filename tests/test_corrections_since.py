"""Past issues byte for byte as they were known then, and what the next issue says of a text that changed since."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from pipeline.commands.digest_command import digest_of
from pipeline.digests.corrections_since import corrections_since
from pipeline.digests.digest_data import Correction
from pipeline.digests.digest_issue import digest_rules
from tests import morning
from tests.made_up import article

LATER = morning.RECEIVED_AT + timedelta(days=1)
NEXT_DAY = b"""Home
News
Hubs are a start, say shopkeepers
By Ravi Sandhu
11 March 2022 11:05 GMT
Shopkeepers in Millbrook say that the Home Office's plan for policing hubs is a start and that they want to see it work.

The first of them is to open in the old bank on the market square, which has stood empty for three years.
"""


@pytest.fixture(scope="module")
def corrected(a_morning, tmp_path_factory):
    """The morning, then one report with another amount and other quoted words, and a report of the day after."""
    folder = tmp_path_factory.mktemp("corrected") / "data"
    shutil.copytree(a_morning, folder)
    shutil.copytree(a_morning.parent / "seed-data", folder.parent / "seed-data")
    (changed,) = morning.texts("courier").values()
    changed = changed.replace("£310 million".encode(), "£130 million".encode())
    changed = changed.replace(b"for years. That ends", b"for a decade. That ends")
    morning.configure(folder, changed, "The Severn Courier")
    with morning.data_folder(folder):
        morning.ingested(folder, {"changed.txt": changed, "next_day.txt": NEXT_DAY}, now=LATER)
    return folder


@pytest.mark.parametrize("form", ["html", "md", "json"])
def test_any_past_issue_is_made_again_byte_for_byte(a_morning, corrected, form):
    first = (a_morning / "digests" / f"2022-03-10.{form}").read_text(encoding="utf-8")
    known_then = morning.RECEIVED_AT + timedelta(hours=1)
    with morning.data_folder(corrected):
        assert digest_of("2022-03-10", as_of=known_then.isoformat(), form=form, brief=False) == first
        assert digest_of("2022-03-10", as_of=None, form=form, brief=False) != first


def test_the_newest_issue_is_what_lies_on_disk(corrected):
    with morning.data_folder(corrected):
        for day in ("2022-03-08", "2022-03-09", "2022-03-10", "2022-03-11"):
            on_disk = (corrected / "digests" / f"{day}.html").read_text(encoding="utf-8")
            assert digest_of(day, as_of=None, form="html", brief=False) == on_disk


def test_the_next_issue_says_what_changed_since_which_issue(corrected):
    said = morning.told(morning.digest(corrected, "2022-03-11")["corrections"])
    assert len(said) == 2
    assert all(line.startswith("Issue of 10 March 2022, Severn Courier: ") for line in said)
    assert "for years" in said[0]
    assert "for a decade" in said[0]
    assert "310 million" in said[1]
    assert "130 million" in said[1]


def test_the_issue_that_it_concerns_says_so_too_and_an_earlier_one_does_not(corrected):
    assert len(morning.digest(corrected, "2022-03-10")["corrections"]) == 2
    assert morning.digest(corrected, "2022-03-09")["corrections"] == []


def test_a_correction_leads_to_the_words_before_and_after(corrected):
    line = morning.digest(corrected, "2022-03-11")["corrections"][1]
    quoted = [part for part in line["parts"] if part["claim"] == "quote"]
    assert "£310 million" in quoted[0]["witnesses"][0]["words"]
    assert "£130 million" in quoted[1]["witnesses"][0]["words"]


def test_texts_that_nobody_changed_have_no_corrections(a_morning):
    assert morning.digest(a_morning, "2022-03-10")["corrections"] == []


def test_a_note_that_was_added_is_told_by_what_it_says_of_the_earlier_version(here):
    old = article("The board will get £410,000 for boats.", outlet="Courier")
    note = "Correction: An earlier version said that the board would get £410,000. The correct sum is £140,000."
    new = article(f"The board will get £140,000 for boats.\n\n{note}", outlet="Courier")
    change = Correction(covered_on=date(2025, 3, 3), old=old, new=new, old_quotes=(), new_quotes=())
    data = SimpleNamespace(day=date(2025, 3, 4), corrections=(change,))
    said = [line.text for line in corrections_since(data, digest_rules(here))]
    assert len(said) == 2
    assert said[0].endswith("£140,000 for boats”.")
    assert said[1].endswith(": “Correction: An earlier version said that the board would get £410,000” was added.")
