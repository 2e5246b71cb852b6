"""python -m bench: which benchmarks run, and on what. What they measure is measured by them, not here."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys

import pytest

from bench.__main__ import BENCHES, chosen, environment
from pipeline.settings import ROOT


def test_every_benchmark_that_is_listed_is_there_and_every_one_that_is_there_is_listed():
    assert all(importlib.util.find_spec(module) for module in BENCHES.values())
    runnable = {
        f"bench.{path.stem}"
        for path in (ROOT / "bench").glob("*.py")
        if "\ndef main(" in path.read_text(encoding="utf-8")
        and path.stem != "__main__"
        and not path.stem.startswith("learn_")  # those write weights
    }
    assert runnable == set(BENCHES.values())


def test_names_choose_in_our_order_and_an_unknown_name_is_misuse():
    assert chosen([]) == list(BENCHES)
    assert chosen(["stories", "feeds"]) == ["feeds", "stories"]
    with pytest.raises(SystemExit, match="2"):
        chosen(["everything"])


def test_the_folder_that_is_named_counts_before_the_one_beside_the_checkout(tmp_path):
    assert environment({"PRESS_BENCH_DATA": "/a"}, beside=tmp_path)["PRESS_BENCH_DATA"] == "/a"
    assert environment({}, beside=tmp_path)["PRESS_BENCH_DATA"] == str(tmp_path)
    assert "PRESS_BENCH_DATA" not in environment({}, beside=tmp_path / "nowhere")


def test_a_benchmark_prints_one_json_line_a_result_and_its_progress_beside_it():
    done = subprocess.run(
        [sys.executable, "-m", "bench", "branches"],
        cwd=ROOT,
        env={"PRESS_BENCH_DATA": "/nowhere/at/all"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["bench"] for line in done.stdout.splitlines()] == ["branches"]
    assert "[1/1] branches" in done.stderr
