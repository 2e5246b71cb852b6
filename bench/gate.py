"""The quality gate: 100,000 articles in CPU seconds and memory, imports included; thirty ordinary days, none stopped.

`python -m bench.gate` prints a JSON line for each. The articles are made up; each has a quotation, two figures, three
names, a place and a group, as a batch of the path has. Making them is not measured: the gate has its own process.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from bench.measured import resident_mb, tell
from pipeline.edges.partitions import Partitions

ARTICLES = 100_000
DAYS = 30
_OUTLETS = tuple(f"Outlet {number}" for number in range(60))


def written(partitions: Partitions, count: int) -> str:
    """A batch of so many articles, as partitions. Ten thousand are made; the others have a word more in each paragraph.

    They have paragraphs of their own, as an ordinary batch has. With a word more in each text only, every paragraph
    stood under ten headlines, and few_bodies_share_paragraphs was missed, as it should be.
    """
    from tests.made_days import made_day

    day = made_day(0, count=count // 10, outlets=_OUTLETS)
    for name in ("articles", "documents", "groups", "placements", "quotes", "figures", "mentions"):
        rows = getattr(day, name)
        setattr(day, name, [_again(row, number) for number in range(10) for row in rows])
    day.counts = [replace(day.counts[0], given_count=count, kept_count=count)]
    day.figures += [replace(figure, figure_id=f"{figure.figure_id}b", text="£5m") for figure in day.figures]
    day.mentions += [replace(mention, name=f"{mention.name} {n}") for mention in day.mentions for n in "ab"]
    return day.write(partitions)


def _again(row: object, number: int) -> object:
    changed: dict[str, object] = {}
    for name in ("article_id", "group_id", "story_id", "quote_id", "figure_id", "document_id"):
        if hasattr(row, name):
            changed[name] = f"{getattr(row, name)}{number}"
    if hasattr(row, "article_ids"):
        changed["article_ids"] = tuple(f"{each}{number}" for each in row.article_ids)
    if hasattr(row, "title") and hasattr(row, "pieces"):
        changed["text"] = row.text.replace("\n\n", f" {number}\n\n") + f" {number}"  # type: ignore[attr-defined]
        changed["title"] = replace(row.title, text=f"{row.title.text} {number}")
    return replace(row, **changed)  # type: ignore[type-var]


def measured(root: Path, batch: str) -> None:
    """Check one batch in this process and print what it cost: run by main() in a fresh interpreter."""
    from pipeline.auditing.gate import check_batch
    from pipeline.settings import Settings

    verdict = check_batch(Partitions(root / "partitions"), batch, Settings(data_dir=root))
    used = resource.getrusage(resource.RUSAGE_SELF)
    missed = [result.rule for result in verdict.results if result.outcome in ("missed", "error")]
    print(
        json.dumps(
            {
                "cpu_s": used.ru_utime + used.ru_stime,
                "rss_mb": resident_mb(),
                "rules": len(verdict.results),
                "missed": missed,
                "articles": verdict.article_count,
            }
        )
    )


def main() -> None:
    """Both measurements."""
    with tempfile.TemporaryDirectory() as folder:
        batch = written(Partitions(Path(folder) / "partitions"), ARTICLES)
        done = subprocess.run(
            [sys.executable, "-m", "bench.gate", folder, batch], capture_output=True, text=True, check=True
        )
        tell(bench="gate_100k_articles", **json.loads(done.stdout.splitlines()[-1]))
    with tempfile.TemporaryDirectory() as folder:
        ordinary_days(Path(folder))


def ordinary_days(root: Path) -> None:
    """Thirty days of made-up press, checked one after the other: how many were stopped."""
    from pipeline.auditing.gate import check_batch
    from pipeline.settings import Settings
    from tests.made_days import made_day

    partitions, stopped, warned = Partitions(root / "partitions"), [], []
    for number in range(DAYS):
        verdict = check_batch(partitions, made_day(number).write(partitions), Settings(data_dir=root))
        stopped += [stop.rule for stop in verdict.stops]
        warned += [  # one is due: the seventeenth day brings four times the usual, as a budget does
            f"{result.rule} on day {number + 1}"
            for result in verdict.results
            if result.outcome == "missed" and result not in verdict.stops
        ]
    tell(bench="gate_ordinary_days", days=DAYS, stopped=stopped, warned=warned)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measured(Path(sys.argv[1]), sys.argv[2])
    else:
        main()
