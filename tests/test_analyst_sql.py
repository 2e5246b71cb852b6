"""What analysts ask: macros, recipes and the command on the seeds' warehouse and on a made-up one of known answers."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from random import Random

import duckdb
import pyarrow.parquet as pq
import pytest

from pipeline import grouping_steps, steps
from pipeline.cli import main
from pipeline.edges import warehouse
from pipeline.edges.dictionary import dictionary
from pipeline.edges.query import ask
from pipeline.edges.recipes import recipe, recipes
from pipeline.edges.story_facts import replace_facts
from pipeline.errors import Misuse
from pipeline.settings import settings

LIMITS = {"time_s": 20, "memory": "500MB", "zone": "Europe/London"}


@pytest.fixture(scope="session")
def seeds(tmp_path_factory):
    """The published copy of the seed corpus, by the steps without gate and digests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRESS_DATA_DIR", str(tmp_path_factory.mktemp("seeds") / "data"))
        settings.cache_clear()
        here = settings()
        ref = steps.register_documents([str(path) for path in sorted(here.seeds_dir.glob("*.txt"))])
        for step in (
            steps.read_documents,
            steps.extract_branches,
            grouping_steps.group_near_duplicates,
            grouping_steps.cluster_stories,
        ):
            ref = step(ref)
        steps.load_warehouse(ref)
    settings.cache_clear()
    return here.published_path


def rows(published, sql, **variables):
    return list(ask(published, sql, **LIMITS, variables=variables).rows)


def titles(published, words):
    return [title for (title,) in rows(published, f"select title from search($${words}$$)")]


# ------------------------------------------------------------------------------------------------------- a made-up one

