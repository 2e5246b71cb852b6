"""Partitions of a batch, and what earlier batches left → the frames that the quality gate looks at.

The SQL lies in warehouse/gate/: one file a frame. Text is read once and never leaves DuckDB but for lines that may be
furniture; of every batch a profile is kept (article_profiles/<batch>), so that a later one can be measured against it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.edges.atomic import written_aside
from pipeline.edges.partitions import Partitions, schema
from pipeline.edges.re2_patterns import any_of
from pipeline.edges.seed_files import line_rules, outlets
from pipeline.edges.warehouse import SQL, reader
from pipeline.model import (
    Article,
    DocumentRecord,
    Entry,
    Figure,
    Kind,
    Mention,
    NearDuplicateGroup,
    Page,
    Placement,
    Quarantined,
    Quote,
    StageCount,
    StoryLink,
)
from pipeline.reading.furniture import line_of_furniture
from pipeline.settings import Settings

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # before it no outlet of ours published on the web
_GATE = SQL / "gate"
_PAST_DAYS = 62  # two months: four weeks of ordinary days before the first day of a batch that spans a month
_LIMITS: dict[str, str | int | float | list[str]] = {
    "threads": 1,  # a second one waits for the first: 3.7 s of CPU for the profile of 100,000 articles, not 1.9
    "memory_limit": "600MB",  # beside 300 MB of Great Expectations and the frames
}

# view → dataset of the partitions, and its noun
_DATASETS: Mapping[str, tuple[str, Any]] = {
    "documents": ("documents", DocumentRecord),
    "entries": ("entries", Entry),
    "pages": ("pages", Page),
    "articles": ("articles", Article),
    "copies": ("near_duplicate_groups", NearDuplicateGroup),
    "placements": ("placements", Placement),
    "story_links": ("story_links", StoryLink),
    "quotes": ("quotes", Quote),
    "figures": ("figures", Figure),
    "mentions": ("mentions", Mention),
    "counts": ("stage_counts", StageCount),
    "rejected": ("quarantine", Quarantined),
}
# totals → the views without any of which there is nothing to say
_TOTALS = ("documents", "entries", "pages", "articles", "copies", "stories", "quotes", "figures", "mentions")
_MORE_TOTALS = ("coverage", "counts", "rejected")


@dataclass(frozen=True, slots=True)
class GateFrames:
    """An open connection with the views of one batch."""

    connection: duckdb.DuckDBPyConnection
    partitions: Partitions
    batch: str
    here: Settings
    latest: datetime  # nothing can be published later: the day after the newest source was first seen
    problems: Mapping[str, str]  # dataset → which of its columns are not as they should be

    def article_rows(self) -> pd.DataFrame:
        """The batch's articles, one by one, with a line of furniture where there is one."""
        self.connection.execute("create or replace temp table seen as " + _sql("articles"))
        furniture = self._furniture()
        ids, lines = list(furniture), list(furniture.values())
        self.connection.register(
            "lines", pa.table({"article_id": pa.array(ids, pa.string()), "furniture": pa.array(lines, pa.string())})
        )
        frame = self._table("select * from seen left join lines using (article_id)")
        frame["published_at"] = pd.to_datetime(frame["published_at"], utc=True)
        return frame

    def rest(self, missed: set[str], *, judged: set[str]) -> dict[str, pd.DataFrame]:
        """All other frames of the batch.

        missed   ids of the articles that go to quarantine
        judged   those and the ones that an editor let through: their faults are not told once more
        """
        self.connection.register("judged", pa.table({"article_id": pa.array(sorted(judged), pa.string())}))
        self.connection.register("missed", pa.table({"article_id": pa.array(sorted(missed), pa.string())}))
        self.connection.execute(
            "create or replace temp table article_rows as select *, article_id in (from missed) as is_missed "
            "from seen left join lines using (article_id)"
        )
        frames = {
            "partitions": pd.DataFrame(
                [
                    {"dataset": dataset, "problem": problem or None, "example": f"{dataset}: {problem}"}
                    for dataset, problem in self.problems.items()
                ],
                dtype=object,
            ),
            "lists": pd.DataFrame({"outlet_count": [len(outlets(self.here.seeds_dir / "outlets.csv").outlets)]}),
            "outlets": self._frame("outlets"),
            "days": self._frame("days"),
            "hosts": self._frame("hosts"),
            "feeds_rows": self._frame("feeds"),
        }
        frames |= {name: self._frame(f"totals/{name}") for name in (*_TOTALS, *_MORE_TOTALS)}
        self.connection.register("feeds", frames["feeds_rows"])
        frames["feeds"] = self._frame("totals/feeds")
        frames["digests"] = self._digests()
        # Where there are articles, an empty grouping is a finding; anything else may be missing from a batch.
        always = {"articles", "stories"} if frames["articles"].iloc[0]["row_count"] else {"articles"}
        return {name: frame for name, frame in frames.items() if name in always or _has_rows(frame)}

    def _frame(self, name: str) -> pd.DataFrame:
        return self._table(_sql(name))

    def _table(self, sql: str) -> pd.DataFrame:
        frame: pd.DataFrame = self.connection.sql(sql).to_arrow_table().to_pandas()
        return frame

    def _furniture(self) -> dict[str, str]:
        """article id → the first paragraph of its body that is furniture."""
        rules = line_rules(self.here.seeds_dir / "furniture.csv")

        def rules_of(*scopes: str) -> str:
            patterns = [rule.pattern.pattern for scope in scopes for rule in rules.by_scope.get(scope, ())]
            return any_of(self.connection, patterns)

        rows = self.connection.execute(
            _sql("furniture_candidates"),
            {"line": rules_of("line", "opens", "closes"), "appeal": rules_of("appeal")},
        ).fetchall()
        asked: dict[tuple[str, str], bool] = {}
        found: dict[str, str] = {}
        for article_id, kind, paragraph in sorted(rows):
            if (kind, paragraph) not in asked:
                known = Kind(kind) if kind in set(Kind) else Kind.ARTICLE
                asked[kind, paragraph] = line_of_furniture(paragraph, rules, kind=known) is not None
            if asked[kind, paragraph]:
                found.setdefault(article_id, paragraph[:200])
        return found

    def _digests(self) -> pd.DataFrame:
        """Totals over the digests that readers have; before the first publication there are none."""
        path = self.here.published_path
        for table, columns in {
            "digests": "digest_on date, state varchar",
            "digest_sentences": "digest_on date",
        }.items():
            if path.exists():
                with reader(path) as published:
                    rows = published.sql(f"select * from {table}").to_arrow_table()
                self.connection.register(table, rows)
            else:
                self.connection.execute(f"create or replace temp table {table} ({columns})")
        return self._frame("totals/digests")


