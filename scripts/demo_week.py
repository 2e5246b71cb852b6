"""Ten days of the small web, day after day, through the real DAGs: what a press office would have found each evening.

    make demo-week

A loopback server shows a dozen made-up outlets as they stand on each of ten evenings; one scheduler runs the DAG
*ingest* once for each of them, and *relate* and *digest* after it. Everything is left under warehouse/data/demo-week.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.small_web import LAST_DAY, SmallWeb  # noqa: E402

_DEADLINE_S = 1_800  # ten days take about five minutes on two idle cores


class Server:
    """The small web in a process of its own, so that the scheduler's forks do not carry it. A context manager."""

    def __enter__(self) -> Server:
        command = [sys.executable, "-m", "tests.small_web"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        self.private_hosts: Mapping[str, str] = self._answer()["private_hosts"]
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    def show(self, day: int) -> str:
        """Show a day from now on; its evening as an instant."""
        assert self._process.stdin is not None
        print(day, file=self._process.stdin, flush=True)
        evening: str = self._answer()["now"]
        return evening

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told


def main(days: int = LAST_DAY) -> int:
    data = Path(os.environ.get("PRESS_DATA_DIR") or ROOT / "warehouse" / "data") / "demo-week"
    shutil.rmtree(data, ignore_errors=True)
    started = time.monotonic()
    with Server() as server:
        os.environ |= {
            "PRESS_DATA_DIR": os.fspath(data),
            "PRESS_PRIVATE_HOSTS": json.dumps(dict(server.private_hosts)),
            "PRESS_SECONDS_BETWEEN_REQUESTS": "0",  # the server is our own
        }
        _register(data)
        outcomes = _run(server, days)
    for outcome in outcomes:
        if outcome.state != "success":
            failed = [name for name, state in outcome.tasks.items() if state == "failed"]
            print(f"{outcome.dag_id} ended as {outcome.state}, task {', '.join(failed)}", file=sys.stderr)
            return 1
    _tell(data, time.monotonic() - started)
    return 0


def _register(data: Path) -> None:
    """The small web's feeds, as its list of feeds has them, followed since the first day."""
    from pipeline.commands.feeds_command import import_opml
    from pipeline.settings import settings

    web = SmallWeb()
    data.mkdir(parents=True)
    opml = data / "feeds.opml"
    opml.write_text(web.opml(), encoding="utf-8")
    import_opml(opml, here=settings(), out=lambda line: None, say=_say, now=web.now)


def _run(server: Server, days: int) -> tuple[Any, ...]:
    from pipeline.edges.airflow_once import run_once

    shown = iter(range(1, days + 1))

    def next_day() -> Mapping[str, Any] | None:
        day = next(shown, None)
        if day is None:
            return None
        evening = server.show(day)
        _say(f"day {day} of {days}: {datetime.fromisoformat(evening):%A %-d %B %Y}")
        return {"paths": [], "feeds": "due", "at": evening}

    first = next_day()
    assert first is not None
    home = Path(os.environ["PRESS_DATA_DIR"]) / ".airflow"
    return run_once(home, dag_id="ingest", conf=first, deadline_s=_DEADLINE_S, progress=_quiet, then=next_day)


def _tell(data: Path, took_s: float) -> None:
    """Where everything is, and the state of each day."""
    from pipeline.edges.query import ask
    from pipeline.settings import settings

    here = settings()
    sql = (
        "select digest_on, state, story_count, article_count, outlet_count from digests "
        "left join (select covered_on, count(distinct story_id) as story_count, sum(placement_count) as article_count, "
        "max(outlet_count) as outlet_count from coverage_days group by covered_on) on covered_on = digest_on "
        "where digest_on >= date '2026-09-07' order by digest_on"
    )
    answer = ask(here.published_path, sql, time_s=30, memory="500MB", zone=here.timezone)
    print("\nDay         State     Stories  Items  Most outlets on one story")
    for day, state, stories, items, most in answer.rows:
        print(f"{day}  {state:8}  {stories or 0:7}  {items or 0:5}  {most or 0:5}")
    print(f"\nDigests     {data / 'digests'}/  *.html *.md *.json")
    print(f"Warehouse   {here.published_path}")
    print(f"Took        {took_s:.0f} s")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _quiet(line: str) -> None:
    """Only what went wrong: two hundred tasks are no reading."""
    if "failed" in line:
        _say(line)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