MONDAY = date(2024, 5, 13)
MADE = (
    # article, story, work, kind, outlet, minutes after nine (None: only the day is known), title, text
    ("a1", "s1", "g1", "press_release", None, None, "Bridge to open", "The minister opens the bridge in Aldbury."),
    ("a2", "s1", "g2", "article", "Courier", 10, "Bridge opens late", "The bridge cost £40 million, says Ann Hall."),
    (
        "a3",
        "s1",
        "g3",
        "article",
        "Herald",
        25,
        "Minister opens bridge",
        "The bridge cost £42 million. Hall’s critics.",
    ),
    (
        "a4",
        "s1",
        "g3",
        "article",
        "Gazette",
        None,
        "Minister opens bridge",
        "The bridge cost £42 million. Hall’s critics.",
    ),
    ("a5", "s2", "g5", "article", None, 50, "Café closes", "A café in the bridge road closes its door."),
    ("a6", "s3", "g6", "press_release", None, None, "Ferry timetable", "Ferries sail at nine."),
)


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Three stories of one Monday: one release picked up by three outlets, two of which ran the same text."""
    folder = tmp_path_factory.mktemp("made")
    source, published = folder / "w.duckdb", folder / "published" / "press.duckdb"
    with warehouse.writer(source, zone="Europe/London") as connection:
        warehouse.create(connection)
        for article in MADE:
            insert(connection, *article)
        quoted = [("q2", "a2", "It has been worth every penny."), ("q3", "a3", "It had been worth every single penny.")]
        for quote_id, article_id, text in quoted:
            connection.execute(
                "insert into quote_versions by name select $id as quote_id, $article as article_id, $text as text, "
                "'Ann Hall' as speaker, 'text' as speaker_by, 'engineer' as role, 'direct' as kind, "
                "[[0, 9]] as fragments, "
                "'h' as row_hash, timestamptz '2024-05-13 12:00:00Z' as known_from",
                {"id": quote_id, "article": article_id, "text": text},
            )
        index(connection)
        replace_facts(connection, ["s1", "s2", "s3"])
    warehouse.publish(source, published)
    return published


@pytest.fixture
def source(made, tmp_path):
    """The same as a warehouse of one's own, to write to; tmp_path / "published" is its copy."""
    shutil.copytree(made.parent.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "w.duckdb"


@pytest.fixture
def published(source):
    return source.parent / "published" / "press.duckdb"


def insert(connection, article_id, story, work, kind, outlet, minute, title, text, *, version="1"):
    at = datetime(2024, 5, 13, 8, tzinfo=UTC) + timedelta(minutes=minute or 0)
    values = {
        "id": article_id,
        "story": story,
        "work": work,
        "kind": kind,
        "outlet": outlet,
        "issuer": "Transport Office" if kind == "press_release" else None,
        "at": at,
        "on": MONDAY,
        "precision": "day" if minute is None else "minute",
        "title": title,
        "text": text,
        "version": version,
    }
    warehouse.run_statements(
        connection,
        "update article_versions set known_to = timestamptz '2024-05-13 12:00:00Z' where article_id = $id;"
        "insert into article_versions by name select $id as article_id, 'd' as document_id, $kind as kind, "
        "$title as title, $text as text, 9 as word_count, $at as published_at, $on as published_on, "
        "$precision as date_precision, 'text' as dated_by, $outlet as outlet, $issuer as issuer, [] as captions, "
        "[] as reported_outlets, 0 as byte_start, 9 as byte_end, 'utf-8' as encoding, [] as paragraphs, [] as pieces, "
        "$at as first_seen_at, $version as row_hash, timestamptz '2024-05-13 12:00:00Z' as known_from;"
        "delete from placement_versions where article_id = $id;"
        "insert into placement_versions by name select $id as article_id, $work as group_id, $story as story_id, "
        "$on as covered_on, 'text' as covered_by, [] as because, $version as row_hash, "
        "timestamptz '2024-05-13 12:00:00Z' as known_from;",
        values,
    )


def index(connection):
    warehouse.index_texts(connection)


# -------------------------------------------------------------------------------------------------- comments and words


def test_nothing_in_the_published_copy_is_without_a_comment(made):
    with warehouse.reader(made) as connection:
        bare = connection.execute(
            "select table_name from duckdb_tables() where comment is null and not internal union all "
            "select view_name from duckdb_views() where comment is null and not internal union all "
            "select function_name from duckdb_functions() where comment is null "
            "and not internal and function_type like '%macro' union all "
            "select table_name || '.' || column_name from duckdb_columns() where comment is null and not internal"
        ).fetchall()
        held = connection.execute("select count(*) from duckdb_columns() where not internal").fetchall()
    assert bare == []
    assert held[0][0] > 200


def test_the_data_dictionary_says_what_the_comments_say():
    kept = (warehouse.SQL / "README.md").read_text(encoding="utf-8")
    assert kept == dictionary(), "make dictionary writes it anew"


# -------------------------------------------------------------------------------------------------------------- search


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bridge", ["a1", "a2", "a3", "a4", "a5"]),
        ("bridge opens", ["a1", "a2", "a3", "a4"]),
        ('"opens the bridge"', ["a1"]),
        ('"the bridge in"', ["a1"]),
        ("“opens bridge”", ["a3", "a4"]),
        ('"bridge minister"', []),  # the end of a title and the start of a text are no phrase
        ("cafe OR ferries", ["a5", "a6"]),
        ("CAFÉ", ["a5"]),
        ("bridge (café OR aldbury)", ["a1", "a5"]),
        ("bridge NOT minister", ["a2", "a5"]),
        ("bridge -minister -café", ["a2"]),
        ("bridge AND NOT (minister OR café)", ["a2"]),
        ("ferr*", ["a6"]),
        ('"bridge open*"', ["a2"]),
        ("£42", ["a3", "a4"]),
        ("Hall's", ["a3", "a4"]),
        ("opera", []),
    ],
)
def test_search_finds_what_holds_the_words(made, words, found):
    hits = rows(made, f"select article_id from search($${words}$$)")
    assert sorted(article_id for (article_id,) in hits) == found


def test_a_phrase_may_have_a_hundred_and_twenty_words(source, published):
    words = " ".join(f"word{number}" for number in range(120))
    with warehouse.writer(source, zone="Europe/London") as connection:
        insert(connection, "b1", "s4", "g7", "article", None, 55, "Long", f"In a row: {words}.")
        index(connection)
    warehouse.publish(source, published)
    assert rows(published, f'select article_id from search($$"{words}"$$)') == [("b1",)]
    assert rows(published, f'select article_id from search($$"{words.replace("word7 ", "word8 ")}"$$)') == []


