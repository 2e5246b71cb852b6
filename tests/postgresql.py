"""A PostgreSQL server of the test's own on loopback, from Debian's package, ended by its own pid."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def database() -> Iterator[str]:
    """Connection to an empty database, as SQLAlchemy spells it. The server ends with the block."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    assert programs, "PostgreSQL is missing: scripts/test-services installs it"
    folder = programs[-1].parent
    # Beside pytest's own folder, which only its owner may enter: the server refuses to run as root.
    home = Path(tempfile.mkdtemp(prefix="press-postgresql-"))
    if os.getuid() == 0:
        shutil.chown(home, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    try:
        _as_its_user([folder / "initdb", "--auth=trust", "--username=press", "--no-sync", "-D", home / "data"])
        options = f"-h 127.0.0.1 -p {port} -k {home} -c fsync=off"
        _as_its_user([folder / "pg_ctl", "-D", home / "data", "-l", home / "log", "-w", "-o", options, "start"])
        try:
            _as_its_user([folder / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "press", "airflow"])
            yield f"postgresql+psycopg2://press@127.0.0.1:{port}/airflow"
        finally:
            _as_its_user([folder / "pg_ctl", "-D", home / "data", "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(home)


def _as_its_user(command: list[Path | str]) -> None:
    prefix = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    # Output goes to a file: the server would keep a pipe open for as long as it runs.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run([*prefix, *command], stdout=said, stderr=said, cwd="/", check=False)
        said.seek(0)
        assert done.returncode == 0, said.read().decode(errors="replace")
