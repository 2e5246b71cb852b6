"""The command line in the process of the tests: what is imported once need not be imported by every command again."""

from __future__ import annotations

import io
import subprocess
import sys
import warnings
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.settings import settings


def pipeline(data: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """A command with a data folder of its own: its exit code, and what it said."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(out), redirect_stderr(err), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patched.setenv("PRESS_DATA_DIR", str(data))
        patched.setattr(sys, "argv", ["pipeline", *arguments])
        settings.cache_clear()
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
    settings.cache_clear()
    done = subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())
    assert not check or code == 0, done.stderr[-2000:]
    return done