def test_bridge_open_is_no_phrase_of_the_release_title(made):
    assert rows(made, "select article_id from search('\"bridge to open\"')") == [("a1",)]


def test_search_puts_a_word_of_the_title_before_one_of_the_text(made):
    assert titles(made, "closes door")[0] == "Café closes"
    first = rows(made, "select article_id, title_hit_count from search('bridge')")
    assert first[-1] == ("a5", 0)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("", "no word"),
        ("…", "no word"),
        ('"bridge', "not closed"),
        ("(bridge", "brackets are not closed"),
        ("bridge)", "brackets are not closed"),
        ("(bridge minister) OR ferry", "alternatives only"),
        ("-bridge", "not only excluded"),
        ("NOT bridge", "not only excluded"),
        ("bridge OR", "stand between words"),
        ("bridge NEAR/5 minister", "for watchlists"),
        ("bridge NOT outlet:Guardian", "for watchlists"),
        ('speaker:"Ada Moss"', "for watchlists"),
        ("OR bridge", "stand between words"),
        ("bridge OR NOT ferry", "cannot be an alternative"),
        ("bridge OR -ferry", "cannot be an alternative"),
        ('"' + "bridge " * 121 + '"', "more than 120 words"),
    ],
)
def test_a_search_that_cannot_be_read_says_why(made, words, fault):
    with pytest.raises(Misuse, match=fault):
        rows(made, f"select * from search($${words}$$)")


def test_search_knows_a_new_version_and_forgets_the_old_one(source, published):
    with warehouse.writer(source, zone="Europe/London") as connection:
        insert(connection, "a5", "s2", "g5", "article", None, 50, "Café stays", "It keeps its door.", version="2")
        index(connection)
    warehouse.publish(source, published)
    assert rows(published, "select article_id from search('closes')") == []
    assert rows(published, "select article_id from search('stays')") == [("a5",)]


def index_of(connection):
    """The tables of the index, with words for their numbers."""
    articles = connection.execute("from search_articles order by all").fetchall()
    spelt = "select * exclude (word_no) from search_{} join search_words using (word_no) order by all"
    return [
        articles,
        *(connection.execute(spelt.format(table)).fetchall() for table in ("hits", "places", "frequencies")),
    ]


def test_indexing_twice_changes_nothing(source):
    with duckdb.connect(str(source)) as connection:
        before = index_of(connection)
        index(connection)
        assert all(before)
        assert index_of(connection) == before
        assert connection.execute("select count(*) from search_articles").fetchall() == [(6,)]


def test_a_warehouse_with_an_index_of_lists_is_indexed_anew(source):
    with duckdb.connect(str(source)) as connection:
        before = index_of(connection)
        for table in ("words", "frequencies", "hits", "places"):
            connection.execute(f"drop table search_{table}")
        connection.execute("create table search_terms (block bigint, term varchar, positions bigint[])")
        connection.execute("create table search_counts (block bigint, term varchar, article_nos bigint[])")
        warehouse.create(connection)
        assert index_of(connection) == before
        names = connection.execute("select table_name from duckdb_tables() where table_name like 'search%'").fetchall()
        assert ("search_terms",) not in names
        assert ("search_counts",) not in names


def test_articles_that_come_one_by_one_are_indexed_as_those_that_come_together(source):
    with duckdb.connect(str(source)) as connection:
        before = index_of(connection)
        known = connection.execute("from article_versions order by article_id").to_arrow_table()
        for table in ("articles", "words", "frequencies", "hits", "places"):
            connection.execute(f"delete from search_{table}")
        connection.execute("delete from article_versions")
        for row in range(len(known)):
            one = known.slice(row, 1)  # noqa: F841 - the SQL reads it
            connection.execute("insert into article_versions from one")
            index(connection)
        numbers = "select word_no from search_words"
        assert connection.execute(f"select count(*) = count(distinct word_no) from ({numbers})").fetchall() == [(True,)]
        assert index_of(connection) == before


def test_each_word_is_counted_as_often_as_it_has_places(source):
    with duckdb.connect(str(source)) as connection:
        wrong = connection.execute(
            "with placed as (select word_no, article_no, count(*)::integer as hit_count, "
            "(count(*) filter (place < 500))::integer as title_hit_count from search_places "
            "join search_words using (word_no) where not is_pair group by all) "
            "select * from placed full join search_hits using (word_no, article_no, hit_count, title_hit_count) "
            "where placed.word_no is null or search_hits.word_no is null"
        ).fetchall()
        assert wrong == []
        assert connection.execute("select count(*) > 20 from search_hits").fetchall() == [(True,)]


