"""All benchmarks, one JSON line each, progress on stderr.

    make bench                       all that have data, on the shipped made-up corpus always
    python -m bench stories pages    these only
    PRESS_BENCH_DATA=… make bench    quality on labelled sets in that folder as well; ../shared/data when it is there

Each runs in a process of its own, so that no memory or cache of one is counted for another. `volume` takes sizes:
python -m bench.volume 1000000.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BESIDE = ROOT.parent / "shared" / "data"

# name → module, the quick ones first
BENCHES: Mapping[str, str] = {
    "feeds": "bench.feeds",
    "branches": "bench.branches",
    "pages": "bench.pages",
    "unseen_outlets": "bench.unseen_outlets",
    "copies": "bench.copies",
    "stories": "bench.stories",
    "digest": "bench.digest",
    "gate": "bench.gate",
    "site": "bench.site",
    "sql": "bench.sql",
    "volume": "bench.volume",
}


def environment(given: Mapping[str, str], *, beside: Path = BESIDE) -> dict[str, str]:
    """The environment of a benchmark: the folder of labelled sets that is named, else the one beside the checkout."""
    found = dict(given)
    if not found.get("PRESS_BENCH_DATA") and beside.is_dir():
        found["PRESS_BENCH_DATA"] = str(beside)
    return found


def chosen(arguments: Sequence[str]) -> list[str]:
    """The benchmarks that are named, each once, in our order; all when none is.

    raises   SystemExit with status 2 when a name is unknown
    """
    unknown = [name for name in arguments if name not in BENCHES]
    if unknown:
        print(f"error: {unknown[0]}: expected some of {', '.join(BENCHES)}", file=sys.stderr)
        raise SystemExit(2)
    return [name for name in BENCHES if not arguments or name in arguments]


def main(arguments: Sequence[str]) -> int:
    """Run them one after the other; 1 when one of them failed."""
    names = chosen(arguments)
    given = environment(os.environ)
    print(f"labelled sets: {given.get('PRESS_BENCH_DATA') or 'none, made-up material only'}", file=sys.stderr)
    failed = []
    for number, name in enumerate(names, start=1):
        print(f"[{number}/{len(names)}] {name} …", file=sys.stderr, flush=True)
        started = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", BENCHES[name]], cwd=ROOT, env=given, check=False)
        print(f"    {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
        if done.returncode:
            failed.append(name)
    if failed:
        print(f"error: {', '.join(failed)} ended with an error", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
