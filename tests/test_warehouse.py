"""The warehouse: comments on everything, versions that keep history, copies for readers, queries within limits."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest

from pipeline.edges import warehouse
from pipeline.edges.digest_reader import article_of, release_line_of
from pipeline.edges.partitions import Partitions
from pipeline.edges.query import as_csv, ask
from pipeline.errors import Busy, Misuse, PipelineError
from pipeline.model import (
    Article,
    DocumentRecord,
    Evidence,
    Excerpt,
    Kind,
    LinePickUp,
    Piece,
    Placement,
    ReleaseLine,
    Span,
    derived_id,
)

MONDAY = datetime(2024, 5, 13, 8, tzinfo=UTC)


@pytest.fixture
def empty():
    with duckdb.connect() as connection:
        connection.execute("set variable zone = 'Europe/London'")
        warehouse.create(connection)
        yield connection


def test_every_table_view_macro_and_column_has_a_comment(empty):
    bare = empty.execute(
        "select table_name from duckdb_tables() where comment is null and not internal union all "
        "select view_name from duckdb_views() where comment is null and not internal union all "
        "select function_name from duckdb_functions() where comment is null "
        "and not internal and function_type like '%macro' union all "
        "select table_name || '.' || column_name from duckdb_columns() where comment is null and not internal"
    ).fetchall()
    assert bare == []


@pytest.mark.parametrize(
    "path", sorted(warehouse.SQL.rglob("*.sql")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_every_sql_file_says_first_what_it_makes(path):
    assert re.match(r"-- \S", path.read_text(encoding="utf-8"))


def article(
    title: str,
    text: str = "Forty words of body. " * 12,
    day: datetime | None = MONDAY,
    kind: Kind = Kind.ARTICLE,
    **more,
) -> Article:
    return Article(
        article_id=derived_id(title),
        document_id="d" * 64,
        byte_start=0,
        byte_end=10,
        kind=kind,
        title=Excerpt(title),
        text=text.strip(),
        published_at=day,
        date_precision="minute" if day else None,
        dated_by=Evidence.TEXT if day else None,
        **more,
    )


def loaded(partitions, batch, articles, seen_at, tmp_path):
    partitions.replace(
        f"documents/{batch}",
        DocumentRecord,
        [
            DocumentRecord(
                document_id="d" * 64,
                medium="document",
                byte_count=10,
                first_seen_at=seen_at,
                received_on=date(2024, 5, 13),
            )
        ],
    )
    partitions.replace(f"articles/{batch}", Article, articles)
    places = [
        Placement(
            article_id=a.article_id,
            group_id=a.article_id,
            story_id="s" + a.article_id,
            covered_on=date(2024, 5, 13),
            covered_by=Evidence.TEXT,
            tied_to=None,
            because=(),
        )
        for a in articles
    ]
    partitions.replace(f"placements/{batch}", Placement, places)
    with warehouse.writer(tmp_path / "w.duckdb", zone="Europe/London") as connection:
        warehouse.create(connection)
        return warehouse.load_batch(connection, partitions, batch)


@pytest.fixture
def parts(tmp_path):
    return Partitions(tmp_path / "partitions")


def test_what_a_batch_holds_comes_back_out_of_the_warehouse_as_it_went_in(parts, tmp_path):
    whole = article(
        "One",
        kind=Kind.PRESS_RELEASE,
        release_type="letter",
        standfirst=Excerpt("In short", 3, 11),
        outlet="Courier",
        outlet_by=Evidence.TEXT,
        outlet_words=Excerpt("The Courier", 20, 31),
        agency="PA Media",
        utc_offset_minutes=-300,
        date_words=Excerpt("13 May", 40, 46),
        pieces=(Piece(0, 5, 60, 65),),
        paragraphs=(Span(60, 65),),
        reported_outlets=("Herald",),
    )
    loaded(parts, "a", [whole], MONDAY, tmp_path)
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as connection:
        cursor = connection.execute("select * from articles")
        row = dict(zip([column[0] for column in cursor.description], cursor.fetchall()[0], strict=True))
    assert article_of(row) == whole


def asked(tmp_path, sql):
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        return connection.execute(sql).fetchall()


def test_loading_a_batch_twice_leaves_what_loading_it_once_left(parts, tmp_path):
    first = loaded(parts, "a", [article("One"), article("Two")], MONDAY, tmp_path)
    before = asked(tmp_path, "select * from article_versions order by all")
    second = loaded(parts, "a", [article("One"), article("Two")], MONDAY, tmp_path)
    assert (first["articles"], second["articles"]) == (2, 0)
    assert asked(tmp_path, "select * from article_versions order by all") == before


def test_a_changed_article_is_a_new_version_and_the_old_one_is_known_as_of_then(parts, tmp_path):
    loaded(parts, "a", [article("One")], MONDAY, tmp_path)
    later = MONDAY + timedelta(hours=3)
    loaded(parts, "b", [replace(article("One"), text="Another text. " * 20)], later, tmp_path)
    assert asked(tmp_path, "select count(*) from articles") == [(1,)]
    assert asked(tmp_path, "select count(*) from article_versions") == [(2,)]
    then = f"select text from articles_at(timestamptz '{MONDAY + timedelta(hours=1)}')"
    assert asked(tmp_path, then)[0][0].startswith("Forty")
    assert asked(tmp_path, "select text from articles_at(timestamptz 'infinity')")[0][0].startswith("Another")


def test_an_error_inside_a_transaction_keeps_nothing(parts, tmp_path):
    loaded(parts, "a", [article("One")], MONDAY, tmp_path)

    def breaks() -> None:
        with warehouse.writer(tmp_path / "w.duckdb", zone="Europe/London") as connection:
            connection.execute("delete from article_versions")
            connection.execute("insert into documents values ('x', null, null, null, null, null, null)")

    with pytest.raises(PipelineError):
        breaks()
    assert asked(tmp_path, "select count(*) from articles") == [(1,)]


def test_a_second_writer_is_told_that_the_warehouse_is_busy(tmp_path):
    import subprocess
    import sys

    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "w.duckdb")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(Busy), warehouse.writer(tmp_path / "w.duckdb", zone="Europe/London"):
            pass
        other.stdin.close()


def test_a_reader_keeps_its_state_through_publications_and_the_next_sees_the_new_one(parts, tmp_path):
    loaded(parts, "a", [article("One")], MONDAY, tmp_path)
    published = tmp_path / "published" / "press.duckdb"
    warehouse.publish(tmp_path / "w.duckdb", published)
    with warehouse.reader(published) as old:
        for number in range(3):
            loaded(parts, f"b{number}", [article(f"More {number}")], MONDAY, tmp_path)
            warehouse.publish(tmp_path / "w.duckdb", published)
        assert old.execute("select count(*) from articles").fetchall() == [(1,)]
    with warehouse.reader(published) as new:
        assert new.execute("select count(*) from articles").fetchall() == [(4,)]
        comment = "select comment from duckdb_columns() where table_name = 'coverage_days' and column_name = 'outlets'"
        assert new.execute(comment).fetchall() == [("Their names in order.",)]


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/hostname')",
        "copy articles to '/tmp/out.csv'",
        "attach '/tmp/other.duckdb'",
        "install httpfs",
        "set enable_external_access = true",
        "delete from article_versions",
        "select 1; select 2",
        "selct 1",
    ],
)
def test_an_ad_hoc_query_reads_one_statement_and_nothing_else(sql, parts, tmp_path):
    loaded(parts, "a", [article("One")], MONDAY, tmp_path)
    with pytest.raises(Misuse):
        ask(tmp_path / "w.duckdb", sql, time_s=5, memory="500MB", zone="Europe/London")


def test_a_query_that_takes_too_long_is_stopped(parts, tmp_path):
    loaded(parts, "a", [article("One")], MONDAY, tmp_path)
    endless = "select count(*) from range(1000000) a, range(1000000) b where a.range * b.range % 7 = 3"
    with pytest.raises(Misuse, match="longer than"):
        ask(tmp_path / "w.duckdb", endless, time_s=0.3, memory="500MB", zone="Europe/London")


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(parts, tmp_path):
    loaded(parts, "a", [article("=cmd|'/c calc'!A1")], MONDAY, tmp_path)
    answer = ask(tmp_path / "w.duckdb", "select title from articles", time_s=5, memory="500MB", zone="Europe/London")
    assert as_csv(answer).splitlines()[1].startswith("\"'=cmd")


def test_the_file_is_in_the_format_that_every_tool_opens(parts, tmp_path):
    loaded(parts, "a", [article("One")], MONDAY, tmp_path)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{tmp_path / 'w.duckdb'}' as w (read_only)")
        tags = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where database_name = 'w'"
        ).fetchall()
    assert "v1.2.0" in str(tags)


def test_a_warehouse_from_before_standfirsts_had_lines_takes_old_and_new_partitions_of_them(parts, tmp_path):
    """As they were then: no column that says where the characters of a line stand, nor one in `carried_by`."""
    one = LinePickUp(article_id="report", how="word_for_word", share=1.0, start=4, end=20)
    line = ReleaseLine(release_id="release", number=0, start=0, end=16, speaker=None, carried_by=(one,))
    then, now = parts.path("release_lines/then"), parts.path("release_lines/now")
    parts.replace("release_lines/now", ReleaseLine, [line, replace(line, number=1, in_standfirst=True)])
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
        connection.execute(
            "copy (select * exclude (in_standfirst) replace ([{'article_id': c.article_id, 'how': c.how, "
            f"'share': c.share, 'start': c.start, 'end': c.\"end\"}} for c in carried_by] as carried_by) "
            f"from '{now}' where number = 0) to '{then}'"
        )
        connection.execute(
            "create table release_line_versions (line_id varchar not null, release_id varchar not null, "
            "number bigint not null, char_start bigint not null, char_end bigint not null, speaker varchar, "
            "how varchar not null, carried_by struct(article_id varchar, how varchar, share double, "
            "char_start bigint, char_end bigint)[], row_hash varchar not null, known_from timestamptz not null, "
            "known_to timestamptz)"
        )
        connection.execute(
            "insert into release_line_versions values ('old:0', 'old', 0, 2, 9, null, 'other_words', "
            "[{'article_id': 'report', 'how': 'other_words', 'share': 0.6, 'char_start': 1, 'char_end': 5}], "
            "'hash', '2024-05-12', null)"
        )

    def lines_after(path):
        with warehouse.writer(tmp_path / "w.duckdb", zone="Europe/London") as connection:
            warehouse.create(connection)
            warehouse.merge(connection, "release_lines", [path], known_at=MONDAY)
        with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as connection:
            cursor = connection.execute("select * from release_lines order by line_id")
            names = [column[0] for column in cursor.description]
            return [release_line_of(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]

    carried = replace(one, how="other_words", share=0.6, start=1, end=5)
    old = replace(line, release_id="old", start=2, end=9, carried_by=(carried,))
    assert lines_after(then) == [old, line]
    assert lines_after(now) == [old, line, replace(line, number=1, in_standfirst=True)]