def test_a_phrase_is_found_where_its_words_are_very_common_and_where_they_are_not(source, published):
    """A pair of common words is looked up as one, but only in the blocks of 10,000 articles where both are common."""
    rare = " ".join(f"filler{number}" for number in range(400))
    with warehouse.writer(source, zone="Europe/London") as connection:
        connection.execute(
            "insert into search_articles values (9999, 'gone', 'gone', false, 1, null, null, 'article', 'gone')"
        )
        text = f"{rare} the minister opens the bridge today {rare}"
        insert(connection, "b1", "s4", "g7", "article", None, 55, "Late news", text)
        index(connection)
        common = connection.execute(
            "select block, is_common from search_frequencies join search_words using (word_no) where word = 'bridge' "
            "order by 1"
        ).fetchall()
    warehouse.publish(source, published)
    assert common == [(0, True), (1, False)]
    for words in ('"minister opens the bridge"', '"opens the bridge"', '"the minister opens"'):
        found = rows(published, f"select article_id, hit_count from search($${words}$$) order by 1")
        assert found == [("a1", 1), ("b1", 1)], words
    assert rows(published, "select article_id from search('\"the bridge today\"')") == [("b1",)]
    assert rows(published, "select article_id from search('\"bridge opens the\"')") == []


def test_a_phrase_stands_as_often_as_counting_it_in_the_texts_says(source, published):
    drawn = Random(7)
    texts = {
        f"r{n}": " ".join(drawn.choices(("of", "the", "old", "oak", "gate"), (9, 7, 3, 2, 1), k=60)) for n in range(12)
    }
    with warehouse.writer(source, zone="Europe/London") as connection:
        for article_id, text in texts.items():
            insert(connection, article_id, "s9", article_id, "article", None, 5, "Untitled", text)
        index(connection)
    warehouse.publish(source, published)
    for phrase in ("of the", "of of", "the old of", "of the of the", "gate of", "old oak gate", "the o*"):
        pattern = re.compile(r"(?=\b" + phrase.replace("*", r"\w*") + r"\b)")
        counted = {article_id: len(pattern.findall(text)) for article_id, text in texts.items()}
        found = rows(published, f"select article_id, hit_count from search($$\"{phrase}\"$$) where article_id ^@ 'r'")
        assert dict(found) == {article_id: count for article_id, count in counted.items() if count}, phrase


# -------------------------------------------------------------------------------------------------- macros and recipes


def test_coverage_counts_works_once_and_leaves_releases_out(made):
    found = rows(
        made, "select story_id, placement_count, work_count, outlets, release_count from coverage('2024-05-13')"
    )
    assert found == [
        ("s1", 3, 2, ["Courier", "Gazette", "Herald"], 1),
        ("s2", 1, 1, [], 0),
        ("s3", 0, 0, [], 1),
    ]


def test_the_shares_of_outlets_add_up(made):
    found = rows(made, "select outlet, placement_share, story_share from outlet_share('2024-05-13', '2024-05-13')")
    assert found == [("Courier", 0.25, 0.5), ("Gazette", 0.25, 0.5), ("Herald", 0.25, 0.5), ("not known", 0.25, 0.5)]
    assert rows(made, "from outlet_share('2024-05-14', '2024-05-20')") == []


def test_the_first_outlet_is_the_earliest_timed_one_and_untimed_ones_are_counted(made):
    found = rows(
        made,
        "select outlet, article_id, outlet_count, untimed_outlet_count, "
        "date_diff('minute', published_at, next_published_at) from first_to_publish where story_id = 's1'",
    )
    assert found == [("Courier", "a2", 3, 1, 15)]


def test_a_release_is_followed_to_the_outlets_that_carried_its_story(made):
    found = rows(made, "select release_id, outlets, work_count from release_pickup order by release_id")
    assert found == [("a1", ["Courier", "Gazette", "Herald"], 2), ("a6", [], 0)]


