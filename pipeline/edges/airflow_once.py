"""The real DAGs, once, and then exit: scheduler, LocalExecutor, task processes and execution API on SQLite.

`airflow dags test` would not start the DAGs that wait for assets, and `airflow standalone` would not end. So the real
scheduler runs in this process until no run is left, and the API server that task processes talk to beside it.
"""

from __future__ import annotations

import importlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import PipelineError
from pipeline.settings import ROOT, settings

_POLL_S = 0.25
# Task processes are forks of this one: what it has imported, none of them imports again. A run over the seeds takes
# 33 s of CPU with these and 69 s without.
_PRELOADED = (
    "duckdb",
    "pandas",
    "pyarrow.parquet",
    "pipeline.auditing.gate",
    "pipeline.auditing.great_expectations_core",
    "pipeline.digests.digest_issue",
    "pipeline.digests.rendering",
    "pipeline.edges.warehouse",
    "pipeline.evidence.branches",
    "pipeline.grouping.stories",
    "pipeline.reading.documents",
)
_API_WAIT_S = 120  # idle 6 s; ten times that was seen with both cores busy


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """One DAG run and how it ended; `tasks` maps each task to its state."""

    dag_id: str
    run_id: str
    state: str
    tasks: Mapping[str, str]


def environment(home: Path, *, port: int, scheduled: bool = False) -> dict[str, str]:
    """Airflow's settings for one machine: everything is under `home`, no service is needed."""
    home.mkdir(parents=True, exist_ok=True)
    return {
        "AIRFLOW_HOME": os.fspath(home),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": settings().airflow_database or f"sqlite:///{home / 'airflow.db'}",
        "AIRFLOW__CORE__DAGS_FOLDER": os.fspath(ROOT / "dags"),
        # The press room in the menu; a run without a web page needs none of it.
        "AIRFLOW__CORE__PLUGINS_FOLDER": os.fspath(ROOT / "plugins" if scheduled else home / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "8",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__MP_START_METHOD": "fork",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__API_AUTH__JWT_SECRET": _kept_secret(home / "jwt_secret"),
        # A task's end is noticed after so many seconds at worst; the default of 5 made 16 tasks take 8 times longer.
        "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "1",
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.1",
        "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK": "False",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        "PYTHONPATH": os.pathsep.join([os.fspath(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "PYTHONWARNINGS": "ignore",
        "PRESS_SCHEDULED": str(scheduled),
        "NO_PROXY": "127.0.0.1,localhost",
    }


def run_once(
    home: Path,
    *,
    dag_id: str,
    conf: Mapping[str, Any],
    deadline_s: float,
    progress: Callable[[str], None],
    then: Callable[[], Mapping[str, Any] | None] = lambda: None,
) -> tuple[RunOutcome, ...]:
    """Trigger a DAG, let the scheduler work until nothing is queued or running, and say how each run ended.

    then   asked each time when nothing is left to do: what the DAG is triggered with next; None ends

    Imports Airflow into this process with its environment set, so it can be called once a process.
    raises   PipelineError when the deadline passes, a DAG cannot be read or the API server does not come up
    """
    port = _free_port()
    os.environ.update(environment(home, port=port))
    _migrate(home, progress)
    with (home / "api-server.log").open("wb") as server_log:
        command = [sys.executable, "-m", "airflow", "api-server", "--apps", "execution", "--workers", "1"]
        server = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            stdout=server_log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            started_at = _synchronise_and_trigger(dag_id, conf)
            progress("DAGs are read, the scheduler starts")
            _preload()
            _wait_for_server(server, port, home / "api-server.log")
            _schedule_until_idle(deadline_s, progress, dag_id, then)
            return _outcomes(started_at)
        finally:
            _stop(server)


def run_standalone(home: Path, *, port: int, say: Callable[[str], None]) -> int:
    """The same DAGs by the clock under `airflow standalone`, with its web page, until interrupted; its exit code."""
    os.environ.update(environment(home, port=port, scheduled=True))
    _migrate(home, say)
    _make_pool()
    say(f"Airflow's page is at http://127.0.0.1:{port}; end with Ctrl-C")
    process = subprocess.Popen([sys.executable, "-m", "airflow", "standalone"], start_new_session=True)
    try:
        return process.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(process)


def _make_pool() -> None:
    from airflow.models.pool import Pool

    Pool.create_or_update_pool("warehouse", slots=1, description="DuckDB has one writer", include_deferred=False)


def _migrate(home: Path, progress: Callable[[str], None]) -> None:
    """Airflow's own tables, made or brought to this version; skipped (5 s) when the stamp says that they are."""
    from airflow import __version__
    from airflow.utils import db

    stamp = home / f"migrated-{__version__}"
    elsewhere = settings().airflow_database
    if stamp.exists() and stamp.read_text() == elsewhere and (elsewhere or (home / "airflow.db").exists()):
        return
    progress(f"Airflow {__version__} makes its own database")
    db.initdb()
    stamp.write_text(elsewhere)


def _synchronise_and_trigger(dag_id: str, conf: Mapping[str, Any]) -> Any:
    """Pool, DAGs and one triggered run; gives the instant before the trigger."""
    from airflow._shared.timezones import timezone
    from airflow.dag_processing.bundles.manager import DagBundlesManager
    from airflow.dag_processing.dagbag import BundleDagBag, sync_bag_to_db

    _make_pool()
    manager = DagBundlesManager()
    manager.sync_bundles_to_db()
    for bundle in manager.get_all_dag_bundles():
        bundle.initialize()
        bag = BundleDagBag(bundle.path, bundle_path=bundle.path, bundle_name=bundle.name)
        if bag.import_errors:
            raise PipelineError(f"a DAG file cannot be read: {next(iter(bag.import_errors.values()))}", about=dag_id)
        sync_bag_to_db(bag, bundle.name, bundle_version=None)
    started_at = timezone.utcnow()
    _trigger(dag_id, conf)
    return started_at


def _trigger(dag_id: str, conf: Mapping[str, Any]) -> None:
    from airflow.api.common.trigger_dag import trigger_dag
    from airflow.utils.types import DagRunTriggeredByType

    trigger_dag(dag_id, triggered_by=DagRunTriggeredByType.CLI, conf=dict(conf))


def _preload() -> None:
    """Import what tasks need while the API server starts on the other core."""
    for name in _PRELOADED:
        importlib.import_module(name)


def _schedule_until_idle(
    deadline_s: float, progress: Callable[[str], None], dag_id: str, then: Callable[[], Mapping[str, Any] | None]
) -> None:
    """The scheduler in this thread, ended by a watcher when no run is queued or running and no asset event waits."""
    from airflow.jobs.job import Job, run_job
    from airflow.jobs.scheduler_job_runner import SchedulerJobRunner

    runner = SchedulerJobRunner(job=Job(), num_runs=-1)
    late = threading.Event()
    ended = threading.Event()

    def watch() -> None:
        end = time.monotonic() + deadline_s
        seen: dict[str, str] = {}
        idle = 0
        while not ended.wait(_POLL_S):
            busy, states = _work_left()
            for name, state in states.items():
                if seen.get(name) != state and state in ("running", "success", "failed", "upstream_failed"):
                    progress(f"{name}: {state}")
            seen = states
            idle = 0 if busy else idle + 1
            if idle >= 2 and time.monotonic() <= end and (conf := then()) is not None:
                _trigger(dag_id, conf)
                idle = 0
            elif idle >= 2 or time.monotonic() > end:  # twice: an asset event may be between two tables
                if idle < 2:
                    late.set()
                    _kill_tasks(runner)
                runner.num_runs = 1
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        run_job(job=runner.job, execute_callable=runner._execute)
    finally:
        ended.set()
        watcher.join()
    if late.is_set():
        raise PipelineError(f"the run was not done after {deadline_s:.0f} s", about="airflow")


def _work_left() -> tuple[bool, dict[str, str]]:
    """Whether anything is queued, running or waits for a run to be made; and the state of each task."""
    from airflow.models.asset import AssetDagRunQueue, AssetPartitionDagRun
    from airflow.models.dagrun import DagRun
    from airflow.models.taskinstance import TaskInstance
    from airflow.utils.session import create_session
    from sqlalchemy import func, select

    with create_session() as session:
        busy = session.scalar(select(func.count()).select_from(DagRun).where(DagRun.state.in_(["queued", "running"])))
        waiting = session.scalar(select(func.count()).select_from(AssetDagRunQueue))
        partitions = session.scalar(
            select(func.count())
            .select_from(AssetPartitionDagRun)
            .where(AssetPartitionDagRun.created_dag_run_id.is_(None))
        )
        rows = session.execute(
            select(TaskInstance.dag_id, TaskInstance.task_id, TaskInstance.run_id, TaskInstance.state)
            .join(DagRun, (DagRun.dag_id == TaskInstance.dag_id) & (DagRun.run_id == TaskInstance.run_id))
            .where(DagRun.state == "running")
        ).all()
    return bool(busy or waiting or partitions), {f"{dag}.{task}": str(state) for dag, task, _, state in rows}


def _outcomes(started_at: Any) -> tuple[RunOutcome, ...]:
    """How the runs since `started_at` ended, in the order in which they began."""
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from sqlalchemy import select

    with create_session() as session:
        runs = session.scalars(select(DagRun).where(DagRun.run_after >= started_at).order_by(DagRun.id)).all()
        return tuple(
            RunOutcome(
                dag_id=run.dag_id,
                run_id=run.run_id,
                state=str(run.state),
                tasks={task.task_id: str(task.state) for task in run.get_task_instances(session=session)},
            )
            for run in runs
        )


def _wait_for_server(server: subprocess.Popen[bytes], port: int, server_log: Path) -> None:
    end = time.monotonic() + _API_WAIT_S
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            opener.open(f"http://127.0.0.1:{port}/execution/health/ping", timeout=2).close()
            return
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            time.sleep(_POLL_S)
    tail = server_log.read_text(errors="replace")[-800:]
    raise PipelineError(f"the API server did not come up; it said: {tail}", about="airflow api-server")


def _kill_tasks(runner: Any) -> None:
    for executor in runner.executors:
        executor.terminate()


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End a process and its children, which are a process group of their own."""
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(timeout=5)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _kept_secret(path: Path) -> str:
    """A secret of this installation's own, made once and readable by its owner only."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(48))
    return path.read_text()
