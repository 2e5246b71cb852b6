"""Views of works and of what became of stories, over a real warehouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest

from pipeline.edges import warehouse
from pipeline.edges.partitions import Partitions
from pipeline.model import Article, DocumentRecord, Evidence, Placement
from tests.test_warehouse import MONDAY, article

HOUR = timedelta(hours=1)


@pytest.fixture
def held(tmp_path):
    """Loads articles with their places, and asks."""
    partitions = Partitions(tmp_path / "partitions")
    connection = duckdb.connect()
    connection.execute("set variable zone = 'Europe/London'")
    connection.execute("set timezone = 'UTC'")
    warehouse.create(connection)

    def load(places: dict[str, tuple[Article, str, str]], hours: int = 0):
        """article name → (article, work, story); known since so many hours after Monday."""
        record = DocumentRecord(
            document_id="d" * 64,
            medium="document",
            byte_count=1,
            first_seen_at=MONDAY + hours * HOUR,
            received_on=date(2024, 5, 13),
        )
        batch = f"b{hours}"
        partitions.replace(f"documents/{batch}", DocumentRecord, [record])
        partitions.replace(f"articles/{batch}", Article, [each for each, _, _ in places.values()])
        placed = [
            Placement(
                article_id=each.article_id,
                group_id=work,
                story_id=story,
                covered_on=date(2024, 5, 13),
                covered_by=Evidence.TEXT,
                tied_to=None,
                because=(),
            )
            for each, work, story in places.values()
        ]
        partitions.replace(f"placements/{batch}", Placement, placed)
        warehouse.load_batch(connection, partitions, batch)

    yield load, lambda sql: connection.execute(sql).fetchall()
    connection.close()


def test_a_text_that_three_outlets_ran_is_one_work_of_the_outlet_that_ran_it_first(held):
    load, ask = held
    late = article("Late copy", outlet="Courier", outlet_by=Evidence.TEXT)
    first = replace(article("First"), published_at=MONDAY - HOUR, outlet="Herald", agency="PA Media")
    undated = replace(article("Undated", day=None), outlet="Bell")
    nameless = article("Nameless copy")
    again = replace(article("Again"), published_at=MONDAY + HOUR, outlet="Courier")
    alone = article("Alone", outlet="Bell")
    copies = {str(number): (each, "w1", "s1") for number, each in enumerate([late, first, undated, nameless, again])}
    load(copies | {"alone": (alone, "w2", "s2")})
    assert ask(
        "select group_id, title, first_outlet, agency, placement_count, syndication_factor, outlets "
        "from works order by 1"
    ) == [
        ("w1", "First", "Herald", "PA Media", 5, 4, ["Bell", "Courier", "Herald"]),
        ("w2", "Alone", "Bell", None, 1, 1, ["Bell"]),
    ]
    ((ids,),) = ask("select article_ids from works where group_id = 'w1'")
    assert (ids[0], ids[-1]) == (first.article_id, undated.article_id)


def test_where_the_first_outlet_is_not_known_nobody_is_named_in_its_place(held):
    load, ask = held
    load(
        {
            "first": (replace(article("First"), published_at=MONDAY - HOUR), "w", "s"),
            "late": (article("Late", outlet="Courier"), "w", "s"),
        }
    )
    assert ask("select first_outlet, syndication_factor from works") == [(None, 2)]


@pytest.mark.parametrize(
    ("before", "after", "lineage"),
    [
        ("ss|tt", "ss|ss", [("t", "s", "merged", 2)]),
        ("ss|ss", "ss|tt", [("s", "t", "split", 2)]),
        ("ss|tt", "st|tt", [("s", "t", "moved", 1)]),
        ("ss|tt", "uu|tt", [("s", "u", "renamed", 2)]),
        ("ss|tt", "uu|uu", [("s", "u", "merged", 2), ("t", "u", "merged", 2)]),
        ("ss|ss", "uu|vv", [("s", "u", "split", 2), ("s", "v", "split", 2)]),
        ("ss|tt", "ss|tt", []),
    ],
)
def test_what_became_of_stories_is_told(held, before, after, lineage):
    load, ask = held
    articles = [article(name) for name in "abcd"]
    for hours, stories in enumerate((before, after)):
        load(
            {
                str(n): (each, f"w{n}", story)
                for n, (each, story) in enumerate(zip(articles, stories.replace("|", ""), strict=True))
            },
            hours,
        )
    found = ask(
        "select from_story_id, to_story_id, kind, len(article_ids), changed_at from story_lineage order by 1, 2"
    )
    assert [row[:4] for row in found] == lineage
    assert all(row[4] == MONDAY + HOUR for row in found)


def test_articles_that_arrive_move_nothing(held):
    load, ask = held
    load({"a": (article("a"), "w", "s")})
    load({"a": (article("a"), "w", "s"), "b": (article("b"), "v", "s")}, 1)
    assert ask("select count(*) from story_lineage") == [(0,)]