def test_quote_variants_name_what_was_altered(made):
    found = rows(made, "select place, quote_id, carried, differences from quote_variants('every')")
    assert [(place, quote_id) for place, quote_id, *_ in found] == [(0, "q3"), (1, "q2")]
    assert found[0][2:] == (1.0, [])
    assert any("had" in said and "has" in said for said in found[1][3])
    assert rows(made, "from quote_variants('nobody')") == []


def test_a_story_that_is_no_more_leaves_no_facts(source):
    with warehouse.writer(source, zone="Europe/London") as connection:
        connection.execute("update placement_versions set story_id = 's9' where story_id = 's1'")
        replace_facts(connection, ["s9"])
        assert connection.execute("select distinct story_id from quotation_variants").fetchall() == [("s9",)]


EXPECTED = {  # of the seeds: settings, then number of rows, then what the first row must hold
    "the_day": ({"day": "2017-02-16"}, 1, [2, ["Government Business", "The Independent"]]),
    "share_of_voice": ({"from_day": "2017-01-01", "to_day": "2023-12-31"}, 3, ["Government Business", 0.3333]),
    "first_to_publish": ({"from_day": "2017-02-16", "to_day": "2017-02-16"}, 1, ["The Independent", 2, 1]),
    "release_pickup": ({}, 10, ["Home Office", 0]),
    "who_is_quoted": ({"from_day": "2017-02-16", "to_day": "2017-02-16"}, 3, ["Amber Rudd", "Home Secretary", 2]),
    "altered_quotations": ({"from_day": "2017-02-16", "to_day": "2017-02-16"}, 3, ["Amber Rudd"]),
    "figure_conflicts": ({"day": "2023-10-25"}, 2, ["headline", ["30,000 hours"]]),
    "volume_against_base": ({"from_day": "2017-02-01", "to_day": "2018-12-31"}, 3, [date(2017, 2, 16), 2]),
    "not_known": ({"from_day": "2017-02-16", "to_day": "2017-02-16"}, 2, ["Government Business", 1]),
    "search": ({"words": '"serious violence" (knife OR gun)'}, 1, ["Tackling knife crime"]),
    "story_timeline": ({}, 2, ["press_release", "Home Office"]),
    "reprints": ({"from_day": "2017-01-01"}, 0, []),
}


@pytest.mark.parametrize("one", recipes(), ids=lambda one: one.name)
def test_a_recipe_answers_its_question_on_the_seeds(seeds, one):
    variables, count, first = EXPECTED[one.name]
    assert variables.keys() <= one.settings.keys()
    found = rows(seeds, one.sql, **variables)
    assert len(found) == count
    assert all(value in found[0] for value in first), found[:1]


@pytest.mark.parametrize("one", recipes(), ids=lambda one: one.name)
def test_a_recipe_says_what_it_asks_and_runs_without_settings(made, one):
    assert one.question.endswith("?")
    assert len(one.reading.split()) > 12
    statement = "".join(line for line in one.sql.splitlines() if not line.startswith("--"))
    asked = {"day": "on_day()", "from_day": "from_day(", "to_day": "to_day()"}
    assert all(asked.get(name, f"getvariable('{name}')") in statement for name in one.settings)
    rows(made, one.sql)


def test_reprints_are_works_with_several_placements(made):
    found = ask(made, recipe("reprints").sql, **LIMITS)
    assert [dict(zip(found.columns, row, strict=True))["placement_count"] for row in found.rows] == [2]


def test_there_are_twelve_recipes_in_order():
    assert [one.number for one in recipes()] == list(range(1, 13))


# --------------------------------------------------------------------------------------------------------- the command


@pytest.fixture
def command(made, monkeypatch, capsys):
    """Runs pipeline sql … on the made-up warehouse: exit code, stdout, stderr."""
    monkeypatch.setenv("PRESS_DATA_DIR", str(made.parent.parent))
    settings.cache_clear()

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["pipeline", "sql", *arguments])
        try:
            main()
            code = 0
        except SystemExit as left:
            code = left.code or 0
        said = capsys.readouterr()
        return code, said.out, said.err

    yield run
    settings.cache_clear()


