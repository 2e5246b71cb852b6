"""The DAGs: what they import, in which order their steps stand, and one real run by the scheduler."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys

import pytest

from pipeline.settings import ROOT

pytestmark = pytest.mark.long

HEAVY = {"great_expectations", "pandas", "sklearn", "scipy", "trafilatura", "feedparser", "duckdb", "pyarrow", "numpy"}
_DESCRIBE = """
import json, sys
from airflow.dag_processing.dagbag import BundleDagBag
bag = BundleDagBag("dags", bundle_path="dags", bundle_name="dags")
heavy = sorted(set(sys.argv[1:]) & {name.partition(".")[0] for name in sys.modules})
print(json.dumps({
    "errors": bag.import_errors,
    "dags": {name: {
        "order": {task.task_id: sorted(task.downstream_task_ids) for task in dag.tasks},
        "pools": {task.task_id: task.pool for task in dag.tasks},
        "documented": bool(dag.doc_md),
    } for name, dag in bag.dags.items()},
    "loaded": heavy,
}))
"""


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    """The DAGs as Airflow reads them, in a process of its own."""
    home = tmp_path_factory.mktemp("airflow")
    environment = os.environ | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
    }
    done = subprocess.run(
        [sys.executable, "-c", _DESCRIBE, *sorted(HEAVY)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_every_dag_file_is_read_without_an_error_and_documented(described):
    assert described["errors"] == {}
    assert all(dag["documented"] for dag in described["dags"].values())
    assert {"ingest", "relate", "digest", "discover", "morning"} <= described["dags"].keys()


def test_the_steps_stand_in_the_order_of_the_path(described):
    order = {name: dag["order"] for name, dag in described["dags"].items()}
    assert order["ingest"]["register_documents"] == ["read_documents"]
    assert order["ingest"]["read_documents"] == ["extract_branches"]
    assert order["ingest"]["find_due_feeds"] == ["fetch_feeds"]
    assert order["ingest"]["fetch_feeds"] == ["parse_feeds"]
    assert order["ingest"]["parse_feeds"] == ["fetch_pages"]
    assert order["ingest"]["fetch_pages"] == ["extract_articles"]
    assert order["ingest"]["extract_articles"] == ["extract_branches_of_feeds"]
    assert order["ingest"]["replay_archives"] == ["extract_archived"]
    assert order["discover"]["score_candidates"] == ["follow_candidates"]
    assert order["relate"]["group_near_duplicates"] == ["cluster_stories"]
    assert order["relate"]["cluster_stories"] == ["check"]
    assert order["relate"]["check"] == ["follow_releases", "notify_held"]
    assert order["relate"]["follow_releases"] == ["load_warehouse"]
    assert order["digest"]["compose_digests"] == ["build_site", "deliver_digest"]


def test_whoever_writes_the_warehouse_holds_its_only_slot(described):
    writers = {"load_warehouse", "compose_digests", "load_candidates"}
    for dag in described["dags"].values():
        for task, pool in dag["pools"].items():
            assert (pool == "warehouse") == (task in writers), task


@pytest.mark.parametrize("path", sorted((ROOT / "dags").glob("*.py")), ids=lambda path: path.name)
def test_no_dag_file_imports_what_is_heavy(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not imported & HEAVY


def test_light_modules_stay_light():
    loaded = f"sorted({HEAVY!r} & {{name.partition('.')[0] for name in sys.modules}})"
    code = f"import pipeline.steps, pipeline.feed_steps, pipeline.model, sys; print({loaded})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.airflow
def test_the_scheduler_runs_the_real_dags_once_and_ends(tmp_path):
    environment = os.environ | {"PRESS_DATA_DIR": str(tmp_path / "data"), "PYTHONWARNINGS": "ignore"}
    source = tmp_path / "documents"
    source.mkdir()
    text = (ROOT / "tests" / "data" / "documents" / "courier_appeal.txt").read_bytes()
    (source / "page.txt").write_bytes(text)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "run", "--airflow-home", str(tmp_path / "airflow"), str(source)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "1 documents → 1 articles in 1 stories" in done.stdout
    assert (tmp_path / "data" / "digests" / "2022-11-07.html").exists()
    assert (tmp_path / "data" / "site" / "days" / "2022-11-07.html").exists()
    assert "digest.compose_digests: success" in done.stderr or "relate.load_warehouse: success" in done.stderr