def _has_rows(frame: pd.DataFrame) -> bool:
    return len(frame) > 0 and ("row_count" not in frame or bool(frame.iloc[0]["row_count"] > 0))


@contextmanager
def open_frames(partitions: Partitions, batch: str, here: Settings, *, held: Sequence[str]) -> Iterator[GateFrames]:
    """The frames of a batch. Batches that are held are no part of the past."""
    connection = duckdb.connect(":memory:", config={**_LIMITS})
    try:
        connection.execute("set timezone = 'UTC'")
        problems = _views(connection, partitions, batch)
        latest = _latest(connection)
        variables = here.gate.model_dump() | {
            "zone": here.timezone,
            "languages": list(here.languages),
            "latest": latest,
        }
        for name, value in variables.items():
            connection.execute(f"set variable {name} = $value", {"value": value})
        _profile(connection, partitions, batch)
        _past(connection, partitions, without={batch, *held})
        _register(connection, here)
        yield GateFrames(connection, partitions, batch, here, latest, problems)
    finally:
        connection.close()


def _views(connection: duckdb.DuckDBPyConnection, partitions: Partitions, batch: str) -> dict[str, str]:
    """A view for each dataset of the batch, empty where it has none; and what is wrong with the columns of each."""
    problems = {}
    for view, (dataset, noun) in _DATASETS.items():
        # What the gate itself left when it checked the batch before is no finding about the batch.
        own = (".check.",) if view in ("rejected", "counts") else ()
        files = [path for path in partitions.of_batch(dataset, batch) if not any(mark in path.name for mark in own)]
        wrong = _wrong_columns(files, schema(noun))
        if files:
            problems[dataset] = wrong
        _view(connection, view, [] if wrong else files, noun)
    return problems