def test_the_command_prints_csv_and_json_and_writes_parquet(command, tmp_path):
    options = ("--recipe", "the_day", "--set", "day=2024-05-13")
    as_csv = list(csv.DictReader(io.StringIO(command(*options, "--format", "csv")[1])))
    as_json = json.loads(command(*options, "--format", "json")[1])
    assert command(*options, "--output", str(tmp_path / "day.parquet"))[0] == 0
    table = pq.read_table(tmp_path / "day.parquet").to_pylist()
    assert [row["story_id"] for row in as_csv] == [row["story_id"] for row in as_json] == ["s1", "s2", "s3"]
    assert [row["outlets"] for row in table] == [row["outlets"] for row in as_json]
    assert as_json[0]["first_published_at"] == "2024-05-13T09:00:00+01:00"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--recipe", "the_dya"), "there are the_day, share_of_voice"),
        (("--recipe", "the_day", "--set", "dya=2024-05-13"), "the_day knows day, not dya"),
        (("--recipe", "the_day", "--set", "day"), "expected name=value"),
        (("--recipe", "the_day", "--set", "day=tomorrow"), "tomorrow"),
        ((), "expected a statement or --recipe"),
        (("select 1", "--recipe", "the_day"), "expected a statement or --recipe"),
        (("select 1", "--format", "parquet"), "needs a name"),
        (("select 1", "--output", "answer.xls"), "expected table, csv, json or parquet; xls came"),
        (("select 1", "--output", f"{__file__}/x.csv"), "cannot be written"),
        (("select nothing from nowhere",), "nowhere"),
    ],
)
def test_a_wrong_call_is_one_clear_line_and_exit_code_2(command, arguments, said):
    code, out, error = command(*arguments)
    assert (code, out) == (2, "")
    assert said in error
    assert len(error.strip().splitlines()) == 1


def test_the_recipes_are_listed_with_what_they_may_be_set_to(command):
    code, out, _ = command("--recipes")
    assert code == 0
    assert all(one.question in out and all(name in out for name in one.settings) for one in recipes())


def test_an_answer_of_too_many_rows_is_refused(made):
    with pytest.raises(Misuse, match="more than 10 rows"):
        ask(made, "select * from range(11)", **LIMITS, max_rows=10)
    assert len(ask(made, "select * from range(10)", **LIMITS, max_rows=10).rows) == 10


def test_a_reader_sees_one_state_through_ten_publications(source, published):
    state = "select count(*), max(title), (select count(*) from search_articles) from articles"
    with warehouse.reader(published) as held:
        before = held.execute(state).fetchall()
        for number in range(10):
            with warehouse.writer(source, zone="Europe/London") as connection:
                insert(
                    connection,
                    f"b{number}",
                    "s8",
                    f"h{number}",
                    "article",
                    "Courier",
                    number,
                    f"Zebra {number}",
                    "Text.",
                )
                index(connection)
            warehouse.publish(source, published)
            assert held.execute(state).fetchall() == before
            assert rows(published, "select count(*) from articles") == [(len(MADE) + number + 1,)]
    assert rows(published, "select count(*) from search('zebra')") == [(10,)]


def test_a_publication_brings_what_a_writer_that_was_cut_off_had_committed(source, published):
    code = (
        "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); "
        "c.execute(\"update article_versions set title = 'Changed' where article_id = 'a6'\"); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(source)], check=False)
    assert source.with_name("w.duckdb.wal").exists()
    warehouse.publish(source, published)
    assert rows(published, "select title from articles where article_id = 'a6'") == [("Changed",)]


def test_every_statement_of_the_notebook_runs(made):
    """Without marimo: the statements are read out of the file, and get the values that its cells would give."""
    tree = ast.parse((warehouse.SQL / "notebooks" / "coverage.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "ask"]
    given = {"from_day": "2024-05-13", "to_day": "2024-05-13", "id": "s1"}
    answers = {}
    with warehouse.reader(made) as connection:
        for call in calls:
            values = {keyword.arg: given[keyword.arg] for keyword in call.keywords}
            answers[call.args[0].value] = connection.execute(call.args[0].value, values).fetchall()
    assert len(answers) == 5
    assert len(answers["from story($id)"]) == 4
    assert len(answers["from outlet_share($from_day, $to_day) limit 20"]) == 4
