"""Speed and memory of grouping at size, and what a new day costs against history.

`python -m bench.volume [COUNT …]` groups COUNT made-up articles (10,000 and 100,000 unless told otherwise), each in a
process of its own, and measures one day on an empty window and on a week's.
"""

from __future__ import annotations

import io
import json
import multiprocessing
import resource
import sys
import time
from datetime import timedelta

from bench.made_up import START, articles
from bench.measured import tell
from pipeline.commands.grouping_command import run
from pipeline.grouping.open_window import OpenWindow, arrived, closed
from pipeline.grouping.reports import Report

A_DAY = 30_000  # articles; a million is then a month of history


def group_lines(count: int) -> None:
    """`pipeline group` over `count` articles of a press that publishes A_DAY a day."""
    started = time.process_time()
    lines = (json.dumps(each.line()) for each in articles(count, days=max(1.0, count / A_DAY)))
    made = 0
    with io.StringIO() as out:
        made = run(lines, out, progress=lambda message: print(message, file=sys.stderr, flush=True))
    seconds = time.process_time() - started
    tell(
        bench="volume",
        articles=made,
        cpu_seconds=seconds,
        articles_per_cpu_second=round(made / seconds),
        resident_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def new_day(a_day: int, days: int) -> None:
    """One day's articles, an hour at a time, on an empty window and on one that holds the days before."""
    made = sorted(articles(a_day * days, days=float(days)), key=lambda each: each.published_at)
    reports = [
        Report(article_id=each.article_id, title=each.title, text=each.text, published_at=each.published_at)
        for each in made
    ]
    last = START + timedelta(days=days - 1)
    history = [each for each in reports if each.published_at and each.published_at < last]
    today = [each for each in reports if each.published_at and each.published_at >= last]
    week = closed(arrived(OpenWindow(), history), last.timestamp() / 86_400 - 7)
    seconds = {}
    for name, window in (("empty", OpenWindow()), ("week", week)):
        started = time.process_time()
        arrived(window, today)
        seconds[name] = time.process_time() - started
    tell(
        bench="new day",
        articles=len(today),
        history=len(history),
        open_in_window=len(week.reports),
        cpu_seconds_on_empty_history=seconds["empty"],
        cpu_seconds_on_history=seconds["week"],
        ratio=seconds["week"] / seconds["empty"],
    )


def main() -> None:
    """Measure and print; each size in its own process, so that its memory is its own."""
    context = multiprocessing.get_context("spawn")
    jobs = [(group_lines, (int(count),)) for count in sys.argv[1:] or (10_000, 100_000)]
    for job, arguments in [*jobs, (new_day, (3_000, 10))]:
        process = context.Process(target=job, args=arguments)
        process.start()
        process.join()
        if process.exitcode:
            sys.exit(1)


if __name__ == "__main__":
    main()
