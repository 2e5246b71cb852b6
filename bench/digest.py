"""What a digest costs from a warehouse of a million articles: reading the day, composing, writing the pages; and the
command `pipeline digest` as a whole process, imports and all.

`python -m bench.digest [COUNT …]` makes a warehouse of COUNT made-up articles (a million unless told otherwise), a
thousand a day, and composes the digest of a day in its midst. Each in a folder that is removed again.
"""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb

from bench.measured import tell
from pipeline.digests.digest import compose
from pipeline.digests.digest_issue import digest_rules
from pipeline.digests.rendering import as_html, as_json, as_markdown
from pipeline.edges import warehouse
from pipeline.edges.digest_reader import queries, read_day
from pipeline.settings import settings

A_DAY = 1000
_FIRST = date(2020, 1, 1)
_MOST_CPU_S = 2.0
_SQL = Path(__file__).parent / "digest_warehouse.sql"


def main() -> None:
    """One JSON line for each size."""
    gc.freeze()  # as the command has it
    gc.set_threshold(100_000, 50, 100)
    for count in [int(argument) for argument in sys.argv[1:]] or [1_000_000]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "published" / "press.duckdb"
            made_in = _make(path, count)
            day = _FIRST + timedelta(days=count // A_DAY // 2)
            process = _whole_process(Path(folder), day)
            with warehouse.reader(path) as connection:
                _measure(connection, day, count=count, made_in=made_in, size=path.stat().st_size, whole_process=process)


def _make(path: Path, count: int) -> float:
    """A warehouse of `count` articles, made by SQL; the seconds of CPU that it took."""
    started = time.process_time()
    with warehouse.writer(path, zone="Europe/London") as connection:
        warehouse.create(connection)
        connection.execute("set variable first_day = $day", {"day": _FIRST})
        connection.execute("set variable article_count = $count", {"count": count})
        connection.execute("set variable a_day = $count", {"count": A_DAY})
        for statement in connection.extract_statements(_SQL.read_text(encoding="utf-8")):
            connection.execute(statement)
    return time.process_time() - started


def _whole_process(folder: Path, day: date) -> float:
    """Seconds of CPU, the system's included, of the command that prints the digest of the day."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "pipeline", "digest", "--date", day.isoformat()],
        env={**os.environ, "PRESS_DATA_DIR": str(folder)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _measure(
    connection: duckdb.DuckDBPyConnection, day: date, *, count: int, made_in: float, size: int, whole_process: float
) -> None:
    rules = digest_rules(settings())
    seconds = {}
    started = time.process_time()
    data = read_day(connection, day, None)
    seconds["read"] = time.process_time() - started
    digest = compose(data, rules, reread=lambda witness: witness.words, queries=queries(day))
    seconds["compose"] = time.process_time() - started - seconds["read"]
    for render in (as_html, as_markdown, as_json):
        render(digest)
    seconds["all"] = time.process_time() - started
    tell(
        bench="digest",
        articles=count,
        warehouse_mb=size // 2**20,
        made_in_cpu_seconds=made_in,
        stories_of_the_day=len(data.stories),
        articles_of_the_day=sum(len(story.today) for story in data.stories),
        sentences=len(digest.sentences()),
        **{f"{name}_cpu_seconds": value for name, value in seconds.items()},
        whole_process_cpu_seconds=whole_process,
        within_bound=seconds["all"] <= _MOST_CPU_S,
    )


if __name__ == "__main__":
    main()
