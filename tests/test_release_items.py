"""Releases in the digest and in the warehouse: line by line, with what reports added, left out, and never reported."""

from __future__ import annotations

import hashlib
import re

import duckdb
import pytest

from pipeline.digests.release_items import issued_by
from pipeline.digests.witnesses import in_line
from pipeline.edges import warehouse
from pipeline.edges.site_reader import read_stories
from pipeline.model import Excerpt, ReleaseLine
from pipeline.settings import settings
from pipeline.site.releases import release_views
from tests import morning
from tests.made_up import release


@pytest.fixture(scope="module")
def issue(a_morning):
    return morning.digest(a_morning, "2022-03-10")


def rows(folder, sql):
    with duckdb.connect(str(folder / "published" / "press.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_release_is_told_with_its_outlets_its_lines_and_what_each_report_made_of_it(issue):
    assert morning.told(issue["releases"]) == [
        "“£45 million for neighbourhood policing hubs in 60 towns”: carried by 2 outlets; 10 of 11 lines carried.",
        (
            "Millbrook Evening Post carries 5 lines word for word and 2 lines in other words; "
            "66% of its words are the release’s."
        ),
        "Severn Courier carries 5 lines word for word and 1 line in other words; 49% of its words are the release’s.",
        (
            "Severn Courier adds Donald Akerman, chair of the Constables' Association (critical words) "
            "and £310 million (counter-figure)."
        ),
        "Severn Courier leaves out 480 officers.",
        "“New licence for taxi fleets to be tested in three counties”: no coverage in the sources held after 24 hours.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "“No force may close a station to pay for its hub”: word for word in Millbrook Evening Post.",
        "“A hub is a door that is open”: word for word in Millbrook Evening Post and Severn Courier.",
        (
            "“The hubs will be staffed by 480 officers who are moved from back-office duties”: "
            "word for word in Millbrook Evening Post."
        ),
        "“Every hub is open at least five days a week …”: not carried.",
    ],
)
def test_each_line_says_who_carried_it_and_how(issue, line):
    (item,) = issue["release_lines"]
    assert line in morning.told(item["lines"])


def test_a_line_leads_to_the_bytes_of_the_release_and_of_the_reports_that_carry_it(issue):
    (item,) = issue["release_lines"]
    line = next(one for one in item["lines"] if one["text"].startswith("“The hubs will be staffed"))
    words = [witness["words"] for part in line["parts"] for witness in part["witnesses"]]
    assert len([one for one in words if "480 officers" in one]) == 2


def test_a_line_of_the_standfirst_leads_to_its_own_bytes_and_to_those_of_the_report_that_carries_it(issue):
    (item,) = issue["release_lines"]
    line = next(one for one in item["lines"] if one["text"].startswith("“No force may close"))
    files = {hashlib.sha256(content).hexdigest(): content for content in morning.texts().values()}
    words = [
        files[one["document_id"]][one["byte_start"] : one["byte_end"]].decode()
        for part in line["parts"]
        for one in part["witnesses"]
        if one["medium"] == "document"
    ]
    assert words == [
        "No force may close a station to pay for its hub.",
        "No force may close a station to pay for its hub",
    ]


def test_a_line_of_the_standfirst_has_its_characters_there(a_morning):
    assert rows(
        a_morning,
        "select substring(standfirst, char_start + 1, char_end - char_start) from release_lines "
        "join articles on article_id = release_id where in_standfirst order by 1",
    ) == [
        ("Fleets will apply once instead of in every district.",),
        ("No force may close a station to pay for its hub.",),
    ]


def test_the_warehouse_says_line_by_line_what_was_carried_and_by_whom(a_morning):
    assert rows(a_morning, "select how, count(*) from release_lines group by how order by how") == [
        ("not_carried", 6),
        ("other_words", 2),
        ("word_for_word", 8),
    ]
    assert rows(
        a_morning, "select line_count, placement_count, outlet_count from release_pickup order by placement_count"
    ) == [(5, 0, 0), (11, 2, 2)]


def test_the_digest_the_press_room_and_sql_say_the_same_of_a_release(issue, a_morning):
    """The same lines, by the same outlets, with the same shares."""
    ((release_id, story_id, *counts, reports),) = rows(
        a_morning,
        "select release_id, story_id, line_count, word_for_word_count, other_words_count, not_carried_count, reports "
        "from release_pickup where outlet_count > 0",
    )
    by_sql = {
        (
            one["outlet"].removeprefix("The "),
            one["lines_word_for_word"],
            one["lines_in_other_words"],
            f"{one['share_of_article']:.0%}",
        )
        for one in reports
    }
    with warehouse.reader(a_morning / "published" / "press.duckdb") as connection:
        (found,) = read_stories(connection, [story_id], broken=frozenset())
    (view,) = release_views(found.story)
    by_page = {(one.outlet, one.word_for_word, one.other_words, f"{one.percent}%") for one in view.reports}
    assert by_page == by_sql
    told = [
        re.fullmatch(r"(.+) carries (\d+) lines? word for word and (\d+) lines? in other words; (\d+%) of its .*", text)
        for text in morning.told(issue["releases"])
    ]
    by_digest = {(one[1], int(one[2]), int(one[3]), one[4]) for one in told if one}
    assert by_digest == by_sql
    lines = morning.told(next(one for one in issue["release_lines"] if one["release_id"] == release_id)["lines"])
    verbatim = [text for text in lines if "word for word in" in text]
    dropped = [text for text in lines if text.endswith("not carried.")]
    assert [len(lines), len(verbatim), len(lines) - len(verbatim) - len(dropped), len(dropped)] == counts
    hows = [[how for how, _ in line.carried] for line in view.lines]
    word_for_word = sum("word for word" in how for how in hows)
    assert [len(hows), word_for_word, hows.count(["in other words"]), hows.count([])] == counts


def test_a_release_that_was_known_only_later_has_no_lines_before(a_morning):
    sql = "select count(*) from release_lines_at(timestamptz '{}')"
    assert rows(a_morning, sql.format("2022-03-11 07:00:00+00")) == [(0,)]
    assert rows(a_morning, sql.format("2022-03-11 07:10:00+00")) == [(16,)]


def test_a_release_of_a_day_without_a_time_counts_from_the_end_of_that_day():
    zone = settings().zone
    assert issued_by(release("A bridge.", day="2022-03-09"), zone).isoformat() == "2022-03-10T00:00:00+00:00"


def in_lead(given, words):
    start = given.standfirst.text.index(words)
    line = ReleaseLine(
        release_id=given.article_id,
        number=0,
        start=start,
        end=start + len(words),
        speaker=None,
        carried_by=(),
        in_standfirst=True,
    )
    return in_line(given, line)


def test_a_line_of_a_standfirst_has_the_bytes_of_its_encoding():
    whole = "Cafés may open. Piers may not."
    found = in_lead(release("A bridge.", encoding="cp1252", standfirst=Excerpt(whole, 100, 130)), "Piers may not.")
    assert (found.byte_start, found.byte_end, found.words) == (116, 130, "Piers may not.")


def test_a_line_of_a_standfirst_with_an_invisible_character_rests_on_the_whole_of_it():
    whole = "Cafés may open. Piers may not."
    found = in_lead(
        release("A bridge.", standfirst=Excerpt(whole, 100, 134)), "Piers may not."
    )  # 31 bytes and a joiner
    assert (found.byte_start, found.byte_end, found.words) == (100, 134, whole)


def test_a_line_of_the_standfirst_of_a_web_page_rests_on_its_words():
    found = in_lead(release("A bridge.", standfirst=Excerpt("Cafés may open. Piers may not.")), "Piers may not.")
    assert (found.medium, found.words) == ("page", "Piers may not.")
