"""docker-compose.yml says what it should, and what it starts runs: the DAGs with PostgreSQL for Airflow's records."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import compose
import pytest
import yaml

from pipeline.settings import ROOT
from tests.postgresql import database

pytestmark = pytest.mark.long

SECRETS = {"POSTGRES_PASSWORD": "x", "AIRFLOW_JWT_SECRET": "y", "AIRFLOW_FERNET_KEY": "z"}
COMPOSE = Path(compose.__file__).parent / "docker-compose"


def configured(tmp_path: Path, secrets: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What the compose program itself makes of the file, without an engine."""
    for name in ("docker-compose.yml", "Dockerfile"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in secrets.items()))
    environment = {name: value for name, value in os.environ.items() if name not in SECRETS}
    return subprocess.run(
        [COMPOSE, "-f", tmp_path / "docker-compose.yml", "config"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=tmp_path,
    )


def test_compose_accepts_the_file(tmp_path):
    done = configured(tmp_path, SECRETS)
    assert done.returncode == 0, done.stderr
    services = yaml.safe_load(done.stdout)["services"]
    assert {"postgres", "init", "api-server", "scheduler", "dag-processor"} <= services.keys()
    for name in services.keys() - {"init"}:
        assert services[name]["healthcheck"]["test"], name


def test_compose_refuses_to_start_without_its_secrets(tmp_path):
    for missing in SECRETS:
        done = configured(tmp_path, {name: value for name, value in SECRETS.items() if name != missing})
        assert done.returncode != 0
        assert missing in done.stderr


def test_nothing_is_open_to_other_machines_and_no_secret_stands_in_the_file(tmp_path):
    services = yaml.safe_load(configured(tmp_path, SECRETS).stdout)["services"]
    ports = [port for service in services.values() for port in service.get("ports", ())]
    assert ports
    assert {port["host_ip"] for port in ports} == {"127.0.0.1"}
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    for secret in SECRETS:
        assert f"${{{secret}:?" in text


def test_the_image_has_everything_that_the_path_reads(tmp_path):
    copied = [line.split()[-2] for line in (ROOT / "Dockerfile").read_text().splitlines() if line.startswith("COPY")]
    assert set(copied) >= {"requirements.lock", "dags", "pipeline", "seeds", "warehouse"}
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert not set(copied) & set(ignored)
    assert {".env", "warehouse/data"} <= set(ignored)


@pytest.mark.airflow
def test_the_same_dags_run_with_postgresql_for_airflows_records(tmp_path):
    source = tmp_path / "documents"
    source.mkdir()
    (source / "page.txt").write_bytes((ROOT / "tests" / "data" / "documents" / "courier_appeal.txt").read_bytes())
    with database() as connection:
        environment = os.environ | {
            "PRESS_DATA_DIR": str(tmp_path / "data"),
            "PRESS_AIRFLOW_DATABASE": connection,
            "PYTHONWARNINGS": "ignore",
        }
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", "run", "--airflow-home", str(tmp_path / "airflow"), str(source)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-3000:]
    assert (tmp_path / "data" / "digests" / "2022-11-07.html").exists()
    assert not (tmp_path / "airflow" / "airflow.db").exists()