def _view(connection: duckdb.DuckDBPyConnection, view: str, files: Sequence[Path], noun: Any) -> None:
    if files:
        connection.read_parquet([os.fspath(path) for path in files]).create_view(view, replace=True)
    else:
        connection.register(f"no_{view}", schema(noun).empty_table())
        connection.execute(f"create or replace view {view} as select * from no_{view}")


def _wrong_columns(files: Sequence[Path], expected: pa.Schema) -> str:
    """Columns that a partition lacks or has of another type; empty when all are as they should be."""
    for path in files:
        found = pq.read_schema(path)
        for field in expected:
            place = found.get_field_index(field.name)
            if place < 0:
                return f"the column {field.name} is missing"
            if not _like(found.field(place).type, field.type):
                return f"the column {field.name} holds {found.field(place).type}, expected {field.type}"
    return ""


def _like(found: pa.DataType, expected: pa.DataType) -> bool:
    """Whether rows of one type can be read as the other: any integer for an integer, nothing at all for anything."""
    if pa.types.is_null(found) or found == expected:
        return True
    alike = (
        (pa.types.is_integer, pa.types.is_integer),
        (pa.types.is_floating, lambda kind: pa.types.is_floating(kind) or pa.types.is_integer(kind)),
        (pa.types.is_timestamp, pa.types.is_timestamp),
        (_is_text, _is_text),
        (_is_bytes, _is_bytes),
        (pa.types.is_nested, pa.types.is_nested),
    )
    return any(is_expected(expected) and is_found(found) for is_expected, is_found in alike)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_dictionary(kind))


def _is_bytes(kind: pa.DataType) -> bool:
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def _latest(connection: duckdb.DuckDBPyConnection) -> datetime:
    """The day after the newest source of the batch was first seen; of its newest page where none is listed."""
    rows = connection.execute(
        "select coalesce((select max(first_seen_at) from documents), (select max(fetched_at) from pages))"
    ).fetchall()
    newest: datetime | None = rows[0][0]
    return (newest.astimezone(UTC) if newest else datetime.now(UTC)) + timedelta(days=1)


def _profile(connection: duckdb.DuckDBPyConnection, partitions: Partitions, batch: str) -> None:
    """The batch's profile as a table, and on the disk for later batches."""
    connection.execute("create or replace temp view repeated as " + _sql("repeated"))
    connection.execute("create or replace temp table profile as " + _sql("profile"))
    with written_aside(partitions.path(f"article_profiles/{batch}")) as aside:
        connection.execute(f"copy profile to '{_quoted(aside)}' (format parquet, compression zstd)")


def _past(connection: duckdb.DuckDBPyConnection, partitions: Partitions, *, without: set[str]) -> None:
    """Tables about earlier batches: past, base_days, past_entries, past_stories; and whether days come whole."""
    _profile_the_unprofiled(partitions, connection, without=without)
    files = _files(partitions, "article_profiles", without)
    connection.execute("create temp table past as select *, '' as batch from profile limit 0")
    if files:
        connection.execute(
            "insert into past by name select * exclude (filename), parse_filename(filename, true) as batch "
            "from read_parquet($files, filename = true) where published_on is null or published_on >= least("
            "(select min(published_on) from profile), (select max(published_on) from read_parquet($files))"
            ") - cast($days as integer)",
            {"files": files, "days": _PAST_DAYS},
        )
    connection.execute("create temp table base_days as " + _sql("base_days"))
    is_daily = connection.execute(
        "select coalesce(median(batch_count), 99) <= 1.5 from "
        "(select published_on, count(distinct batch) as batch_count from past "
        "where published_on in (select published_on from base_days) group by published_on)"
    ).fetchall()[0][0]
    connection.execute("set variable is_daily = $value", {"value": is_daily})
    entries = [
        path for path in _files(partitions, "entries", without) if not _wrong_columns([Path(path)], schema(Entry))
    ]
    _view(connection, "past_entries", [Path(path) for path in entries], Entry)
    connection.execute("create temp table past_stories (story_id varchar)")
    _look_elsewhere(connection, partitions, without)


