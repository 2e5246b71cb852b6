"""Speed and memory of grouping at size, and what a new day costs against history.

    python -m bench.volume                    10,000 and 100,000 articles, and a day of 3,000 after 10 days
    python -m bench.volume 1000000            so many articles, some twenty minutes
    python -m bench.volume 30000x33           30,000 articles a day for 33 days: the last on its week and on nothing
    python -m bench.volume 30000x33:100000    the same, but a last day of 100,000

Each job has a process of its own, so that no memory is counted for another.
"""

from __future__ import annotations

import json
import multiprocessing
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from bench.made_up import START, MadeUp, articles
from bench.measured import resident_mb, tell
from pipeline.commands.grouping_command import run
from pipeline.grouping.bcubed import bcubed
from pipeline.grouping.fading import WINDOW_DAYS
from pipeline.grouping.open_window import OpenWindow, arrived, closed
from pipeline.grouping.reports import Report

A_DAY = 30_000  # articles; a million is then a month of history
_DAYS = re.compile(r"(?P<a_day>\d+)x(?P<days>\d+)(?::(?P<last>\d+))?")


def group_lines(count: int) -> None:
    """`pipeline group` over `count` articles of a press that publishes A_DAY a day; making them up is not counted."""
    gold: dict[str, str] = {}
    with tempfile.TemporaryFile("w+") as lines, tempfile.TemporaryFile("w+") as out:
        for each in articles(count, days=max(1.0, count / A_DAY)):
            lines.write(json.dumps(each.line()) + "\n")
            gold[each.article_id] = each.story
        lines.seek(0)
        started = time.process_time()
        made = run(lines, out, progress=lambda message: print(message, file=sys.stderr, flush=True))
        seconds = time.process_time() - started
        most = resident_mb()
        out.seek(0)
        found = {answer["id"]: answer["story"] for answer in map(json.loads, out)}
    tell(
        bench="volume",
        articles=made,
        cpu_seconds=seconds,
        articles_per_cpu_second=round(made / seconds),
        resident_mb=most,
        f1=bcubed(found, gold).f1,
    )


def new_day(a_day: int, days: int, last: int | None = None) -> None:
    """The last of `days` days on an empty window and on one that holds the week before.

    Days before that are made and passed over: the window had let go of them (`closed`), whatever their number. The week
    arrives with the day before it, as it did when that day was open: the window had learned its weights from as many.
    """
    today_from = START + timedelta(days=days - 1)
    made = articles(a_day * days, days=float(days))
    open_from = today_from - timedelta(days=WINDOW_DAYS)
    reports = list(_reports(made, open_from - timedelta(days=1)))
    history = [each for each in reports if each.published_at and each.published_at < today_from]
    today = [each for each in reports if each.published_at and each.published_at >= today_from]
    if last is not None:
        today = list(_reports(articles(last, days=1.0, seed=12, start=today_from), today_from, "today "))
    week = closed(arrived(OpenWindow(), history), open_from.timestamp() / 86_400)
    print(f"{len(week.ids):,} open, {len(today):,} to come", file=sys.stderr, flush=True)
    seconds = {}
    for name, window in (("empty", OpenWindow()), ("week", week)):
        started = time.process_time()
        arrived(window, today)
        seconds[name] = time.process_time() - started
    tell(
        bench="new day",
        articles=len(today),
        history=a_day * days - (len(today) if last is None else 0),
        open_in_window=len(week.ids),
        cpu_seconds_on_empty_history=seconds["empty"],
        cpu_seconds_on_history=seconds["week"],
        ratio=seconds["week"] / seconds["empty"],
        resident_mb=resident_mb(),
    )


def _reports(made: Iterator[MadeUp], since: datetime, prefix: str = "") -> Iterator[Report]:
    for each in made:
        if each.published_at >= since:
            yield Report(
                article_id=prefix + each.article_id, title=each.title, text=each.text, published_at=each.published_at
            )


def main() -> None:
    """Measure and print."""
    context = multiprocessing.get_context("spawn")
    for argument in sys.argv[1:] or ("10000", "100000", "3000x10"):
        named = _DAYS.fullmatch(argument)
        if named is None:
            process = context.Process(target=group_lines, args=(int(argument),))
        else:
            numbers = [int(number) for number in named.groups() if number]
            process = context.Process(target=new_day, args=tuple(numbers))
        process.start()
        process.join()
        if process.exitcode:
            sys.exit(1)


if __name__ == "__main__":
    main()