def _look_elsewhere(connection: duckdb.DuckDBPyConnection, partitions: Partitions, without: set[str]) -> None:
    """Articles and stories that the batch names and that are older than the past that was read: looked for by id."""
    missing = connection.execute(
        "select article_id from (select article_id from placements union select unnest(article_ids) from copies) "
        "anti join profile using (article_id) anti join past using (article_id)"
    ).fetchall()
    files = _files(partitions, "articles", without)
    if missing and files:
        connection.execute(
            "insert into past (article_id) select distinct article_id from read_parquet($files) "
            "where list_contains($ids, article_id)",
            {"files": files, "ids": [article_id for (article_id,) in missing]},
        )
    placed = _files(partitions, "placements", without)
    unplaced = connection.execute(
        "select story_id from (select from_story_id as story_id from story_links union "
        "select to_story_id from story_links) anti join placements using (story_id)"
    ).fetchall()
    if unplaced and placed:
        connection.execute(
            "insert into past_stories select distinct story_id from read_parquet($files)", {"files": placed}
        )


def _profile_the_unprofiled(
    partitions: Partitions, connection: duckdb.DuckDBPyConnection, *, without: set[str]
) -> None:
    """Profiles of batches that were loaded before the gate kept them."""
    missing = sorted(set(partitions.keys("articles")) - set(partitions.keys("article_profiles")) - without)
    if not missing:
        return
    with duckdb.connect(":memory:", config={**_LIMITS}) as other:
        other.execute("set timezone = 'UTC'")
        for name in ("zone", "languages", "repeated_headlines"):
            value = connection.execute(f"select getvariable('{name}')").fetchall()[0][0]
            other.execute(f"set variable {name} = $value", {"value": value})
        for key in missing:
            path = partitions.path(f"articles/{key}")
            if _wrong_columns([path], schema(Article)):
                continue
            _view(other, "articles", [path], Article)
            _view(other, "documents", partitions.of_batch("documents", key), DocumentRecord)
            other.execute("create or replace temp view repeated as " + _sql("repeated"))
            with written_aside(partitions.path(f"article_profiles/{key}")) as aside:
                other.execute(f"copy ({_sql('profile')}) to '{_quoted(aside)}' (format parquet)")


def _quoted(path: Path) -> str:
    return os.fspath(path).replace("'", "''")


def _files(partitions: Partitions, dataset: str, without: set[str]) -> list[str]:
    return [
        os.fspath(partitions.path(f"{dataset}/{key}"))
        for key in partitions.keys(dataset)
        if key not in without and key.partition(".")[0] not in without
    ]


def _register(connection: duckdb.DuckDBPyConnection, here: Settings) -> None:
    """The feeds of the register, with why they are quiet as of when each was asked last."""
    folder = here.data_dir / "register"
    rows = _registered(folder) if folder.is_dir() else []
    columns = {"feed_id": pa.string(), "url": pa.string(), "title": pa.string(), "failure_count": pa.int64()}
    columns |= {"last_fault": pa.string(), "silence": pa.string()}
    connection.register("registered", pa.Table.from_pylist(rows, schema=pa.schema(list(columns.items()))))


def _registered(folder: Path) -> list[dict[str, object]]:
    from pipeline.edges.register_store import RegisterStore  # brings what parses feeds, a fifth of a second
    from pipeline.gathering.register import silence

    return [
        {
            "feed_id": record.feed.feed_id,
            "url": record.feed.url,
            "title": record.feed.title,
            "failure_count": record.state.failures,
            "last_fault": record.state.last_fault,
            "silence": silence(record, now=record.state.last_asked_at) if record.state.last_asked_at else None,
        }
        for record in RegisterStore(folder).records().kept
        if record.state.gone_at is None
    ]


def _sql(name: str) -> str:
    return (_GATE / f"{name}.sql").read_text(encoding="utf-8")
